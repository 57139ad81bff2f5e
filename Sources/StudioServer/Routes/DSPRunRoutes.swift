import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import ProcessingBlocks
import StudioAPI

/// What a block sees of a recording, and runs of the block.
struct DSPRunRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "dsp/{dspId}/raw-data/{sampleId}") { call in
      let (id, sample) = (try call.id("dspId"), try call.id("sampleId"))
      let limit = try call.count("limitPayloadValues")
      return Answer.json(
        try await services.engine.run {
          let slice = try RecordingSlice(services, block: id, sample: sample, start: nil, end: nil, limit: limit)
          return try Answer.encode(try slice.response())
        })
    }
    routes.project(.get, "dsp/{dspId}/raw-data/{sampleId}/slice") { call in
      let (id, sample) = (try call.id("dspId"), try call.id("sampleId"))
      let (start, end) = try call.slice()
      return Answer.json(
        try await services.engine.run {
          let slice = try RecordingSlice(services, block: id, sample: sample, start: start, end: end)
          return try Answer.encode(try slice.response())
        })
    }
    routes.project(.post, "dsp/{dspId}/run") { call in
      let id = try call.id("dspId")
      let request = try await call.json(ParameterRequest.self)
      return Answer.json(try await services.engine.run { try Answer.encode(try services.run(id, request)) })
    }
    routes.project(.post, "dsp/{dspId}/raw-data/{sampleId}/slice/run") { call in
      let (id, sample) = (try call.id("dspId"), try call.id("sampleId"))
      let (start, end) = try call.slice()
      let request = try await call.json(ParameterRequest.self)
      let parameters = try request.values("params")
      let answer = try await services.engine.run {
        let slice = try RecordingSlice(services, block: id, sample: sample, start: start, end: end)
        return try Answer.encode(try slice.run(parameters))
      }
      // Only parameters that have just worked are stored.
      if try request.flag("store") { try await services.project.setConfiguration(of: id, parameters) }
      return Answer.json(answer)
    }
    routes.project(.get, "dsp/{dspId}/raw-data/{sampleId}/slice/run/readonly") { call in
      let (id, sample) = (try call.id("dspId"), try call.id("sampleId"))
      let (start, end) = try call.slice()
      return Answer.json(
        try await services.engine.run {
          let slice = try RecordingSlice(services, block: id, sample: sample, start: start, end: end)
          return try Answer.encode(try slice.run([:]))
        })
    }
  }
}

extension Call {
  /// First row of a slice, and the row after its last; nil for one window.
  func slice() throws(Refusal) -> (start: Int, end: Int?) {
    guard let start = try integer("sliceStart") else { throw Refusal("sliceStart is missing") }
    return (start, try integer("sliceEnd"))
  }
}

extension Services {
  /// Runs a block on values that came with the request.
  func run(_ id: Int, _ request: ParameterRequest) throws -> Studio.DSPRunResponse {
    let block = try project.contents.impulse.block(id)
    let descriptor = try BlockRegistry.required(block)
    let window = try SingleWindow(
      try request.numbers("features"), axes: block.axes, frequency: block.signalShape.frequency, for: descriptor)
    let run = try WindowRun(block, parameters: try request.values("params"), shape: window.shape)
    let result = try run.run(window.values, drawsGraphs: try request.flag("drawGraphs"))
    return Studio.DSPRunResponse(
      features: result.features, graphs: result.graphs, labels: run.labels,
      performance: try request.flag("requestPerformance") ? run.performance : nil)
  }
}
