/// Reads a table of text, or one recording of it, by the rules of Studio's uploader (2022) or by `TableOptions`.
///
/// * Rows with another number of columns than the first line are left out and counted; so are blank lines between
///   rows.
/// * All values must be numbers; a comma is a decimal comma where there is no dot.
/// * The interval is the difference of the first two timestamps; 1000 ms for a single row.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class TableReader: RecordingReader, @unchecked Sendable {
  private enum Stage {
    case rows
    case finished
    case failed(DatasetError)
  }

  let header: RecordingHeader
  let label: RecordingLabel?
  let sections: [RecordingSection]
  let rowCount: Int?
  private(set) var fingerprint: String?
  private(set) var remarks: [String] = []

  let head: TableHead
  private let options: TableOptions
  private let section: RecordingSection?
  var scanner: TableScanner
  private var stage = Stage.rows
  /// Rows that the section still has; `Int.max` for a whole file.
  private var remaining: Int
  var timing: TableTiming
  /// Rows that are left out, and the line of the first.
  private var dropped = (count: 0, line: 0)
  /// Blank lines that nothing has followed so far.
  private var blank = (count: 0, line: 0)

  /// Reads up to the rows; the whole file, once, when it has a column of labels or is cut.
  init(_ source: ByteSource, _ options: TableOptions) throws(DatasetError) {
    head = try TableHead(source, options)
    self.options = options
    section = nil
    if options.needsIndex {
      let index = try TableIndex(source, head, options)
      label = index.label
      sections = index.sections
      rowCount = index.sections.last?.rows.upperBound
    } else {
      label = nil
      sections = []
      rowCount = nil
    }
    header = RecordingHeader(sensors: head.sensors, intervalMs: head.intervalMs)
    source.rewind(to: head.dataOffset)
    scanner = TableScanner(source, delimiter: head.delimiter, line: head.dataLine)
    remaining = .max
    timing = TableTiming(head, options)
    remarks = head.remarks
  }

  /// Goes to a section that an index has found.
  init(_ source: ByteSource, _ options: TableOptions, _ section: RecordingSection) throws(DatasetError) {
    head = section.file.head
    self.options = options
    self.section = section
    label = section.label
    sections = [section]
    rowCount = section.rows.count
    header = RecordingHeader(sensors: head.sensors, intervalMs: head.intervalMs)
    if source.size != section.file.byteCount {
      throw DatasetError(
        file: source.file, expected: "a file of \(section.file.byteCount) bytes, as it was when it was indexed",
        found: "\(source.size) bytes")
    }
    source.rewind(to: section.bytes.lowerBound)
    scanner = TableScanner(source, delimiter: head.delimiter, line: section.line)
    remaining = section.rows.count
    timing = TableTiming(head, options)
    if section.number == 1 { remarks = head.remarks }
  }

  var bytesRead: Int {
    guard let section else { return scanner.source.hashedBytes }
    return max(0, scanner.source.position - section.bytes.lowerBound)
  }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    switch stage {
    case .finished: return 0
    case .failed(let error): throw error
    case .rows: break
    }
    let width = head.sensors.count
    precondition(buffer.count >= width, "the buffer must hold a row")
    guard let base = buffer.baseAddress else { return 0 }
    let capacity = buffer.count / width
    var filled = 0
    do throws(DatasetError) {
      while filled < capacity {
        let rows = fastRows(into: base + filled * width, atMost: min(capacity - filled, remaining))
        if rows > 0 {
          dropBlankLines()
          filled += rows
          remaining -= rows
        } else if try row(into: base + filled * width) {
          filled += 1
          remaining -= 1
        } else {
          try finish()
          break
        }
      }
    } catch {
      stage = .failed(error)
      throw error
    }
    return filled
  }

  // MARK: Any row

  /// Reads the next row, cut by the scanner. False at the end.
  private func row(into row: UnsafeMutablePointer<Double>) throws(DatasetError) -> Bool {
    if remaining == 0, let section, section.number < section.count { return false }
    while try scanner.next() {
      if scanner.isBlank {
        if blank.count == 0 { blank.line = scanner.recordLine }
        blank.count += 1
        continue
      }
      if scanner.columnCount != head.names.count {
        dropBlankLines()
        if dropped.count == 0 { dropped.line = scanner.recordLine }
        dropped.count += 1
        continue
      }
      dropBlankLines()
      if remaining == 0 { throw changed() }
      for (column, role) in head.roles.enumerated() {
        if role >= 0 {
          row[Int(role)] = try number(column)
        } else if column == head.timeColumn {
          try note(try head.instant(&scanner, column, options), column)
        }
      }
      return true
    }
    return false
  }

  private func note(_ instant: TableInstant, _ column: Int) throws(DatasetError) {
    if timing.note(value: timing.value(instant), line: scanner.recordLine) { return }
    let setback = timing.setback(instant)
    let text = DatasetError.quoted(scanner.text(column))
    throw DatasetError(
      file: scanner.source.file, position: .cell(line: scanner.recordLine, column: column + 1),
      expected: "a timestamp after that of the row before (--csv-frequency states the rate without timestamps)",
      found: setback > 0 ? "\(text), which is \((setback * 1e6).rounded() / 1e6) ms before it" : "\(text) again")
  }

  private func number(_ column: Int) throws(DatasetError) -> Double {
    var expected = "a number"
    switch scanner.withField(column, { TableNumber.read($0) }) {
    case .number(let value): return value
    case .notNumeric: break
    case .notFinite: expected = "a finite number"
    }
    let text = scanner.text(column)
    throw DatasetError(
      file: scanner.source.file, position: .cell(line: scanner.recordLine, column: column + 1),
      expected: "\(expected) for \(DatasetError.quoted(head.names[column]))",
      found: text.isEmpty
        ? "an empty field, which is not numeric"
        : "\(DatasetError.quoted(text)), which is not "
          + (expected == "a number" ? "numeric" : "finite"))
  }

  /// Blank lines that a row follows are rows with too few columns.
  private func dropBlankLines() {
    if blank.count == 0 { return }
    if dropped.count == 0 { dropped.line = blank.line }
    dropped.count += blank.count
    blank.count = 0
  }

  // MARK: End

  private func changed() -> DatasetError {
    DatasetError(
      file: scanner.source.file, position: .line(scanner.recordLine),
      expected: "\(section?.rows.count ?? 0) rows, as there were when the file was indexed",
      found: "a file that has changed")
  }

  private func finish() throws(DatasetError) {
    if let section {
      if remaining > 0 { throw changed() }
      fingerprint = section.fingerprint
    } else {
      fingerprint = scanner.source.fingerprint()
    }
    if dropped.count > 0 {
      let rows = dropped.count == 1 ? "1 row does not have" : "\(dropped.count) rows do not have"
      let columns = head.names.count == 1 ? "1 column" : "\(head.names.count) columns"
      remarks.append(
        "\(rows) \(columns) and \(dropped.count == 1 ? "is" : "are") left out, the first in line \(dropped.line)")
    }
    if let average = timing.oddAverage(intervalMs: head.intervalMs) {
      remarks.append(
        "the first two timestamps are \(head.intervalMs) ms apart, which counts as the interval, "
          + "but all of them on average \((average * 1e6).rounded() / 1e6) ms")
    }
    let jumps = timing.oddSteps
    if jumps.count > 0 {
      let steps = jumps.count == 1 ? "1 step between timestamps is" : "\(jumps.count) steps between timestamps are"
      remarks.append(
        "\(steps) more than 50 % off the interval of \(head.intervalMs) ms, the first in line \(jumps.line)")
    }
    stage = .finished
  }
}

extension RecordingFormat {
  /// Whether a text that people read has such a byte.
  static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || 0x09...0x0A ~= byte || byte == 0x0D }

  /// Text with a delimiter. Asked last: it takes whatever can be printed, unless the extension is another format's.
  static let table = RecordingFormat(
    name: "a table (CSV, TXT)", extensions: ["csv", "txt"],
    recognizes: { head, fileExtension in
      let isText = head.allSatisfy(isText)
      return isText && (["csv", "txt"].contains(fileExtension) || !knownExtensions.contains(fileExtension))
    },
    open: { (source: ByteSource, options: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try TableReader(source, options.table)
    },
    mustBeOpened: { $0.table.needsIndex })
}
