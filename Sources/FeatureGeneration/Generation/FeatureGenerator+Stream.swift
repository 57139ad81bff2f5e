import DSPKernels
import Datasets

extension FeatureGenerator {
  /// Opens a recording and decides how it comes to the impulse's rate.
  ///
  /// Rates within 0.01 % of each other, as the interval gives them or rounded as Studio rounds them, count as equal:
  /// intervals and rates are written with few digits. Nothing is resampled then, though by Studio's rule alone a
  /// recording of more than some thousand rows could gain or lose one. Nothing is resampled either where that rule
  /// leaves the number of rows as it is.
  ///
  /// - Parameters:
  ///   - name: the recording's name in messages.
  ///   - recording: its place in the generation's list.
  ///   - open: opens it; called a second time where rows must be counted before the first of them is resampled.
  /// - Throws: `DatasetError`: what opening throws, and `unsupported` for rates too far from the impulse's.
  /// - Complexity: O(head), or O(file) where rows must be counted.
  func stream(
    name: String, recording: Int, label: RecordingLabel,
    open: () throws(DatasetError) -> any RecordingReader
  ) throws(DatasetError) -> RecordingStream {
    let input = blocks[0].block.input
    func stream(
      _ reader: any RecordingReader, _ window: SlidingWindow, _ resampling: Resampling?
    ) -> RecordingStream {
      RecordingStream(
        reader, name: name, recording: recording, label: label, window: window, slabWindows: slabWindows,
        resampling: resampling)
    }
    guard options.resampling == .window else {
      let recording = try atImpulseRate(name: name, open: open)
      return stream(recording.reader, input.window, recording.resampling)
    }
    let reader = try open()
    try check(reader.header, file: name)
    // Pictures and single rows have no rate.
    if input.kind != .timeSeries || hasImpulseRate(reader.header) { return stream(reader, input.window, nil) }
    let frequency = reader.header.frequencyHz
    let window = SlidingWindow(
      sizeMs: input.window.sizeMs, increaseMs: input.window.increaseMs, frequency: frequency,
      padsZeros: input.window.padsZeros)
    try checkRatio(reader.header, rows: window.rows, resampledRows: input.window.rows, file: name)
    return stream(
      reader, window,
      Resampling(frequency: frequency, stage: .window, sourceRows: window.rows, rows: input.window.rows))
  }

  /// Opens a recording; where its rate is not the impulse's it is read as if it had been recorded at that rate.
  ///
  /// - Throws: what `stream(name:recording:label:open:)` throws.
  private func atImpulseRate(
    name: String, open: () throws(DatasetError) -> any RecordingReader
  ) throws(DatasetError) -> RecordingAtRate {
    let reader = try open()
    try check(reader.header, file: name)
    let input = blocks[0].block.input
    if input.kind != .timeSeries || hasImpulseRate(reader.header) {
      return RecordingAtRate(reader: reader, resampling: nil)
    }
    let frequency = reader.header.frequencyHz
    let rows: Int
    if let told = reader.rowCount { rows = told } else { rows = try Self.countRows(open) }
    // The stream says that there are none.
    if rows == 0 { return RecordingAtRate(reader: reader, resampling: nil) }
    let resampledRows = Resampling.rowCount(rows, from: frequency, to: input.frequency) ?? .max
    try checkRatio(reader.header, rows: rows, resampledRows: resampledRows, file: name)
    if resampledRows == rows { return RecordingAtRate(reader: reader, resampling: nil) }
    return RecordingAtRate(
      reader: ResampledReader(
        reader, name: name, rows: rows, resampledRows: resampledRows, frequency: input.frequency),
      resampling: Resampling(frequency: frequency, stage: .recording, sourceRows: rows, rows: resampledRows))
  }

