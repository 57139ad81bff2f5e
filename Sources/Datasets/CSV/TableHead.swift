/// A table before its rows: what each column is for, and the interval.
struct TableHead: Sendable, Equatable {
  /// In `roles`: a column that is not read.
  static let skipped: Int32 = -1
  /// In `roles`: a timestamp that is a number.
  static let numericTime: Int32 = -2
  /// In `roles`: a timestamp in words.
  static let spelledTime: Int32 = -3

  private(set) var delimiter: UInt8
  var names: [String] = []
  /// For each column its axis, or one of the constants above.
  private(set) var roles: [Int32] = []
  private(set) var sensors: [Sensor] = []
  private(set) var labelColumn: Int?
  /// Nil where none is read.
  var timeColumn: Int?
  var intervalMs = 1000.0
  /// The first timestamp, from which the others are counted.
  var firstInstant: TableInstant?
  /// What is odd about the columns, a sentence each.
  var remarks: [String] = []
  /// Where rows begin.
  private(set) var dataOffset = 0
  private(set) var dataLine = 0

  /// Reads up to the second row; to the end where the rules allow one row only.
  init(_ source: ByteSource, _ options: TableOptions) throws(DatasetError) {
    if try source.prefix(3) == [0xEF, 0xBB, 0xBF] { source.cursor += 3 }
    var line = 1
    while line <= options.skippedLines, try Self.skipLine(source) { line += 1 }
    let start = source.position
    if try source.peek() == nil {
      throw DatasetError(
        file: source.file, position: .line(line), expected: "a line that names the columns",
        found: "the end of the file")
    }
    delimiter = UInt8(ascii: ",")
    if let stated = options.delimiter { delimiter = stated } else { delimiter = try Self.guess(source, line) }
    source.rewind(to: start)
    let opening = try source.prefix(6)
    if opening.count >= 5, opening.prefix(4).elementsEqual("sep=".utf8), opening.count == 5 || opening[5] < 0x20 {
      throw DatasetError(
        file: source.file, position: .line(line),
        expected: "a line that names the columns: --csv-skip-lines \(options.skippedLines + 1) passes over this one",
        found: DatasetError.quoted(bytes: opening.prefix(5)))
    }
    let first = try source.peek()
    let isComment = options.hasHeader && first == UInt8(ascii: "#")
    do throws(DatasetError) {
      try readColumns(source, options, start, line)
    } catch {
      guard isComment, error.kind != .system, error.kind != .unreadable else { throw error }
      throw DatasetError(
        file: source.file, position: .line(line),
        expected: "a line that names the columns: --csv-skip-lines passes over others",
        found: "a line that begins with #")
    }
  }

  /// Reads the names of the columns, which begin at `start`, and the first rows.
  private mutating func readColumns(
    _ source: ByteSource, _ options: TableOptions, _ start: Int, _ line: Int
  ) throws(DatasetError) {
    var scanner = TableScanner(source, delimiter: delimiter, line: line)
    guard try scanner.next() else { return }
    names = (1...scanner.columnCount).map { "column\($0)" }
    var unnamed: [Int] = []
    (dataOffset, dataLine) = (start, line)
    if options.hasHeader {
      let written = names.indices.map { scanner.text($0) }
      for column in names.indices where !written[column].isEmpty { names[column] = written[column] }
      (dataOffset, dataLine) = (source.position, scanner.line)
      if options.columnNames.isEmpty {
        unnamed = names.indices.filter { written[$0].isEmpty }
        try checkNames(source.file, line)
        if hasNumbersForNames {
          remarks.append("the first line names the columns, but has numbers only: --csv-no-header takes it for a row")
        }
      }
    }
    if !options.columnNames.isEmpty {
      guard options.columnNames.count == names.count else {
        throw DatasetError(
          file: source.file, position: .line(line), expected: "\(options.columnNames.count) columns, one for each name",
          found: "\(names.count)")
      }
      names = options.columnNames
    }
    let leftOut = try unnamed.isEmpty ? [:] : withoutUse(unnamed, source)
    source.rewind(to: dataOffset)
    scanner = TableScanner(source, delimiter: delimiter, line: dataLine)
    try assignColumns(options, source.file, line, leftOut)
    try findInterval(&scanner, options)
  }

  /// Whether the first line could be a row.
  var hasNumbersForNames: Bool {
    names.allSatisfy { name in
      var name = name
      return name.withUTF8 { if case .number = TableNumber.read($0) { true } else { false } }
    }
  }

  /// Of columns without a name, those that the first two rows show to be empty or to count the rows, and which it is.
  private func withoutUse(_ unnamed: [Int], _ source: ByteSource) throws(DatasetError) -> [Int: String] {
    var scanner = TableScanner(source, delimiter: delimiter, line: dataLine)
    var texts: [[String]] = []
    while texts.count < 2, try nextRow(&scanner) { texts.append(unnamed.map { scanner.text($0) }) }
    var result: [Int: String] = [:]
    for (place, column) in unnamed.enumerated() where !texts.isEmpty {
      let found = texts.map { $0[place] }
      if found.allSatisfy(\.isEmpty) {
        result[column] = "is empty"
      } else if column == 0, found == ["0", "1"] || found == ["0"] {
        result[column] = "counts the rows"
      }
    }
    return result
  }

