import DSPKernels
import Datasets

/// Reads a recording as if it had been recorded at another rate.
///
/// Memory: the rows that the filter spans, and a piece of the recording.
final class ResampledReader: RecordingReader, @unchecked Sendable {
  let header: RecordingHeader
  private let reader: any RecordingReader
  private let name: String
  private let resampler: PolyphaseResampler
  private let piece: LaneBuffer<Double>
  private let pieceRows: Int
  private var failure: DatasetError?

  /// - Parameters:
  ///   - reader: at its first row.
  ///   - name: the recording's name in messages.
  ///   - rows: rows that the reader gives, at least 1.
  ///   - resampledRows: rows that this one gives, at least 1.
  ///   - frequency: of these, in Hz.
  init(_ reader: any RecordingReader, name: String, rows: Int, resampledRows: Int, frequency: Double) {
    self.reader = reader
    self.name = name
    var header = reader.header
    header.intervalMs = 1000 / frequency
    self.header = header
    resampler = PolyphaseResampler(rows: rows, resampledRows: resampledRows, axes: header.sensors.count)
    pieceRows = max(1, min(1024, (1 << 16) / header.sensors.count))
    piece = LaneBuffer(count: pieceRows * header.sensors.count)
  }

  var rowCount: Int? { resampler.resampledRows }
  var label: RecordingLabel? { reader.label }
  var remarks: [String] { reader.remarks }
  var bytesRead: Int { reader.bytesRead }
  var fingerprint: String? { reader.fingerprint }
  var companionFingerprint: String? { reader.companionFingerprint }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    if let failure { throw failure }
    do throws(DatasetError) {
      while true {
        let count = resampler.pull(into: buffer)
        if count > 0 { return count }
        if resampler.isComplete { return try finish() }
        try feed()
      }
    } catch {
      failure = error
      throw error
    }
  }

  private func feed() throws(DatasetError) {
    let count = try read(atMost: min(pieceRows, resampler.room))
    if count == 0 { throw changed(found: "\(rowsRead)") }
    resampler.push(piece.base, count: count)
    rowsRead += count
  }

  private var rowsRead = 0

  /// Reads to the end, which no result may depend on, so that all of the file is checked.
  private func finish() throws(DatasetError) -> Int {
    while rowsRead < resampler.rows {
      let count = try read(atMost: min(pieceRows, resampler.rows - rowsRead))
      if count == 0 { throw changed(found: "\(rowsRead)") }
      rowsRead += count
    }
    if try read(atMost: pieceRows) > 0 { throw changed(found: "more") }
    return 0
  }

  private func read(atMost rows: Int) throws(DatasetError) -> Int {
    try reader.readRows(
      into: UnsafeMutableBufferPointer(start: piece.base, count: rows * header.sensors.count))
  }

  private func changed(found: String) -> DatasetError {
    DatasetError(
      file: name, position: .row(rowsRead), expected: "\(resampler.rows) rows, as were counted before", found: found)
  }
}
