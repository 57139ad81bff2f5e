import Foundation
import HTTPTypes
import StudioAPI

/// Guards a decoder that goes down once for each level.
enum JSONDepth {
  /// - Throws: `Refusal` with 413 where arrays and objects are nested more than `limit` deep.
  /// - Complexity: O(bytes).
  static func check(_ data: Data, limit: Int) throws(Refusal) {
    var depth = 0
    var isInText = false
    var isEscaped = false
    var deepest = 0
    for byte in data {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    if deepest > limit {
      throw Refusal(.contentTooLarge, "the body's JSON is nested \(deepest) deep, and \(limit) is the most")
    }
  }

  /// A decoder's complaint about `data` in words, with its place.
  static func words(_ error: any Error, in data: Data) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.reduce("") { text, key in
        key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
      }
    }
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.isEmpty ? "it" : path(context)
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(path(context, key)) is missing"
    case .valueNotFound(_, let context): return "\(place(context)) is null"
    case .typeMismatch(let type, let context): return "\(place(context)) is no \(kind(type))"
    case .dataCorrupted(let context):
      // The decoder takes a number that does not fit for no JSON, and does not say where it is.
      if context.codingPath.isEmpty, (try? JSONDecoder().decode(JSONValue.self, from: data)) != nil {
        return "a number that must be whole is not, or is too large"
      }
      return context.codingPath.isEmpty ? "no valid JSON" : "\(path(context)) is wrong"
    @unknown default: return "\(error)"
    }
  }

  /// A type by what it is called in JSON.
  private static func kind(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is Int.Type: "whole number"
    case is Double.Type: "number"
    case is [Any].Type: "list"
    case is [String: Any].Type: "object"
    default: "\(type)"
    }
  }
}
