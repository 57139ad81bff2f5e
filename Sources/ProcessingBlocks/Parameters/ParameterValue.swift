/// The value of one parameter: native, or the text in which Studio's configuration map carries everything.
public enum ParameterValue: Sendable, Hashable {
  /// A whole number of JSON.
  case integer(Int)
  /// Any other number of JSON; may be NaN or infinite where it comes from a program.
  case number(Double)
  /// `true` or `false` of JSON.
  case boolean(Bool)
  /// A text, which may hold a number or a switch: Studio writes every value so.
  case text(String)
  /// Absent; the default applies.
  case null

  /// The value as Studio writes it: `"true"`, `"0.5"`, `"low"`; empty for null.
  public var studioText: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): Self.shortest(value)
    case .boolean(let value): value ? "true" : "false"
    case .text(let value): value
    case .null: ""
    }
  }

  /// A whole number without its `.0`, anything else in the fewest digits that read back equal.
  private static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The value as a whole number: native, or text such as `"128"` or `"6.0"`. Booleans count as 0 and 1.
  var wholeNumber: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    case .boolean(let value): value ? 1 : 0
    case .text(let text):
      Int(Self.trimmed(text)) ?? Double(Self.trimmed(text)).flatMap { Int(exactly: $0) }
    case .null: nil
    }
  }

  /// The value as a finite number: native, or text such as `"0.02"`. Booleans count as 0 and 1.
  var finiteNumber: Double? {
    let value: Double? =
      switch self {
      case .integer(let value): Double(value)
      case .number(let value): value
      case .boolean(let value): value ? 1 : 0
      case .text(let text): Double(Self.trimmed(text))
      case .null: nil
      }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The value as a switch: native, 0 and 1, or text in any case.
  var truth: Bool? {
    switch self {
    case .boolean(let value): value
    case .integer(let value): value == 0 ? false : value == 1 ? true : nil
    case .number(let value): value == 0 ? false : value == 1 ? true : nil
    case .text(let text):
      switch Self.trimmed(text).lowercased() {
      case "true", "1": true
      case "false", "0": false
      default: nil
      }
    case .null: nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var slice = text[...]
    while let first = slice.first, first.isWhitespace { slice.removeFirst() }
    while let last = slice.last, last.isWhitespace { slice.removeLast() }
    return String(slice)
  }
}
