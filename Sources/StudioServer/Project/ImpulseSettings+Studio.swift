import FeatureGeneration
import Foundation
import ProcessingBlocks
import StudioAPI

extension ImpulseSettings {
  /// The impulse as Studio's clients read it: what the file leaves out is filled in.
  func studioImpulse() throws -> Studio.Impulse {
    let source = document["impulse"] ?? .null
    var fields = source.fields
    fields["id"] = fields["id"] ?? .integer(1)
    fields["name"] = fields["name"] ?? .string("Impulse #1")
    fields["type"] = fields["type"] ?? .string("default")
    fields["inputBlocks"] = .array(source.list("inputBlocks").map { Self.filled($0, title: Self.inputTitle($0)) })
    fields["dspBlocks"] = .array(try source.list("dspBlocks").map(filledBlock))
    fields["learnBlocks"] = .array(source.list("learnBlocks").map { Self.filled($0, title: $0["type"]?.text ?? "") })
    fields["postProcessingBlocks"] = .array(source.list("postProcessingBlocks"))
    return try JSONDecoder().decode(Studio.Impulse.self, from: JSONEncoder().encode(JSONValue.object(fields)))
  }

  private func filledBlock(_ block: JSONValue) throws -> JSONValue {
    let type = block["type"]?.text ?? ""
    var fields = Self.filled(block, title: BlockRegistry.block(type: type)?.title ?? type).fields
    if case .integer(let id) = fields["id"], let block = impulse.blocks.first(where: { $0.id == id }) {
      fields["implementationVersion"] = .integer(block.implementationVersion)
      fields["input"] = .integer(block.input.id)
    }
    return .object(fields)
  }

  /// Name and title, which older files lack, and what older clients ask for.
  private static func filled(_ block: JSONValue, title: String) -> JSONValue {
    var fields = block.fields
    fields["title"] = fields["title"] ?? .string(title)
    fields["name"] = fields["name"] ?? fields["title"]
    fields["primaryVersion"] = fields["primaryVersion"] ?? .bool(true)
    for key in ["windowSizeMs", "windowIncreaseMs", "imageWidth", "imageHeight"] {
      // 2000.0 is a whole number for us, and none for strict clients.
      if case .number(let value) = fields[key], let whole = Int(exactly: value) { fields[key] = .integer(whole) }
    }
    return .object(fields)
  }

  private static func inputTitle(_ block: JSONValue) -> String {
    switch block["type"]?.text {
    case "image": "Image data"
    case "features": "Features"
    default: "Time series data"
    }
  }
}

extension JSONValue {
  /// The fields of an object; none for other kinds.
  var fields: [String: JSONValue] {
    if case .object(let fields) = self { fields } else { [:] }
  }

  /// A list in a field; empty where there is none.
  func list(_ key: String) -> [JSONValue] {
    if case .array(let values)? = self[key] { values } else { [] }
  }
}
