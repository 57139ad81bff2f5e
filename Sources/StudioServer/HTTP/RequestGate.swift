import Hummingbird
import Synchronization

/// Lets so many requests in at one time; more are told to come again.
///
/// The count goes down when the answer is known, not when it is sent: what is still being sent holds no thread.
final class RequestGate: RouterMiddleware {
  typealias Context = StudioContext

  private let most: Int
  private let count = Atomic(0)

  init(most: Int) { self.most = most }

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    let before = count.add(1, ordering: .relaxed).oldValue
    defer { count.subtract(1, ordering: .relaxed) }
    guard before < most else {
      throw Refusal(.serviceUnavailable, "\(most) requests are under way, which is the most: try again")
    }
    return try await next(request, context)
  }
}
