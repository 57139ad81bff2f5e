import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// The impulse: get, replace, rename; and the kinds of blocks that it may have.
struct ImpulseRoutes: RouteTopic {
  let project: LocalProject

  func add(to routes: Routes) {
    let project = project
    for path in ["impulse", "impulse/all"] {
      routes.project(.get, path) { call in
        try call.checkImpulse(project)
        return try Answer.json(Studio.GetImpulseResponse(impulse: try project.contents.impulse.studioImpulse()))
      }
    }
    routes.project(.get, "impulses") { _ in
      try Answer.json(
        Studio.GetAllImpulsesResponse(impulses: [try project.contents.impulse.studioImpulse()], maxImpulseCount: 1))
    }
    routes.project(.post, "impulse") { call in
      try call.checkImpulse(project)
      // Decoded for its checks; stored as it came, with fields that have no name here.
      let (_, body) = try await call.checked(Studio.CreateImpulseRequest.self)
      try await project.changeImpulse { impulse in
        // The address says which impulse it is.
        for (key, value) in body.fields where key != "id" && value != .null { impulse[key] = value }
      }
      return try Answer.json(Studio.CreateImpulseResponse(id: try project.contents.impulse.studioImpulse().id))
    }
    routes.project(.post, "impulse/update") { call in
      try call.checkImpulse(project)
      let (_, body) = try await call.checked(Studio.UpdateImpulseRequest.self)
      try await project.changeImpulse { impulse in
        for key in ["name", "tags", "type"] {
          if let value = body[key], value != .null { impulse[key] = value }
        }
      }
      return try Answer.success()
    }
    routes.project(.delete, "impulse") { _ in
      throw Refusal("The impulse of a local project is its impulse file and cannot be deleted")
    }
    routes.project(.post, "impulse/get-new-block-id") { _ in
      let impulse = try project.contents.impulse.studioImpulse()
      let ids =
        impulse.inputBlocks.map(\.id) + impulse.dspBlocks.map(\.id) + impulse.learnBlocks.map(\.id)
        + impulse.postProcessingBlocks.map(\.id)
      return try Answer.json(Studio.GetNewBlockIdResponse(blockId: (ids.max() ?? 0) + 1))
    }
    routes.project(.get, "impulse/blocks") { _ in try Answer.json(Self.catalogue) }
    routes.project(.post, "verify-dsp-block/url") { _ in
      throw Refusal("custom blocks cannot be added here: this server makes no connections")
    }
  }

  /// The kinds of blocks that the engine has.
  private static var catalogue: Studio.GetImpulseBlocksResponse {
    Studio.GetImpulseBlocksResponse(
      // Older clients know of no input block for features.
      inputBlocks: [("time-series", "Time series data"), ("image", "Image data")].map {
        Studio.InputBlock(
          type: .init(rawValue: $0), title: $1, author: LocalProject.owner, description: $1, name: $1,
          blockType: .official)
      },
      dspBlocks: BlockRegistry.blocks.map { block in
        Studio.DSPBlock(
          type: block.type, title: block.title, author: LocalProject.owner, description: block.summary,
          name: block.presentation.name, recommended: false, experimental: false,
          latestImplementationVersion: block.versions.upperBound, blockType: .official)
      }, learnBlocks: [], postProcessingBlocks: [])
  }
}

extension Call {
  /// Throws for the id of another impulse than the one that there is.
  func checkImpulse(_ project: LocalProject) throws {
    guard let id = try integer("impulseId"), id != (try project.contents.impulse.studioImpulse()).id else { return }
    throw Refusal("No impulse found with ID \(id)")
  }

  /// A date of the query.
  func date(_ name: String) throws(Refusal) -> Date? {
    guard let text = query(name) else { return nil }
    guard let date = Timestamp(rawValue: text).date else { throw Refusal("\(name) must be a date in ISO 8601") }
    return date
  }

  /// The body as a value, whose fields have been checked, and as it came.
  func checked<Value: Decodable & Sendable>(_ type: Value.Type) async throws -> (Value, JSONValue) {
    let body = try await json(Both<Value>.self)
    return (body.value, body.raw)
  }
}

private struct Both<Value: Decodable & Sendable>: Decodable, Sendable {
  let value: Value
  let raw: JSONValue

  init(from decoder: any Decoder) throws {
    value = try Value(from: decoder)
    raw = try JSONValue(from: decoder)
  }
}
