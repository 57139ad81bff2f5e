import Foundation
import StudioAPI

/// A project's impulse with the configurations of its processing blocks.
struct StudioImpulse: Sendable {
  struct Block: Sendable {
    var id: Int
    var name: String
    /// Parameters in Studio's order.
    var items: [Item]
    /// Groups as they came.
    var groups: JSONValue

    /// The value in force.
    func value(_ parameter: String) -> String? {
      items.first { $0.param == parameter }.map { $0.value ?? $0.defaultValue }
    }
  }

  /// A parameter, as far as it is needed here: servers differ in the rest.
  struct Item: Sendable {
    var param: String
    /// Nil where the default holds.
    var value: String?
    var defaultValue: String
    var readonly: Bool

    /// Nil where the item has no parameter.
    init?(_ item: JSONValue) {
      guard let param = item["param"]?.text else { return nil }
      self.param = param
      let value = item["value"].flatMap { $0 == .null ? nil : $0.shown }
      self.value = value
      defaultValue = item["defaultValue"].flatMap { $0 == .null ? nil : $0.shown } ?? value ?? ""
      readonly = item["readonly"] == .bool(true)
    }
  }

  /// The get-impulse answer as it came.
  let answer: JSONValue
  /// In the impulse's order.
  let blocks: [Block]

  /// Asks Studio.
  ///
  /// - Throws: `StudioError`; `notFound` where the project has no impulse, or one without processing blocks.
  init(_ project: StudioProject) async throws(StudioError) {
    answer = try await project.get("/api/\(project.id)/impulse")
    guard let impulse = answer["impulse"], impulse != .null else {
      throw StudioError(.notFound, "project \(project.id) has no impulse")
    }
    var blocks: [Block] = []
    for block in impulse["dspBlocks"]?.elements ?? [] {
      guard let id = block["id"]?.wholeNumber else {
        throw StudioError(.invalidAnswer, "a processing block of the impulse has no id")
      }
      blocks.append(try await Self.block(project, id, name: block["name"]?.text ?? ""))
    }
    if blocks.isEmpty { throw StudioError(.notFound, "the impulse of project \(project.id) has no processing block") }
    self.blocks = blocks
  }

  /// A block with the parameters that Studio has for it now.
  static func block(_ project: StudioProject, _ id: Int, name: String) async throws(StudioError) -> Block {
    let answer = try await project.get("/api/\(project.id)/dsp/\(id)")
    if let error = answer["configError"]?.text {
      throw StudioError(.refused, "block \(id): Studio cannot read its configuration: \(error)")
    }
    guard let groups = answer["config"], case .array(let list) = groups else {
      throw StudioError(.invalidAnswer, "block \(id): the answer holds no configuration")
    }
    var items: [Item] = []
    for (number, group) in list.enumerated() {
      guard case .array(let members)? = group["items"] else {
        throw StudioError(.invalidAnswer, "block \(id): the field config[\(number)].items is missing")
      }
      items += members.compactMap { Item($0) }
    }
    return Block(id: id, name: name, items: items, groups: groups)
  }

  /// The impulse file: the answer, and the configurations beside the impulse.
  ///
  /// - Parameter groups: Studio's groups as they came, instead of a map from parameter to value.
  func file(groups: Bool) throws -> String {
    guard case .object(var document) = answer else { return "" }
    document["dspBlockConfigs"] = .array(
      blocks.map { block in
        let values = block.items.map { ($0.param, JSONValue.string($0.value ?? $0.defaultValue)) }
        return .object([
          "blockId": .integer(block.id),
          "config": groups ? block.groups : .object(Dictionary(values, uniquingKeysWith: { $1 })),
        ])
      })
    return try StudioJSONText.pretty(JSONValue.object(document))
  }
}
