import Hummingbird

/// What the page needs and Studio's paths do not give: counts for its filters, all that is wrong with a configuration
/// while it is typed, and long recordings in few numbers.
///
/// These paths are the page's own. They stand below `edgedsp`, where Studio has nothing.
struct PageDataRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let (services, project, engine) = (services, services.project, services.engine)
    routes.project(.get, "edgedsp/overview") { _ in
      Answer.json(try await engine.run { try Answer.encode(ProjectOverview(project)) })
    }
    routes.project(.post, "edgedsp/dsp/{dspId}/check") { call in
      let block = try project.contents.impulse.block(try call.id("dspId"))
      let request = try await call.json(ConfigurationCheck.Request.self)
      return Answer.json(
        try await engine.run { try Answer.encode(try ConfigurationCheck(block, config: request.config)) })
    }
    routes.project(.post, "edgedsp/dsp/{dspId}/raw-data/{sampleId}/check") { call in
      let (id, recording) = (try call.id("dspId"), try call.id("sampleId"))
      let start = try call.slice().start
      let config = try await call.json(ConfigurationCheck.Request.self).config
      return Answer.json(
        try await engine.run {
          try Answer.encode(try WindowCheck(services, block: id, recording: recording, start: start, config: config))
        })
    }
    routes.project(.get, "edgedsp/dsp/{dspId}/raw-data/{sampleId}/envelope") { call in
      let (id, recording) = (try call.id("dspId"), try call.id("sampleId"))
      let parts = try call.integer("parts") ?? 2000
      return Answer.json(
        try await engine.run {
          try Answer.encode(try SignalEnvelope(services, block: id, recording: recording, parts: parts))
        })
    }
  }
}
