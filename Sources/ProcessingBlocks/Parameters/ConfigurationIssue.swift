/// Something in a configuration that is wrong or harmful.
public struct ConfigurationIssue: Error, Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The configuration is refused.
    case error
    /// It is valid, and does harm.
    case warning
  }

  /// Errors refuse the configuration; warnings do not.
  public var severity: Severity
  /// The parameter's key, or what else is at fault (`axes`, `implementation version`, `window`).
  public var parameter: String
  /// The value as given.
  public var value: String
  /// What is required.
  public var rule: String
  /// What would cure it, if that can be said.
  public var suggestion: String?

  /// An issue; an error unless said otherwise.
  public init(
    _ parameter: String, value: String, rule: String, suggestion: String? = nil,
    severity: Severity = .error
  ) {
    self.severity = severity
    self.parameter = parameter
    self.value = value
    self.rule = rule
    self.suggestion = suggestion
  }

  /// `fft-length = 33: must be a power of two; use 32`.
  public var description: String {
    "\(Self.shortened(parameter)) = \(Self.shortened(value)): \(rule)" + (suggestion.map { "; \($0)" } ?? "")
  }
}

extension ConfigurationIssue {
  /// A text, cut where it would fill the screen.
  private static func shortened(_ text: String) -> String { text.count <= 60 ? text : text.prefix(59) + "…" }
}

/// All that is wrong with a block's configuration.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// At least one issue of severity error.
  public let issues: [ConfigurationIssue]

  /// Wraps a list of issues.
  public init(_ issues: [ConfigurationIssue]) { self.issues = issues }

  /// One line an issue.
  public var description: String { issues.map(\.description).joined(separator: "\n") }
}
