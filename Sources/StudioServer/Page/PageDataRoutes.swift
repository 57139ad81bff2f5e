import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// What the page needs and Studio's paths do not give: counts for its filters, and all that is wrong with a
/// configuration while it is typed.
///
/// These paths are the page's own. They stand below `edgedsp`, where Studio has nothing.
struct PageDataRoutes: RouteTopic {
  let project: LocalProject
  let engine: Engine

  func add(to routes: Routes) {
    let (project, engine) = (project, engine)
    routes.project(.get, "edgedsp/overview") { _ in
      Answer.json(try await engine.run { try Answer.encode(ProjectOverview(project)) })
    }
    routes.project(.post, "edgedsp/dsp/{dspId}/check") { call in
      let block = try project.contents.impulse.block(try call.id("dspId"))
      let request = try await call.json(ConfigurationCheck.Request.self)
      return Answer.json(
        try await engine.run { try Answer.encode(try ConfigurationCheck(block, config: request.config)) })
    }
  }
}

/// The project in numbers.
private struct ProjectOverview: Encodable {
  /// A category or a label with its recordings.
  struct Count: Encodable {
    var name: String
    var recordings: Int
  }

  let success = true
  let version = EdgeDSPVersion.current
  let name: String
  let isReadOnly: Bool
  /// Categories that have recordings.
  let categories: [Count]
  /// All labels, sorted. A recording with several counts for each.
  let labels: [Count]
  /// Recordings without a label.
  let unlabeled: Int

  /// - Complexity: O(recordings).
  init(_ project: LocalProject) {
    let recordings = project.contents.recordings
    var categories: [String: Int] = [:]
    var labels: [String: Int] = [:]
    var unlabeled = 0
    for entry in recordings.entries {
      categories[entry.category.rawValue, default: 0] += 1
      let texts = Set(entry.labelTexts)
      for label in texts { labels[label, default: 0] += 1 }
      if texts.isEmpty { unlabeled += 1 }
    }
    name = project.name
    isReadOnly = project.isReadOnly
    self.categories = categories.sorted { $0.key > $1.key }.map { Count(name: $0, recordings: $1) }
    self.labels = recordings.labels.labels.map { Count(name: $0, recordings: labels[$0] ?? 0) }
    self.unlabeled = unlabeled
  }
}

/// What a block says to a configuration.
private struct ConfigurationCheck: Encodable {
  struct Request: Decodable {
    /// Studio's string map.
    var config: [String: String]
  }

  /// A `ConfigurationIssue`.
  struct Problem: Encodable {
    var severity: String
    /// A parameter's key, or what else is at fault.
    var parameter: String
    var rule: String
    var suggestion: String?
  }

  let success = true
  let problems: [Problem]
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
    guard let descriptor = BlockRegistry.block(type: block.type) else {
      throw Refusal("block \(block.id) (\(block.name)) is of type \(block.type), which this server does not have")
    }
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
    problems = issues.map {
      Problem(severity: $0.severity.rawValue, parameter: $0.parameter, rule: $0.rule, suggestion: $0.suggestion)
    }
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
