import Foundation

extension TableOptions {
  /// A value of the options file.
  private enum Value: Decodable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    case list([Value])

    init(from decoder: any Decoder) throws {
      if let list = try? decoder.unkeyedContainer() {
        // One level of list holds all there is to say; deeper ones end in an error below.
        var list = list
        var items: [Value] = []
        while !list.isAtEnd { items.append(try list.decode(Item.self).value) }
        self = .list(items)
      } else {
        self = try Item(from: decoder).value
      }
    }

    var text: String? {
      switch self {
      case .text(let text): text
      case .number(let number): Int(exactly: number).map { "\($0)" }
      default: nil
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }

    var described: String {
      switch self {
      case .text(let text): DatasetError.quoted(text)
      case .number(let number): "\(number)"
      case .boolean(let flag): "\(flag)"
      case .list: "a list"
      }
    }
  }

  private struct Item: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        value = .boolean(flag)
      } else if let number = try? container.decode(Double.self) {
        value = .number(number)
      } else {
        value = .text(try container.decode(String.self))
      }
    }
  }

  /// The keys of an options file: the names of the flags without `csv-`.
  static let keys = [
    "skip-lines", "delimiter", "no-header", "names", "timestamp", "timestamp-format", "frequency", "label",
    "label-mode",
    "values", "split-ms", "split-rows",
  ]

  /// Reads a JSON file with the names of the flags (without `csv-`) as keys: `{"timestamp": "t", "split-ms": 1000}`.
  /// `values` is a list of columns.
  /// - Throws: `DatasetError` with the key.
  public init(path: String) throws(DatasetError) {
    try self.init(JSONFile(path: path))
  }

  /// As above, from a file that has been read.
  init(_ file: JSONFile) throws(DatasetError) {
    self.init()
    let values = try file.decode([String: Value].self)
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      func refusal(_ expected: String) -> DatasetError {
        DatasetError(file: file.name, position: .entry(key), expected: expected, found: value.described)
      }
      do throws(Refusal) {
        try set(key, value)
      } catch {
        if case .unknownKey = error {
          throw DatasetError(
            file: file.name, expected: "one of the keys \(Self.keys.joined(separator: ", "))",
            found: DatasetError.quoted(key))
        }
        throw refusal(error.description)
      }
    }
    if values["split-ms"] != nil, values["split-rows"] != nil {
      throw DatasetError(file: file.name, expected: "split-ms or split-rows", found: "both")
    }
  }

  /// What a setting must be.
  public enum Refusal: Error, Equatable, CustomStringConvertible {
    case unknownKey
    case expected(String)

    /// Completes the sentence "expected …".
    public var description: String {
      switch self {
      case .unknownKey: "a known key"
      case .expected(let text): text
      }
    }
  }

  private mutating func set(_ key: String, _ value: Value) throws(Refusal) {
    switch key {
    case "skip-lines": try setSkippedLines(Int(exactly: value.number ?? -1) ?? -1)
    case "delimiter": try setDelimiter(value.text ?? "")
    case "no-header":
      guard case .boolean(let flag) = value else { throw .expected("true or false") }
      hasHeader = !flag
    case "names":
      guard case .list(let items) = value else { throw .expected("a list of names") }
      var names: [String] = []
      for item in items { names.append(try Self.column(item)) }
      try setNames(names)
    case "timestamp": timestampColumn = try Self.column(value)
    case "timestamp-format":
      guard let format = value.text.flatMap(TimestampFormat.init) else {
        throw .expected("one of \(TimestampFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      timestampFormat = format
    case "frequency": try setFrequency(value.number ?? 0)
    case "label": labelColumn = try Self.column(value)
    case "label-mode":
      guard let mode = value.text.flatMap(Labeling.init) else { throw .expected("last or runs") }
      labeling = mode
    case "values":
      guard case .list(let items) = value else { throw .expected("a list of columns") }
      valueColumns = []
      for item in items { valueColumns.append(try Self.column(item)) }
    case "split-ms": try setSplit(milliseconds: value.number ?? 0)
    case "split-rows": try setSplit(rows: Int(exactly: value.number ?? 0) ?? 0)
    default: throw .unknownKey
    }
  }

  private static func column(_ value: Value) throws(Refusal) -> String {
    guard let text = value.text, !text.isEmpty else { throw .expected("the name or number of a column") }
    return text
  }
}

// MARK: Checked settings, for files and flags alike

extension TableOptions {
  /// Sets the number of lines to skip.
  public mutating func setSkippedLines(_ count: Int) throws(Refusal) {
    guard count >= 0 else { throw .expected("a whole number of lines, 0 or more") }
    skippedLines = count
  }

  /// Sets the delimiter: one ASCII character, or `tab`.
  public mutating func setDelimiter(_ text: String) throws(Refusal) {
    let bytes = Array((text == "tab" || text == "\\t" ? "\t" : text).utf8)
    // What numbers and quotes are made of separates nothing.
    let isTaken = bytes.contains { "\"\r\n.+-0123456789eE".utf8.contains($0) }
    guard bytes.count == 1, bytes[0] == 9 || 0x20...0x7E ~= bytes[0], !isTaken else {
      throw .expected("one character, or tab; not a quote, digit, sign, dot or e")
    }
    delimiter = bytes[0]
  }

  /// Sets the names of the columns: different ones, none of them empty.
  public mutating func setNames(_ names: [String]) throws(Refusal) {
    guard !names.isEmpty, !names.contains(""), Set(names.map { ByteKey($0) }).count == names.count else {
      throw .expected("different names, one for each column")
    }
    columnNames = names
  }

  /// Sets the rows a second.
  public mutating func setFrequency(_ hertz: Double) throws(Refusal) {
    guard hertz > 0, hertz.isFinite, (1000 / hertz).isFinite, 1000 / hertz > 0 else {
      throw .expected("a frequency in Hz above 0")
    }
    frequencyHz = hertz
  }

  /// Sets the length of recordings in milliseconds.
  public mutating func setSplit(milliseconds: Double) throws(Refusal) {
    guard milliseconds > 0, milliseconds.isFinite else { throw .expected("milliseconds above 0") }
    split = .milliseconds(milliseconds)
  }

  /// Sets the length of recordings in rows.
  public mutating func setSplit(rows: Int) throws(Refusal) {
    guard rows > 0 else { throw .expected("a whole number of rows above 0") }
    split = .rows(rows)
  }
}