  private static func skipLine(_ source: ByteSource) throws(DatasetError) -> Bool {
    while try source.peek() != nil {
      let rest = UnsafeBufferPointer(start: source.base + source.cursor, count: source.end - source.cursor)
      if let end = rest.firstIndex(of: TableScanner.lineFeed) {
        source.cursor += end + 1
        return true
      }
      source.cursor = source.end
    }
    return false
  }

  /// The delimiter that gives the first line most columns; a comma when all give the same.
  private static func guess(_ source: ByteSource, _ line: Int) throws(DatasetError) -> UInt8 {
    let start = source.position
    var best: (delimiter: UInt8, columns: Int) = (0, 0)
    var failure: DatasetError?
    for delimiter in ",;\t".utf8 {
      source.rewind(to: start)
      var scanner = TableScanner(source, delimiter: delimiter, line: line)
      do throws(DatasetError) {
        _ = try scanner.next()
        if scanner.columnCount > best.columns { best = (delimiter, scanner.columnCount) }
      } catch {
        // Behind a quoted field the wrong delimiter is a fault.
        failure = failure ?? error
      }
    }
    if best.columns == 0, let failure { throw failure }
    return best.delimiter
  }

  // MARK: Columns

  private func checkNames(_ file: String, _ line: Int) throws(DatasetError) {
    var seen: [ByteKey: Int] = [:]
    for (column, name) in names.enumerated() {
      if let other = seen.updateValue(column, forKey: ByteKey(name)) {
        throw DatasetError(
          file: file, position: .cell(line: line, column: column + 1),
          expected: "columns with different names" + (hasNumbersForNames ? Self.headerHint : ""),
          found: "\(DatasetError.quoted(name)), as in column \(other + 1)")
      }
    }
  }

  /// For files whose first line has numbers only.
  static let headerHint = " (--csv-no-header where the first line is a row)"

  /// - Parameter leftOut: columns that are used only where they are named, and what is odd about them.
  private mutating func assignColumns(
    _ options: TableOptions, _ file: String, _ line: Int, _ leftOut: [Int: String]
  ) throws(DatasetError) {
    func find(_ name: String, _ purpose: String) throws(DatasetError) -> Int {
      if let column = names.firstIndex(where: { ByteKey($0) == ByteKey(name) }) { return column }
      if let number = Int(name), 1...names.count ~= number { return number - 1 }
      throw DatasetError(
        file: file, position: .line(line), expected: "the \(purpose) column \(DatasetError.quoted(name))",
        found: listed, kind: .missing)
    }
    func conflict(_ column: Int, _ purpose: String) -> DatasetError {
      DatasetError(
        file: file, position: .line(line), expected: "different columns for \(purpose)",
        found: DatasetError.quoted(names[column]))
    }
    var time = names.firstIndex { ByteKey($0) == ByteKey("timestamp") }
    if let name = options.timestampColumn { time = try find(name, "timestamp") }
    if let name = options.labelColumn {
      let column = try find(name, "label")
      // `timestamp` may be taken for another purpose, unless it is named as the timestamp.
      if column == time, options.timestampColumn != nil { throw conflict(column, "timestamps and labels") }
      if column == time { time = nil }
      labelColumn = column
    }
    roles = Array(repeating: Self.skipped, count: names.count)
    var chosen = Set(options.valueColumns.isEmpty ? names.indices.filter { leftOut[$0] == nil } : [])
    for name in options.valueColumns {
      let column = try find(name, "value")
      if column == time { throw conflict(column, "timestamps and values") }
      if column == labelColumn { throw conflict(column, "labels and values") }
      chosen.insert(column)
    }
    for column in names.indices where chosen.contains(column) && column != time && column != labelColumn {
      roles[column] = Int32(sensors.count)
      sensors.append(Sensor(name: names[column], units: "N/A"))
    }
    if sensors.isEmpty {
      throw DatasetError(
        file: file, position: .line(line), expected: "a column of values beside timestamps and labels", found: listed)
    }
    if options.valueColumns.isEmpty {
      for (column, reason) in leftOut.sorted(by: { $0.key < $1.key }) where column != time && column != labelColumn {
        remarks.append("column \(column + 1) has no name and \(reason) in the first rows: it is left out")
      }
    }
    guard options.frequencyHz == nil, let time else { return }
    timeColumn = time
    switch options.timestampFormat {
    case .milliseconds, .seconds, .microseconds, .nanoseconds: roles[time] = Self.numericTime
    case .dateTime, .clock: roles[time] = Self.spelledTime
    }
  }

  /// The columns there are, for errors.
  var listed: String {
    let shown = names.prefix(20).map { DatasetError.quoted($0) }.joined(separator: ", ")
    return "the columns \(shown)" + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }
}
