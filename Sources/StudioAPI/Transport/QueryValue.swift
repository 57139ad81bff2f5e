/// A value that can stand in a query.
public protocol QueryValue: Sendable {
  /// The text, not yet escaped.
  var queryText: String { get }
}

extension String: QueryValue {
  /// The text itself.
  public var queryText: String { self }
}

extension Int: QueryValue {
  /// Decimal digits.
  public var queryText: String { "\(self)" }
}

extension Bool: QueryValue {
  /// `true` or `false`.
  public var queryText: String { self ? "true" : "false" }
}

extension Double: QueryValue {
  /// The shortest digits that read back the same, without a fraction where there is none.
  public var queryText: String { NumberText.shortest(self) }
}

extension OpenValue {
  /// The text on the wire.
  public var queryText: String { rawValue }
}

extension Timestamp: QueryValue {}
extension Studio.RawDataCategory: QueryValue {}
extension Studio.RawDataFilterCategory: QueryValue {}

/// Numbers as text that reads back the same.
enum NumberText {
  /// The shortest digits; `62.5`, `16`, `1e-07`.
  static func shortest(_ value: Double) -> String {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53, !(whole == 0 && value.sign == .minus) {
      return "\(whole)"
    }
    return "\(value)"
  }
}

/// Percent-encoding of RFC 3986: everything but unreserved characters.
enum PercentEncoding {
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
