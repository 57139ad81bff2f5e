/// Mean, root mean square, skewness and kurtosis of the windows in a batch, as NumPy and SciPy compute them.
///
/// Data is `[row][lane]` with `laneCount` lanes a row. Sums run in NumPy's order in the data's own type; the last
/// step of skewness and kurtosis runs in Double. Results are Float, one a lane.
///
/// Sources: `numpy.mean`; `scipy.stats.skew` and `kurtosis` of SciPy 1.7.3 (biased, Fisher), which give 0 and -3
/// where the variance is not above the rounding of the mean.
public struct LaneMoments: Sendable {
  let order: PairwiseOrder

  /// - Parameter rows: rows of a window, at least 1.
  public init(rows: Int) { order = PairwiseOrder(count: rows) }

  /// Memory that the methods below use besides their arguments; one for each thread.
  public final class Scratch {
    let stack: LaneBuffer<UInt8>
    let powers = LaneBuffer<Double>(count: CentralMoments<DoubleLanes>.storedRows * laneCount)
    init(order: PairwiseOrder) { stack = LaneBuffer(count: order.stackByteCount) }
  }

  /// Bytes of the scratch.
  public var scratchByteCount: Int {
    order.stackByteCount + CentralMoments<DoubleLanes>.storedRows * laneCount * MemoryLayout<Double>.stride
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(order: order) }

  /// Where results go: `laneCount` values each, feature-major.
  public struct ShapeResult {
    let skewness: UnsafeMutablePointer<Float>
    let kurtosis: UnsafeMutablePointer<Float>
    /// Both pointers are aligned to a vector.
    public init(skewness: UnsafeMutablePointer<Float>, kurtosis: UnsafeMutablePointer<Float>) {
      self.skewness = skewness
      self.kurtosis = kurtosis
    }
  }

  /// Subtracts each window's mean in place, then measures what is left.
  ///
  /// - Parameters:
  ///   - x: `rows * laneCount` values, overwritten with `x - mean(x)`.
  ///   - rms: receives `sqrt(mean(x * x))` of the centred values.
  ///   - shape: receives skewness and kurtosis of the centred values.
  public func center(
    _ x: UnsafeMutablePointer<Float>, rms: UnsafeMutablePointer<Float>, shape: ShapeResult, scratch: Scratch
  ) {
    let powers = UnsafeMutableRawPointer(scratch.powers.base).assumingMemoryBound(to: Float.self)
    centerColumns(x, FloatLanes.self, powers: powers, scratch) { lane, value in value.store(rms + lane) }
    finish(powers, FloatLanes.self, shape)
  }

  /// The same for data that decimation has made Double.
  public func center(
    _ x: UnsafeMutablePointer<Double>, rms: UnsafeMutablePointer<Float>, shape: ShapeResult, scratch: Scratch
  ) {
    let powers = scratch.powers.base
    centerColumns(x, DoubleLanes.self, powers: powers, scratch) { lane, value in value.storeFloat(rms + lane)
    }
    finish(powers, DoubleLanes.self, shape)
  }

  /// Skewness and kurtosis alone; `x` is left as it is.
  public func shape(_ x: UnsafePointer<Double>, into result: ShapeResult, scratch: Scratch) {
    let count = DoubleLanes(repeating: Double(order.count))
    let stack = UnsafeMutableRawPointer(scratch.stack.base)
    for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
      let values = LaneColumn<DoubleLanes>(x + lane)
      let mean = order.sum(stack, values) / count
      CentralMoments(of: values, mean: mean, count: count, order, stack).store(scratch.powers.base + lane)
    }
    finish(scratch.powers.base, DoubleLanes.self, result)
  }

  @inline(__always)
  private func centerColumns<V: LaneVector & LaneSum>(
    _ x: UnsafeMutablePointer<V.Scalar>, _: V.Type, powers: UnsafeMutablePointer<V.Scalar>, _ scratch: Scratch,
    storeRMS: (Int, V) -> Void
  ) {
    let count = V(repeating: V.Scalar(order.count))
    let stack = UnsafeMutableRawPointer(scratch.stack.base)
    for lane in stride(from: 0, to: laneCount, by: V.width) {
      let values = LaneColumn<V>(x + lane)
      let mean = order.sum(stack, values) / count
      let sums = order.sum(stack, CenteringTerms(values: values, mean: mean, target: x + lane))
      storeRMS(lane, (sums.second / count).squareRoot())
      // Skewness and kurtosis subtract the mean once more: what rounding has left of it.
      CentralMoments(of: values, mean: sums.first / count, count: count, order, stack).store(powers + lane)
    }
  }

  @inline(__always)
  private func finish<V: LaneVector & LaneSum>(
    _ powers: UnsafePointer<V.Scalar>, _: V.Type, _ result: ShapeResult
  ) {
    for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
      let shape = CentralMoments<V>.shape(powers + lane)
      shape.skewness.storeFloat(result.skewness + lane)
      shape.kurtosis.storeFloat(result.kurtosis + lane)
    }
  }
}

/// What the mean leaves of each value, stored, and its square.
private struct CenteringTerms<V: LaneVector & LaneSum>: LaneTerms {
  let values: LaneColumn<V>
  let mean: V
  /// Receives a value a row; may be the column of `values`, as each row is read once, before it is written.
  let target: UnsafeMutablePointer<V.Scalar>
  @inline(__always) func term(_ row: Int) -> LanePair<V> {
    let value = values.term(row) - mean
    value.store(target + row * laneCount)
    return LanePair(first: value, second: value * value)
  }
}
