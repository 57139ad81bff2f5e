import Datasets

/// Writes JSON whose numbers are Float features, in the fewest digits that read back equal.
///
/// Foundation widens a Float to Double and prints 17 digits; and it refuses NaN, which is written as null here.
enum JSONText {
  /// `[0.5,1.25,null]`.
  static func list(_ values: some Sequence<Float>) -> String {
    "[" + values.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",") + "]"
  }

  static func list(_ values: [String]) -> String {
    "[" + values.map(string).joined(separator: ",") + "]"
  }

  static func list(_ values: [Int]) -> String { "[" + values.map(String.init).joined(separator: ",") + "]" }

  /// A whole number without its `.0`, anything else in the fewest digits that read back equal.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? (value.isFinite ? "\(value)" : "null")
  }

  /// A quoted text with everything escaped that JSON asks for.
  static func string(_ value: String) -> String { JSONWords.quoted(value) }
}
