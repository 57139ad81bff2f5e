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
      return Answer.json(
        try await services.engine.run {
          let contents = services.project.contents
          let block = try contents.impulse.block(id)
          let suggestions = services.results.suggestions(id, services.tuningBasis(block, contents))
          return try Answer.encode(Studio.DSPAutotunerResults(results: suggestions ?? []))
        })
    }
    routes.project(.post, "jobs/autotune-dsp") { call in
      let request = try await call.json(Studio.AutotuneDSPRequest.self)
      return try Answer.json(Studio.StartJobResponse(id: try services.startAutotuning(block: request.dspId)))
    }
    routes.project(.post, "dsp/{dspId}/profile") { call in
      let id = try call.id("dspId")
      let parameters = try await call.json(ParameterRequest.self).values("params")
      let job = try await services.engine.run { try services.startProfiling(block: id, parameters) }
      return try Answer.json(Studio.StartJobResponse(id: job))
    }
    routes.project(.get, "jobs/profile-tflite/{jobId}/result") { call in
      let id = try call.id("jobId")
      let job = try services.jobs.job(id)
      guard let result = services.results.profile(job: id) else {
        throw Refusal(
          job.finished == nil ? "Job \(id) has not ended yet" : "Job \(id) has measured nothing")
      }
      return try Answer.json(result)
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
    // What was found about other features, parameters or recordings tells nothing about these.
    guard let importance = results.importance(id, importanceBasis(id, contents)) else {
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
      ram: profile.memory.measuredPeak)
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

  /// Starts a job that finds parameters that suit the training recordings.
  func startAutotuning(block id: Int) throws -> Int {
    let block = try project.contents.impulse.block(id)
    // What has no autotuner is refused at once.
    _ = try Autotuner(
      block: try BlockRegistry.required(block), version: block.implementationVersion, input: block.signalShape)
    let (services, project, engine, results) = (self, project, engine, results)
    return try jobs.start(
      category: "Autotuning \(block.name)", key: JobKind.autotune, metadata: ["dspId": .integer(id)]
    ) { job in
      let contents = project.contents
      let block = try contents.impulse.block(id)
      let basis = services.tuningBasis(block, contents)
      let tuner = try Autotuner(
        block: try BlockRegistry.required(block), version: block.implementationVersion, input: block.signalShape)
      let generator = try contents.impulse.prepared.generator(id)
      let entries = contents.recordings.entries(of: .training)
      job.log("Looking at \(entries.count) recordings...")
      let recordings = Autotuner.Recordings(
        labels: entries.map { entry in
          if case .single(let label) = entry.label { label } else { nil }
        }
      ) { index, count in
        let rows = try RecordingRows(entries[index], generator: generator, shelf: engine.shelf)
        return try rows.values(0..<min(rows.count, count))
      }
      let suggestions = try tuner.suggestions(for: recordings) { job.isCancelled }
      if job.isCancelled { throw CancellationError() }
      for suggestion in suggestions { job.log("\(suggestion.key) = \(suggestion.value)") }
      results.set(
        suggestions.map { Studio.DSPAutotunerResultsResults(key: $0.key, value: $0.value) }, block: id, basis)
    }
  }

  /// Starts a job that measures a block on this machine.
  ///
  /// - Parameter parameters: stand above those of the impulse.
  func startProfiling(block id: Int, _ parameters: [String: ParameterValue]) throws -> Int {
    let settings = try project.contents.impulse.changed(block: id, parameters)
    let block = try settings.block(id)
    let services = self
    return try jobs.start(
      category: "Profiling \(block.name)", key: JobKind.profile, metadata: ["dspId": .integer(id)]
    ) { job in
      let profile = try services.profile(of: id, in: settings)
      let milliseconds = profile.singleWindow.median / 1000
      job.log("\(milliseconds) ms a window on this machine, \(profile.memory.measuredPeak) bytes of memory for a batch")
      services.results.set(
        Studio.ProfileTfLiteResponse(
          variant: .float32, device: "This machine, measured", tfliteFileSizeBytes: 0, isSupportedOnMcu: true,
          memory: nil, timePerInferenceMs: Int(milliseconds.rounded(.up)),
          customMetrics: profile.devices.performance.map {
            Studio.KerasCustomMetric(
              name: "\($0.mcu), estimated", value: "\($0.latency) ms, \($0.ram) bytes of RAM")
          }, hasPerformance: true), job: job.id)
    }
  }
}
