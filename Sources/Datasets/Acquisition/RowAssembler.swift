/// Puts the numbers of a `values` list into rows, and is the one place that knows what rows may look
/// like: lists of one number an axis, or numbers in sequence, decided by the first item.
struct RowAssembler {
  private enum Shape { case undecided, nested, flat }

  /// Values a row.
  let width: Int
  private let file: String

  private var shape = Shape.undecided
  private var rowStart = 0
  private var isInRow = false
  private var column = 0
  /// Rows completed since the beginning of the recording.
  private(set) var rowIndex = 0

  private var out = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)
  private var capacity = 0
  /// Rows written to the present buffer.
  private(set) var filled = 0

  init(width: Int, file: String) {
    self.width = width
    self.file = file
  }

  /// Points the assembler at a buffer, which has room for at least one row.
  mutating func begin(_ buffer: UnsafeMutableBufferPointer<Double>) {
    out = buffer
    capacity = buffer.count / width
    filled = 0
  }

  var hasRoom: Bool { filled < capacity }

  /// What `fastRows` may do now: nil inside a row, and before the shape is known.
  var fastShape: Bool? {
    if isInRow || column > 0 { return nil }
    switch shape {
    case .undecided: return nil
    case .nested: return true
    case .flat: return false
    }
  }

  /// Where `fastRows` writes: room for a whole number of rows.
  var room: UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: out[filled * width..<capacity * width])
  }

  /// Accounts for rows that `fastRows` has written.
  mutating func advance(_ rows: Int) {
    filled += rows
    rowIndex += rows
  }

  // MARK: One token at a time

  mutating func number(_ value: Double, text: @autoclosure () -> String, at offset: Int) throws(DatasetError) {
    if !value.isFinite {
      throw error(at: offset, expected: "a finite number", found: text())
    }
    if !isInRow {
      if shape == .nested {
        throw error(at: offset, expected: "a row of \(count(width))", found: text())
      }
      shape = .flat
    }
    // A row that is too long is counted to its end, for the message.
    // There is room: a row begins only while `hasRoom`.
    if column < width { out[filled * width + column] = value }
    column += 1
    if shape == .flat, column == width { completeRow() }
  }

  mutating func beginList(_ found: String, at offset: Int) throws(DatasetError) {
    if isInRow || shape == .flat {
      throw error(at: offset, expected: "a number", found: found)
    }
    shape = .nested
    isInRow = true
    rowStart = offset
  }

  /// - Returns: true when the list that ends is `values` itself.
  mutating func endList(at offset: Int) throws(DatasetError) -> Bool {
    if isInRow {
      if column != width {
        throw error(at: rowStart, expected: count(width), found: "\(column)")
      }
      isInRow = false
      completeRow()
      return false
    }
    if column != 0 {
      let (total, overflow) = rowIndex.multipliedReportingOverflow(by: width)
      throw error(
        at: offset, expected: "a multiple of \(count(width))",
        found: overflow ? "an incomplete row" : "\(total + column)")
    }
    return true
  }

  /// The error for a token that is neither number nor list.
  func refusal(_ found: String, text: String?, at offset: Int) -> DatasetError {
    // Pictures and films are uploaded beside the document, which holds their type and hash alone.
    if let text, ["ref-binary-image/", "ref-binary-video/"].contains(where: text.lowercased().hasPrefix) {
      return DatasetError(
        file: file, position: .byte(offset), expected: "numbers in \"values\"",
        found: "\(DatasetError.quoted(text)): the picture is in another file, which is the recording",
        kind: .unsupported)
    }
    if let text, text.lowercased().hasPrefix("ref-binary") {
      return DatasetError(
        file: file, position: .byte(offset), expected: "numbers in \"values\"",
        found: "\(DatasetError.quoted(text)): binary tail values are not supported", kind: .unsupported)
    }
    return error(at: offset, expected: "a number", found: found)
  }

  private mutating func completeRow() {
    column = 0
    filled += 1
    rowIndex += 1
  }

  private func error(at offset: Int, expected: String, found: String) -> DatasetError {
    DatasetError(
      file: file, position: .row(rowIndex, byte: offset), expected: expected, found: found)
  }

  private func count(_ n: Int) -> String { n == 1 ? "1 number" : "\(n) numbers" }
}
