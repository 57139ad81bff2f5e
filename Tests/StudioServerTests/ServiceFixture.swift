import Foundation
import Hummingbird

@testable import StudioServer

/// The HTTP service alone on a free port, with routes of a test's own.
enum ServiceFixture {
  /// Starts the service, runs `body`, and ends it.
  @discardableResult
  static func run<Result: Sendable>(
    limits: StudioServer.Limits = StudioServer.Limits(), routes: (Router<StudioContext>) -> Void,
    _ body: @Sendable @escaping (ServerFixture) async throws -> Result
  ) async throws -> Result {
    let service = HTTPService(host: "127.0.0.1", port: 0, limits: limits, handlesSignals: false)
    let router = service.makeOpenRouter()
    routes(router)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let task = Task { [router] in
      defer { continuation.finish() }
      try await service.run(router) { continuation.yield($0) }
    }
    defer { task.cancel() }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await task.value
      throw ServerError("the service ended before it started")
    }
    let result = try await body(ServerFixture(port: port, dataset: "", impulse: ""))
    task.cancel()
    try await task.value
    return result
  }
}
