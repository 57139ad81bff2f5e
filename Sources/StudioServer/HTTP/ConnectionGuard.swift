import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import StudioAPI

/// Watches the times of one connection, and answers for what never becomes a request.
///
/// A head must arrive in time, a body must flow, heads must be well formed and not too large: else the client is told
/// with 408, 413 or 400, and the connection ends. An answer that closes a connection with a body still under way is
/// followed by a moment in which the rest is read and dropped: closing at once would destroy the answer as well. A
/// connection closes when the client has taken all of its answer, unless it takes nothing for `Limits.bodySeconds`.
///
/// It belongs to the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum State {
    /// Between requests; the first is due sooner than those that follow.
    case waiting
    /// A head has come, its body has not ended.
    case readingBody
    /// The request is complete and its answer is not.
    case answering
    /// Nothing that comes counts any more.
    case closing
  }

  private let limits: StudioServer.Limits
  private var state = State.waiting
  private var timer: Scheduled<Void>?
  private var bodyBytes = 0
  /// Requests whose head has come and whose answer has not ended: an answer may end before the body does, and clients
  /// may send heads ahead.
  private var unanswered = 0
  /// Whether somebody wants to read: a body that nobody asks for is not late.
  private var isAskedToRead = false
  private var hasBegunAnswer = false
  private var closesAfterAnswer = false
  /// Parts of answers that the connection has not taken yet: closing it would drop them.
  private var unsent = 0
  private var closesWhenSent = false
  private var closePromise: EventLoopPromise<Void>?

  /// Bytes of a body that must come within `Limits.bodySeconds`.
  private static let fewestBytes = 4096
  /// For what is still under way when an answer closes the connection.
  private static let lingering = TimeAmount.seconds(2)

  init(limits: StudioServer.Limits) { self.limits = limits }

  // MARK: Connection

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context, limits.headSeconds) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelActive(context: ChannelHandlerContext) {
    start(context, limits.headSeconds)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    closesWhenSent = false
    closePromise?.succeed()
    closePromise = nil
    context.fireChannelInactive()
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if state == .closing { return }
    switch unwrapInboundIn(data) {
    case .head:
      state = .readingBody
      bodyBytes = 0
      unanswered += 1
      start(context, limits.bodySeconds)
    case .body(let bytes): bodyBytes += bytes.readableBytes
    case .end:
      timer?.cancel()
      state = .answering
      waitIfAnswered(context)
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isAskedToRead = false
    if state == .closing { return context.read() }
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    isAskedToRead = true
    context.read()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard state == .waiting else { return context.fireErrorCaught(error) }
    if case .headerOverflow? = error as? HTTPParserError {
      answer(context, .contentTooLarge, "the header fields have more than \(limits.headerBytes) bytes")
    } else {
      answer(context, .badRequest, "this is no HTTP request")
    }
  }

  // MARK: Out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if state == .closing {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head):
      hasBegunAnswer = true
      closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
      send(context, data, promise)
    case .body: send(context, data, promise)
    case .end:
      send(context, data, promise)
      if closesAfterAnswer {
        context.flush()
        linger(context)
      } else {
        hasBegunAnswer = false
        unanswered -= 1
        waitIfAnswered(context)
      }
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .all { closeWhenSent(context, promise) } else { context.close(mode: mode, promise: promise) }
  }

  private func send(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
    let promise = promise ?? context.eventLoop.makePromise()
    unsent += 1
    // A client that takes nothing of its answer is not waited for.
    if unsent == 1, state == .answering { start(context, limits.bodySeconds) }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in
      let (guardian, context) = bound.value
      guardian.noteSent(context)
    }
    context.write(data, promise: promise)
  }

  private func noteSent(_ context: ChannelHandlerContext) {
    unsent -= 1
    if state == .answering {
      if unsent == 0 { timer?.cancel() } else { start(context, limits.bodySeconds) }
    }
    guard closesWhenSent else { return }
    if unsent == 0 { finish(context) } else { start(context, limits.bodySeconds) }
  }

  /// Closes once all parts of answers are on their way.
  private func closeWhenSent(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
    state = .closing
    if let promise {
      if let closePromise { closePromise.futureResult.cascade(to: promise) } else { closePromise = promise }
    }
    if unsent == 0 { return finish(context) }
    closesWhenSent = true
    start(context, limits.bodySeconds)
  }

  private func finish(_ context: ChannelHandlerContext) {
    timer?.cancel()
    let promise = closePromise
    (closesWhenSent, closePromise) = (false, nil)
    context.close(mode: .all, promise: promise)
  }

  /// Goes on to wait for the next request once all that came are complete and answered.
  private func waitIfAnswered(_ context: ChannelHandlerContext) {
    guard state == .answering, unanswered == 0 else { return }
    state = .waiting
    start(context, limits.idleSeconds)
  }

  // MARK: Time

  private func start(_ context: ChannelHandlerContext, _ seconds: Double) {
    timer?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) {
      let (guardian, context) = bound.value
      guardian.timeIsUp(context)
    }
  }

  private func timeIsUp(_ context: ChannelHandlerContext) {
    switch state {
    case .waiting:
      if unsent > 0 { finish(context) } else { answer(context, .requestTimeout, "no request came in time") }
    case .readingBody:
      if bodyBytes >= Self.fewestBytes || !isAskedToRead {
        bodyBytes = 0
        start(context, limits.bodySeconds)
      } else if hasBegunAnswer {
        context.close(promise: nil)
      } else {
        answer(context, .requestTimeout, "the body came too slowly")
      }
    case .answering: finish(context)
    case .closing: finish(context)
    }
  }

  /// Says why there will be no more, and ends the connection.
  private func answer(_ context: ChannelHandlerContext, _ status: HTTPResponse.Status, _ message: String) {
    let body = (try? Answer.encode(Studio.GenericAPIResponse(success: false, error: message))) ?? Data()
    let head = HTTPResponse(
      status: status,
      headerFields: [
        .contentType: "application/json; charset=utf-8", .contentLength: "\(body.count)", .connection: "close",
      ])
    send(context, wrapOutboundOut(.head(head)), nil)
    send(context, wrapOutboundOut(.body(ByteBuffer(bytes: body))), nil)
    send(context, wrapOutboundOut(.end(nil)), nil)
    context.flush()
    linger(context)
  }

  private func linger(_ context: ChannelHandlerContext) {
    let isComplete = state == .answering
    state = .closing
    timer?.cancel()
    if isComplete { return closeWhenSent(context, nil) }
    context.close(mode: .output, promise: nil)
    start(context, Double(Self.lingering.nanoseconds) / 1e9)
    context.read()
  }
}
