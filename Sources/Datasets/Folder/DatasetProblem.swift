/// Something that a user should know about a dataset, by file.
public struct DatasetProblem: Sendable, Equatable {
  /// How much harm it does.
  public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Something that was asked for cannot be had: `Dataset.open` throws.
    case error
    /// A recording will be missing, or cannot be read.
    case warning
    /// Nothing is lost, but it may not be what was meant.
    case notice

    /// The worse one is less, so that it comes first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { self == .error ? 0 : self == .warning ? 1 : 2 }
  }

  /// How much harm it does.
  public var severity: Severity
  /// Path relative to the dataset folder.
  public var file: String
  /// What is the matter, without the file: `files[3].label: expected …, found …`, or a sentence about the file.
  public var message: String

  /// Creates a problem.
  public init(severity: Severity, file: String, message: String) {
    self.severity = severity
    self.file = file
    self.message = message
  }

  /// What an error says.
  init(_ error: DatasetError, severity: Severity = .error) {
    self.init(severity: severity, file: error.file, message: error.message)
  }
}

extension DatasetProblem: CustomStringConvertible {
  /// For example `warning: training/a.json: it is empty`.
  public var description: String { "\(severity.rawValue): \(DatasetError.escaped(file)): \(message)" }
}
