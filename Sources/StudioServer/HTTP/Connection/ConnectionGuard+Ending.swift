import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// How a connection ends.
///
/// All parts of answers are sent first, unless the client takes nothing for `Limits.bodySeconds`. Then the client gets
/// a moment in which the rest of what it sends is read and dropped: closing at once would destroy the answer as well.
extension ConnectionGuard {
  /// For what is still under way when an answer closes the connection.
  private static let draining = 2.0

  /// Answers that there will be no more, in its turn, and ends the connection.
  ///
  /// It concerns the request whose body is being read, or what should have become the next one.
  /// - Parameter cause: what a handler gets that waits for the body.
  func refuse(_ context: ChannelHandlerContext, _ refusal: Refusal, _ cause: any Error) {
    defer { breakOffBody(context, cause) }
    if state == .closing || self.refusal != nil { return }
    timer?.cancel()
    if state == .readingBody {
      guard let exchange = exchanges.last else { return end(context, draining: true) }
      state = .answering
      if exchange.hasBegunAnswer {
        closesAfterAnswer = true
        return
      }
      exchanges.removeLast()
      refusesHead = exchange.isHead
    }
    self.refusal = refusal
    state = .answering
    settle(context)
  }

  /// Goes on, once all that came is complete and answered: to the next request, or to the end.
  func settle(_ context: ChannelHandlerContext) {
    guard state == .answering, exchanges.isEmpty else { return }
    guard let refusal else {
      state = .waiting
      if unsent == 0 { start(context, limits.idleSeconds) }
      return
    }
    var fields = refusal.headers
    fields[.connection] = "close"
    fields[.contentLength] = "\(refusal.body.count)"
    send(context, .head(HTTPResponse(status: refusal.status, headerFields: fields)), nil)
    if !refusesHead { send(context, .body(ByteBuffer(bytes: refusal.body)), nil) }
    send(context, .end(nil), nil)
    end(context, draining: true)
  }

  /// Tells a handler that waits for the rest of a body that it will not come: its end would look like the body's.
  func breakOffBody(_ context: ChannelHandlerContext, _ cause: any Error) {
    guard isBodyOpen else { return }
    isBodyOpen = false
    context.fireErrorCaught(cause)
  }

  func noteSent(_ context: ChannelHandlerContext) {
    unsent -= 1
    if hasEnded { return }
    if unsent > 0 { return startSending(context) }
    sendTimer?.cancel()
    switch state {
    case .waiting: start(context, limits.idleSeconds)
    case .closing where !isDraining: drain(context)
    case .closing, .readingBody, .answering: break
    }
  }

  /// Takes nothing more, and closes once all parts of answers are on their way.
  func end(_ context: ChannelHandlerContext, draining: Bool) {
    if state == .closing { return }
    state = .closing
    timer?.cancel()
    drainsAfterwards = draining
    breakOffBody(context, ConnectionEnded())
    context.flush()
    if unsent == 0 && !isDraining { drain(context) }
  }

  private func drain(_ context: ChannelHandlerContext) {
    guard drainsAfterwards else { return finish(context) }
    isDraining = true
    context.close(mode: .output, promise: nil)
    start(context, Self.draining)
    context.read()
  }

  func finish(_ context: ChannelHandlerContext) {
    if hasEnded { return }
    hasEnded = true
    stopTimers()
    let promise = closePromise
    closePromise = nil
    context.close(mode: .all, promise: promise)
  }
}
