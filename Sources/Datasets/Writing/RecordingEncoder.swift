import OutputFiles

/// Writes one recording, front to back, in memory that does not grow with it.
protocol RecordingEncoder: AnyObject {
  /// Appends whole rows, `header.sensors.count` values each.
  /// - Throws: `OutputError`, or `DatasetError` (`unsupported`) for a value that the format cannot hold.
  func append(_ rows: UnsafeBufferPointer<Double>) throws

  /// Writes what follows the rows and closes the file, which is on disk then.
  ///
  /// - Throws: `OutputError`; with the kind `unsynced` the file is complete all the same.
  /// - Parameter header: as it is at the end: some files name their device after the rows.
  func finish(_ header: RecordingHeader) throws
}

/// A format that recordings are written in.
public enum WritableFormat: String, Sendable, CaseIterable {
  /// The acquisition format as JSON: holds everything but labels.
  case json
  /// The acquisition format as CBOR: holds everything but labels, in a third of the space.
  case cbor
  /// Comma-separated values with a `timestamp` column in milliseconds: holds rows, rate and axis names.
  case csv
  /// 16-bit PCM, one channel: holds whole numbers from -32768 to 32767 at a whole rate.
  case wav
  /// A NumPy array, rows × axes, float64, with a JSON file beside it for all else.
  case npy

  /// What file names end with, without the dot.
  public var fileExtension: String { rawValue }
}

/// What an encoder is told before the first row.
struct RecordingTarget {
  /// A path that does not exist yet.
  let temporary: String
  /// The path that it will have, for errors.
  let shown: String
  /// The recording's name, for refusals.
  let name: String
  let header: RecordingHeader
  /// What the recording shows, for formats that hold it.
  let label: RecordingLabel
  /// How folders are brought to the disk.
  let sync: SyncedFile.Step

  /// - Throws: `DatasetError` (`unsupported`) where the format cannot hold the recording; `OutputError`.
  func makeEncoder(_ format: WritableFormat) throws -> any RecordingEncoder {
    switch format {
    case .json: try JSONEncoder(self)
    case .cbor: try CBOREncoder(self)
    case .csv: try CSVEncoder(self)
    case .wav: try WAVEncoder(self)
    case .npy: try NumPyEncoder(self)
    }
  }

  /// Why the format cannot hold the recording.
  func refusal(
    _ expected: String, _ found: String, at position: DatasetError.Position = .none
  ) -> DatasetError {
    DatasetError(file: name, position: position, expected: expected, found: found, kind: .unsupported)
  }
}
