import Foundation
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import StudioAPI
import UnixSignals

/// A router on a port, with everything that stands between the network and the handlers: limits, times, keys.
struct HTTPService: Sendable {
  /// Address to listen at.
  var host: String
  /// Port to listen at; 0 for any that is free.
  var port: Int
  /// Nil asks for no key.
  var apiKey: Secret?
  var limits = StudioServer.Limits()
  /// Whether SIGTERM, SIGINT and SIGHUP end the service.
  var handlesSignals = true

  /// A router without routes, for anybody who can connect.
  func makeOpenRouter() -> Router<StudioContext> {
    let router = Router(context: StudioContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: ErrorAnswers())
    router.add(middleware: RequestGate(limits: limits))
    router.add(middleware: BodyWatch())
    return router
  }

  /// A router without routes. Those that are added later stand behind all checks.
  ///
  /// - Parameter open: paths that need no key.
  func makeRouter(open: OpenPaths) -> Router<StudioContext> {
    let router = makeOpenRouter()
    router.add(middleware: OriginCheck(host: host, hasKey: apiKey != nil))
    router.add(middleware: Authorization(key: apiKey, open: open))
    return router
  }

  /// Serves until a signal comes or the task is cancelled; requests under way are finished.
  ///
  /// - Parameters:
  ///   - stopping: called when no more requests are taken: long work had better end.
  ///   - onStart: gets the port.
  /// - Throws: `ServerError` where the address cannot be listened at.
  func run(
    _ router: Router<StudioContext>, stopping: @escaping @Sendable () -> Void = {},
    onStart: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws {
    let application = makeApplication(router, onStart: onStart)
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: application), .init(service: StopNotice(body: stopping))],
      gracefulShutdownSignals: handlesSignals ? EndingSignals.all : [], logger: application.logger)
    // Longer than the limits let a request rest; a client that trickles on is not waited for.
    configuration.maximumGracefulShutdownDuration = .seconds(60)
    let group = ServiceGroup(configuration: configuration)
    // A task of its own: cancelling this one is to stop the server gently, not to break its connections.
    let running = Task { try await group.run() }
    do {
      try await withTaskCancellationHandler {
        try await running.value
      } onCancel: {
        Task { await group.triggerGracefulShutdown() }
      }
    } catch let error as IOError {
      throw ServerError(
        "cannot listen at \(host):\(port): \(String(cString: strerror(error.errnoCode)))", kind: .address)
    } catch is SocketAddressError.UnknownHost {
      throw ServerError("cannot listen at \(host): no address of this name", kind: .address)
    } catch let error as SocketAddressError {
      throw ServerError("cannot listen at \(host): \(error)", kind: .address)
    }
  }

  private func makeApplication(
    _ router: Router<StudioContext>, onStart: @escaping @Sendable (Int) async -> Void
  ) -> Application<RouterResponder<StudioContext>> {
    // Errors are answers; there is nobody to read a log.
    var logger = Logger(label: "edgedsp") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let limits = limits
    return Application(
      router: router, server: HTTPServerBuilder { HTTPConnection(responder: $0, limits: limits) },
      configuration: .init(address: .hostname(host, port: port), serverName: "EdgeDSP", backlog: 1024),
      onServerRunning: { channel in await onStart(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}

/// Signals that end the service once its requests are done.
private enum EndingSignals {
  /// A hang-up of the terminal is one, unless the process was started to outlive it, as `nohup` does.
  static var all: [UnixSignal] {
    var action = sigaction()
    let isKnown = sigaction(SIGHUP, nil, &action) == 0
    let ignored = unsafeBitCast(SIG_IGN, to: Int.self)
    let isIgnored = isKnown && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == ignored
    return isIgnored ? [.sigterm, .sigint] : [.sigterm, .sigint, .sighup]
  }
}

/// Tells that the server is about to stop.
private struct StopNotice: Service {
  let body: @Sendable () -> Void

  func run() async throws {
    try? await gracefulShutdown()
    body()
  }
}
