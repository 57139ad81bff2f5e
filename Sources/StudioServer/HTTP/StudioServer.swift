import Foundation
import Hummingbird
import Logging
import NIOCore
import OutputFiles
import ServiceLifecycle

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
  private let project: LocalProject
  private let engine: Engine

  /// Reads the dataset and the impulse.
  ///
  /// - Throws: `DatasetErrors`, `ImpulseError`, or `ServerError` for settings that are not safe.
  public init(configuration: Configuration) async throws {
    try configuration.check()
    self.configuration = configuration
    engine = Engine(threads: configuration.threads)
    project = try await LocalProject(configuration: configuration)
  }

  /// Serves until the process gets SIGTERM or SIGINT, or the task is cancelled; requests under way are finished.
  ///
  /// - Parameter onStart: gets the port, which the system chooses where the configuration says 0.
  /// - Throws: what the system says where the address cannot be had.
  public func run(onStart: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
    let application = makeApplication(onStart: onStart)
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: application)],
        gracefulShutdownSignals: configuration.handlesSignals ? [.sigterm, .sigint] : [], logger: application.logger))
    defer { engine.stop() }
    do {
      try await withTaskCancellationHandler {
        try await group.run()
      } onCancel: {
        Task { await group.triggerGracefulShutdown() }
      }
    } catch let error as IOError {
      throw ServerError(
        "cannot listen at \(configuration.host):\(configuration.port): \(String(cString: strerror(error.errnoCode)))",
        kind: .address)
    } catch let error as SocketAddressError {
      throw ServerError("cannot listen at \(configuration.host): \(error)", kind: .address)
    }
  }

  private func makeApplication(
    onStart: @escaping @Sendable (Int) async -> Void
  ) -> Application<RouterResponder<StudioContext>> {
    let router = Router(context: StudioContext.self)
    let limits = configuration.limits
    let gate = RequestGate(most: limits.concurrentRequests)
    let paths = OpenPaths()
    router.add(middleware: ErrorAnswers())
    router.add(middleware: gate)
    router.add(middleware: OriginCheck(configuration))
    router.add(middleware: Authorization(key: configuration.apiKey, open: paths))
    let routes = Routes(router: router, project: project, limits: limits, paths: paths)
    for topic in Self.topics(project, engine, configuration) { topic.add(to: routes) }
    var logger = Logger(label: "edgedsp") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    return Application(
      router: router,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [],
          idleTimeout: .nanoseconds(Int64(limits.idleSeconds * 1e9)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes, maxHeaderFieldCount: 100))),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), serverName: "EdgeDSP", backlog: 1024),
      onServerRunning: { channel in await onStart(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}
