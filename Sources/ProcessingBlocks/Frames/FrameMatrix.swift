import DSPKernels

/// The columns of all frames of a window, and their sliding normalisation; memory of one thread.
final class FrameMatrix {
  private let normalization: SlidingNormalization
  private let dividesByDeviation: Bool
  private let values: LaneBuffer<Double>
  private let table: FrameTable<Double>
  private let differences: LaneBuffer<Float>
  private let result: LaneBuffer<Float>

  init(frames: Int, columns: Int, window: Int, dividesByDeviation: Bool) {
    normalization = SlidingNormalization(
      frames: frames, columns: columns, window: window, dividesByDeviation: dividesByDeviation)
    self.dividesByDeviation = dividesByDeviation
    let count = frames * normalization.paddedColumns
    values = LaneBuffer(count: count)
    table = FrameTable(
      frames: frames, columns: columns, rowStride: normalization.paddedColumns, rows: values.base)
    differences = LaneBuffer(count: count)
    result = LaneBuffer(count: dividesByDeviation ? count : 0)
  }

  /// Bytes that a matrix allocates.
  static func byteCount(frames: Int, columns: Int, dividesByDeviation: Bool) -> Int {
    let count = frames * SlidingNormalization.padded(columns)
    return count * (MemoryLayout<Double>.stride + (dividesByDeviation ? 2 : 1) * MemoryLayout<Float>.stride)
      + FrameTable<Double>.byteCount(columns: columns)
  }

  /// The columns of a batch, `[column][lane]`, for the block to write.
  var batch: UnsafeMutablePointer<Double> { table.batch.base }

  /// Starts a window whose first `carried` frames are the last ones of the window before.
  func begin(carried: Int) { table.begin(carried: carried) }

  /// Puts lanes of the batch in the places of as many frames.
  func put(_ lanes: Range<Int>, frame: Int) { table.put(lanes, frame: frame) }

  /// Normalises all frames and writes `columns` features for each.
  func normalize(into features: UnsafeMutablePointer<Float>, columns: Int) {
    normalization.run(values.base, differences: differences.base, result: result.base)
    let source = dividesByDeviation ? result.base : differences.base
    for frame in 0..<normalization.frames {
      (features + frame * columns).update(from: source + frame * normalization.paddedColumns, count: columns)
    }
  }
}
