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

  /// Bytes of the scratch.
  public var scratchByteCount: Int { order.stackByteCount }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(order: order) }

  /// Measures a batch of a split's windows, `laneCount` of them.
  ///
  /// - Parameters:
  ///   - x: a recording laid out by `split`, whose windows have the rows that this is made for.
  ///   - first: the batch's first window, a multiple of `laneCount` below `split.windows`.
  ///   - result: seven rows of `laneCount` values, one row for each `Statistic`.
  public func measure(
    _ x: UnsafePointer<Double>, split: WindowSplit, first: Int, into result: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    precondition(split.rows == order.count, "windows of \(order.count) rows")
    split.checkBatch(first: first)
    split.offsets.withUnsafeBufferPointer { offsets in
      guard let offsets = offsets.baseAddress else { return }
      for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
        measure(SplitColumn(base: x + first + lane, offsets: offsets), result + lane, scratch)
      }
    }
  }

  @inline(__always)
  private func measure(_ values: SplitColumn, _ result: UnsafeMutablePointer<Float>, _ scratch: Scratch) {
    let stack = UnsafeMutableRawPointer(scratch.stack.base)
    let count = DoubleLanes(repeating: Double(order.count))
    let sums = order.sum(stack, RangeTerms(values: values))
    let mean = sums.total / count
    let central = CentralMoments(of: values, mean: mean, count: count, order, stack)
    let shape = LaneShape(central.second, central.third, central.fourth, limit: central.noise * central.noise)
    @inline(__always) func put(_ statistic: Statistic, _ value: DoubleLanes) {
      value.storeFloat(result + statistic.rawValue * laneCount)
    }
    put(.average, mean)
    // The sum of squares is NaN exactly where a value is.
    put(.minimum, sums.squares.ordered(sums.lowest, else: sums.squares))
    put(.maximum, sums.squares.ordered(sums.highest, else: sums.squares))
    put(.rms, (sums.squares / count).squareRoot())
    put(.stdev, central.second.squareRoot())
    put(.skewness, shape.skewness)
    put(.kurtosis, shape.kurtosis)
  }
}

/// Rows of neighbouring windows, as they lie in a split.
private struct SplitColumn: LaneTerms {
  let base: UnsafePointer<Double>
  let offsets: UnsafePointer<Int>
  @inline(__always) func term(_ row: Int) -> DoubleLanes { DoubleLanes(unaligned: base + offsets[row]) }
}

/// Sums of values and of their squares, with the lowest and the highest value; these two pass over NaN.
private struct LaneRange: LaneSum {
  var total: DoubleLanes
  var squares: DoubleLanes
  var lowest: DoubleLanes
  var highest: DoubleLanes
  @inline(__always) static var zero: Self {
    Self(
      total: .zero, squares: .zero, lowest: DoubleLanes(repeating: .infinity),
      highest: DoubleLanes(repeating: -.infinity))
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(
      total: a.total + b.total, squares: a.squares + b.squares, lowest: DoubleLanes.lesser(a.lowest, b.lowest),
      highest: DoubleLanes.greater(a.highest, b.highest))
  }
}

private struct RangeTerms: LaneTerms {
  let values: SplitColumn
  @inline(__always) func term(_ row: Int) -> LaneRange {
    let x = values.term(row)
    return LaneRange(total: x, squares: x * x, lowest: x, highest: x)
  }
}
