import Datasets
import ProcessingBlocks

/// What is wrong with an impulse file: all of it, each with its place.
public struct ImpulseError: Error, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// For example `block 2 (Spectral features)` or `impulse.inputBlocks[0]`.
    public var place: String
    /// What is wrong.
    public var issue: ConfigurationIssue

    /// Place, parameter, value, rule and suggestion in one line; only the rule where the file as a whole is at
    /// fault, and there is no parameter to name.
    public var description: String {
      if issue.parameter.isEmpty { return issue.rule }
      return place.isEmpty ? "\(issue)" : "\(place): \(issue)"
    }
  }

  /// The impulse file.
  public var file: String
  /// At least one.
  public var problems: [Problem]
  /// Why the file's bytes cannot be had; nil where they say something wrong.
  public var fileKind: DatasetError.Kind?
  /// The file is not there or cannot be read.
  public var isMissing: Bool { fileKind == .missing || fileKind == .unreadable }

  /// One line a problem.
  public var description: String {
    problems.map { "\(file): \($0)" }.joined(separator: "\n")
  }

  /// The file as a whole.
  static func file(_ file: String, expected: String, found: String) -> ImpulseError {
    .problem(file, "", "", "", "expected \(expected), found \(found)")
  }

  static func problem(
    _ file: String, _ place: String, _ parameter: String, _ value: String, _ rule: String, fix: String? = nil
  ) -> ImpulseError {
    let issue = ConfigurationIssue(parameter, value: value, rule: rule, suggestion: fix)
    return ImpulseError(file: file, problems: [Problem(place: place, issue: issue)])
  }
}
