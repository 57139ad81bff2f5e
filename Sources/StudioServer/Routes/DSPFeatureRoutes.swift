import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import NumPyFiles
import ProcessingBlocks
import StudioAPI

/// Features: of one recording, and of a sample of all that have been generated.
struct DSPFeatureRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "dsp/{dspId}/features/get-graph/classification/{sampleId}") { call in
      let (id, sample) = (try call.id("dspId"), try call.id("sampleId"))
      return Answer.json(
        try await services.engine.run { try Answer.encode(try services.features(block: id, sample: sample)) })
    }
    routes.project(.get, "dsp/{dspId}/features/get-graph/{category}") { call in
      let id = try call.id("dspId")
      let category = try call.category("category")
      let axes = try ["featureAx1", "featureAx2", "featureAx3"].map { name in
        guard let axis = try call.integer(name) else { throw Refusal("\(name) is missing") }
        return axis
      }
      return Answer.json(
        try await services.engine.run {
          try Answer.encode(try services.exploredFeatures(block: id, category: category, axes: axes))
        })
    }
  }
}

extension Call {
  /// A category of the path.
  func category(_ name: String) throws(Refusal) -> Datasets.Category {
    let text = try text(name)
    guard let category = Datasets.Category(rawValue: text), category != .split else {
      throw Refusal("Unknown category \"\(text)\"")
    }
    return category
  }
}

extension Services {
  /// Features of all windows of a recording, computed here and now.
  func features(block id: Int, sample: Int) throws -> Studio.DSPSampleFeaturesResponse {
    let contents = project.contents
    _ = try contents.impulse.block(id)
    let entry = try contents.recordings.entry(sample)
    let generator = try contents.impulse.prepared.generator(id)
    let count = generator.windowCount(of: entry, try engine.shelf.facts(entry))
    let (numbers, overflow) = count.multipliedReportingOverflow(by: generator.blocks.first?.plan.featureCount ?? 0)
    if overflow || numbers > Self.mostNumbers {
      throw Refusal(
        "\(count) windows of recording \(sample) have \(numbers) features together, and \(Self.mostNumbers) are the most "
          + "of an answer: ask for slices, or generate features and download X")
    }
    let windows = try engine.features.windows(entry, generator: generator)
    return Studio.DSPSampleFeaturesResponse(
      totalSampleCount: knownWindows(generator, contents) ?? windows.count,
      data: windows.map { window in
        Studio.DSPSampleFeaturesResponseData(
          x: window.features.map(Double.init), y: Int(contents.recordings.labels.index(of: window.label)),
          yLabel: window.label ?? "",
          sample: Studio.DSPSampleFeaturesResponseSample(
            id: entry.sampleID, name: entry.name, startMs: Double(window.startMs), endMs: Double(window.endMs)))
      }, skipFirstFeatures: 0)
  }

  /// Numbers that an answer holds at the most: some 80 MB of JSON, and several times that while it is made.
  private static let mostNumbers = 4_000_000

  /// Windows that the feature explorer gets at the most.
  private static let mostExplored = 5000

  /// Three features of generated windows, evenly spread where there are many.
  ///
  /// - Complexity: O(windows in the answer): only their rows are read.
  func exploredFeatures(
    block id: Int, category: Datasets.Category, axes: [Int]
  ) throws -> Studio.DSPTrainedFeaturesResponse {
    let contents = project.contents
    let block = try contents.impulse.block(id)
    let set = try GeneratedSet(store: store, block: block, category: category)
    for axis in axes where !(0..<set.featureCount).contains(axis) {
      throw Refusal("feature \(axis): the block has \(set.featureCount) features, from 0")
    }
    let count = min(set.windowCount, Self.mostExplored)
    let rows = (0..<count).map { $0 * set.windowCount / count }
    let (x, y) = (try set.open("X.npy"), try set.open("y.npy"))
    var names: [Int: String] = [:]
    var data: [Studio.DSPTrainedFeaturesResponseData] = []
    data.reserveCapacity(count)
    for row in rows {
      let features = try x.floats(row: row)
      let label = try y.integers(row: row)
      guard features.count == set.featureCount, label.count >= 4 else {
        throw Refusal("the features of block \(id) have changed while they were read")
      }
      let sample = Int(label[1])
      if names[sample] == nil { names[sample] = (try? contents.recordings.entry(sample))?.name ?? "" }
      let number = Int(label[0])
      data.append(
        Studio.DSPTrainedFeaturesResponseData(
          x: Dictionary(axes.map { ("\($0)", Double(features[$0])) }, uniquingKeysWith: { first, _ in first }),
          y: number, yLabel: set.labels.indices.contains(number - 1) ? set.labels[number - 1] : "",
          sample: Studio.DSPTrainedFeaturesResponseSample(
            id: Double(sample), name: names[sample] ?? "", startMs: Double(label[2]), endMs: Double(label[3]))))
    }
    return Studio.DSPTrainedFeaturesResponse(totalSampleCount: set.windowCount, data: data, skipFirstFeatures: 0)
  }
}
