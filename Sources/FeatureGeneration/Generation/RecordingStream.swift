import DSPKernels
import Datasets

/// Cuts one recording into slabs as it is decoded.
///
/// Slabs come in order and each row is decoded once; rows that the next slab needs again are carried over. One
/// thread at a time may use a stream.
final class RecordingStream: @unchecked Sendable {
  /// Place of the recording in the generation's list.
  let recording: Int
  private let name: String
  /// Where the labels of the recording's rows end, if it has several.
  private var lastLabeledRow: Int?
  let header: RecordingHeader
  private let reader: any RecordingReader
  private let cut: RecordingCut
  private let windowResampler: WindowResampler?
  /// Most windows of a slab.
  private let slabWindows: Int
  private var carried: LaneBuffer<Double>
  private var carriedRows = 0
  /// Rows to skip before the next window, where windows do not meet.
  private var skippedRows = 0
  private var rowsRead = 0
  private var windows = 0
  /// Place of the next slab in the recording.
  private(set) var sequence = 0
  private(set) var isFinished = false

  private var window: SlidingWindow { cut.window }

  private var stride: Int { header.sensors.count }

  /// - Parameters:
  ///   - name: the recording's name in messages.
  ///   - recording: its place in the generation's list.
  ///   - label: what the recording shows; spans in the order of their rows.
  ///   - window: how the reader's rows are cut.
  ///   - resampling: how the reader's rows came to the impulse's rate, or how their windows are to come there.
  init(
    _ reader: any RecordingReader, name: String, recording: Int, label: RecordingLabel, window: SlidingWindow,
    slabWindows: Int, resampling: Resampling? = nil
  ) {
    if case .multi(let spans) = label { lastLabeledRow = spans.last?.end }
    self.name = name
    self.recording = recording
    self.reader = reader
    header = reader.header
    cut = RecordingCut(window: window, resampling: resampling)
    var hop = window.hop
    if let resampling, resampling.stage == .window {
      windowResampler = WindowResampler(window: window, rows: resampling.rows, axes: header.sensors.count)
      hop = max(hop, resampling.rows)
    } else {
      windowResampler = nil
    }
    // A recording with many more axes than the blocks use gets shorter slabs.
    let rowBytes = header.sensors.count * MemoryLayout<Double>.stride
    self.slabWindows = min(slabWindows, SlabSize.windows(hop: hop, rowBytes: rowBytes))
    carried = LaneBuffer(count: 0)
  }

  /// Fills a slab with the next windows. The last slab of a recording carries its outcome and may have no windows.
  func next(_ slab: Slab) {
    slab.recording = recording
    slab.sequence = sequence
    slab.firstWindow = windows
    slab.stride = stride
    slab.cut = cut
    slab.windowCount = 0
    slab.outcome = nil
    sequence += 1
    do throws(DatasetError) {
      try fill(slab)
      try checkWhole()
      try checkTime()
      if slab.windowCount > 0 { windowResampler?.run(slab) }
    } catch {
      isFinished = true
      slab.windowCount = 0
      slab.outcome = .failed(error)
    }
    slab.bytesRead = reader.bytesRead
  }

  /// Pictures have the right size already; single rows must be single.
  private func checkWhole() throws(DatasetError) {
    guard window.isWholeRecording, rowsRead > window.rows || (isFinished && rowsRead < window.rows) else { return }
    throw DatasetError(
      file: name, position: .row(min(rowsRead, window.rows)),
      expected: "exactly \(window.rows) \(window.rows == 1 ? "row" : "rows"), as the impulse's input block takes them",
      found: rowsRead > window.rows ? "more" : "\(rowsRead)")
  }

  /// y holds milliseconds in 32 bits.
  private func checkTime() throws(DatasetError) {
    let first = window.firstWindowBeyondTime
    if windows > first {
      throw DatasetError(
        file: name, position: .row(cut.sourceRows(ofWindow: first, paddedFrom: nil).first),
        expected: "windows that end before 2^31 ms (24.8 days)",
        found: "one that ends at \(window.milliseconds(ofWindow: first).end) ms", kind: .unsupported)
    }
  }

  private func fill(_ slab: Slab) throws(DatasetError) {
    let capacity = (slabWindows - 1) * window.hop + window.rows
    slab.reserve(samples: capacity * stride)
    try skip(into: slab)
    slab.samples.base.update(from: carried.base, count: carriedRows * stride)
    var rows = carriedRows
    var atEnd = false
    while rows < capacity && !atEnd {
      let count = try read(slab, at: rows, atMost: capacity - rows)
      atEnd = count == 0
      rows += count
    }
    slab.windowCount = rows >= window.rows ? min(slabWindows, (rows - window.rows) / window.hop + 1) : 0
    let next = slab.windowCount * window.hop
    if !atEnd {
      skippedRows = max(0, next - rows)
      carriedRows = max(0, rows - next)
      if carried.count < carriedRows * stride { carried = LaneBuffer(count: carriedRows * stride) }
      carried.base.update(from: slab.samples.base + next * stride, count: carriedRows * stride)
      windows += slab.windowCount
      return
    }
    let isPadded = windows == 0 && slab.windowCount == 0 && rows > 0 && window.padsZeros
    if isPadded {
      let missing = (window.rows - rows) * stride
      (slab.samples.base + rows * stride).update(repeating: 0, count: missing)
      slab.windowCount = 1
    }
    windows += slab.windowCount
    if let lastLabeledRow, lastLabeledRow >= sourceRows {
      throw DatasetError(
        file: name, position: .row(sourceRows), expected: "\(lastLabeledRow + 1) rows, as its labels say",
        found: "\(sourceRows) rows")
    }
    finish(slab, isPadded: isPadded)
  }

  /// Rows of the recording as it is in the file, once all of them have been read.
  private var sourceRows: Int {
    if let resampling = cut.resampling, resampling.stage == .recording { return resampling.sourceRows }
    return rowsRead
  }

  private func finish(_ slab: Slab, isPadded: Bool) {
    isFinished = true
    let covered = windows == 0 ? 0 : (windows - 1) * window.hop + window.rows
    slab.outcome = .complete(
      RecordingSummary(
        rows: sourceRows, cutRows: rowsRead, windows: windows, droppedRows: max(0, rowsRead - covered),
        isPadded: isPadded, resampling: cut.resampling.flatMap { $0.rows == $0.sourceRows ? nil : $0 },
        fingerprint: reader.fingerprint ?? "", sidecarFingerprint: reader.companionFingerprint, remarks: reader.remarks)
    )
  }

  private func read(_ slab: Slab, at row: Int, atMost count: Int) throws(DatasetError) -> Int {
    let read = try reader.readRows(
      into: UnsafeMutableBufferPointer(start: slab.samples.base + row * stride, count: count * stride))
    rowsRead += read
    return read
  }

  /// Reads over rows that no window holds, with the slab as a place to put them.
  private func skip(into slab: Slab) throws(DatasetError) {
    while skippedRows > 0 {
      let read = try read(slab, at: 0, atMost: min(skippedRows, slab.samples.count / stride))
      if read == 0 { return }
      skippedRows -= read
    }
  }
}
