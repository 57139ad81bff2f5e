extension TableHead {
  /// Finds the first rows and, by the first two timestamps, the interval.
  mutating func findInterval(_ scanner: inout TableScanner, _ options: TableOptions) throws(DatasetError) {
    let file = scanner.source.file
    var others = (count: 0, line: 0, columns: 0, isEven: true)
    var isFound = false
    while !isFound, try scanner.next() {
      if scanner.isBlank { continue }
      isFound = scanner.columnCount == names.count
      if isFound { break }
      if others.count == 0 { (others.line, others.columns) = (scanner.recordLine, scanner.columnCount) }
      others.isEven = others.isEven && scanner.columnCount == others.columns
      others.count += 1
    }
    guard isFound else {
      if others.count > 0 {
        let rows = others.count == 1 ? "1 row that has" : "\(others.count) rows that have"
        throw DatasetError(
          file: file, position: .line(others.line), expected: "a row of \(Self.columns(names.count))",
          found: others.isEven
            ? "\(rows) \(Self.columns(others.columns)), the first in line \(others.line)"
            : "\(rows) other numbers of columns, the first \(others.columns), in line \(others.line)")
      }
      throw DatasetError(
        file: file, position: .line(scanner.line),
        expected: names.count == 1 ? "a row" : "a row of \(names.count) columns",
        found: "the end of the file")
    }
    if let frequency = options.frequencyHz {
      intervalMs = 1000 / frequency
      return
    }
    guard let timeColumn else {
      guard try nextRow(&scanner) else {
        remarks.append("it is one row without a rate: 1 Hz (1000 ms) is assumed")
        return
      }
      throw DatasetError(
        file: file, position: .line(scanner.recordLine),
        expected: "one row only, since no column is named \"timestamp\": name one with --csv-timestamp, or state "
          + "the sampling rate with --csv-frequency"
          + (options.hasHeader && options.columnNames.isEmpty && hasNumbersForNames ? Self.headerHint : ""),
        found: "another row below \(listed)")
    }
    let first = try instant(&scanner, timeColumn, options)
    firstInstant = first
    guard try nextRow(&scanner) else { return }
    let second = try instant(&scanner, timeColumn, options)
    let interval = second.milliseconds(since: first, format: options.timestampFormat)
    guard interval > 0, interval.isFinite, (1000 / interval).isFinite, 1000 / interval > 0 else {
      throw DatasetError(
        file: file, position: .cell(line: scanner.recordLine, column: timeColumn + 1),
        expected: "a timestamp after that of the first row", found: "an interval of \(interval) ms")
    }
    intervalMs = interval
  }

  private static func columns(_ count: Int) -> String { count == 1 ? "1 column" : "\(count) columns" }

  /// Moves to the next record with as many columns as there are names.
  func nextRow(_ scanner: inout TableScanner) throws(DatasetError) -> Bool {
    while try scanner.next() {
      if scanner.columnCount == names.count, !scanner.isBlank { return true }
    }
    return false
  }

  /// The timestamp of the present record.
  func instant(
    _ scanner: inout TableScanner, _ column: Int, _ options: TableOptions
  ) throws(DatasetError) -> TableInstant {
    if let value = scanner.withField(column, { TableInstant($0, format: options.timestampFormat) }) { return value }
    throw DatasetError(
      file: scanner.source.file, position: .cell(line: scanner.recordLine, column: column + 1),
      expected: options.timestampFormat.expectation, found: DatasetError.quoted(scanner.text(column)))
  }
}

extension TableOptions.TimestampFormat {
  /// For errors.
  var expectation: String {
    switch self {
    case .milliseconds: "a timestamp in ms"
    case .seconds: "a timestamp in s"
    case .microseconds: "a timestamp in us"
    case .nanoseconds: "a timestamp in ns"
    case .dateTime: "a timestamp such as 2024-05-01T12:00:00.25Z"
    case .clock: "a timestamp such as 12:00:00.25"
    }
  }
}
