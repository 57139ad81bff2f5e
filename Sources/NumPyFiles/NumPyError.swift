/// What went wrong with an `.npy` file, where, what was expected there and what was found.
public struct NumPyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of the failure. Callers map it to an exit code.
  public enum Reason: Sendable, Equatable {
    /// There is no file at the path.
    case missing
    /// The file exists, but the system refuses to open or read it.
    case unreadable
    /// The system has run out of something, or a device fails: not the file's fault.
    case system
    /// The bytes are not an array that this module reads.
    case malformed
    /// The system refuses to create, write or sync the file.
    case unwritable
  }

  /// The class of the failure.
  public let reason: Reason
  /// The path as the caller gave it, or the name of an array in memory.
  public let file: String
  /// Offset from the start of the file in bytes, where one can be named.
  public let position: Int?
  /// What the format or the caller asks for.
  public let expected: String
  /// What is there instead. Quoted input is at most 40 characters long.
  public let found: String

  /// Creates an error from its parts.
  public init(reason: Reason, file: String, position: Int? = nil, expected: String, found: String) {
    self.reason = reason
    self.file = file
    self.position = position
    self.expected = expected
    self.found = found
  }

  /// One line: `FILE: byte N: expected E, found F`.
  public var description: String {
    let place = position.map { "byte \($0): " } ?? ""
    return "\(Self.escaped(file.utf8)): \(place)expected \(expected), found \(found)"
  }
}

extension NumPyError {
  /// At most 40 bytes of input in double quotes, safe to print on one line.
  static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let shown = bytes.prefix(40)
    return "\"\(escaped(shown))\(shown.count < bytes.count ? "…" : "")\""
  }

  /// Input bytes as one printable line. Control bytes and broken UTF-8 cannot reach a terminal as they are.
  static func escaped(_ bytes: some Collection<UInt8>) -> String {
    var line = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }
}
