import DSPKernels

/// The rows of a window, one a frame, as they are filled in batch by batch; memory of one thread.
final class FrameTable<Element: BitwiseCopyable> {
  private let frames: Int
  private let columns: Int
  private let rowStride: Int
  /// The window's first row.
  private var rows: UnsafeMutablePointer<Element>

  /// The columns of a batch, `[column][lane]`, for the block to write.
  let batch: LaneBuffer<Element>

  /// - Parameters:
  ///   - rowStride: values from one row to the next, at least `columns`.
  ///   - rows: where rows go, if that is the same place for all windows.
  init(frames: Int, columns: Int, rowStride: Int, rows: UnsafeMutablePointer<Element>? = nil) {
    self.frames = frames
    self.columns = columns
    self.rowStride = rowStride
    batch = LaneBuffer(count: columns * frameLanes)
    self.rows = rows ?? batch.base
  }

  /// Bytes that a table of so many columns allocates.
  static func byteCount(columns: Int) -> Int { columns * frameLanes * MemoryLayout<Element>.stride }

  /// Starts a window whose first `carried` rows are the last ones of the window before.
  ///
  /// - Parameter place: where its rows go; nil for the same place as before.
  func begin(_ place: UnsafeMutablePointer<Element>? = nil, carried: Int) {
    let place = place ?? rows
    if carried > 0 { place.update(from: rows + (frames - carried) * rowStride, count: carried * rowStride) }
    rows = place
  }
}

extension FrameTable<Float> {
  /// Writes lanes of the batch as the rows of as many frames.
  func put(_ lanes: Range<Int>, frame: Int) {
    writeFrameRows(
      batch.base + lanes.lowerBound, columns: columns, to: rows + frame * rowStride, width: rowStride,
      frames: lanes.count)
  }
}

extension FrameTable<Double> {
  /// Writes lanes of the batch as the rows of as many frames.
  func put(_ lanes: Range<Int>, frame: Int) {
    for lane in lanes {
      let row = rows + (frame + lane - lanes.lowerBound) * rowStride
      for column in 0..<columns { row[column] = batch.base[column * frameLanes + lane] }
    }
  }
}
