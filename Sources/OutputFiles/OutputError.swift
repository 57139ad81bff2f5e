import Glibc
import NumPyFiles

/// Why output could not be written.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, for exit codes.
  public enum Kind: Sendable {
    /// The place for the output cannot be used.
    case cannotCreate
    /// There is output already, and it is not to be replaced.
    case exists
    /// Writing failed half way: disk full, device error.
    case writeFailed
  }

  /// What went wrong.
  public var kind: Kind
  /// The file or folder, as the user knows it.
  public var path: String
  /// In words.
  public var reason: String

  /// `PATH: REASON`.
  public var description: String { "\(path): \(reason)" }

  /// An error with the system's words for `code`.
  package static func system(_ kind: Kind, _ path: String, _ action: String, code: Int32 = errno) -> OutputError {
    OutputError(kind: kind, path: path, reason: "\(action): \(String(cString: strerror(code)))")
  }

  /// Creates an error.
  public init(kind: Kind, path: String, reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  /// The error of an array that could not be written.
  package init(_ error: NumPyError, path: String) {
    kind = .writeFailed
    self.path = path
    reason = "expected \(error.expected), found \(error.found)"
  }
}
