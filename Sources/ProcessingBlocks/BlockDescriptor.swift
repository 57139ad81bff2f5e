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
  /// How Studio names and shows the block.
  public let presentation: StudioPresentation
  private let planner: Planner

  /// Reads valid values from the reader, checks what they ask of each other and of the window, for an
  /// implementation version, and plans.
  typealias Planner =
    @Sendable (inout ParameterReader, Int, SignalShape) throws(ConfigurationError) -> any BlockPlan

  init(
    type: String, title: String, summary: String, versions: ClosedRange<Int>, takesImages: Bool = false,
    presentation: StudioPresentation, groups: [ParameterGroup], planner: @escaping Planner
  ) {
    self.type = type
    self.title = title
    self.summary = summary
    self.versions = versions
    self.takesImages = takesImages
    self.presentation = presentation
    self.groups = groups
    self.planner = planner
  }

  /// Checks a configuration against a window and prepares everything that does not depend on samples.
  ///
  /// - Parameters:
  ///   - parameters: Studio's string map or native values; keys with `-` or `_`.
  ///   - version: implementation version, one of `versions`.
  ///   - input: the windows: rows, axes and sampling rate in Hz.
  /// - Returns: a plan for windows of that shape alone.
  /// - Throws: all values that are wrong by themselves, at once; else all that is wrong with them together.
  public func makePlan(
    _ parameters: [String: ParameterValue], version: Int, input: SignalShape
  ) throws(ConfigurationError) -> any BlockPlan {
    try check(version: version)
    let issues = input.issues
    if !issues.isEmpty { throw ConfigurationError(issues) }
    var reader = ParameterReader(parameters, groups: groups)
    try reader.validate(version: version)
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
  ///
  /// Each value has one spelling, so that equal settings give equal texts: `true`, `0.5`, `32`, and for choices the
  /// schema's word. A value that is not valid stays as it is.
  public func studioConfiguration(_ parameters: [String: ParameterValue]) -> [String: String] {
    let reader = ParameterReader(parameters, groups: groups)
    let keys = groups.flatMap(\.parameters).map(\.key)
    return Dictionary(uniqueKeysWithValues: keys.map { ($0, reader.studioText($0)) })
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
          "frequency", value: "\(shown(frequency)) Hz",
          rule: "must be from \(Self.frequencies.lowerBound) to \(Self.frequencies.upperBound) Hz"))
    }
    return issues
  }
}
