import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// Generated feature sets: arrays, labels, metadata, clear.
struct DSPDataRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "dsp-data/{dspId}/x/{category}") { call in
      let file = try call.flag("raw") ? "X_raw.npy" : "X.npy"
      return try await services.array(call, file)
    }
    routes.project(.get, "dsp-data/{dspId}/y/{category}") { call in try await services.array(call, "y.npy") }
    routes.project(.get, "dsp-data/{dspId}/artifact/{key}") { call in
      let block = try services.project.contents.impulse.block(try call.id("dspId"))
      let key = try call.text("key")
      guard let file = Self.artifacts[key] else {
        throw Refusal("No artifact \"\(key)\": there are \(Self.artifacts.keys.sorted().joined(separator: ", "))")
      }
      let path = services.store.file(block, .training, file)
      // A file, whatever is in it: clients take JSON for a refusal.
      return try await FileAnswer.response(
        path, within: services.store.path, type: Answer.arrayType, engine: services.engine)
    }
    routes.project(.get, "dsp/{dspId}/metadata") { call in
      let id = try call.id("dspId")
      let category = try call.query("category").map { _ in try call.queryCategory("category") } ?? .training
      let excludes = try call.flag("excludeIncludedSamples")
      return Answer.json(
        try await services.engine.run {
          var metadata = try services.metadata(block: id, category: category)
          if excludes { metadata.includedSamples = [] }
          return try Answer.encode(metadata)
        })
    }
    routes.project(.post, "dsp/{dspId}/clear") { call in
      let id = try call.id("dspId")
      // A read-only server keeps its sets in a folder of its own, which may be cleared like any other.
      let block = try services.project.contents.impulse.block(id)
      if services.jobs.isActive(key: JobKind.generateFeatures, block: id) {
        throw Refusal("A job is generating features for block \(id)")
      }
      _ = try await services.engine.run { services.store.clear(block) }
      services.results.clear(id)
      return try Answer.success()
    }
  }

  /// Files of a set by the keys of the artifact call.
  private static let artifacts = [
    "metadata.json": "metadata.json", "labels.json": "labels.json", "X.npy": "X.npy", "X_raw.npy": "X_raw.npy",
    "y.npy": "y.npy",
  ]
}

extension Call {
  /// A category of the query.
  func queryCategory(_ name: String) throws(Refusal) -> Datasets.Category {
    guard let text = query(name), let category = Datasets.Category(rawValue: text) else {
      throw Refusal("Unknown category \"\(query(name) ?? "")\"")
    }
    return category
  }
}

extension Services {
  /// An array of a block's set, as it is on disk.
  fileprivate func array(_ call: Call, _ file: String) async throws -> Response {
    let block = try project.contents.impulse.block(try call.id("dspId"))
    let category = try call.category("category")
    let (store, engine) = (store, engine)
    _ = try await engine.run { try GeneratedSet(store: store, block: block, category: category).windowCount }
    return try await FileAnswer.response(
      store.file(block, category, file), within: store.path, type: Answer.arrayType, engine: engine)
  }

  /// What the features of a block were made from; where there are none, what they would be made with.
  func metadata(block id: Int, category: Datasets.Category) throws -> Studio.DSPMetadataResponse {
    let contents = project.contents
    let block = try contents.impulse.block(id)
    if let stored = store.metadata(block, category) {
      var fields = stored.fields
      fields["success"] = .bool(true)
      fields["outputConfig"] = Self.wholeShape(fields["outputConfig"] ?? .null)
      let data = try Answer.encode(JSONValue.object(fields))
      return try JSONDecoder().decode(Studio.DSPMetadataResponse.self, from: data)
    }
    let prepared = try contents.impulse.prepared.block(id)
    let window = block.input.window
    var shape: [String: JSONValue] = [:]
    for (name, value) in prepared.plan.outputConfiguration.shape { shape[name] = .number(value) }
    let output = Self.wholeShape(
      .object(["type": .string(prepared.plan.outputConfiguration.type), "shape": .object(shape)]))
    return Studio.DSPMetadataResponse(
      created: Timestamp(project.started), generated: false, dspConfig: prepared.studioConfiguration,
      labels: contents.recordings.labels.labels,
      featureLabels: prepared.plan.featureLabels.isEmpty ? nil : prepared.plan.featureLabels, windowCount: 0,
      featureCount: prepared.plan.featureCount, includedSamples: [], windowSizeMs: window.sizeMs,
      windowIncreaseMs: window.increaseMs, padZeros: window.padsZeros, frequency: block.input.frequency,
      outputConfig: try JSONDecoder().decode(Studio.DSPMetadataOutputConfig.self, from: Answer.encode(output)),
      fftUsed: prepared.plan.fftUsed)
  }

  /// Strict clients take whole numbers alone, and a spectrogram's width may be a quotient.
  private static func wholeShape(_ output: JSONValue) -> JSONValue {
    var fields = output.fields
    fields["shape"] = .object(
      (fields["shape"]?.fields ?? [:]).mapValues { value in
        if case .number(let number) = value, let whole = Int(exactly: number.rounded(.down)) {
          .integer(whole)
        } else {
          value
        }
      })
    return .object(fields)
  }
}
