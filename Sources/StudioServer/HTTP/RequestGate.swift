import Hummingbird
import Synchronization

/// Lets so many requests in at one time; more are told to come again.
///
/// A request counts until its handler has ended and its answer has been sent, or its client has gone: so the limit
/// bounds what bodies and answers take in memory.
final class RequestGate: RouterMiddleware {
  typealias Context = StudioContext

  /// A place inside, until nobody holds it.
  final class Slot: Sendable {
    private let gate: RequestGate

    fileprivate init?(_ gate: RequestGate) {
      self.gate = gate
      if gate.count.add(1, ordering: .relaxed).oldValue >= gate.most { return nil }
    }

    deinit { gate.count.subtract(1, ordering: .relaxed) }
  }

  private let most: Int
  private let count = Atomic(0)

  init(most: Int) { self.most = most }

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    guard let slot = Slot(self) else {
      throw Refusal(.serviceUnavailable, "\(most) requests are under way, which is the most: try again")
    }
    context.channel.triggerUserOutboundEvent(ConnectionEvent.isWorking(slot), promise: nil)
    defer { withExtendedLifetime(slot) {} }
    return try await next(request, context)
  }
}
