/// Small whole numbers in lanes.
extension LaneVector {
  private static var unit: Scalar { Scalar.self == Float.self ? 0x1p23 : 0x1p52 }

  /// Added to a number from 0 to 2^22, it leaves the number's integer in the low bits.
  @inline(__always) static var integerBias: Scalar { unit }
  /// Added to a number from -2^21 to 2^21 and subtracted again, it leaves the nearest integer, ties to even.
  @inline(__always) static var nearestBias: Scalar { 1.5 * unit }
  /// The integer in a number to which `integerBias` was added.
  @inline(__always) static func integer(_ biased: Scalar) -> Int {
    withUnsafeBytes(of: biased) { bytes in
      Int(bytes.loadUnaligned(as: UInt32.self) & 0x7f_ffff)
    }
  }
}
