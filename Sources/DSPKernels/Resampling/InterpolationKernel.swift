/// The low-pass that resampling interpolates with: a sinc of ten zero crossings to either side under a Kaiser window.
///
///     g(t) = sin(πt) / (πt) · I0(5 √(1 - (t / 10)²)) / I0(5),  |t| ≤ 10, elsewhere 0
///
/// `t` counts samples of the slower of the two rates. A ratio of large numbers has as many different taps as its
/// numbers say, so taps are worked out where they are needed, eight at a time, and not tabulated. Both factors are
/// power series without roots or divisions: I0(√x) = Σ (x / 4)^j / j!², and sin(πr) for r from -½ to ½.
struct InterpolationKernel {
  /// Samples of the slower rate to either side.
  static let halfWidth = 10
  /// Kaiser's β, squared.
  private static let squaredBeta = 25.0
  /// Largest ratio whose taps are added up one by one.
  private static let longestSum = 128

  /// Coefficients of the powers of 1 - (t / 10)². The terms left out are below 1e-18.
  private let window: LaneBuffer<Double>
  /// Coefficients of the powers of r² in sin(πr) / (πr). The terms left out are below 1e-18.
  private let sinc: LaneBuffer<Double>
  private static let windowTerms = 19
  private static let sincTerms = 12

  init() {
    window = LaneBuffer(count: Self.windowTerms)
    sinc = LaneBuffer(count: Self.sincTerms)
    var term = 1 / Self.besselI0(Self.squaredBeta)
    for power in 0..<Self.windowTerms {
      window.base[power] = term
      term *= Self.squaredBeta / 4 / Double((power + 1) * (power + 1))
    }
    term = 1
    for power in 0..<Self.sincTerms {
      sinc.base[power] = term
      term *= -Double.pi * Double.pi / Double((2 * power + 2) * (2 * power + 3))
    }
  }

  /// `g` at eight places, below 2^51 in size. Within 1e-15.
  @inline(__always)
  func callAsFunction(_ t: SIMD8<Double>) -> SIMD8<Double> {
    // 1. The window.
    let u = t * (1 / Double(Self.halfWidth))
    let z = 1 - u * u
    var value = SIMD8(repeating: window.base[Self.windowTerms - 1])
    var power = Self.windowTerms - 2
    while power >= 0 {
      value = value * z + window.base[power]
      power -= 1
    }
    // 2. sin(πt) = ± sin(πr), with r the distance to the nearest whole number and the sign that of its parity.
    let nearest = Self.rounded(t)
    let r = t - nearest
    let half = nearest * 0.5
    let odd = half - Self.rounded(half)
    let sign = 1 - 8 * (odd * odd)
    let r2 = r * r
    var sine = SIMD8(repeating: sinc.base[Self.sincTerms - 1])
    power = Self.sincTerms - 2
    while power >= 0 {
      sine = sine * r2 + sinc.base[power]
      power -= 1
    }
    // 3. sin(πt) / (πt) = sin(πr) / (πr) · r / t; near 0 both places are the same.
    let isNear = nearest .== 0
    let divisor = t.replacing(with: 1, where: isNear)
    let quotient = (sign * r / divisor).replacing(with: 1, where: isNear)
    return (value * sine * quotient).replacing(with: 0, where: z .< 0)
  }

  /// The nearest whole number: beyond 2^52 a double has no fraction bits.
  @inline(__always)
  private static func rounded(_ x: SIMD8<Double>) -> SIMD8<Double> { (x + 0x1.8p52) - 0x1.8p52 }

  /// The sum of `g(k / rate)` over all whole `k`, which the taps are divided by so that a constant stays one.
  ///
  /// Above a rate of 128 the sum follows from the integral of `g` by the formula of Euler and Maclaurin,
  /// sum / rate = integral + a / rate² + b / rate⁴ + …: a is a sixth of the slope of `g` at its end, b is measured,
  /// and the next term is below 1e-16.
  static func sum(rate: Int) -> Double {
    if rate <= longestSum { return InterpolationKernel().directSum(rate: rate) }
    let square = 1 / (Double(rate) * Double(rate))
    return Double(rate) * (series.integral + square * (series.a + square * series.b))
  }

  private static let series: (integral: Double, a: Double, b: Double) = {
    let kernel = InterpolationKernel()
    let a = 1 / (6 * Double(halfWidth) * besselI0(squaredBeta))
    let integral = kernel.directSum(rate: 4096) / 4096 - a / (4096 * 4096)
    return (integral, a, (kernel.directSum(rate: 64) / 64 - integral - a / 4096) * (4096 * 4096))
  }()

  private func directSum(rate: Int) -> Double {
    // From the small values to the large ones; 1 ... 10 · rate in eights, and places beyond the end give 0.
    let lanes = SIMD8<Double>(1, 2, 3, 4, 5, 6, 7, 8)
    var sum = SIMD8<Double>()
    // A kernel of one expression only would be released while its memory is read.
    withExtendedLifetime((window, sinc)) {
      for first in stride(from: (Self.halfWidth * rate - 1) / 8 * 8, through: 0, by: -8) {
        sum += self((lanes + Double(first)) / Double(rate))
      }
    }
    return 2 * sum.sum() + 1
  }

  /// Bessel's I0 of the square root of `square`.
  static func besselI0(_ square: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var order = 1.0
    while term > sum * 1e-18 {
      term *= square / (4 * order * order)
      sum += term
      order += 1
    }
    return sum
  }
}
