import OutputFiles

/// Comma-separated values as Studio reads them: a `timestamp` column in milliseconds, then the axes.
///
/// The interval of the file is its first difference, so that it reads back as it was. Units and devices are left out.
final class CSVEncoder: RecordingEncoder {
  private let file: BufferedFile
  private let target: RecordingTarget
  private let width: Int
  private var row = 0

  private var bytes: [UInt8] = []

  /// What a file with a single row says its interval is.
  private static let intervalOfOneRow = 1000.0
  /// Of the reader, less a line break.
  private static let longestLine = ByteSource.tokenLimit - 2
  /// So many of the longest numbers, with a comma each, fit a line.
  private static let mostAxes = longestLine / 26 - 1

  init(_ target: RecordingTarget) throws {
    self.target = target
    width = target.header.sensors.count
    let names = target.header.sensors.map(\.name)
    for name in names where !Self.holds(name) {
      throw target.refusal(
        "axis names that CSV can hold (not empty, not \"timestamp\", no blanks at the ends, no control characters); use json, cbor or npy",
        DatasetError.quoted(name))
    }
    let line = "timestamp," + names.map(Self.quoted).joined(separator: ",")
    if line.utf8.count > Self.longestLine || width > Self.mostAxes {
      throw target.refusal(
        "axes that fit a line of \(Self.longestLine) bytes, as tables are read; use json, cbor or npy", "\(width) axes")
    }
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    try file.append((line + "\n").utf8)
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    bytes.removeAll(keepingCapacity: true)
    for first in stride(from: 0, to: rows.count, by: width) {
      NumberText.append(Double(row) * target.header.intervalMs, to: &bytes)
      for axis in 0..<width {
        bytes.append(UInt8(ascii: ","))
        NumberText.append(rows[first + axis], to: &bytes)
      }
      bytes.append(UInt8(ascii: "\n"))
      row += 1
    }
    try file.append(bytes)
  }

  func finish(_ header: RecordingHeader) throws {
    let interval = target.header.intervalMs
    if row == 1 && interval != Self.intervalOfOneRow {
      throw target.refusal(
        "several rows, as CSV tells the interval by two of them; use json, cbor or npy", "one row at \(interval) ms")
    }
    if row > 0 && !(Double(row - 1) * interval).isFinite {
      throw target.refusal("timestamps that are finite numbers; use json, cbor or npy", "\(row) rows at \(interval) ms")
    }
    try file.finish()
  }

  private static func holds(_ name: String) -> Bool {
    !name.isEmpty && name != "timestamp" && ByteKey(name) == ByteKey(trimmed(name))
      && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || 0x09...0x0A ~= $0 || $0 == 0x0D }
  }

  private static func trimmed(_ name: String) -> String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = name.unicodeScalars.drop(while: isBlank)
    return String(String.UnicodeScalarView(scalars.reversed().drop(while: isBlank).reversed()))
  }

  /// In quotes where a reader could take the name for several.
  private static func quoted(_ name: String) -> String {
    guard name.utf8.contains(where: { ",;\t\"\n\r".utf8.contains($0) }) else { return name }
    // By bytes: a mark behind a quote would hide it among characters.
    let parts = name.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    return "\"" + parts.map { String(Substring($0)) }.joined(separator: "\"\"") + "\""
  }
}
