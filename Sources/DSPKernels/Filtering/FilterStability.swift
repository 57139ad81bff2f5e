import Glibc

extension SectionedFilter {
  /// Whether Studio accepts a Butterworth filter as stable.
  ///
  /// The reference designs low-pass sections once more with Float coefficients (whatever the filter's kind) and
  /// refuses when a pole reaches the unit circle. Because of the rounding this happens for cut-offs within about
  /// 5e-5 of the sampling rate from 0 or Nyquist.
  ///
  /// - Parameters:
  ///   - order: even, at least 2.
  ///   - cutoff: in Hz.
  ///   - frequency: sampling rate in Hz.
  public static func isStableButterworth(order: Int, cutoff: Double, frequency: Double) -> Bool {
    let a = Float(tan(Double.pi * cutoff / frequency))
    let a2 = Double(a * a)
    return (0..<order / 2).allSatisfy { section in
      let r = sin(Double.pi * Double(2 * section + 1) / Double(2 * order))
      let s = a2 + 2 * Double(a) * r + 1
      let d1 = Double(Float(2 * (1 - a2) / s))
      let d2 = Double(Float(-(a2 - 2 * Double(a) * r + 1) / s))
      return largestRoot(d1, d2) < 1
    }
  }

  /// Largest modulus of the roots of `z² − d1 z − d2`.
  private static func largestRoot(_ d1: Double, _ d2: Double) -> Double {
    let discriminant = d1 * d1 / 4 + d2
    if discriminant < 0 { return (-d2).squareRoot() }
    return abs(d1) / 2 + discriminant.squareRoot()
  }
}
