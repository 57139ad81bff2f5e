import NIOCore
import NIOHTTP1

/// Refuses heads that two readers could take differently, and says plainly what the others mean.
///
/// It stands where a head is still as it was sent, before the codec that keeps one `Host` and drops the version. Behind
/// it a target begins with `/`, `Connection: close` tells of every request that is its connection's last, and `Expect`
/// is there only where a client waits for an invitation. What it refuses travels on as an error; nothing follows it.
final class HeadCheck: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private let mostBytes: Int
  private var hasRefused = false

  /// - Parameter mostBytes: of any body; what announces more is refused at once.
  init(mostBytes: Int) { self.mostBytes = mostBytes }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if hasRefused { return }
    guard case .head(let head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    do {
      context.fireChannelRead(wrapInboundOut(.head(try Self.checked(head, mostBytes: mostBytes))))
    } catch {
      hasRefused = true
      context.fireErrorCaught(error)
    }
  }

  /// The head as it is meant.
  ///
  /// - Throws: `Refusal` with 400, or 413 for bodies that are announced too large.
  static func checked(_ head: HTTPRequestHead, mostBytes: Int) throws(Refusal) -> HTTPRequestHead {
    var head = head
    if head.method == .CONNECT { throw Refusal(.badRequest, "this is no proxy") }
    let hosts = head.headers["host"]
    if hosts.count > 1 || hosts.isEmpty && head.version == .http1_1 {
      throw Refusal(.badRequest, "there must be one Host field, not \(hosts.count)")
    }
    if let host = hosts.first, !HostName.isValid(host) {
      throw Refusal(.badRequest, "Host must be a name or address, and perhaps a port, not \"\(host.prefix(60))\"")
    }
    head.uri = try RequestTarget.path(head.uri, host: hosts.first, method: head.method)
    let hasBody = try checkFraming(head, mostBytes: mostBytes)
    if isLast(head) { head.headers.replaceOrAdd(name: "connection", value: "close") }
    let expects = head.headers["expect"].contains { $0.lowercased() == "100-continue" }
    head.headers.remove(name: "expect")
    // Older clients do not know the invitation.
    if expects && hasBody && head.version == .http1_1 { head.headers.add(name: "expect", value: "100-continue") }
    return head
  }

  /// Whether a body follows. The decoder has refused lengths that are no numbers, or two, or beside chunks.
  private static func checkFraming(_ head: HTTPRequestHead, mostBytes: Int) throws(Refusal) -> Bool {
    let codings = head.headers["transfer-encoding"]
    if !codings.isEmpty {
      guard codings.count == 1, codings[0].lowercased() == "chunked", head.version == .http1_1 else {
        throw Refusal(.badRequest, "Transfer-Encoding must be chunked, not \"\(codings[0].prefix(60))\"")
      }
      return true
    }
    guard let text = head.headers["content-length"].first else { return false }
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw Refusal(.badRequest, "Content-Length must be a whole number, not \"\(text.prefix(60))\"")
    }
    // Only what is too large for any integer is no integer here.
    guard let length = Int(text), length <= mostBytes else {
      throw Refusal(.contentTooLarge, "the body has \(text.prefix(60)) bytes, and \(mostBytes) is the most")
    }
    return length > 0
  }

  /// Whether the connection ends after a request: since the client says so, is too old to say otherwise, or asks for
  /// another protocol, after which the decoder reads no more.
  private static func isLast(_ head: HTTPRequestHead) -> Bool {
    if head.version != .http1_1 { return true }
    let options = head.headers[canonicalForm: "connection"].map { $0.lowercased() }
    return options.contains("close") || options.contains("upgrade")
  }
}
