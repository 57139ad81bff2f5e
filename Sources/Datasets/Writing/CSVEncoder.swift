import OutputFiles

/// Comma-separated values as Studio reads them: a `timestamp` column in milliseconds, then the axes.
///
/// The interval of the file is its first difference, so that it reads back as it was. Units and devices are left out.
final class CSVEncoder: RecordingEncoder {
  private let file: BufferedFile
  private let target: RecordingTarget
  private let width: Int
  private var row = 0

  /// What a file with a single row says its interval is.
  private static let intervalOfOneRow = 1000.0

  init(_ target: RecordingTarget) throws {
    self.target = target
    width = target.header.sensors.count
    let names = target.header.sensors.map(\.name)
    for name in names where name == "timestamp" || name != Self.trimmed(name) {
      throw target.refusal(
        "axis names that CSV can hold (not \"timestamp\", no blanks at the ends)", DatasetError.quoted(name))
    }
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    try file.append(("timestamp," + names.map(Self.quoted).joined(separator: ",") + "\n").utf8)
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    for first in stride(from: 0, to: rows.count, by: width) {
      var text = JSONWords.number(Double(row) * target.header.intervalMs)
      for axis in 0..<width { text += "," + JSONWords.number(rows[first + axis]) }
      text += "\n"
      try file.append(text.utf8)
      row += 1
    }
  }

  func finish() throws {
    let interval = target.header.intervalMs
    if row == 1 && interval != Self.intervalOfOneRow && interval != 0 {
      throw target.refusal("several rows: CSV tells the interval by two of them", "one row at \(interval) ms")
    }
    try file.finish()
  }

  private static func trimmed(_ name: String) -> String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = name.unicodeScalars.drop(while: isBlank)
    return String(String.UnicodeScalarView(scalars.reversed().drop(while: isBlank).reversed()))
  }

  /// In quotes where a reader could take the name for several.
  private static func quoted(_ name: String) -> String {
    guard name.utf8.contains(where: { ",;\t\"\n\r".utf8.contains($0) }) else { return name }
    return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
