import Foundation

/// JSON to and from models, with errors that name the field.
enum StudioJSON {
  /// A field that is missing or of another kind.
  struct Fault: Error, Equatable {
    var message: String
  }

  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws(Fault) -> Value {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw Fault(message: message(of: error))
    } catch {
      throw Fault(message: "\(error)")
    }
  }

  /// `dsp.features[3].name: expected a text, found null`, and the like.
  static func message(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "the field \(path(context.codingPath + [key])) is missing"
    case .valueNotFound(let type, let context):
      "the field \(path(context.codingPath)) is null, expected \(name(of: type))"
    case .typeMismatch(let type, let context):
      "the field \(path(context.codingPath)) is of another kind, expected \(name(of: type))"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "not valid JSON" : "the field \(path(context.codingPath)) is invalid: \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    var text = ""
    for key in keys {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return text.isEmpty ? "at the top" : text
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is Int.Type: "an integer"
    case is Double.Type: "a number"
    case is [String: Any].Type: "an object"
    case is [Any].Type: "a list"
    default: "\(type)"
    }
  }
}
