import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// What a block costs, which of its features matter, which parameters suit.
struct DSPAnalysisRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "dsp/{dspId}/features/importance") { call in
      let id = try call.id("dspId")
      return Answer.json(try await services.engine.run { try Answer.encode(try services.importance(of: id)) })
    }
    routes.project(.get, "dsp/{dspId}/get-autotuner-results") { call in
      let id = try call.id("dspId")
      _ = try services.project.contents.impulse.block(id)
      return try Answer.json(Studio.DSPAutotunerResults(results: services.results.suggestions(id) ?? []))
    }
    routes.project(.get, "dsp/{dspId}/performance") { call in
      let id = try call.id("dspId")
      return Answer.json(try await services.engine.run { try Answer.encode(try services.performance(of: id)) })
    }
  }
}

extension Services {
  /// Which features of a block matter, once a generation job was asked to find out.
  fileprivate func importance(of id: Int) throws -> Studio.DSPFeatureImportanceResponse {
    let contents = project.contents
    _ = try contents.impulse.block(id)
    guard let importance = results.importance(id) else {
      return Studio.DSPFeatureImportanceResponse(hasFeatureImportance: false, labels: [:])
    }
    let names = try contents.impulse.prepared.block(id).allFeatureLabels
    return Studio.DSPFeatureImportanceResponse(
      hasFeatureImportance: true,
      labels: importance.byLabel.mapValues { shares in
        Studio.DSPFeatureImportanceResponseLabels(
          features: zip(names, shares).map {
            Studio.DSPFeatureImportanceResponseFeatures(axis: $0, importance: $1)
          })
      })
  }

  /// A measurement on this machine and estimates for devices.
  fileprivate func performance(of id: Int) throws -> Studio.DSPPerformanceAllVariantsResponse {
    let contents = project.contents
    _ = try contents.impulse.block(id)
    let profile = try profile(of: id, in: contents.impulse)
    typealias Variant = Studio.DSPPerformanceAllVariantsResponsePerformance
    let here = Variant(
      mcu: "This machine, measured", latency: Int((profile.singleWindow.median / 1000).rounded(.up)),
      ram: profile.memory.scratchPerThread)
    return Studio.DSPPerformanceAllVariantsResponse(
      performance: [here] + profile.devices.performance.map { Variant(mcu: $0.mcu, latency: $0.latency, ram: $0.ram) })
  }

  /// What a block's windows take here. Measured once for each configuration.
  func profile(of id: Int, in settings: ImpulseSettings) throws -> BlockProfile {
    let hash = try settings.prepared.block(id).configurationHash
    if let known = engine.profiles.value(hash) { return known }
    var options = BlockProfiler.Options()
    options.blockIDs = [id]
    options.threads = 1
    options.seconds = 0.3
    let report = try BlockProfiler(settings.impulse, impulseFile: settings.file, options: options).run()
    guard let profile = report.blocks.first else { throw Refusal("No DSP block found with ID \(id)") }
    engine.profiles.insert(profile, for: hash, bytes: 4096)
    return profile
  }

  /// First version of a kind of block with an autotuner; nil where there is none.
  static func minimumVersionForAutotune(_ block: BlockDescriptor) -> Int? { nil }
}
