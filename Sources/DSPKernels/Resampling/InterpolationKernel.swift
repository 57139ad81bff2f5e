import Foundation

/// The low-pass that resampling interpolates with: a sinc of ten zero crossings to either side under a Kaiser window.
///
///     g(t) = sin(πt) / (πt) · I0(5 √(1 - (t / 10)²)) / I0(5),  |t| ≤ 10, elsewhere 0
///
/// `t` counts samples of the slower of the two rates. A ratio of large numbers has as many different taps as its
/// numbers say, so taps are not tabulated by ratio: one table of polynomials, 20 KiB, serves all ratios.
enum InterpolationKernel {
  /// Samples of the slower rate to either side.
  static let halfWidth = 10
  /// Polynomials for each unit of `t`.
  private static let segmentsPerUnit = 32
  /// Coefficients of a polynomial: one cache line.
  private static let terms = 8
  /// Largest ratio whose taps are added up one by one: 10,000 of them, 40 µs.
  private static let longestSum = 1024

  private static let beta = 5.0

  /// Taps of one ratio: `g(k / rate)` for whole `k`.
  ///
  /// Within 1e-15 of the definition: over a 32nd of a unit the eighth derivative of `g`, at most (1.2π)^8, leaves
  /// 1e-16 to a polynomial of degree 7 through Chebyshev's nodes.
  struct Evaluator {
    private let table = InterpolationKernel.table.base
    private let scale: Double

    /// - Parameter rate: steps for each unit of `t`, above 0.
    init(rate: Int) { scale = Double(segmentsPerUnit) / Double(rate) }

    /// `g(step / rate)` for `step` from 0 to `halfWidth * rate`.
    @inline(__always)
    func callAsFunction(_ step: Int) -> Double {
      let place = Double(step) * scale
      // Rounding may lead one segment too far; it is there, and 0.
      let segment = Int(place)
      let x = place - Double(segment)
      let c = table + segment * terms
      // Pairs first: a shorter chain than Horner's.
      let x2 = x * x
      let low = (c[0] + c[1] * x) + (c[2] + c[3] * x) * x2
      let high = (c[4] + c[5] * x) + (c[6] + c[7] * x) * x2
      return low + high * (x2 * x2)
    }
  }

  /// The sum of `g(k / rate)` over all whole `k`, which the taps are divided by so that a constant stays one.
  ///
  /// Above a rate of 1024 the sum follows from the integral of `g` by the formula of Euler and Maclaurin, whose first
  /// correction comes from the slope of `g` at its ends, 1 / (10 I0(5)); the second is below 1e-15 there.
  static func sum(rate: Int) -> Double {
    if rate <= longestSum { return directSum(rate: rate) }
    return Double(rate) * integral + correction / Double(rate)
  }

  private static func directSum(rate: Int) -> Double {
    let value = Evaluator(rate: rate)
    // From the small values to the large ones.
    var sum = 0.0
    for step in stride(from: halfWidth * rate, through: 1, by: -1) { sum += value(step) }
    return 2 * sum + value(0)
  }

  private static let correction = 2.0 / 12 / (Double(halfWidth) * besselI0(beta * beta))

  private static let integral: Double = {
    let rate = Double(longestSum)
    return (directSum(rate: longestSum) - correction / rate) / rate
  }()

  /// Bessel's I0 of the square root of `square`: a series in `square`, so that no root is taken.
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

  /// `g(t)` by its definition, for `t` from 0.
  static func definition(_ t: Double) -> Double {
    let width = Double(halfWidth)
    if t == 0 { return 1 }
    if t >= width { return 0 }
    // sin(πt) by the distance to the nearest whole number, which is exact.
    let nearest = t.rounded()
    let sine = sin(.pi * (t - nearest)) * (nearest.truncatingRemainder(dividingBy: 2) == 0 ? 1 : -1)
    // 1 - u² as a product keeps its digits near the ends.
    let inside = (1 - t / width) * (1 + t / width)
    return sine / (.pi * t) * besselI0(beta * beta * inside) / besselI0(beta * beta)
  }

  /// Coefficients of `[segment][power]`, for a place in the segment from 0 to 1; one more segment holds zeros.
  /// Never written again, so all threads may read it.
  nonisolated(unsafe) private static let table: LaneBuffer<Double> = {
    let segments = halfWidth * segmentsPerUnit
    let table = LaneBuffer<Double>(count: (segments + 1) * terms)
    // 1. Chebyshev's nodes on -1 ... 1, and the polynomials as powers of the place in the segment.
    let nodes = (0..<terms).map { cos(.pi * (Double($0) + 0.5) / Double(terms)) }
    let powers = chebyshevPowers()
    for segment in 0..<segments {
      let values = nodes.map { definition((Double(segment) + ($0 + 1) / 2) / Double(segmentsPerUnit)) }
      for degree in 0..<terms {
        // 2. The coefficient of the polynomial of this degree: a discrete cosine transform.
        var coefficient = 0.0
        for (index, value) in values.enumerated() {
          coefficient += value * cos(.pi * Double(degree) * (Double(index) + 0.5) / Double(terms))
        }
        coefficient *= (degree == 0 ? 1 : 2) / Double(terms)
        // 3. Its share of each power.
        for power in 0...degree { table.base[segment * terms + power] += coefficient * powers[degree][power] }
      }
    }
    return table
  }()

  /// Chebyshev's polynomials T(2x - 1) as coefficients of the powers of x; whole numbers, so exact.
  private static func chebyshevPowers() -> [[Double]] {
    var rows: [[Double]] = [[1], [-1, 2]]
    while rows.count < terms {
      // T(n + 1) = 2 (2x - 1) T(n) - T(n - 1)
      let last = rows[rows.count - 1]
      let before = rows[rows.count - 2]
      var next = [Double](repeating: 0, count: last.count + 1)
      for (power, value) in last.enumerated() {
        next[power] -= 2 * value
        next[power + 1] += 4 * value
      }
      for (power, value) in before.enumerated() { next[power] -= value }
      rows.append(next)
    }
    return rows.map { $0 + [Double](repeating: 0, count: terms - $0.count) }
  }
}
