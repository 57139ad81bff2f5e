import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Watches the times of one connection, and answers for what never becomes a request.
///
/// A head must arrive in time, a body must flow, heads must be well formed and not too large: else the client is told
/// with 408, 413 or 400, after the answers to what it sent before, and the connection ends; see
/// `ConnectionGuard+Ending.swift`.
///
/// It belongs to the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  enum State {
    /// Between requests; the first is due sooner than those that follow.
    case waiting
    /// A head has come, its body has not ended.
    case readingBody
    /// All that came is complete, and not all is answered.
    case answering
    /// Nothing that comes counts any more.
    case closing
  }

  let limits: StudioServer.Limits
  var state = State.waiting
  /// In the order of their heads. An answer may end before its body does, and clients may send heads ahead.
  var exchanges = CircularBuffer<Exchange>()
  /// Whether a handler may still wait for the rest of a body.
  var isBodyOpen = false
  private var bodyBytes = 0
  /// Whether somebody wants to read: a body that nobody asks for is not late.
  private var isAskedToRead = false
  /// What is answered when all before it is, and nothing after.
  var refusal: Refusal?
  /// Whether the refused request may have no body in its answer.
  var refusesHead = false
  var closesAfterAnswer = false
  /// Parts of answers that the connection has not taken yet: closing it would drop them.
  var unsent = 0
  var drainsAfterwards = false
  var isDraining = false
  var closePromise: EventLoopPromise<Void>?
  /// Whether the channel has been closed: whoever closes it again is answered by the channel.
  var hasEnded = false
  /// For what the client has to send.
  var timer: Scheduled<Void>?
  /// For what the client has to take: it runs while parts are unsent, whatever the client sends meanwhile.
  var sendTimer: Scheduled<Void>?

  /// Bytes of a body that must come within `Limits.bodySeconds`.
  private static let fewestBytes = 4096
  /// Bytes of an answer that must go within `Limits.bodySeconds`.
  private static let pieceBytes = 64 << 10

  init(limits: StudioServer.Limits) { self.limits = limits }

  // MARK: Connection

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context, limits.headSeconds) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { stopTimers() }

  func channelActive(context: ChannelHandlerContext) {
    start(context, limits.headSeconds)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    (state, hasEnded) = (.closing, true)
    stopTimers()
    breakOffBody(context, ConnectionEnded())
    exchanges.removeAll()
    closePromise?.succeed()
    closePromise = nil
    context.fireChannelInactive()
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if state == .closing || refusal != nil { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      exchanges.append(Exchange(head))
      state = .readingBody
      isBodyOpen = true
      bodyBytes = 0
      start(context, limits.bodySeconds)
    case .body(let bytes):
      bodyBytes += bytes.readableBytes
      if !exchanges.isEmpty { exchanges[exchanges.index(before: exchanges.endIndex)].awaitsInvitation = false }
    case .end:
      timer?.cancel()
      isBodyOpen = false
      state = .answering
      settle(context)
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
    switch error {
    case let refusal as Refusal: refuse(context, refusal, error)
    case HTTPParserError.headerOverflow:
      let limit = "\(limits.headerBytes) bytes, or are more than \(limits.headerFields)"
      refuse(context, Refusal(.contentTooLarge, "the target and the header fields have more than \(limit)"), error)
    case HTTPParserError.invalidEOFState:
      refuse(context, Refusal(.badRequest, "the connection ended inside a request"), error)
    case is HTTPParserError:
      let what = isBodyOpen ? "the body is not framed as its head says" : "this is no HTTP request"
      refuse(context, Refusal(.badRequest, what), error)
    default: context.fireErrorCaught(error)
    }
  }

  // MARK: Out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard state != .closing, let exchange = exchanges.first else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      exchanges[exchanges.startIndex].hasBegunAnswer = true
      // A body that was not asked for may come all the same, or not: nobody could tell it from the next request.
      if exchange.isLast || exchange.awaitsInvitation || closesAfterAnswer { head.headerFields[.connection] = "close" }
      closesAfterAnswer = head.headerFields[.connection]?.lowercased() == "close"
      send(context, .head(head), promise)
    case .body(var rest):
      if exchange.isHead {
        promise?.succeed()
        return
      }
      while rest.readableBytes > Self.pieceBytes, let piece = rest.readSlice(length: Self.pieceBytes) {
        send(context, .body(piece), nil)
      }
      send(context, .body(rest), promise)
    case .end(let trailers):
      exchanges.removeFirst()
      send(context, .end(trailers), promise, keeping: exchange.slot)
      if closesAfterAnswer { end(context, draining: true) } else { settle(context) }
    }
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard let event = event as? ConnectionEvent else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    promise?.succeed()
    guard state != .closing, let exchange = exchanges.first else { return }
    switch event {
    case .isWorking(let slot): exchanges[exchanges.startIndex].slot = slot
    case .bodyIsWanted:
      guard exchange.awaitsInvitation, !exchange.hasBegunAnswer else { return }
      exchanges[exchanges.startIndex].awaitsInvitation = false
      if state == .readingBody { start(context, limits.bodySeconds) }
      context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    // Half a close becomes a whole one where the client has ended its half, and would not wait for what is unsent.
    if mode == .input || hasEnded { return context.close(mode: mode, promise: promise) }
    if let promise {
      if let closePromise { closePromise.futureResult.cascade(to: promise) } else { closePromise = promise }
    }
    end(context, draining: false)
  }

  /// - Parameter slot: lives until the part has been sent, or never will be.
  func send(
    _ context: ChannelHandlerContext, _ part: HTTPResponsePart, _ promise: EventLoopPromise<Void>?,
    keeping slot: RequestGate.Slot? = nil
  ) {
    let promise = promise ?? context.eventLoop.makePromise()
    unsent += 1
    if unsent == 1 { startSending(context) }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    promise.futureResult.whenComplete { _ in
      let (guardian, context) = bound.value
      withExtendedLifetime(slot) { guardian.noteSent(context) }
    }
    context.write(wrapOutboundOut(part), promise: promise)
  }

  // MARK: Time

  func start(_ context: ChannelHandlerContext, _ seconds: Double) {
    timer?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) {
      let (guardian, context) = bound.value
      guardian.timeIsUp(context)
    }
  }

  /// A client that takes nothing of its answer is not waited for.
  func startSending(_ context: ChannelHandlerContext) {
    sendTimer?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    sendTimer = context.eventLoop.scheduleTask(in: .nanoseconds(Int64(limits.bodySeconds * 1e9))) {
      let (guardian, context) = bound.value
      guardian.finish(context)
    }
  }

  func stopTimers() {
    timer?.cancel()
    sendTimer?.cancel()
  }

  private func timeIsUp(_ context: ChannelHandlerContext) {
    switch state {
    case .waiting:
      refuse(context, Refusal(.requestTimeout, "no request came in time"), ConnectionEnded())
    case .readingBody:
      if bodyBytes >= Self.fewestBytes || !isAskedToRead || exchanges.last?.awaitsInvitation == true {
        bodyBytes = 0
        start(context, limits.bodySeconds)
      } else {
        refuse(context, Refusal(.requestTimeout, "the body came too slowly"), ConnectionEnded())
      }
    default: finish(context)
    }
  }
}
