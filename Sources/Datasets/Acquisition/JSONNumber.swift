/// Decimal numbers of RFC 8259 as correctly rounded doubles.
///
/// Three roads, all exact: numbers of up to 53 bits and powers of ten up to 22 need one operation on
/// doubles (W. Clinger, How to read floating point numbers accurately, 1990); numbers of up to 19
/// digits with at most 19 decimals need one integer division; the rest goes through `Double(String)`.
enum JSONNumber {
  enum Outcome {
    /// `value` is the number.
    case exact
    /// The text is a number, but takes the long road.
    case hard
    /// The text is not a number.
    case malformed
  }

  /// Powers of ten that are exact as doubles: 10⁰ … 10²².
  nonisolated(unsafe) static let doublePowers: UnsafePointer<Double> = {
    let table = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for index in 0..<23 {
      table[index] = power
      power *= 10
    }
    return UnsafePointer(table)
  }()

  /// Powers of ten that fit 64 bits: 10⁰ … 10¹⁹.
  nonisolated(unsafe) static let integerPowers: UnsafePointer<UInt64> = {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 20)
    var power: UInt64 = 1
    for index in 0..<20 {
      table[index] = power
      power = power &* 10
    }
    return UnsafePointer(table)
  }()

  /// Scans the number at `cursor` and moves past it. The bytes must end in one that no number contains.
  @inline(__always)
  static func scan(
    _ cursor: inout UnsafePointer<UInt8>, _ doubles: UnsafePointer<Double>,
    _ integers: UnsafePointer<UInt64>, into value: inout Double
  ) -> Outcome {
    // 1. Sign and digits.
    var p = cursor
    let isNegative = p[0] == UInt8(ascii: "-")
    if isNegative { p += 1 }
    let digits = p
    var mantissa = UInt64(p[0] &- UInt8(ascii: "0"))
    if mantissa > 9 { return .malformed }
    p += 1
    if mantissa == 0 {
      if p[0] &- UInt8(ascii: "0") <= 9 { return .malformed }
    } else {
      appendDigits(&p, &mantissa)
    }
    var count = p - digits
    var exponent = 0
    if p[0] == UInt8(ascii: ".") {
      p += 1
      let fraction = p
      appendDigits(&p, &mantissa)
      exponent = fraction - p
      if exponent == 0 { return .malformed }
      count -= exponent
    }
    if p[0] | 0x20 == UInt8(ascii: "e") {
      guard let power = scanExponent(&p) else { return .malformed }
      exponent += power
    }
    cursor = p

    // 2. More than 19 digits may have wrapped the mantissa around. Leading zeros do not count.
    if count > 19, count - leadingZeros(digits) > 19 { return .hard }

    // 3. Value.
    var magnitude: Double
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      magnitude = Double(mantissa)
      if exponent < 0 { magnitude /= doubles[-exponent] } else { magnitude *= doubles[exponent] }
    } else if exponent < 0, exponent >= -19 {
      magnitude = quotient(mantissa, integers[-exponent])
    } else if exponent == 0 || mantissa == 0 {
      magnitude = Double(mantissa)
    } else {
      return .hard
    }
    value = isNegative ? -magnitude : magnitude
    return .exact
  }

  @inline(__always)
  private static func appendDigits(_ p: inout UnsafePointer<UInt8>, _ mantissa: inout UInt64) {
    while true {
      let digit = p[0] &- UInt8(ascii: "0")
      if digit > 9 { return }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      p += 1
    }
  }

  /// `p` stands at `e`. Saturates, since a file may write an exponent of any length.
  private static func scanExponent(_ p: inout UnsafePointer<UInt8>) -> Int? {
    p += 1
    let isNegative = p[0] == UInt8(ascii: "-")
    if isNegative || p[0] == UInt8(ascii: "+") { p += 1 }
    let start = p
    var power = 0
    while case let digit = p[0] &- UInt8(ascii: "0"), digit <= 9 {
      power = min(power * 10 + Int(digit), 1_000_000_000)
      p += 1
    }
    return p == start ? nil : isNegative ? -power : power
  }

  private static func leadingZeros(_ digits: UnsafePointer<UInt8>) -> Int {
    var p = digits
    var zeros = 0
    while p[0] == UInt8(ascii: "0") || p[0] == UInt8(ascii: ".") {
      if p[0] == UInt8(ascii: "0") { zeros += 1 }
      p += 1
    }
    return zeros
  }

  /// n / d, correctly rounded, for n > 0 and d ≥ 10.
  ///
  /// With N = n·2ᵃ and D = d·2ᵇ scaled to 64 bits, N/D lies in (½, 2) and q = ⌊N·2⁶³/D⌋ has 63 or 64
  /// bits: ten more than a double keeps. A remainder sets the lowest of them, which is all that
  /// rounding to nearest has to know of it. The power of two at the end is exact.
  @inline(never)
  static func quotient(_ n: UInt64, _ d: UInt64) -> Double {
    let a = n.leadingZeroBitCount
    let b = d.leadingZeroBitCount
    let scaled = n &<< UInt64(a)
    let (q, remainder) = (d &<< UInt64(b)).dividingFullWidth((scaled &>> 1, scaled &<< 63))
    let rounded = Double(q | (remainder == 0 ? 0 : 1))
    let power = b - a - 63
    return rounded * Double(sign: .plus, exponent: power, significand: 1)
  }

  /// The value of a number that `scan` calls hard. Infinite beyond the range of doubles.
  static func long(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    Double(String(decoding: text, as: UTF8.self))
  }
}
