import FeatureGeneration
import Foundation
import StudioAPI

/// An impulse file against a project's impulse, parameter by parameter.
struct StudioDifference: Encodable, Sendable {
  /// A parameter of a processing block.
  struct Parameter: Encodable, Sendable {
    var blockId: Int
    var block: String
    var parameter: String
    /// The file's value, or the default where it has none.
    var local: String
    /// Nil where Studio does not know the parameter.
    var studio: String?
    var `default`: String?
    var isDifferent: Bool
    var isReadOnly: Bool
  }

  /// A field of the impulse itself.
  struct Field: Encodable, Sendable {
    var place: String
    var local: String
    var studio: String
  }

  var isDifferent: Bool
  /// In Studio's order.
  var parameters: [Parameter]
  /// Differing ones only. Fields that the file leaves out do not differ.
  var impulse: [Field]

  /// - Parameters:
  ///   - local: the impulse file as features see it.
  ///   - document: the same file, as JSON.
  init(local: Impulse, document: JSONValue, studio: StudioImpulse) {
    parameters = []
    for block in studio.blocks {
      guard let own = local.blocks.first(where: { $0.id == block.id }) else { continue }
      parameters += Self.parameters(own, block)
    }
    impulse = ["inputBlocks", "dspBlocks"].flatMap { list in
      Self.fields(
        list, local: document["impulse"]?[list]?.elements ?? [],
        studio: studio.answer["impulse"]?[list]?.elements ?? [])
    }
    isDifferent = !impulse.isEmpty || parameters.contains(where: \.isDifferent)
  }

  /// Parameters to set.
  var changes: [Parameter] { parameters.filter(\.isDifferent) }

  private static func parameters(_ own: ImpulseBlock, _ block: StudioImpulse.Block) -> [Parameter] {
    let known = block.items.map { item in
      let value = item.value ?? item.defaultValue
      let local = own.parameters[item.param].flatMap { $0 == .null ? nil : $0.studioText } ?? item.defaultValue
      return Parameter(
        blockId: block.id, block: block.name, parameter: item.param, local: local, studio: value,
        default: item.defaultValue, isDifferent: !isSame(local, value), isReadOnly: item.readonly)
    }
    let names = Set(block.items.map(\.param))
    let unknown = own.parameters.filter { !names.contains($0.key) && $0.value != .null }.sorted { $0.key < $1.key }
    return known
      + unknown.map { key, value in
        Parameter(
          blockId: block.id, block: block.name, parameter: key, local: value.studioText, studio: nil, default: nil,
          isDifferent: true, isReadOnly: false)
      }
  }

  /// Whether two texts mean the same value: `0.50` is `0.5`.
  static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let a = Double(a), let b = Double(b) else { return false }
    return a == b
  }

  private static func fields(_ list: String, local: [JSONValue], studio: [JSONValue]) -> [Field] {
    var fields: [Field] = []
    for block in local {
      let place = "\(list) \(block["id"]?.shown ?? "")"
      guard case .object(let own) = block, let other = studio.first(where: { $0["id"] == block["id"] }) else {
        fields.append(Field(place: place, local: "there", studio: "missing"))
        continue
      }
      for (key, value) in own.sorted(by: { $0.key < $1.key }) where value != other[key] ?? .null {
        fields.append(Field(place: "\(place) \(key)", local: value.shown, studio: other[key]?.shown ?? "-"))
      }
    }
    for block in studio where !local.contains(where: { $0["id"] == block["id"] }) {
      fields.append(Field(place: "\(list) \(block["id"]?.shown ?? "")", local: "missing", studio: "there"))
    }
    return fields
  }

  // MARK: Text

  /// Tables of what differs, or of everything.
  func text(all: Bool) -> String {
    var text = ""
    let rows = all ? parameters : changes
    if !rows.isEmpty {
      var table = TextTable(["parameter", "local", "studio", "default"] + (all ? [""] : []))
      for row in rows {
        table.rows.append(
          [
            "\(row.blockId) \(row.block): \(row.parameter)", row.local, row.studio ?? "unknown", row.default ?? "-",
          ].map(Terminal.line) + (all ? [row.isDifferent ? "different" : ""] : []))
      }
      text += table.text
    }
    if !impulse.isEmpty {
      var table = TextTable(["impulse", "local", "studio"])
      for field in impulse { table.rows.append([field.place, field.local, field.studio].map(Terminal.line)) }
      text += (text.isEmpty ? "" : "\n") + table.text
    }
    let same = parameters.count - changes.count
    if !isDifferent { return text + "equal: all \(Quantity.grouped(same)) parameters\n" }
    return text + "\n\(Quantity.grouped(changes.count)) of \(Quantity.grouped(parameters.count)) parameters differ"
      + (impulse.isEmpty ? "\n" : ", and \(impulse.count) of the impulse itself\n")
  }
}
