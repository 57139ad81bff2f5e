/// The 14 statistics of a band of wavelet coefficients, for the windows of a batch.
///
/// All arithmetic is in the data's own type, and sums run in NumPy's order. A lane that holds NaN or infinity gives
/// NaN in all of its statistics and leaves its neighbours alone.
///
/// Source: the reference's wavelet statistics, over NumPy 1.21.5 and SciPy 1.7.3.
public struct LaneBandStatistics: Sendable {
  /// Values that `measure` writes, in this order.
  ///
  /// - entropy: of a histogram of 100 bins, in nats.
  /// - zeroCrossings, meanCrossings: neighbours of which one is above zero (above the mean) and one is not, divided by
  ///   the number of rows.
  /// - n5 to median: the sorted value at index `(rows - 1) * q / 100`, rounded to nearest, without interpolation.
  /// - mean, stdev (of the population), variance (of a sample), rms.
  /// - skewness, kurtosis: as `LaneMoments` has them; both are 0 where rms is 0.
  public enum Statistic: Int, CaseIterable, Sendable {
    case entropy, zeroCrossings, meanCrossings, n5, n25, n75, n95, median, mean, stdev, variance, rms, skewness,
      kurtosis
  }

  /// Percentiles and the rows of the sorted band where they stand.
  private static let percentiles: [(Statistic, Int)] = [
    (.n5, 5), (.n25, 25), (.n75, 75), (.n95, 95), (.median, 50),
  ]

  /// Rows of the band.
  public let rows: Int
  private let order: PairwiseOrder
  private let entropy: LaneEntropy
  private let percentileRows: [(statistic: Statistic, row: Int)]

  /// - Parameter rows: rows of the band, at least 1.
  public init(rows: Int) {
    self.rows = rows
    order = PairwiseOrder(count: rows)
    entropy = LaneEntropy(rows: rows)
    percentileRows = Self.percentiles.map { statistic, q in
      (statistic, Int(Double((rows - 1) * q) / 100 + 0.5))
    }
  }

  private static var powerRows: Int { CentralMoments<DoubleLanes>.storedRows + 2 }

  /// Memory of one thread.
  public final class Scratch {
    let stack: LaneBuffer<UInt8>
    /// Central moments, rms and largest magnitude.
    let powers = LaneBuffer<Double>(count: LaneBandStatistics.powerRows * laneCount)
    let entropy: LaneEntropy.Scratch
    fileprivate init(_ order: PairwiseOrder) {
      stack = LaneBuffer(count: order.stackByteCount)
      entropy = LaneEntropy.Scratch(rows: order.count)
    }
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(order) }

  /// Bytes of the scratch, without making it.
  public var scratchByteCount: Int {
    order.stackByteCount + Self.powerRows * laneCount * MemoryLayout<Double>.stride + entropy.scratchByteCount
  }

  /// Measures a batch of Float bands.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `laneCount` values; each lane is left sorted.
  ///   - windows: lanes that hold a window, from the first on; what the others get is anything. Default: all.
  ///   - features: receives 14 rows of `laneCount` values, one for each `Statistic`.
  public func measure(
    _ x: UnsafeMutablePointer<Float>, windows: Int = laneCount, into features: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    let powers = UnsafeMutableRawPointer(scratch.powers.base).assumingMemoryBound(to: Float.self)
    measure(x, FloatLanes.self, windows, powers, features, scratch) { $0.store($1) }
  }

  /// Measures a batch of Double bands.
  public func measure(
    _ x: UnsafeMutablePointer<Double>, windows: Int = laneCount, into features: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    measure(x, DoubleLanes.self, windows, scratch.powers.base, features, scratch) { $0.storeFloat($1) }
  }

