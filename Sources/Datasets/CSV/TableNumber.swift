/// The numbers of table fields, as people and programs write them.
///
/// Beside what JSON allows: a plus sign, leading zeros, a missing digit on one side of the point, blanks around, and
/// a decimal comma where there is no dot. Correctly rounded, as `strtod`.
enum TableNumber {
  enum Outcome: Equatable {
    case number(Double)
    /// Text, or nothing.
    case notNumeric
    /// NaN, infinity, or a number beyond the range of doubles.
    case notFinite
  }

  /// Reads all of `field`.
  static func read(_ field: UnsafeBufferPointer<UInt8>) -> Outcome {
    let text = trimmed(field)
    guard let grammar = grammar(text) else { return isNonFinite(text) ? .notFinite : .notNumeric }
    // JSONNumber wants a byte behind the number that no number contains.
    let value = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 3) { copy -> Double? in
      guard let base = copy.baseAddress else { return nil }
      var count = 0
      func append(_ byte: UInt8) {
        base[count] = byte
        count += 1
      }
      if text.first == UInt8(ascii: "-") { append(UInt8(ascii: "-")) }
      if grammar.digits.isEmpty { append(UInt8(ascii: "0")) }
      for index in grammar.digits { append(text[index]) }
      if !grammar.decimals.isEmpty {
        append(UInt8(ascii: "."))
        for index in grammar.decimals { append(text[index]) }
      }
      for index in grammar.exponent { append(text[index]) }
      base[count] = 0
      var cursor = UnsafePointer(base)
      var value = 0.0
      if JSONNumber.scan(&cursor, JSONNumber.doublePowers, JSONNumber.integerPowers, into: &value) == .exact {
        return value
      }
      return JSONNumber.long(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(copy)[..<count]))
    }
    guard let value else { return .notNumeric }
    return value.isFinite ? .number(value) : .notFinite
  }

  /// `field` without blanks at its ends.
  static func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var range = field.indices
    while let first = range.first, isBlank(field[first]) { range.removeFirst() }
    while let last = range.last, isBlank(field[last]) { range.removeLast() }
    return UnsafeBufferPointer(rebasing: field[range])
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Where the parts of a number are.
  private struct Grammar {
    /// Before the point, without leading zeros.
    var digits: Range<Int>
    var decimals: Range<Int>
    /// With its `e`.
    var exponent: Range<Int>
  }

  private static func grammar(_ text: UnsafeBufferPointer<UInt8>) -> Grammar? {
    var index = 0
    func digits() -> Range<Int> {
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") <= 9 { index += 1 }
      return start..<index
    }
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
    var whole = digits()
    var decimals = index..<index
    if index < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",") {
      index += 1
      decimals = digits()
    }
    if whole.isEmpty && decimals.isEmpty { return nil }
    let exponent = index
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
      if digits().isEmpty { return nil }
    }
    if index != text.count { return nil }
    while whole.count > 1, text[whole.lowerBound] == UInt8(ascii: "0") { whole.removeFirst() }
    return Grammar(digits: whole, decimals: decimals, exponent: exponent..<index)
  }

  private static func isNonFinite(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 9 else { return false }
    let word = String(decoding: text, as: UTF8.self).lowercased().drop { "+-".contains($0) }
    return ["nan", "inf", "infinity"].contains(word)
  }
}
