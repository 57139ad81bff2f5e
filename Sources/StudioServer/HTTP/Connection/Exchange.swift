import HTTPTypes
import Hummingbird
import NIOCore

/// A request whose head has come and whose answer has not ended.
struct Exchange {
  /// Answers to `HEAD` have no body, whatever the handler writes.
  let isHead: Bool
  /// Whether the connection ends with its answer.
  let isLast: Bool
  /// Whether the client sends the body only when it is asked to.
  var awaitsInvitation: Bool
  var hasBegunAnswer = false
  /// Kept until the answer has been sent.
  var slot: RequestGate.Slot?

  init(_ head: HTTPRequest) {
    isHead = head.method == .head
    isLast = head.headerFields[.connection] == "close"
    awaitsInvitation = head.headerFields[.expect] != nil
  }
}

/// What handlers tell the guard of their connection, about the request that they work on.
enum ConnectionEvent: Sendable {
  /// The body is about to be read.
  case bodyIsWanted
  /// A handler has begun.
  case isWorking(RequestGate.Slot)
}

/// Why the rest of a body does not come: the client has gone, was too slow, or sent what is no body.
///
/// Nobody is there to be answered, or has been answered already.
struct BodyFault: Error {
  let cause: any Error
}

/// A connection that ended inside a body, or was given up there.
struct ConnectionEnded: Error {}

/// Tells a connection when a body is wanted, and an end of the body from an end of the connection.
struct BodyWatch: RouterMiddleware {
  typealias Context = StudioContext

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    var request = request
    let awaits = request.headers[.expect] != nil
    request.body = RequestBody(asyncSequence: Pieces(body: request.body, awaiting: awaits ? context.channel : nil))
    return try await next(request, context)
  }

  private struct Pieces: AsyncSequence, Sendable {
    let body: RequestBody
    let awaiting: (any Channel)?

    func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator(), awaiting: awaiting) }

    struct Iterator: AsyncIteratorProtocol {
      var pieces: RequestBody.AsyncIterator
      var awaiting: (any Channel)?

      mutating func next() async throws -> ByteBuffer? {
        awaiting?.triggerUserOutboundEvent(ConnectionEvent.bodyIsWanted, promise: nil)
        awaiting = nil
        do {
          let piece = try await pieces.next()
          // What a cancelled task is given looks like the end of the body.
          if piece == nil { try Task.checkCancellation() }
          return piece
        } catch let error as CancellationError {
          throw error
        } catch {
          throw BodyFault(cause: error)
        }
      }
    }
  }
}
