import FeatureGeneration
import Foundation
import ProcessingBlocks
import StudioAPI

/// A block on a single window of any length.
struct WindowRun: Sendable {
  let plan: any BlockPlan

  /// Plans a block for windows of one shape.
  ///
  /// - Parameters:
  ///   - block: of the impulse.
  ///   - parameters: stand above those of the impulse.
  ///   - shape: what the window is.
  /// - Throws: `ConfigurationError` with everything that is wrong.
  init(_ block: ImpulseBlock, parameters: [String: ParameterValue], shape: SignalShape) throws {
    let descriptor = try BlockRegistry.required(block)
    let merged = descriptor.merged(parameters, over: block.parameters)
    plan = try descriptor.makePlan(merged, version: block.implementationVersion, input: shape)
  }

  /// Features of a window, and graphs where they are asked for.
  ///
  /// - Throws: `ConfigurationError` for a window that the block has no features for.
  func run(_ window: [Double], drawsGraphs: Bool) throws -> (features: [Double], graphs: [Studio.DSPRunGraph]) {
    if let refusal = plan.refusal(ofWindow: window) { throw ConfigurationError([refusal]) }
    let features = plan.features(ofWindow: window).map(Double.init)
    return (features, drawsGraphs ? plan.graphs(ofWindow: window).map(Studio.DSPRunGraph.init) : [])
  }

  /// Names of the features; nil where the block has none.
  var labels: [String]? { plan.featureLabels.isEmpty ? nil : plan.featureLabels }

  /// An estimate for a device as Studio shows it.
  var performance: Studio.DSPPerformance? {
    DeviceEstimates(plan).performance.first.map { Studio.DSPPerformance(latency: $0.latency, ram: $0.ram) }
  }
}

extension BlockRegistry {
  /// The kind of an impulse's block.
  static func required(_ block: ImpulseBlock) throws(Refusal) -> BlockDescriptor {
    guard let descriptor = Self.block(type: block.type) else {
      throw Refusal("block \(block.id) (\(block.name)) is of type \(block.type), which this server does not have")
    }
    return descriptor
  }
}

extension BlockDescriptor {
  /// Some parameters in place of others of the same name; `-` and `_` are the same.
  func merged(
    _ parameters: [String: ParameterValue], over old: [String: ParameterValue]
  ) -> [String: ParameterValue] {
    func plain(_ key: String) -> String { String(key.map { $0 == "_" ? "-" : $0 }) }
    let own = Dictionary(
      groups.flatMap(\.parameters).map { (plain($0.key), $0.key) }, uniquingKeysWith: { first, _ in first })
    func spelled(_ values: [String: ParameterValue]) -> [String: ParameterValue] {
      Dictionary(values.map { (own[plain($0.key)] ?? $0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
    return spelled(old).merging(spelled(parameters)) { $1 }
  }
}

extension BlockDescriptor {
  /// Values that are empty although the form must not leave them so: kept, they would mean the default one day and
  /// something else the next.
  func emptyValues(_ parameters: [String: ParameterValue]) -> [ConfigurationIssue] {
    let given = merged(parameters, over: [:])
    return groups.flatMap(\.parameters).compactMap { parameter in
      if case .text = parameter.kind { return nil }
      if parameter.traits.contains(.optional) { return nil }
      guard let value = given[parameter.key], value.studioText.allSatisfy(\.isWhitespace) else {
        return nil
      }
      return ConfigurationIssue(
        parameter.key, value: value.studioText, rule: "must not be empty: \(parameter.validValues)",
        suggestion: "use \(parameter.defaultValue.studioText)")
    }
  }
}

extension Studio.DSPRunGraph {
  /// A block's graph; pictures in base 64.
  init(_ graph: BlockGraph) {
    switch graph.content {
    case .lines(let lines):
      self.init(
        name: graph.name,
        x: Dictionary(lines.lines.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first }),
        y: lines.abscissa, suggestedXMin: lines.suggestedHorizontal.minimum,
        suggestedXMax: lines.suggestedHorizontal.maximum, suggestedYMin: lines.suggestedVertical.minimum,
        suggestedYMax: lines.suggestedVertical.maximum, type: graph.type, lineWidth: lines.lineWidth,
        smoothing: lines.smoothing,
        axisLabels: Studio.DSPRunGraphAxisLabels(x: lines.titles.horizontal, y: lines.titles.vertical))
    case .picture(let picture):
      self.init(
        name: graph.name, image: Data(picture.bytes).base64EncodedString(), imageMimeType: picture.type.rawValue,
        type: graph.type)
    }
  }
}

extension ParameterValue {
  /// A value of a request: Studio's clients send text, others what they mean.
  init(_ value: JSONValue) throws(Refusal) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .text(value)
    case .array, .object: throw Refusal("values of parameters must be texts, numbers or switches")
    }
  }
}
