/// Skewness and kurtosis from central moments: biased, and by Fisher's definition, so that a normal distribution has 0.
///
/// Where the variance is not above `limit`, the rounding of the mean, they are 0 and -3, as in SciPy 1.7.3.
struct LaneShape {
  let skewness: DoubleLanes
  let kurtosis: DoubleLanes

  /// - Parameters:
  ///   - m2, m3, m4: second, third and fourth central moments.
  @inline(__always)
  init(_ m2: DoubleLanes, _ m3: DoubleLanes, _ m4: DoubleLanes, limit: DoubleLanes) {
    skewness = m2.atMost(limit, DoubleLanes(repeating: 0), else: m3 / (m2 * m2.squareRoot()))
    kurtosis = m2.atMost(
      limit, DoubleLanes(repeating: -3), else: m4 / (m2 * m2) - DoubleLanes(repeating: 3))
  }
}
