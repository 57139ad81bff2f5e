import CLanes

extension DoubleLanes {
  /// Base-10 logarithm, accurate to two units in the last place of Double, as the C library's is; after rounding
  /// to Float two of them differ in about one value in 10^8. NaN gives NaN, infinity infinity, zero −infinity.
  ///
  /// Source: the series of Sun's fdlibm (`e_log.c`, `e_log10.c`): with `s = f / (2 + f)`,
  /// `log(1 + f) = f − (f²/2 − s (f²/2 + R(s²)))`.
  @inline(__always) func log10() -> DoubleLanes {
    DoubleLanes(lanes_log_special(raw, Self.log10(logarithmParts()).raw))
  }

  /// Base-10 logarithm of lanes that are all positive, normal and finite: the same bits with less work.
  @inline(__always) func log10OfNormal() -> DoubleLanes { Self.log10(normalLogarithmParts()) }

  /// Whether every lane of four vectors is positive, normal and finite.
  @inline(__always)
  static func arePositiveNormal(_ a: DoubleLanes, _ b: DoubleLanes, _ c: DoubleLanes, _ d: DoubleLanes) -> Bool {
    lanes_all_positive_normal(a.raw, b.raw, c.raw, d.raw)
  }

  @inline(__always)
  private static func log10(_ parts: (exponent: DoubleLanes, mantissa: DoubleLanes)) -> DoubleLanes {
    // log10(2) in two parts: the product with the first, which has 42 bits, is exact.
    parts.exponent * DoubleLanes(repeating: 0x1.34413509f6p-2)
      + (parts.mantissa * DoubleLanes(repeating: 0.43429448190325182765)
        + parts.exponent * DoubleLanes(repeating: 3.69423907715893078616e-13))
  }

  /// Natural logarithm, with the same accuracy and the same special cases.
  @inline(__always) func log() -> DoubleLanes {
    DoubleLanes(lanes_log_special(raw, Self.log(logarithmParts()).raw))
  }

  /// Natural logarithm of lanes that are all positive, normal and finite: the same bits with less work.
  @inline(__always) func logOfNormal() -> DoubleLanes { Self.log(normalLogarithmParts()) }

  @inline(__always)
  private static func log(_ parts: (exponent: DoubleLanes, mantissa: DoubleLanes)) -> DoubleLanes {
    // log(2) in two parts: the first has 33 bits.
    parts.exponent * DoubleLanes(repeating: 6.93147180369123816490e-01)
      + (parts.mantissa + parts.exponent * DoubleLanes(repeating: 1.90821492927058770002e-10))
  }

  /// `k` and `log(m)` for `self = m 2^k` with `m` between √½ and √2.
  @inline(__always) private func logarithmParts() -> (exponent: DoubleLanes, mantissa: DoubleLanes) {
    // Subnormals are lifted into the normal range first, and lose 54 of the exponent again at the end.
    let tiny = c(0x1p-1022)
    let lift = below(tiny, c(54), else: c(0))
    let (exponent, mantissa) = below(tiny, self * c(0x1p54), else: self).normalLogarithmParts()
    return (exponent - lift, mantissa)
  }

  /// The same for positive normal numbers.
  @inline(__always) private func normalLogarithmParts() -> (exponent: DoubleLanes, mantissa: DoubleLanes) {
    let f = DoubleLanes(lanes_log_mantissa(raw)) - c(1)
    let s = f / (f + c(2))
    let z = s * s
    let w = z * z
    let even =
      w * (w * (w * c(0.1531383769920937332) + c(0.2222219843214978396)) + c(0.3999999999940941908))
    let odd =
      z
      * (w * (w * (w * c(0.1479819860511658591) + c(0.1818357216161805012)) + c(0.2857142874366239149))
        + c(0.6666666666666735130))
    let half = c(0.5) * f * f
    return (DoubleLanes(lanes_log_exponent(raw)), f - (half - s * (half + (even + odd))))
  }

  @inline(__always) private func c(_ value: Double) -> DoubleLanes { DoubleLanes(repeating: value) }
}
