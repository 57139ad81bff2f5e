import FeatureGeneration
import ProcessingBlocks

/// What a block says to a configuration.
struct ConfigurationCheck: Encodable {
  struct Request: Decodable {
    /// Studio's string map.
    var config: [String: String]
  }

  let success = true
  let problems: [PageProblem]
  /// Keys of parameters that the block does not use with these values.
  let hidden: [String]
  /// Of one window; nil where the configuration is refused.
  let featureCount: Int?
  /// How features are to be read: `flat`, `spectrogram` or `image`.
  let outputType: String?
  /// Width and so on.
  let outputShape: [String: Double]?
  /// The configuration in one spelling.
  let config: [String: String]

  init(_ block: ImpulseBlock, config: [String: String]) throws {
    let descriptor = try BlockRegistry.required(block)
    let parameters = config.mapValues { ParameterValue.text($0) }
    let version = block.implementationVersion
    var plan: (any BlockPlan)?
    var issues: [ConfigurationIssue] = []
    do {
      let made = try descriptor.makePlan(parameters, version: version, input: block.signalShape)
      issues = made.warnings
      plan = made
    } catch {
      issues = error.issues
    }
    problems = issues.map(PageProblem.init)
    hidden = descriptor.studioGroups(parameters, version: version).flatMap(\.items).filter { !$0.shouldShow }
      .map(\.param)
    featureCount = plan?.featureCount
    outputType = plan?.outputConfiguration.type
    outputShape = plan.map { plan in
      Dictionary(plan.outputConfiguration.shape.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    self.config = descriptor.studioConfiguration(parameters)
  }
}

/// A `ConfigurationIssue` for the page.
struct PageProblem: Encodable {
  var severity: String
  /// A parameter's key, or what else is at fault.
  var parameter: String
  var rule: String
  var suggestion: String?

  init(_ issue: ConfigurationIssue) {
    severity = issue.severity.rawValue
    parameter = issue.parameter
    rule = issue.rule
    suggestion = issue.suggestion
  }
}

/// What in the values of one window makes its features worth less than they look.
struct WindowCheck: Encodable {
  let success = true
  let problems: [PageProblem]

  /// - Parameter start: first row at the impulse's rate. A window that is not whole has no warnings.
  init(_ services: Services, block id: Int, recording: Int, start: Int, config: [String: String]) throws {
    let contents = services.project.contents
    let block = try contents.impulse.block(id)
    let rows = try RecordingRows(
      try contents.recordings.entry(recording), generator: try contents.impulse.prepared.generator(id),
      shelf: services.engine.shelf)
    let shape = block.signalShape
    let (end, overflow) = start.addingReportingOverflow(shape.rows)
    guard start >= 0, !overflow, end <= rows.count, rows.sensors.count == shape.axes.count, shape.image == nil else {
      problems = []
      return
    }
    let run = try WindowRun(block, parameters: config.mapValues { ParameterValue.text($0) }, shape: shape)
    problems = run.plan.warnings(forWindow: try rows.values(start..<end)).map(PageProblem.init)
  }
}
