/// What is wrong with one file of a dataset: where, what was expected there, and what was found.
///
/// The description is one line:
/// `training/idle.0.json: byte 1234: expected a number, found "abc"`.
public struct DatasetError: Error, Sendable, Equatable {
  /// The class of the problem, for exit codes and for grouping.
  public enum Kind: String, Sendable {
    /// Something that is named or required is not there.
    case missing
    /// The operating system refuses to give the bytes.
    case unreadable
    /// The operating system has run out of something, or a device fails: not the file's fault.
    case system
    /// The bytes break the rules of their format.
    case malformed
    /// The bytes may be right, but this engine does not read such data.
    case unsupported
  }

  /// Where in the file the problem is. All numbers count from 0, lines from 1.
  public enum Position: Sendable, Equatable {
    /// The file as a whole.
    case none
    /// Byte offset from the start of the file.
    case byte(Int)
    /// Line of a text file.
    case line(Int)
    /// Field of a table; columns count from 1, too.
    case cell(line: Int, column: Int)
    /// Row of the recording, with its byte offset where the format has one.
    case row(Int, byte: Int? = nil)
    /// Path of an entry in a structured file, such as `files[3].label`.
    case entry(String)
  }

  /// The file's path as the user knows it, relative to the dataset folder where there is one.
  public var file: String
  /// Where in the file.
  public var position: Position
  /// What the format asks for at this place.
  public var expected: String
  /// What is there. Quoted input is at most 40 characters long, control characters are escaped.
  public var found: String
  /// The class of the problem.
  public var kind: Kind

  /// Creates an error. `expected` and `found` complete the sentence "expected …, found …".
  public init(
    file: String, position: Position = .none, expected: String, found: String, kind: Kind = .malformed
  ) {
    self.file = file
    self.position = position
    self.expected = expected
    self.found = found
    self.kind = kind
  }
}

extension DatasetError: CustomStringConvertible {
  /// One line: file, position, expected, found.
  public var description: String { "\(DatasetError.escaped(file)): \(message)" }

  /// The description without the file.
  public var message: String {
    let place = position == .none ? "" : "\(position): "
    return "\(place)expected \(expected), found \(found)"
  }
}

extension DatasetError.Position: CustomStringConvertible {
  /// For example `byte 1234`, `row 7 (byte 1234)`, `files[3].label`; empty for `none`.
  public var description: String {
    switch self {
    case .none: ""
    case .byte(let offset): "byte \(offset)"
    case .line(let number): "line \(number)"
    case .cell(let line, let column): "line \(line), column \(column)"
    case .row(let index, .none): "row \(index)"
    case .row(let index, .some(let offset)): "row \(index) (byte \(offset))"
    case .entry(let path): DatasetError.escaped(path)
    }
  }
}

/// Everything that is wrong with a dataset, so that a user repairs it in one go. Never empty.
public struct DatasetErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// The errors in the order in which they were found.
  public let errors: [DatasetError]

  /// A collection of one.
  public init(_ error: DatasetError) { errors = [error] }

  /// Nil when there is nothing to report.
  public init?(_ errors: [DatasetError]) {
    if errors.isEmpty { return nil }
    self.errors = errors
  }

  /// One line an error.
  public var description: String { errors.map(\.description).joined(separator: "\n") }
}

// MARK: Quoting input

extension DatasetError {
  /// The longest piece of input that an error quotes, in characters.
  static let quoteLimit = 40

  /// `text` in quotes, at most 40 characters of it, with control characters and quotes escaped.
  public static func quoted(_ text: some StringProtocol) -> String {
    let head = text.prefix(quoteLimit + 1)
    if head.count <= quoteLimit { return "\"\(escaped(head, quotes: true))\"" }
    return "\"\(escaped(head.prefix(quoteLimit - 1), quotes: true))…\""
  }

  /// `bytes` read as UTF-8 and quoted; bytes that are not UTF-8 show as U+FFFD.
  static func quoted(bytes: some Collection<UInt8>) -> String {
    quoted(String(decoding: bytes.prefix(4 * quoteLimit + 4), as: UTF8.self))
  }

  /// `text` with everything escaped that a terminal would act upon.
  static func escaped(_ text: some StringProtocol, quotes: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch (scalar, scalar.properties.generalCategory) {
      case ("\n", _): result += "\\n"
      case ("\r", _): result += "\\r"
      case ("\t", _): result += "\\t"
      case ("\"", _) where quotes: result += "\\\""
      case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator):
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
