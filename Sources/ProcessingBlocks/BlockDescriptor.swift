/// A kind of processing block: its name, its parameters, and how to make a plan.
public struct BlockDescriptor: Sendable {
  /// Studio's type string, e.g. `spectral-analysis`.
  public let type: String
  /// Title as Studio shows it.
  public let title: String
  /// What the block is for, in one or two sentences.
  public let summary: String
  /// Implementation versions; the last is the default for new impulses.
  public let versions: ClosedRange<Int>
  /// Whether windows are pictures instead of time series.
  public let takesImages: Bool
  /// All parameters, grouped as Studio shows them.
  public let groups: [ParameterGroup]
  private let planner: Planner

  /// Decodes what the reader holds for an implementation version and plans for a window.
  typealias Planner =
    @Sendable (inout ParameterReader, Int, SignalShape) throws(ConfigurationError) -> any BlockPlan

  init(
    type: String, title: String, summary: String, versions: ClosedRange<Int>, takesImages: Bool = false,
    groups: [ParameterGroup], planner: @escaping Planner
  ) {
    self.type = type
    self.title = title
    self.summary = summary
    self.versions = versions
    self.takesImages = takesImages
    self.groups = groups
    self.planner = planner
  }

  /// Checks a configuration against a window and prepares everything that does not depend on samples.
  ///
  /// - Parameters:
  ///   - parameters: Studio's string map or native values; keys with `-` or `_`.
  ///   - version: implementation version.
  /// - Throws: all that is wrong, at once.
  public func makePlan(
    _ parameters: [String: ParameterValue], version: Int, input: SignalShape
  ) throws(ConfigurationError) -> any BlockPlan {
    try check(version: version)
    let issues = input.issues
    if !issues.isEmpty { throw ConfigurationError(issues) }
    var reader = ParameterReader(parameters, groups: groups)
    return try planner(&reader, version, input)
  }

  /// Throws where the block has no such implementation version.
  public func check(version: Int) throws(ConfigurationError) {
    guard versions.contains(version) else {
      throw ConfigurationError([
        ConfigurationIssue(
          "implementation version", value: String(version),
          rule: versions.count == 1
            ? "\(type) has version \(versions.lowerBound) only"
            : "\(type) has versions \(versions.lowerBound) to \(versions.upperBound)",
          suggestion: "use \(version.clamped(to: versions))")
      ])
    }
  }
}

extension BlockDescriptor {
  /// All parameters of the block as Studio writes them: the given values, and defaults for the rest.
  public func studioConfiguration(_ parameters: [String: ParameterValue]) -> [String: String] {
    let reader = ParameterReader(parameters, groups: groups)
    let keys = groups.flatMap(\.parameters).map(\.key)
    return Dictionary(uniqueKeysWithValues: keys.map { ($0, reader.parameterValue($0).studioText) })
  }
}

extension SignalShape {
  /// Scratch memory grows with the window; beyond this many rows a window is surely a mistake.
  public static let longestWindow = 1 << 24
  /// Far beyond any sensor on both sides, so that products with it stay finite.
  static let frequencies = 1e-9...1e12
  /// As many as a recording may have.
  static let mostAxes = 1 << 16

  fileprivate var issues: [ConfigurationIssue] {
    var issues: [ConfigurationIssue] = []
    if rows < 1 {
      issues.append(
        ConfigurationIssue("window", value: "\(rows) rows", rule: "a window needs at least one row"))
    }
    if rows > Self.longestWindow {
      issues.append(
        ConfigurationIssue(
          "window", value: "\(rows) rows", rule: "a window has at most \(Self.longestWindow) rows"))
    }
    if axes.isEmpty {
      issues.append(ConfigurationIssue("axes", value: "none", rule: "a block needs at least one axis"))
    }
    if axes.count > Self.mostAxes {
      issues.append(
        ConfigurationIssue("axes", value: "\(axes.count)", rule: "a block has at most \(Self.mostAxes) axes"))
    }
    if !Self.frequencies.contains(frequency) {
      issues.append(
        ConfigurationIssue(
          "frequency", value: "\(frequency) Hz",
          rule: "must be from \(Self.frequencies.lowerBound) to \(Self.frequencies.upperBound) Hz"))
    }
    return issues
  }
}
