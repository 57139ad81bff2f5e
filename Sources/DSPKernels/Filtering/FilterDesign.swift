import Glibc

/// A recursive filter of even order as second-order sections.
///
/// All designs here have numerators `[1, 2, 1]` (low-pass) or `[1, -2, 1]` (high-pass); the whole gain multiplies
/// the first. Sections run from the pole pair farthest from the unit circle to the closest, SciPy's `nearest`
/// pairing.
public struct SectionedFilter: Sendable, Equatable {
  /// Pass band.
  public enum Kind: Sendable { case low, high }

  /// The denominator `[1, a1, a2]` of a section.
  public struct Section: Sendable, Equatable {
    /// Coefficient of z⁻¹.
    public var a1: Double
    /// Coefficient of z⁻².
    public var a2: Double
  }

  /// Pass band; decides the numerators.
  public var kind: Kind
  /// Factor of the first section's numerator.
  public var gain: Double
  /// Denominators, in the order in which they run.
  public var sections: [Section]

  /// The same filter with gain and coefficients rounded to Float, as Studio stores a Butterworth filter.
  public var roundedToFloat: SectionedFilter {
    SectionedFilter(
      kind: kind, gain: Double(Float(gain)),
      sections: sections.map { Section(a1: Double(Float($0.a1)), a2: Double(Float($0.a2))) })
  }
}

extension SectionedFilter {
  /// Butterworth filter by the bilinear transform with prewarping.
  ///
  /// - Parameters:
  ///   - order: even, at least 2.
  ///   - cutoff: −3 dB frequency as a fraction of Nyquist, between 0 and 1, both excluded.
  ///
  /// Source: A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing, §7.1; equals SciPy's `butter` to
  /// about 6e-16.
  public static func butterworth(order: Int, cutoff: Double, kind: Kind) -> SectionedFilter {
    let prototype = (0..<order / 2).map { k in
      // Upper half of the left semicircle.
      let angle = Double.pi * Double(2 * k + 1 - order) / Double(2 * order)
      return ComplexNumber(-cos(angle), -sin(angle))
    }
    return bilinear(prototype, prototypeGain: 1, cutoff: cutoff, kind: kind)
  }

  /// Chebyshev type I low-pass filter.
  ///
  /// - Parameters:
  ///   - order: even, at least 2.
  ///   - ripple: in the pass band, in dB.
  ///   - cutoff: end of the ripple band as a fraction of Nyquist.
  public static func chebyshevLowpass(order: Int, ripple: Double, cutoff: Double) -> SectionedFilter {
    let epsilon = (pow(10, 0.1 * ripple) - 1).squareRoot()
    let mu = asinh(1 / epsilon) / Double(order)
    let prototype = (0..<order / 2).map { k in
      let theta = Double.pi * Double(2 * k + 1 - order) / Double(2 * order)
      return ComplexNumber(-sinh(mu) * cos(theta), -cosh(mu) * sin(theta))
    }
    // Even order: the gain at DC lies a ripple below 1. Poles come in conjugate pairs.
    let product = prototype.reduce(1) { $0 * $1.squaredMagnitude }
    let gain = product / (1 + epsilon * epsilon).squareRoot()
    return bilinear(prototype, prototypeGain: gain, cutoff: cutoff, kind: .low)
  }

  /// Analog low-pass prototype (one pole of each conjugate pair) to digital sections.
  private static func bilinear(
    _ prototype: [ComplexNumber], prototypeGain: Double, cutoff: Double, kind: Kind
  ) -> SectionedFilter {
    let order = 2 * prototype.count
    let warped = 4 * tan(Double.pi * cutoff / 2)
    let four = ComplexNumber(4, 0)
    let analog = prototype.map { kind == .low ? $0 * warped : ComplexNumber(warped, 0) / $0 }
    // (4 - p) of both poles of a pair multiply to |4 - p|².
    let denominator = analog.reduce(1) { $0 * (four - $1).squaredMagnitude }
    let numerator = kind == .low ? prototypeGain * pow(warped, Double(order)) : pow(4, Double(order))
    let digital = analog.map { (four + $0) / (four - $0) }
    let ordered = digital.sorted { abs($0.magnitude - 1) > abs($1.magnitude - 1) }
    return SectionedFilter(
      kind: kind, gain: numerator / denominator,
      sections: ordered.map { Section(a1: -2 * $0.real, a2: $0.squaredMagnitude) })
  }
}

/// The few complex operations that filter design needs.
struct ComplexNumber {
  var real: Double
  var imaginary: Double

  init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }

  var squaredMagnitude: Double { real * real + imaginary * imaginary }
  var magnitude: Double { hypot(real, imaginary) }

  static func + (a: Self, b: Self) -> Self { Self(a.real + b.real, a.imaginary + b.imaginary) }
  static func - (a: Self, b: Self) -> Self { Self(a.real - b.real, a.imaginary - b.imaginary) }
  static func * (a: Self, b: Double) -> Self { Self(a.real * b, a.imaginary * b) }
  static func / (a: Self, b: Self) -> Self {
    let scale = b.squaredMagnitude
    return Self(
      (a.real * b.real + a.imaginary * b.imaginary) / scale,
      (a.imaginary * b.real - a.real * b.imaginary) / scale)
  }
}
