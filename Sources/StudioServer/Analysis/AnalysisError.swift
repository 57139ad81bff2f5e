/// Why feature importance or parameter suggestions cannot be had. Nothing was computed.
public struct AnalysisError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What a caller may want to tell apart.
  public enum Kind: String, Sendable {
    /// The data does not suit: too few labels, windows too short, files that do not fit together.
    case unsuited
    /// The block has nothing to analyse.
    case unsupported
    /// The caller has asked to stop.
    case cancelled
  }

  /// What a caller may want to tell apart.
  public let kind: Kind
  /// One sentence, what was expected and what was found.
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  static let cancelled = AnalysisError(.cancelled, "the analysis was cancelled")
}
