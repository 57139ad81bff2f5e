import Testing

@testable import Datasets

/// What reading a table gives.
struct TableContents {
  var recording: Recording
  var remarks: [String]
  var label: RecordingLabel?

  var axes: [String] { recording.header.sensors.map(\.name) }
}

/// Options with some of them set.
func table(_ change: (inout TableOptions) throws -> Void) rethrows -> TableOptions {
  var options = TableOptions()
  try change(&options)
  return options
}

/// Reads `bytes` as the table `t.csv`, with `chunk` bytes at a time and `batch` rows a call.
func readTable(
  _ bytes: [UInt8], _ options: TableOptions = TableOptions(), chunk: Int = ByteSource.defaultChunk, batch: Int = 7,
  in folder: TemporaryFolder? = nil, section: RecordingSection? = nil
) throws -> TableContents {
  let folder = try folder ?? TemporaryFolder()
  var reading = ReadingOptions()
  reading.table = options
  reading.section = section
  let reader = try RecordingFile.open(
    path: folder.write("t.csv", bytes), displayName: "t.csv", options: reading, chunk: chunk)
  let width = reader.header.sensors.count
  var buffer = [Double](repeating: .nan, count: width * batch)
  var rows: [Double] = []
  while case let count = try buffer.withUnsafeMutableBufferPointer({ try reader.readRows(into: $0) }), count > 0 {
    rows += buffer.prefix(count * width)
  }
  return TableContents(
    recording: Recording(header: reader.header, rows: rows, fingerprint: reader.fingerprint ?? "none"),
    remarks: reader.remarks, label: reader.label)
}

func readTable(
  _ text: String, _ options: TableOptions = TableOptions(), chunk: Int = ByteSource.defaultChunk
) throws -> TableContents {
  try readTable(Array(text.utf8), options, chunk: chunk)
}

/// The line of the error that reading gives, without the file's name; "read" if there is none.
func tableFailure(
  _ text: String, _ options: TableOptions = TableOptions(), chunk: Int = ByteSource.defaultChunk
) -> String {
  do {
    _ = try readTable(text, options, chunk: chunk)
    return "read"
  } catch {
    return "\(error)".replacing("t.csv: ", with: "")
  }
}
