import DSPKernels

/// The columns of all frames of a window, and their sliding normalisation; memory of one thread.
final class FrameMatrix {
  private let normalization: SlidingNormalization
  private let dividesByDeviation: Bool
  private let values: LaneBuffer<Double>
  private let differences: LaneBuffer<Float>
  private let result: LaneBuffer<Float>

  init(frames: Int, columns: Int, window: Int, dividesByDeviation: Bool) {
    normalization = SlidingNormalization(
      frames: frames, columns: columns, window: window, dividesByDeviation: dividesByDeviation)
    self.dividesByDeviation = dividesByDeviation
    let count = frames * normalization.paddedColumns
    values = LaneBuffer(count: count)
    differences = LaneBuffer(count: count)
    result = LaneBuffer(count: dividesByDeviation ? count : 0)
  }

  /// Puts a batch of frames, `[column][lane]`, in its place.
  func write(_ lanes: UnsafePointer<Double>, columns: Int, first: Int, frames: Int) {
    for frame in 0..<frames {
      let row = values.base + (first + frame) * normalization.paddedColumns
      for column in 0..<columns { row[column] = lanes[column * laneCount + frame] }
    }
  }

  /// Normalises all frames and writes `columns` features for each.
  func normalize(into features: UnsafeMutablePointer<Float>, columns: Int) {
    normalization.run(values.base, differences: differences.base, result: result.base)
    let source = dividesByDeviation ? result.base : differences.base
    for frame in 0..<normalization.frames {
      (features + frame * columns).update(from: source + frame * normalization.paddedColumns, count: columns)
    }
  }
}
