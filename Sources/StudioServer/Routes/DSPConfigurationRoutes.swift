import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// A block's configuration: get and set.
struct DSPConfigurationRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "dsp/{dspId}") { call in
      let id = try call.id("dspId")
      return Answer.json(try await services.engine.run { try Answer.encode(try services.configuration(of: id)) })
    }
    routes.project(.post, "dsp/{dspId}") { call in
      let id = try call.id("dspId")
      let request = try await call.json(ParameterRequest.self)
      try await services.project.setConfiguration(of: id, try request.values("config"))
      return try Answer.success()
    }
    routes.project(.get, "dsp/{dspId}/features/labels") { call in
      let id = try call.id("dspId")
      return Answer.json(
        try await services.engine.run {
          let settings = services.project.contents.impulse
          _ = try settings.block(id)
          let block = try settings.prepared.block(id)
          return try Answer.encode(Studio.DSPFeatureLabelsResponse(labels: block.allFeatureLabels))
        })
    }
  }
}

/// A body with parameters under some key. Texts are what Studio's clients send; numbers and switches do as well.
struct ParameterRequest: Decodable {
  private let body: JSONValue

  init(from decoder: any Decoder) throws { body = try JSONValue(from: decoder) }

  /// More than any block has: each that is unknown is compared with all that are known.
  private static let mostParameters = 500

  /// The parameters under a key.
  ///
  /// - Throws: `Refusal` where there are none, or too many.
  func values(_ key: String) throws(Refusal) -> [String: ParameterValue] {
    guard case .object(let fields)? = body[key] else { throw Refusal("\(key) must be an object of parameters") }
    if fields.count > Self.mostParameters {
      throw Refusal("\(key) has \(fields.count) parameters, and \(Self.mostParameters) are the most")
    }
    var values: [String: ParameterValue] = [:]
    for (name, value) in fields { values[name] = try ParameterValue(value) }
    return values
  }

  /// A switch of the body. Default: false.
  func flag(_ key: String) throws(Refusal) -> Bool {
    switch body[key] {
    case nil, .null: return false
    case .bool(let value): return value
    default: throw Refusal("\(key) must be true or false")
    }
  }

  /// The numbers under a key.
  func numbers(_ key: String) throws(Refusal) -> [Double] {
    guard case .array(let values)? = body[key] else { throw Refusal("\(key) must be a list of numbers") }
    var numbers: [Double] = []
    numbers.reserveCapacity(values.count)
    for value in values {
      switch value {
      case .integer(let number): numbers.append(Double(number))
      case .number(let number): numbers.append(number)
      default: throw Refusal("\(key) must be a list of numbers")
      }
    }
    return numbers
  }
}

extension Services {
  /// Studio's configuration answer for a block.
  func configuration(of id: Int) throws -> Studio.DSPConfigResponse {
    let contents = project.contents
    let block = try contents.impulse.block(id)
    let descriptor = try BlockRegistry.required(block)
    let groups = try Answer.encode(descriptor.studioGroups(block.parameters, version: block.implementationVersion))
    var response = Studio.DSPConfigResponse(
      dsp: try information(block, descriptor, contents),
      config: try JSONDecoder().decode([Studio.DSPGroup].self, from: groups))
    do { _ = try contents.impulse.prepared.generator(id) } catch { response.configError = "\(error)" }
    return response
  }

  private func information(
    _ block: ImpulseBlock, _ descriptor: BlockDescriptor, _ contents: ProjectContents
  ) throws -> Studio.DSPInfo {
    let labels = contents.recordings.labels.labels
    let metadata = store.metadata(block, .training)
    let hasImportance = results.importance(block.id, importanceBasis(block.id, contents)) != nil
    let hasSuggestions = results.suggestions(block.id, tuningBasis(block, contents)) != nil
    var count: Int?
    if case .integer(let windows)? = metadata?["windowCount"] { count = windows }
    let generator = try? contents.impulse.prepared.generator(block.id)
    let estimate = generator?.blocks.first.flatMap { DeviceEstimates($0.plan).performance.first }
    let tuned = Autotuner.minimumVersion(descriptor)
    return Studio.DSPInfo(
      id: block.id, name: block.name, windowLength: block.input.window.sizeMs, type: block.type, classes: labels,
      features: Studio.DSPInfoFeatures(
        generated: metadata != nil, count: count, labels: generator?.blocks.first?.allFeatureLabels, classes: labels),
      expectedWindowCount: generator.map { expectedWindows($0, contents) } ?? 0, inputAxes: block.axes,
      performance: estimate.map { Studio.DSPPerformance(latency: $0.latency, ram: $0.ram) },
      canCalculateFeatureImportance: descriptor.presentation.hasFeatureImportance,
      calculateFeatureImportance: hasImportance, canNormalizeData: false, normalizeData: .none,
      hasAutoTune: tuned != nil, minimumVersionForAutotune: tuned.map(Double.init),
      hasAutotunerResults: hasSuggestions, usesState: false)
  }

  /// Windows that generation would make of the training recordings.
  ///
  /// - Complexity: O(recordings) once after each change, and once each has been read.
  func expectedWindows(_ generator: FeatureGenerator, _ contents: ProjectContents) -> Int {
    let key = Self.forecast(generator, contents)
    if let known = engine.forecasts.value(key) { return known }
    let count = contents.recordings.entries(of: .training).reduce(0) { sum, entry in
      guard case .sound(let facts) = engine.shelf.finding(entry) else { return sum }
      return sum + generator.windowCount(of: entry, facts)
    }
    engine.forecasts.insert(count, for: key, bytes: 128)
    return count
  }

  /// Windows of all training recordings; nil as long as some have not been read.
  func knownWindows(_ generator: FeatureGenerator, _ contents: ProjectContents) -> Int? {
    if let known = engine.forecasts.value(Self.forecast(generator, contents)) { return known }
    let isKnown = contents.recordings.entries(of: .training).allSatisfy { engine.shelf.known($0) != nil }
    return isKnown ? expectedWindows(generator, contents) : nil
  }

  /// What a forecast is remembered by.
  private static func forecast(_ generator: FeatureGenerator, _ contents: ProjectContents) -> String {
    generator.blocks.first.map { "\($0.configurationHash) \(contents.recordings.revision)" } ?? ""
  }
}

extension PreparedBlock {
  /// One name a feature.
  var allFeatureLabels: [String] {
    FeatureNames.columns(
      plan.featureLabels, axes: block.axes, count: plan.featureCount, isRaw: block.type == "raw")
  }
}
