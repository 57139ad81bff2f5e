/// What all recordings of one table share.
struct TableFile: Sendable, Equatable {
  let head: TableHead
  /// Size of the file in bytes.
  let byteCount: Int
  /// Hash of the file's bytes.
  let fingerprint: String
}

/// One pass over a table that is cut into recordings or has labels: where each recording begins, how many rows it has
/// and what it shows. Numbers are not decoded.
struct TableIndex {
  /// Most recordings of a file, and most changes of its labels: bounds the memory of an index.
  static let limit = 1 << 18

  /// At least one.
  let sections: [RecordingSection]
  /// What the file as a whole shows; nil without a column of labels.
  let label: RecordingLabel?

  /// Reads the whole file.
  init(_ source: ByteSource, _ head: TableHead, _ options: TableOptions) throws(DatasetError) {
    let length = try Self.rows(of: options.split, head, source.file)
    source.rewind(to: head.dataOffset)
    var scanner = TableScanner(source, delimiter: head.delimiter, line: head.dataLine)
    var labels = LabelRuns(options.labeling)
    var pieces: [Piece] = []
    var piece = Piece(row: 0, offset: head.dataOffset, line: head.dataLine)
    var row = 0
    while try scanner.skim() ? true : scanner.next() {
      if scanner.columnCount != head.names.count || scanner.isBlank { continue }
      if row - piece.row == length {
        if pieces.count + 1 == Self.limit { throw Self.tooMany("recordings", scanner) }
        pieces.append(piece)
        piece = Piece(row: row, offset: piece.end, line: piece.endLine)
      }
      if let column = head.labelColumn {
        if !labels.note(column, &scanner, row: row) { throw Self.tooMany("runs of labels", scanner) }
        piece.label = labels.text
      }
      row += 1
      (piece.end, piece.endLine) = (source.position, scanner.line)
    }
    // Only now has all of the file been hashed.
    let file = TableFile(head: head, byteCount: source.position, fingerprint: source.fingerprint())
    piece.end = source.position
    pieces.append(piece)
    label = head.labelColumn == nil ? nil : labels.label(rows: 0..<row, last: piece.label)
    var sections: [RecordingSection] = []
    for (index, piece) in pieces.enumerated() {
      let rows = piece.row..<(index + 1 < pieces.count ? pieces[index + 1].row : row)
      sections.append(
        RecordingSection(
          number: index + 1, count: pieces.count, rows: rows, bytes: piece.offset..<piece.end,
          label: head.labelColumn == nil ? nil : labels.label(rows: rows, last: piece.label), line: piece.line,
          file: file))
    }
    self.sections = sections
  }

  /// A recording while its rows are counted.
  private struct Piece {
    let row: Int
    let offset: Int
    let line: Int
    /// Behind its last row.
    var end: Int
    var endLine: Int
    /// Of its last row.
    var label = ""

    init(row: Int, offset: Int, line: Int) {
      (self.row, self.offset, self.line, end, endLine) = (row, offset, line, offset, line)
    }
  }

  private static func rows(
    of split: TableOptions.Split?, _ head: TableHead, _ file: String
  ) throws(DatasetError) -> Int {
    switch split {
    case nil: return .max
    case .rows(let count): return count
    case .milliseconds(let length):
      // 1000 ms of 62.5 Hz are 62.5 intervals; 20 ms of 0.1 ms are 200, although the quotient is 199.99….
      let intervals = length / head.intervalMs * (1 + 1e-9)
      guard intervals >= 1 else {
        throw DatasetError(
          file: file, expected: "recordings of at least an interval, \(head.intervalMs) ms",
          found: "a split every \(length) ms")
      }
      return intervals < 1e15 ? Int(intervals) : .max
    }
  }

  private static func tooMany(_ what: String, _ scanner: TableScanner) -> DatasetError {
    DatasetError(
      file: scanner.source.file, position: .line(scanner.recordLine), expected: "at most \(limit) \(what) in a file",
      found: "another one", kind: .unsupported)
  }
}

/// The values of a label column, row after row.
private struct LabelRuns {
  private let labeling: TableOptions.Labeling
  private var bytes: [UInt8] = []
  /// The label of the last row.
  private(set) var text = ""
  /// Runs of equal labels, empty ones left out.
  private var spans: [LabelSpan] = []
  private var isInSpan = false

  init(_ labeling: TableOptions.Labeling) { self.labeling = labeling }

  /// Takes in the label of the scanner's record. False when there are too many runs.
  mutating func note(_ column: Int, _ scanner: inout TableScanner, row: Int) -> Bool {
    let isSame = scanner.withField(column) { field in
      field.count == bytes.count && field.elementsEqual(bytes)
    }
    if !isSame {
      bytes = scanner.withField(column) { Array($0) }
      text = String(decoding: bytes, as: UTF8.self)
      isInSpan = false
    }
    if labeling == .last || bytes.isEmpty { return true }
    if isInSpan {
      spans[spans.count - 1].end = row
      return true
    }
    spans.append(LabelSpan(start: row, end: row, label: text))
    isInSpan = true
    return spans.count <= TableIndex.limit
  }

  /// What `rows` show, the last of which has the label `last`. Rows are counted from the first of them.
  func label(rows: Range<Int>, last: String) -> RecordingLabel {
    labeling == .last ? RecordingLabel(listed: last) : RecordingLabel.multi(spans).cut(to: rows)
  }
}

extension RecordingLabel {
  /// The label of `rows` alone, whose first becomes row 0. Spans are disjoint and in row order.
  /// - Complexity: O(log n + m) for n spans, of which m hold a row.
  func cut(to rows: Range<Int>) -> RecordingLabel {
    guard case .multi(let spans) = self else { return self }
    var first = 0
    var end = spans.count
    while first < end {
      let middle = (first + end) / 2
      if spans[middle].end < rows.lowerBound { first = middle + 1 } else { end = middle }
    }
    let held = spans[first...].prefix { $0.start < rows.upperBound }.map {
      LabelSpan(
        start: max($0.start, rows.lowerBound) - rows.lowerBound,
        end: min($0.end, rows.upperBound - 1) - rows.lowerBound, label: $0.label)
    }
    return held.isEmpty ? .unlabeled : .multi(held)
  }
}