  /// Opens a recording of a dataset at the impulse's rate: the rows that windows are cut from, whatever stage
  /// resamples.
  ///
  /// - Throws: `DatasetError`: what opening throws, and `unsupported` for rates too far from the impulse's.
  /// - Complexity: O(head), or O(file) where rows must be counted.
  public func open(_ entry: DatasetEntry) throws(DatasetError) -> RecordingAtRate {
    try atImpulseRate(name: entry.path) { () throws(DatasetError) in
      try RecordingFile.open(
        path: entry.filePath, displayName: entry.path, options: self.reading(entry.reading))
    }
  }

  /// Windows that a recording gives, without reading it.
  ///
  /// - Parameters:
  ///   - rows: as its file has them.
  ///   - header: what the file says of them.
  public func windowCount(rows: Int, header: RecordingHeader) -> Int {
    let input = blocks[0].block.input
    if input.window.isWholeRecording { return 1 }
    if hasImpulseRate(header) { return input.window.windowCount(rows: rows) }
    let frequency = header.frequencyHz
    if options.resampling == .window {
      return SlidingWindow(
        sizeMs: input.window.sizeMs, increaseMs: input.window.increaseMs, frequency: frequency,
        padsZeros: input.window.padsZeros
      ).windowCount(rows: rows)
    }
    return input.window.windowCount(
      rows: rows == 0 ? 0 : Resampling.rowCount(rows, from: frequency, to: input.frequency) ?? 0)
  }

  func hasImpulseRate(_ header: RecordingHeader) -> Bool {
    let wanted = blocks[0].block.input.frequency
    return [header.frequencyHz, 1000 / header.intervalMs].contains { abs($0 - wanted) <= 1e-4 * wanted }
  }

  /// Resampling must not ask for memory, nor give rows, beyond reason: a file can claim any rate.
  func checkRatio(
    _ header: RecordingHeader, rows: Int, resampledRows: Int, file: String
  ) throws(DatasetError) {
    let range = 1...PolyphaseResampler.mostRows
    let wanted = blocks[0].block.input.frequency
    let most = SlabSize.mostValuesOfWindow / header.sensors.count
    if range.contains(rows), range.contains(resampledRows),
      RateRatio.of(header.frequencyHz, wanted) < RateRatio.refused,
      PolyphaseResampler.tapCount(rows: rows, resampledRows: resampledRows) <= most,
      options.resampling == .recording || rows <= most
    {
      return
    }
    throw DatasetError(
      file: file, position: .acquisition("payload.interval_ms", in: file),
      expected: "a sampling rate that can be resampled to the impulse's \(wanted) Hz",
      found: "\(header.frequencyHz) Hz (interval \(header.intervalMs) ms)" + RateRatio.cure(file), kind: .unsupported)
  }

  /// Reads a recording for its number of rows alone.
  private static func countRows(
    _ open: () throws(DatasetError) -> any RecordingReader
  ) throws(DatasetError) -> Int {
    let reader = try open()
    let width = reader.header.sensors.count
    let piece = LaneBuffer<Double>(count: width * max(1, (1 << 14) / width))
    let buffer = UnsafeMutableBufferPointer(start: piece.base, count: piece.count)
    return try withExtendedLifetime(piece) { () throws(DatasetError) in
      var rows = 0
      while case let count = try reader.readRows(into: buffer), count > 0 { rows += count }
      return rows
    }
  }
}

/// A recording at the impulse's rate.
public struct RecordingAtRate: Sendable {
  /// Gives the rows that windows are cut from.
  public let reader: any RecordingReader
  /// How they came from those of the file; nil where they are the same.
  public let resampling: Resampling?
}

extension RecordingSummary {
  /// Its length in words, at the rate that windows were cut at.
  var rowsText: String {
    guard let resampling else { return "\(rows) \(rows == 1 ? "row" : "rows")" }
    switch resampling.stage {
    case .recording: return "\(cutRows) rows (\(rows) at \(resampling.frequency) Hz before resampling)"
    case .window: return "\(rows) rows at \(resampling.frequency) Hz"
    }
  }
}
