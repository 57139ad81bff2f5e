/// Cuts a table into records and fields.
///
/// A record ends at LF or CRLF outside quotes. A field whose first character (blanks aside) is a quote goes to the
/// closing quote; two quotes inside stand for one. Elsewhere quotes are ordinary characters.
struct TableScanner {
  /// Where a field is, from the start of its record.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
    var hasDoubledQuotes = false
  }

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")

  let source: ByteSource
  let delimiter: UInt8
  /// Line of the next record, from 1.
  private(set) var line: Int

  /// Line of the present record.
  private(set) var recordLine = 0
  /// Offset of the present record in the file.
  private(set) var recordStart = 0
  /// Fields of the present record.
  private(set) var columnCount = 0
  /// The present record is a line without any character.
  private(set) var isBlank = false
  /// Fields of the present record; empty when `skim` has found it.
  private var fields: [Field] = []
  /// Bytes of the present record without its line end; known when `skim` has found it.
  private var recordLength = 0
  /// A field without the doubling of its quotes.
  private var plain: [UInt8] = []

  init(_ source: ByteSource, delimiter: UInt8, line: Int) {
    self.source = source
    self.delimiter = delimiter
    self.line = line
  }

  /// Cuts the next record, which stays readable until the next call. False at the end of the file.
  /// - Throws: `DatasetError` for a line that is too long, and for quotes that do not close.
  mutating func next() throws(DatasetError) -> Bool {
    var atEnd = false
    while true {
      if let length = try cut(atEnd: atEnd) {
        recordLine = line
        recordStart = source.position
        columnCount = fields.count
        isBlank = fields.count == 1 && fields[0].end == 0 && !fields[0].isQuoted
        let record = UnsafeBufferPointer(start: source.base + source.cursor, count: length)
        line += record.count(where: { $0 == Self.lineFeed })
        source.cursor += length
        return true
      }
      if atEnd { return false }
      atEnd = try !source.refill()
    }
  }

  /// Cuts the record at the cursor. Nil when more bytes are needed, or none are left. The result counts its line end.
  private mutating func cut(atEnd: Bool) throws(DatasetError) -> Int? {
    let bytes = UnsafePointer(source.base + source.cursor)
    let available = source.end - source.cursor
    if available == 0 { return nil }
    // Longer records are refused whatever the buffer holds, so that the outcome does not depend on it.
    let count = min(available, ByteSource.tokenLimit + 1)
    let isCut = count > ByteSource.tokenLimit
    fields.removeAll(keepingCapacity: true)
    var index = 0
    while true {
      // 1. Blanks before a quote are no part of the field.
      let start = index
      while index < count, TableNumber.isBlank(bytes[index]), bytes[index] != delimiter { index += 1 }
      if index < count, bytes[index] == Self.quote {
        // 2. To the closing quote, and over blanks behind it.
        var field = Field(start: index + 1, end: 0, isQuoted: true)
        index += 1
        while index < count {
          if bytes[index] != Self.quote {
            index += 1
          } else if index + 1 < count, bytes[index + 1] == Self.quote {
            field.hasDoubledQuotes = true
            index += 2
          } else {
            break
          }
        }
        if index >= count || (index + 1 == count && !atEnd) {
          if isCut { throw tooLong("a closing quote within") }
          if !atEnd { return nil }
          throw fault("a closing quote", "the end of the file", column: fields.count + 1)
        }
        field.end = index
        index += 1
        fields.append(field)
        while index < count, TableNumber.isBlank(bytes[index]), bytes[index] != delimiter { index += 1 }
        if index < count, bytes[index] == UInt8(ascii: "\r") {
          if index + 1 < count ? bytes[index + 1] == Self.lineFeed : atEnd { index += 1 }
          if index + 1 == count, !atEnd, bytes[index] == UInt8(ascii: "\r") {
            if isCut { throw tooLong("a line of at most") }
            return nil
          }
        }
      } else {
        // 3. To the next delimiter or line end. The CR of a CRLF belongs to the line end.
        while index < count, bytes[index] != delimiter, bytes[index] != Self.lineFeed { index += 1 }
        var end = index
        if index < count ? bytes[index] == Self.lineFeed : atEnd, end > start, bytes[end - 1] == UInt8(ascii: "\r") {
          end -= 1
        }
        fields.append(Field(start: start, end: end))
      }
      // 4. What ends the field.
      if index >= count {
        if isCut { throw tooLong("a line of at most") }
        return atEnd ? count : nil
      }
      if bytes[index] == Self.lineFeed { return index + 1 }
      if bytes[index] != delimiter {
        // One byte: how many more the buffer holds must not show.
        let rest = CollectionOfOne(bytes[index])
        throw fault("a delimiter behind the closing quote", DatasetError.quoted(bytes: rest), column: fields.count)
      }
      index += 1
    }
  }

  private func tooLong(_ expected: String) -> DatasetError {
    fault("\(expected) \(ByteSource.tokenLimit) bytes", "a longer line (its first byte is \(source.position))")
  }

  private func fault(_ expected: String, _ found: String, column: Int? = nil) -> DatasetError {
    DatasetError(
      file: source.file, position: column.map { .cell(line: line, column: $0) } ?? .line(line), expected: expected,
      found: found)
  }

  // MARK: Without fields

  /// Passes over the next record if it is in the buffer and has no quotes: counts its columns, but does not cut it.
  /// - Returns: false, without moving, for any other; `next` takes it.
  mutating func skim() -> Bool {
    let start = UnsafePointer(source.base + source.cursor)
    let last = UnsafePointer(source.base + source.end) - 8
    var p = start
    var count = 1
    while p <= last {
      let word = ByteWord(p)
      let delimiters = word.matches(delimiter)
      let stops = word.matches(Self.lineFeed)
      let quotes = word.matches(Self.quote)
      if stops | quotes == 0 {
        count += ByteWord.count(delimiters)
        p += 8
        continue
      }
      let before = (stops & (0 &- stops)) &- 1
      if stops == 0 || quotes & before != 0 { return false }
      var length = p - start + stops.trailingZeroBitCount >> 3
      let whole = length + 1
      if length > ByteSource.tokenLimit { return false }
      if length > 0, start[length - 1] == UInt8(ascii: "\r") { length -= 1 }
      recordLine = line
      recordStart = source.position
      recordLength = length
      columnCount = count + ByteWord.count(delimiters & before)
      isBlank = length == 0
      fields.removeAll(keepingCapacity: true)
      line += 1
      source.cursor += whole
      return true
    }
    return false
  }

  /// Accounts for records without quotes, a line each, that a reader has taken from the buffer itself.
  mutating func advance(lines: Int, to cursor: Int) {
    line += lines
    source.cursor = cursor
  }

  // MARK: Fields

  /// The characters of a field of the present record, quotes removed, without blanks at its ends.
  mutating func withField<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    let record = UnsafePointer(source.base + (recordStart - source.origin))
    let field = fields.isEmpty ? skimmedField(column, record) : fields[column]
    let text = UnsafeBufferPointer(start: record + field.start, count: field.end - field.start)
    guard field.hasDoubledQuotes else { return body(TableNumber.trimmed(text)) }
    plain.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      plain.append(text[index])
      index += text[index] == Self.quote ? 2 : 1
    }
    return plain.withUnsafeBufferPointer { body(TableNumber.trimmed($0)) }
  }

  /// A field as text.
  mutating func text(_ column: Int) -> String {
    withField(column) { String(decoding: $0, as: UTF8.self) }
  }

  private func skimmedField(_ column: Int, _ record: UnsafePointer<UInt8>) -> Field {
    var start = 0
    for _ in 0..<column {
      while record[start] != delimiter { start += 1 }
      start += 1
    }
    var end = start
    while end < recordLength, record[end] != delimiter { end += 1 }
    return Field(start: start, end: end)
  }
}

/// Eight bytes that are compared at a time.
struct ByteWord {
  private let bits: UInt64

  /// Reads eight bytes.
  @inline(__always)
  init(_ p: UnsafePointer<UInt8>) {
    bits = UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
  }

  /// The high bit of each byte that is `byte`, the first in the lowest place. Exact: no carry leaves its byte.
  @inline(__always)
  func matches(_ byte: UInt8) -> UInt64 {
    let difference = bits ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((difference & low) &+ low) | difference | low)
  }

  /// How many bytes a result of `matches` marks.
  @inline(__always)
  static func count(_ matches: UInt64) -> Int {
    Int(((matches &>> 7) &* 0x0101_0101_0101_0101) &>> 56)
  }
}
