import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// The impulse: get, replace, rename; and the kinds of blocks that it may have.
struct ImpulseRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let (services, project) = (services, services.project)
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
      let change: ImpulseSettings.Change = { impulse in
        // The address says which impulse it is.
        for (key, value) in body.fields where key != "id" && value != .null { impulse[key] = value }
      }
      try await services.engine.run {
        try services.checkAxes(try project.contents.impulse.changed(change))
      }
      try await project.changeImpulse(change)
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

extension Services {
  /// Refuses blocks whose axes no recording has: all their calls would fail. A project without recordings takes any.
  ///
  /// - Complexity: O(1) where the first recording has all axes, else O(recordings).
  fileprivate func checkAxes(_ settings: ImpulseSettings) throws(Refusal) {
    let old = project.contents.impulse.impulse.blocks
    for block in settings.impulse.blocks where block.input.kind == .timeSeries {
      if old.contains(where: { $0.id == block.id && $0.axes == block.axes }) { continue }
      var found: Set<ByteKey> = []
      let isThere = project.contents.recordings.entries.contains { entry in
        guard case .sound(let facts) = engine.shelf.finding(entry) else { return false }
        let names = Set(facts.header.sensors.map { ByteKey($0.name) })
        found.formUnion(names)
        return block.axes.allSatisfy { names.contains(ByteKey($0)) }
      }
      if isThere || found.isEmpty { continue }
      let missing = block.axes.filter { !found.contains(ByteKey($0)) }
      let axes = missing.isEmpty ? "these axes together" : "the axis \(DatasetError.quoted(missing[0]))"
      throw Refusal(
        "block \(block.id) (\(block.name)): axes: no recording has \(axes); the recordings' axes are "
          + found.map { DatasetError.quoted($0.text) }.sorted().prefix(20).joined(separator: ", "))
    }
  }
}

extension Call {
  /// Throws for the id of another impulse than the one that there is.
  func checkImpulse(_ project: LocalProject) throws {
    guard let id = try integer("impulseId"), id != (try project.contents.impulse.studioImpulse()).id else { return }
    throw Refusal("No impulse found with ID \(id)")
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