  @inline(__always)
  private func measure<V: LaneVector & LaneSum>(
    _ x: UnsafeMutablePointer<V.Scalar>, _: V.Type, _ windows: Int, _ powers: UnsafeMutablePointer<V.Scalar>,
    _ features: UnsafeMutablePointer<Float>, _ scratch: Scratch, _ put: (V, UnsafeMutablePointer<Float>) -> Void
  ) {
    precondition((0...laneCount).contains(windows), "a batch has \(laneCount) windows")
    @inline(__always) func row(_ statistic: Statistic) -> UnsafeMutablePointer<Float> {
      features + statistic.rawValue * laneCount
    }
    let magnitudes = powers + (CentralMoments<V>.storedRows + 1) * laneCount
    // 1. What depends on the order of the rows.
    crossings(x, V.self, windows, magnitudes, row(.zeroCrossings), row(.meanCrossings), scratch, put)
    // 2. Percentiles and the histogram.
    sortRows(x, rows: rows, V.self)
    for (statistic, at) in percentileRows {
      for lane in stride(from: 0, to: windows, by: V.width) {
        put(V(x + at * laneCount + lane), row(statistic) + lane)
      }
    }
    entropy.run(x, V.self, windows: windows, into: row(.entropy), scratch.entropy)
    // 3. Moments. The sorted band has other sums than the unsorted one.
    let count = V(repeating: V.Scalar(rows))
    let stack = UnsafeMutableRawPointer(scratch.stack.base)
    for lane in stride(from: 0, to: windows, by: V.width) {
      let values = LaneColumn<V>(x + lane)
      let sums = order.sum(stack, SquareTerms(values: values))
      let mean = sums.first / count
      let rms = (sums.second / count).squareRoot()
      let central = CentralMoments(of: values, mean: mean, count: count, order, stack)
      put(mean, row(.mean) + lane)
      put(central.second.squareRoot(), row(.stdev) + lane)
      put(central.sums.first / V(repeating: V.Scalar(rows - 1)), row(.variance) + lane)
      put(rms, row(.rms) + lane)
      central.store(powers + lane)
      rms.store(powers + CentralMoments<V>.storedRows * laneCount + lane)
    }
    finishShape(powers, V.self, skewness: row(.skewness), kurtosis: row(.kurtosis))
    // 4. Nothing is known of a lane with NaN or infinity.
    for lane in 0..<windows where !magnitudes[lane].isFinite {
      for statistic in 0..<Statistic.allCases.count { features[statistic * laneCount + lane] = .nan }
    }
  }

  /// Changes of side per row, and the largest magnitude of each lane. Counts are exact up to 2^24 rows.
  @inline(__always)
  private func crossings<V: LaneVector & LaneSum>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, _ windows: Int, _ magnitudes: UnsafeMutablePointer<V.Scalar>,
    _ zero: UnsafeMutablePointer<Float>, _ mean: UnsafeMutablePointer<Float>, _ scratch: Scratch,
    _ put: (V, UnsafeMutablePointer<Float>) -> Void
  ) {
    let all = V(repeating: V.Scalar(rows))
    let none = V(repeating: 0)
    let one = V(repeating: 1)
    for lane in stride(from: 0, to: windows, by: V.width) {
      let values = LaneColumn<V>(x + lane)
      let level = order.sum(UnsafeMutableRawPointer(scratch.stack.base), values) / all
      // Sides as 0 or 1: a crossing is where their difference squared is 1.
      var value = values.term(0)
      var (side, meanSide) = (value.atMost(none, none, else: one), value.atMost(level, none, else: one))
      var (count, meanCount) = (none, none)
      var magnitude = V.holdMagnitude(none, value)
      for row in 1..<max(rows, 1) {
        value = values.term(row)
        let (next, meanNext) = (value.atMost(none, none, else: one), value.atMost(level, none, else: one))
        let (change, meanChange) = (next - side, meanNext - meanSide)
        count += change * change
        meanCount += meanChange * meanChange
        (side, meanSide) = (next, meanNext)
        magnitude = V.holdMagnitude(magnitude, value)
      }
      put(count / all, zero + lane)
      put(meanCount / all, mean + lane)
      magnitude.store(magnitudes + lane)
    }
  }

  @inline(__always)
  private func finishShape<V: LaneVector & LaneSum>(
    _ powers: UnsafePointer<V.Scalar>, _: V.Type, skewness: UnsafeMutablePointer<Float>,
    kurtosis: UnsafeMutablePointer<Float>
  ) {
    let none = DoubleLanes(repeating: 0)
    for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
      let shape = CentralMoments<V>.shape(powers + lane)
      let rms = V.loadDouble(powers + CentralMoments<V>.storedRows * laneCount + lane)
      rms.atMost(none, none, else: shape.skewness).storeFloat(skewness + lane)
      rms.atMost(none, none, else: shape.kurtosis).storeFloat(kurtosis + lane)
    }
  }
}
