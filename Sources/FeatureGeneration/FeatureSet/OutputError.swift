import Glibc
import NumPyFiles

/// Why output could not be written.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, for exit codes.
  public enum Kind: Sendable {
    /// The place for the output cannot be used.
    case cannotCreate
    /// Writing failed half way: disk full, device error.
    case writeFailed
  }

  public var kind: Kind
  public var path: String
  public var reason: String

  /// `PATH: REASON`.
  public var description: String { "\(path): \(reason)" }

  static func system(_ kind: Kind, _ path: String, _ action: String, code: Int32 = errno) -> OutputError {
    OutputError(kind: kind, path: path, reason: "\(action): \(String(cString: strerror(code)))")
  }

  /// Creates an error.
  public init(kind: Kind, path: String, reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  init(_ error: NumPyError) {
    kind = .writeFailed
    path = error.file
    reason = "expected \(error.expected), found \(error.found)"
  }
}
