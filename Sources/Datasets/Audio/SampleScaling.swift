/// Samples as Studio's importer counts them: in units of 16 bits, from -32768 to 32767, whole.
///
/// Samples of 16 bits are what they are. Others are scaled so that the largest value becomes 32767 and the smallest
/// -32768, and lose their fraction: values above 0 are divided by the old maximum and multiplied by the new one, the
/// others likewise by the minima, then cut towards 0. Floats beyond ±1 count as ±1. This is the arithmetic of the
/// converter in Studio's uploader (`wavefile`, to 16 bits), in double precision and in its order.
enum SampleScaling {
  /// Samples of 16 bits.
  static func convert(_ source: UnsafePointer<Int16>, _ count: Int, into out: UnsafeMutablePointer<Double>) {
    for i in 0..<count { out[i] = Double(source[i]) }
  }

  /// Integers of `bits` bits, at the top of 32.
  static func convert(
    _ source: UnsafePointer<Int32>, bits: Int, _ count: Int, into out: UnsafeMutablePointer<Double>
  ) {
    let shift = Int32(32 - bits)
    let minimum = Double(sign: .plus, exponent: bits - 1, significand: 1)
    let maximum = minimum - 1
    for i in 0..<count {
      let sample = Double(source[i] &>> shift)
      out[i] = truncated(sample / (sample > 0 ? maximum : minimum) * (sample > 0 ? 32767 : 32768))
    }
  }

  /// Floats of single or double precision.
  /// - Returns: whether all of them are finite. Where one is not, what was written has no meaning.
  static func convert<Sample: BinaryFloatingPoint>(
    _ source: UnsafePointer<Sample>, _ count: Int, into out: UnsafeMutablePointer<Double>, _ widen: (Sample) -> Double
  ) -> Bool {
    // 0 × infinity and 0 × NaN are NaN, and so is a sum with either.
    var residue = SIMD8<Double>.zero
    var i = 0
    while i < count {
      let end = min(i + 8, count)
      for place in i..<end {
        let sample = widen(source[place])
        residue[place - i] += sample * 0
        let clipped = sample > 1 ? 1 : sample < -1 ? -1 : sample
        out[place] = truncated(clipped * (clipped > 0 ? 32767 : 32768))
      }
      i = end
    }
    return residue.sum() == 0
  }

  /// The means of `channels` neighbours, not rounded.
  static func average(
    _ source: UnsafePointer<Double>, channels: Int, _ frames: Int, into out: UnsafeMutablePointer<Double>
  ) {
    let divisor = Double(channels)
    for frame in 0..<frames {
      var sum = 0.0
      for place in frame * channels..<(frame + 1) * channels { sum += source[place] }
      out[frame] = sum / divisor
    }
  }

  /// `value` without its fraction, for values between -2^51 and 2^51. Never -0.
  ///
  /// Adding 2^52 rounds to a whole number. This vectorises for every x86-64; a call of `trunc` does not.
  @inline(__always)
  private static func truncated(_ value: Double) -> Double {
    let size = abs(value)
    let rounded = (size + 0x1p52) - 0x1p52
    let whole = rounded > size ? rounded - 1 : rounded
    return value < 0 ? 0 - whole : whole
  }
}
