/// A local Studio: Studio's REST paths, answered from a dataset folder and an impulse file by this engine.
///
/// ```swift
/// let server = try await StudioServer(
///   configuration: .init(dataset: "gestures", impulseFile: "impulse.json"))
/// try await server.run()
/// ```
///
/// It speaks plain HTTP; a reverse proxy in front of it adds TLS.
public struct StudioServer: Sendable {
  private let configuration: Configuration
  private let services: Services

  /// Reads the dataset and the impulse.
  ///
  /// - Throws: `DatasetErrors`, `ImpulseError`, or `ServerError` for settings that are not safe.
  public init(configuration: Configuration) async throws {
    try configuration.check()
    self.configuration = configuration
    let project = try LocalProject(configuration: configuration)
    let engine = Engine(threads: configuration.threads)
    services = Services(
      project: project, engine: engine, jobs: JobList(engine: engine), store: FeatureStore(project: project),
      results: AnalysisResults())
  }

  /// Serves until the process gets SIGTERM, SIGINT or SIGHUP, or the task is cancelled; requests under way are finished.
  ///
  /// - Parameter onStart: gets the port, which the system chooses where the configuration says 0.
  /// - Throws: `ServerError` where the address cannot be listened at.
  public func run(onStart: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
    let service = HTTPService(
      host: configuration.host, port: configuration.port, apiKey: configuration.apiKey,
      limits: configuration.limits, handlesSignals: configuration.handlesSignals)
    let open = OpenPaths()
    let router = service.makeRouter(open: open)
    let routes = Routes(
      router: router, project: services.project, engine: services.engine, limits: configuration.limits, paths: open)
    for topic in Self.topics(services, configuration) { topic.add(to: routes) }
    defer {
      services.engine.stop()
      services.project.stop()
      services.store.discard()
    }
    services.engine.look(at: services.project.contents.recordings.entries)
    try await service.run(router, stopping: services.jobs.stop, onStart: onStart)
  }
}
