/// Average, minimum, maximum, root mean square, standard deviation, skewness and kurtosis of the windows in a
/// batch, all in Double.
public struct LaneSummary: Sendable {
  /// Values that `measure` writes, in this order.
  public enum Statistic: Int, CaseIterable, Sendable {
    case average, minimum, maximum, rms, stdev, skewness, kurtosis
  }

  let order: PairwiseOrder

  /// - Parameter rows: rows of a window, at least 1.
  public init(rows: Int) { order = PairwiseOrder(count: rows) }

  /// Memory that `measure` uses besides its arguments; one for each thread.
  public final class Scratch {
    let stack: LaneBuffer<UInt8>
    init(order: PairwiseOrder) { stack = LaneBuffer(count: order.stackByteCount) }
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(order: order) }

  /// Measures all windows of a split, `laneCount` at a time, starting with window `first`.
  ///
  /// - Parameters:
  ///   - x: a recording laid out by `split`.
  ///   - result: seven rows of `laneCount` values, one row for each `Statistic`.
  public func measure(
    _ x: UnsafePointer<Double>, split: WindowSplit, first: Int, into result: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    split.offsets.withUnsafeBufferPointer { offsets in
      for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
        let column = x + first + lane
        measureColumn(result + lane, scratch) { DoubleLanes(unaligned: column + offsets[$0]) }
      }
    }
  }

  @inline(__always)
  private func measureColumn(
    _ result: UnsafeMutablePointer<Float>, _ scratch: Scratch, _ value: (Int) -> DoubleLanes
  ) {
    let stack = UnsafeMutableRawPointer(scratch.stack.base)
    let count = DoubleLanes(repeating: Double(order.count))
    var lowest = value(0)
    var highest = lowest
    let sums = order.sum(stack) { row in
      let x = value(row)
      lowest = DoubleLanes.minimum(lowest, x)
      highest = DoubleLanes.maximum(highest, x)
      return LanePair(first: x, second: x * x)
    }
    let mean = sums.first / count
    let central = order.sum(stack) { row in
      let d = value(row) - mean
      let square = d * d
      return LaneTriple(first: square, second: square * d, third: square * square)
    }
    let m2 = central.first / count
    let noise = DoubleLanes(repeating: 1e-15) * mean
    let shape = LaneShape(m2, central.second / count, central.third / count, limit: noise * noise)
    func put(_ statistic: Statistic, _ value: DoubleLanes) {
      value.storeFloat(result + statistic.rawValue * laneCount)
    }
    put(.average, mean)
    put(.minimum, lowest)
    put(.maximum, highest)
    put(.rms, (sums.second / count).squareRoot())
    put(.stdev, m2.squareRoot())
    put(.skewness, shape.skewness)
    put(.kurtosis, shape.kurtosis)
  }
}
