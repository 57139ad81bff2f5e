/// Decimals of at most seven digits on either side of the point, eight bytes at a time.
///
/// All others are left to `JSONNumber`. The digits make an integer below 10¹⁴ and the power of ten is at most 10⁷:
/// both are exact as doubles, so that one division rounds correctly.
enum ShortDecimal {
  /// Bytes that `scan` may look at.
  static let reach = 24

  /// Reads the number at `cursor` and moves past it. `reach` bytes must be readable.
  ///
  /// `comma` is a second decimal point; a dot where there is none.
  /// - Returns: false, without moving, for anything but `-?\d{1,7}([.,]\d{1,7})?` that no exponent or digit follows.
  @inline(__always)
  static func scan(
    _ cursor: inout UnsafePointer<UInt8>, comma: UInt8, _ doubles: UnsafePointer<Double>,
    _ integers: UnsafePointer<UInt64>, into value: inout Double
  ) -> Bool {
    let isNegative = cursor[0] == UInt8(ascii: "-")
    var p = cursor + (isNegative ? 1 : 0)
    guard let (whole, digits) = run(p) else { return false }
    p += digits
    var magnitude = Double(Int64(bitPattern: whole))
    if p[0] == UInt8(ascii: ".") || p[0] == comma {
      guard let (fraction, decimals) = run(p + 1) else { return false }
      p += 1 + decimals
      magnitude = Double(Int64(bitPattern: whole &* integers[decimals] &+ fraction)) / doubles[decimals]
    }
    if p[0] | 0x20 == UInt8(ascii: "e") { return false }
    // The sign bit is set without a branch: signs of measurements cannot be predicted.
    value = Double(bitPattern: magnitude.bitPattern | (isNegative ? 1 << 63 : 0))
    cursor = p
    return true
  }

  /// The value and length of a run of one to seven digits; nil for any other.
  @inline(__always)
  private static func run(_ p: UnsafePointer<UInt8>) -> (UInt64, Int)? {
    let word = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
    let digits = word ^ 0x3030_3030_3030_3030
    // The high bit of each byte that is no digit. Carries reach only bytes behind the first of them.
    let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    let bits = others.trailingZeroBitCount & 0x78
    if others & 0x80 != 0 || others == 0 { return nil }
    return (value(digits &<< UInt64(64 - bits)), bits >> 3)
  }

  /// The number that eight digits make, the first one in the lowest byte: pairs, then fours, then all.
  @inline(__always)
  private static func value(_ digits: UInt64) -> UInt64 {
    let pairs = digits &* 10 &+ (digits &>> 8)
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let high = (pairs & mask) &* 0x000F_4240_0000_0064
    let low = ((pairs &>> 16) & mask) &* 0x0000_2710_0000_0001
    return (high &+ low) &>> 32
  }
}
