/// A Butterworth filter that runs over the windows of a batch from a zero state.
public struct LaneFilter: Sendable {
  let filter: SectionedFilter

  /// - Parameter filter: one to four sections; coefficients are rounded to Float, as Studio's are.
  public init(_ filter: SectionedFilter) {
    precondition((1...4).contains(filter.sections.count), "one to four sections")
    self.filter = filter.roundedToFloat
  }

  /// Loads a batch of windows from a split and filters them in Float: `x[row * laneCount + lane]`.
  ///
  /// - Parameters:
  ///   - source: what `split.fill` has filled.
  ///   - first: the batch's first window, a multiple of `laneCount` below `split.windows`.
  ///   - x: receives `split.rows` rows of `laneCount` values, aligned to a vector.
  public func load(
    _ source: UnsafePointer<Float>, split: WindowSplit, first: Int, into x: UnsafeMutablePointer<Float>
  ) {
    split.checkBatch(first: first)
    split.offsets.withUnsafeBufferPointer { offsets in
      runCascade(
        filter, rows: split.rows, FloatLanes.self, prepare: { _, _, _ in },
        input: { row, lane in FloatLanes(unaligned: source + offsets[row] + first + lane) },
        output: { row, lane, y in y.store(x + row * laneCount + lane) })
    }
  }

  /// Filters decimated windows in place, in Double with the same rounded coefficients.
  public func run(_ x: UnsafeMutablePointer<Double>, rows: Int) {
    runCascade(
      filter, rows: rows, DoubleLanes.self, prepare: { _, _, _ in },
      input: { row, lane in DoubleLanes(x + row * laneCount + lane) },
      output: { row, lane, y in y.store(x + row * laneCount + lane) })
  }
}
