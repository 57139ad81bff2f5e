import Foundation
import HTTPTypes

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

  /// A decoder's complaint in words, with its place.
  static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.reduce("") { text, key in
        key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
      }
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(path(context, key)) is missing"
    case .valueNotFound(_, let context): return "\(path(context)) is null"
    case .typeMismatch(let type, let context): return "\(path(context)) is no \(type)"
    case .dataCorrupted(let context): return context.codingPath.isEmpty ? "no valid JSON" : "\(path(context)) is wrong"
    @unknown default: return "\(error)"
    }
  }
}
