/// Numbers as text, straight into bytes: printing them is most of the work of writing JSON and CSV.
enum NumberText {
  /// Above it, doubles are not all whole numbers' neighbours, and the shortest text has an exponent.
  private static let mostWhole = 0x1p53

  /// Appends the shortest text of a finite number that reads back as the same double; whole numbers below 2^53 without
  /// a point. Minus zero is `-0.0`.
  @inline(__always)
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    if abs(value) < mostWhole, let whole = Int64(exactly: value), whole != 0 || value.sign == .plus {
      appendDigits(whole, to: &bytes)
    } else {
      var text = value.description
      text.withUTF8 { bytes.append(contentsOf: $0) }
    }
  }

  private static func appendDigits(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    if rest < 10 { return bytes.append(UInt8(ascii: "0") + UInt8(rest)) }
    let first = bytes.count
    while rest > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    bytes[first...].reverse()
  }
}
