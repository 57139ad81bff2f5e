/// Second, third and fourth central moments of the windows of a vector, and the rounding noise in their mean.
///
/// Source: `scipy.stats.skew` and `kurtosis` of SciPy 1.7.3 over NumPy 1.21.5.
struct CentralMoments<V: LaneVector & LaneSum> {
  /// Sums of second, third and fourth powers of what the mean leaves.
  let sums: LaneTriple<V>
  let second: V
  let third: V
  let fourth: V
  /// A deviation that is not above this is rounding noise of the mean.
  let noise: V

  /// - Parameters:
  ///   - stack: memory of `order`.
  ///   - count: rows, in each lane.
  @inline(__always)
  init<Values: LaneTerms>(
    of values: Values, mean: V, count: V, _ order: PairwiseOrder, _ stack: UnsafeMutableRawPointer
  ) where Values.Sum == V {
    sums = order.sum(stack, PowerTerms(values: values, mean: mean))
    second = sums.first / count
    third = sums.second / count
    fourth = sums.third / count
    let resolution: V.Scalar = V.Scalar.self == Float.self ? 1e-6 : 1e-15
    noise = V(repeating: resolution) * mean
  }

  /// Rows of `laneCount` values that `store` fills.
  static var storedRows: Int { 4 }

  /// Writes the vector's columns of second, third and fourth moment and noise.
  @inline(__always) func store(_ rows: UnsafeMutablePointer<V.Scalar>) {
    second.store(rows)
    third.store(rows + laneCount)
    fourth.store(rows + 2 * laneCount)
    noise.store(rows + 3 * laneCount)
  }

  /// Skewness and kurtosis of the windows whose moments `store` has written, in Double.
  ///
  /// Noise is squared only here: NumPy squares a Float scalar in Double, where it cannot overflow.
  @inline(__always) static func shape(_ rows: UnsafePointer<V.Scalar>) -> LaneShape {
    let noise = V.loadDouble(rows + 3 * laneCount)
    return LaneShape(
      V.loadDouble(rows), V.loadDouble(rows + laneCount), V.loadDouble(rows + 2 * laneCount), limit: noise * noise)
  }
}

/// Second, third and fourth powers of what the mean leaves of a value.
private struct PowerTerms<Values: LaneTerms>: LaneTerms where Values.Sum: LaneVector {
  let values: Values
  let mean: Values.Sum
  @inline(__always) func term(_ row: Int) -> LaneTriple<Values.Sum> {
    let d = values.term(row) - mean
    let square = d * d
    return LaneTriple(first: square, second: square * d, third: square * square)
  }
}
