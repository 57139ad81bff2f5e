/// Reads one recording front to back, in memory that does not grow with the recording.
///
/// ```swift
/// let reader = try RecordingFile.open(path: path, displayName: "training/idle.0.json")
/// while case let rows = try reader.readRows(into: buffer), rows > 0 {
///   consume(buffer, rows)
/// }
/// let hash = reader.fingerprint
/// ```
///
/// - Important: A reader holds a position in a file, so one thread at a time may use it. It may move
///   between threads: conformers are `Sendable` on the promise that their owner hands them over and
///   never shares them. They do not lock.
public protocol RecordingReader: AnyObject, Sendable {
  /// Axes, interval and device. Known from the moment the reader exists, except for a device name or
  /// type that a file states after its rows: these appear when the end is reached.
  var header: RecordingHeader { get }

  /// Rows of the whole recording, where the head of the file tells; nil where only reading to the end does.
  var rowCount: Int? { get }

  /// What the file itself says it shows; nil where its format has no labels. A label file or Studio's list wins.
  var label: RecordingLabel? { get }

  /// The recordings that the file holds under the options; empty where it is one without further ado.
  var sections: [RecordingSection] { get }

  /// What is odd about the file without making it unusable, a sentence each. Complete when the end has been reached.
  var remarks: [String] { get }

  /// Decodes as many whole rows as fit into `buffer`, row by row, `header.sensors.count` values a row.
  ///
  /// All values are finite. 0 is returned exactly at the end, when the remainder of the file has been
  /// checked too. An error is final: each later call throws the same one.
  ///
  /// - Parameter buffer: room for at least one row; a smaller buffer is a programming error.
  /// - Returns: rows written, 0 at the end.
  /// - Throws: `DatasetError` with byte position or row.
  /// - Complexity: O(bytes consumed).
  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int

  /// Bytes of the file that have been read so far, each counted once; for progress displays.
  var bytesRead: Int { get }

  /// Hash of the file's bytes, `xxh128:` and 32 lower-case hex digits; nil before the end has been reached.
  /// A section of a file has its rows behind them: `…#rows=0-99`.
  var fingerprint: String? { get }

  /// The same of a second file that the recording is read from, such as an array's sidecar; nil where there is none.
  var companionFingerprint: String? { get }
}

extension RecordingReader {
  /// Nil: the format does not tell.
  public var rowCount: Int? { nil }
  /// Nil: the format has no labels.
  public var label: RecordingLabel? { nil }
  /// None: the file is one recording.
  public var sections: [RecordingSection] { [] }
  /// Nil: one file is the whole recording.
  public var companionFingerprint: String? { nil }
  /// None.
  public var remarks: [String] { [] }
}
