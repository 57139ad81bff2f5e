import Foundation
import NumPyFiles

/// A table of texts with named columns, as a CSV file holds it. Numbers stay as they are spelled.
public struct Table: Sendable, Equatable {
  /// Names of the columns, all different.
  public let columns: [String]
  /// Cells by row, as many as there are columns.
  public let rows: [[String]]

  /// Creates a table.
  ///
  /// - Parameter name: How errors name it.
  /// - Throws: `StudioError` of kind `invalidRequest` for repeated column names and rows of another width.
  public init(columns: [String], rows: [[String]], name: String = "table") throws(StudioError) {
    guard Set(columns).count == columns.count, !columns.isEmpty else {
      throw StudioError(.invalidRequest, "\(name): expected columns with different names, found \(columns)")
    }
    for (index, row) in rows.enumerated() where row.count != columns.count {
      throw StudioError(
        .invalidRequest, "\(name): row \(index): expected \(columns.count) cells, found \(row.count)")
    }
    self.columns = columns
    self.rows = rows
  }

  /// Reads a CSV file: UTF-8, a header, quotes as in RFC 4180, lines ending in `\n` or `\r\n`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - delimiter: Between cells. Default `,`.
  /// - Throws: `StudioError` of kind `file` with the line.
  public init(csv path: String, delimiter: Character = ",") throws(StudioError) {
    guard let data = try UploadFile.contents(path, limit: 1 << 30) else {
      throw StudioError(.file, "\(path): expected at most 1 GiB")
    }
    let mark: UInt8? = delimiter.asciiValue
    guard let mark, mark != UInt8(ascii: "\""), mark != UInt8(ascii: "\n") else {
      throw StudioError(.invalidRequest, "expected an ASCII delimiter")
    }
    var scanner = CSVScanner(bytes: Array(data), delimiter: mark, name: path)
    guard let header = try scanner.next() else { throw StudioError(.file, "\(path): expected a header line") }
    var rows: [[String]] = []
    while let cells = try scanner.next() {
      guard cells.count == header.count else {
        throw StudioError(
          .file, "\(path): line \(scanner.rowLine): expected \(header.count) cells, found \(cells.count)")
      }
      rows.append(cells)
    }
    try self.init(columns: header, rows: rows, name: path)
  }

  /// Reads a two-dimensional `.npy` array: rows × columns.
  ///
  /// - Throws: `StudioError`; kind `file` when it cannot be read, `invalidRequest` when the shape does not fit.
  public init(array path: String, columns: [String]) throws(StudioError) {
    let array: NumPyArray
    do throws(NumPyError) {
      array = try NumPyArray(contentsOf: path)
    } catch {
      throw StudioError(.file, error.description)
    }
    guard array.shape.count == 2, array.shape[1] == columns.count else {
      throw StudioError(.invalidRequest, "\(path): expected the shape (rows, \(columns.count)), found \(array.shape)")
    }
    let width = columns.count
    let rows = (0..<array.shape[0]).map { row in
      array.values[row * width..<(row + 1) * width].map(NumberText.shortest)
    }
    try self.init(columns: columns, rows: rows, name: path)
  }

  /// The position of a column.
  func index(of column: String) throws(StudioError) -> Int {
    guard let index = columns.firstIndex(of: column) else {
      throw StudioError(.invalidRequest, "no column \(column); there are \(columns.joined(separator: ", "))")
    }
    return index
  }

  func indices(of names: [String]) throws(StudioError) -> [Int] {
    var result: [Int] = []
    for name in names { result.append(try index(of: name)) }
    return result
  }

  /// CSV text, lines ending in `\n`.
  static func csv(header: [String], rows: [[String]]) -> Data {
    var text = ""
    for row in [header] + rows {
      text += row.map(quoted).joined(separator: ",")
      text += "\n"
    }
    return Data(text.utf8)
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

/// Splits CSV into rows of cells.
struct CSVScanner {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private let name: String
  private var position: Int
  private var line = 1
  /// Line on which the last row began, from 1.
  private(set) var rowLine = 1

  init(bytes: [UInt8], delimiter: UInt8, name: String) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.name = name
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next row that is not blank; nil at the end.
  mutating func next() throws(StudioError) -> [String]? {
    while position < bytes.count {
      rowLine = line
      var cells: [String] = []
      var hasMore = true
      while hasMore {
        cells.append(try cell())
        hasMore = position < bytes.count && bytes[position] == delimiter
        if hasMore { position += 1 }
      }
      endLine()
      if cells != [""] { return cells }
    }
    return nil
  }

  private mutating func endLine() {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\r") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
      position += 1
      line += 1
    }
  }

  private mutating func cell() throws(StudioError) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      let start = position
      while position < bytes.count, bytes[position] != delimiter, bytes[position] != UInt8(ascii: "\n"),
        bytes[position] != UInt8(ascii: "\r")
      {
        position += 1
      }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    var content: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte != UInt8(ascii: "\"") {
        content.append(byte)
      } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        content.append(byte)
        position += 1
      } else {
        guard position >= bytes.count || [delimiter, UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(bytes[position])
        else { throw StudioError(.file, "\(name): line \(line): expected a delimiter after a quoted cell") }
        return String(decoding: content, as: UTF8.self)
      }
    }
    throw StudioError(.file, "\(name): line \(rowLine): the quoted cell has no end")
  }
}
