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
    /// The output is in place and whole, but its folder cannot be synced: a power cut may bring back what was there.
    case unsynced
    /// The system has run out of something that has nothing to do with the place: open files, memory.
    case system
  }

  /// What went wrong.
  public var kind: Kind
  /// The file or folder, as the user knows it.
  public var path: String
  /// In words.
  public var reason: String

  /// `PATH: REASON`.
  public var description: String { "\(path): \(reason)" }

  /// An error with the system's words for `code`; of `kind`, unless the system has run out of something.
  package static func system(_ kind: Kind, _ path: String, _ action: String, code: Int32 = errno) -> OutputError {
    // That output is in place is more than why.
    let hasRunOut = kind != .unsynced && (code == EMFILE || code == ENFILE || code == ENOMEM)
    return OutputError(
      kind: hasRunOut ? .system : kind, path: path, reason: "\(action): \(String(cString: strerror(code)))")
  }

  /// Creates an error.
  public init(kind: Kind, path: String, reason: String) {
    self.kind = kind
    self.path = path
    self.reason = reason
  }

  /// The error of an array that could not be written.
  package init(_ error: NumPyError, path: String) {
    kind = error.reason == .system ? .system : .writeFailed
    self.path = path
    reason = "expected \(error.expected), found \(error.found)"
  }
}
