/// A recording whose label holds for some of its rows: tells at the end how many have none.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class LabeledReader: RecordingReader, @unchecked Sendable {
  /// Reads the file.
  let reader: any RecordingReader
  private let labeledRows: Double
  private var rows = 0
  private var isAtEnd = false

  /// - Parameter spans: disjoint and in row order.
  init(_ reader: any RecordingReader, spans: [LabelSpan]) {
    self.reader = reader
    // Rows that a label file claims may be more than an integer counts.
    labeledRows = spans.reduce(0) { $0 + (Double($1.end) - Double($1.start) + 1) }
  }

  var header: RecordingHeader { reader.header }
  var rowCount: Int? { reader.rowCount }
  var label: RecordingLabel? { reader.label }
  var sections: [RecordingSection] { reader.sections }
  var bytesRead: Int { reader.bytesRead }
  var fingerprint: String? { reader.fingerprint }
  var companionFingerprint: String? { reader.companionFingerprint }

  var remarks: [String] {
    guard isAtEnd, labeledRows < Double(rows) else { return reader.remarks }
    let bare = rows - Int(max(0, labeledRows))
    return reader.remarks + ["\(bare) of \(rows) rows \(bare == 1 ? "has" : "have") no label"]
  }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    let count = try reader.readRows(into: buffer)
    rows += count
    if count == 0 { isAtEnd = true }
    return count
  }
}
