/// A recording in memory. For small files and for tests; large ones are better read through
/// ``RecordingReader``.
public struct Recording: Sendable, Equatable {
  /// Axes, interval and device.
  public var header: RecordingHeader
  /// All values, row by row, `header.sensors.count` values a row.
  public var rows: [Double]
  /// Hash of the file's bytes, `xxh128:` and 32 lower-case hex digits.
  public var fingerprint: String

  /// Number of rows.
  public var rowCount: Int { header.sensors.isEmpty ? 0 : rows.count / header.sensors.count }

  /// A recording from values. `rows` holds a whole number of rows.
  public init(header: RecordingHeader, rows: [Double], fingerprint: String = "") {
    self.header = header
    self.rows = rows
    self.fingerprint = fingerprint
  }

  /// Reads the file at `path`. Errors name it `displayName`, or `path` if there is none.
  /// - Throws: `DatasetError`.
  public init(path: String, displayName: String? = nil) throws(DatasetError) {
    try self.init(reading: RecordingFile.open(path: path, displayName: displayName ?? path))
  }

  /// Reads what `reader` has left.
  /// - Throws: `DatasetError`.
  public init(reading reader: any RecordingReader) throws(DatasetError) {
    let width = reader.header.sensors.count
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
    defer { block.deallocate() }
    var rows: [Double] = []
    while case let count = try reader.readRows(into: block), count > 0 {
      rows.append(contentsOf: block.prefix(count * width))
    }
    self.rows = rows
    header = reader.header
    fingerprint = reader.fingerprint ?? ""
  }
}
