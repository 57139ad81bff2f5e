import Hummingbird
import Synchronization

/// Lets so many requests in at one time, with so many bytes of bodies; more are told to come again.
///
/// A request counts until its handler has ended and its answer has been sent, or its client has gone: so the limit
/// bounds what bodies and answers take in memory.
final class RequestGate: RouterMiddleware {
  typealias Context = StudioContext

  /// A place inside, until nobody holds it.
  final class Slot: Sendable {
    private let gate: RequestGate
    private let bodyBytes = Atomic(0)

    fileprivate init?(_ gate: RequestGate) {
      self.gate = gate
      if gate.count.add(1, ordering: .relaxed).oldValue >= gate.most { return nil }
    }

    deinit {
      gate.count.subtract(1, ordering: .relaxed)
      gate.bodyBytes.subtract(bodyBytes.load(ordering: .relaxed), ordering: .relaxed)
    }

    /// Counts bytes of a body that are kept in memory.
    ///
    /// - Throws: `Refusal` with 503 where all requests together would keep too many.
    func keep(_ bytes: Int) throws(Refusal) {
      if gate.bodyBytes.add(bytes, ordering: .relaxed).newValue > gate.mostBodyBytes {
        gate.bodyBytes.subtract(bytes, ordering: .relaxed)
        throw Refusal(
          .serviceUnavailable,
          "the bodies of all requests have more than \(gate.mostBodyBytes) bytes together: try again")
      }
      bodyBytes.add(bytes, ordering: .relaxed)
    }
  }

  private let most: Int
  private let mostBodyBytes: Int
  private let count = Atomic(0)
  private let bodyBytes = Atomic(0)

  init(limits: StudioServer.Limits) {
    most = limits.concurrentRequests
    mostBodyBytes = limits.concurrentBodyBytes
  }

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    guard let slot = Slot(self) else {
      throw Refusal(.serviceUnavailable, "\(most) requests are under way, which is the most: try again")
    }
    context.channel.triggerUserOutboundEvent(ConnectionEvent.isWorking(slot), promise: nil)
    defer { withExtendedLifetime(slot) {} }
    var context = context
    context.slot = slot
    return try await next(request, context)
  }
}
