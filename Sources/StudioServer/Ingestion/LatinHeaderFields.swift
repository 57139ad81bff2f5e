import NIOCore
import NIOHTTPTypes

/// Lets header fields arrive that are Latin-1, which is how Python's clients send labels.
///
/// The HTTP decoder takes all text for UTF-8 and loses what is none. So a second handler in front of it writes such
/// lines of a request's head anew, in UTF-8. This one tells it where heads begin and end. A head that comes in one
/// piece with the end of the request before it stays as it is.
final class LatinHeaderFields: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let lines = HeadLines()

  func handlerAdded(context: ChannelHandlerContext) {
    // Without it such text is damaged, which is no reason to refuse the connection.
    try? context.pipeline.syncOperations.addHandler(lines, position: .first)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: lines.isHead = false
    case .body: break
    case .end: lines.begin()
    }
    context.fireChannelRead(data)
  }
}

/// The bytes of requests on their way to the decoder.
private final class HeadLines: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// Whether a request's head is coming in.
  var isHead = true
  /// The beginning of a line that is no ASCII.
  private var held: [UInt8] = []
  /// Bytes of the line that have gone on.
  private var passed = 0
  private var hasLines = false

  /// A held line is as long as a decoder takes at most.
  private static let mostHeld = 64 << 10

  func begin() {
    isHead = true
    hasLines = false
    passed = 0
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    guard isHead else { return context.fireChannelRead(data) }
    var rest = buffer.readableBytesView[...]
    var out: [UInt8] = []
    out.reserveCapacity(rest.count + 16)
    while isHead, let end = rest.firstIndex(of: 0x0A) {
      let line = rest[...end]
      rest = rest[(end + 1)...]
      let isEmpty = held.isEmpty && passed + line.count <= 2 && line.dropLast().allSatisfy { $0 == 0x0D }
      out += Self.inUTF8(held + line)
      held = []
      passed = 0
      if isEmpty && hasLines { isHead = false }
      if !isEmpty { hasLines = true }
    }
    if isHead, held.count + rest.count <= Self.mostHeld, !held.isEmpty || rest.contains(where: { $0 >= 0x80 }) {
      held += rest
    } else {
      out += held + rest
      passed += held.count + rest.count
      held = []
    }
    if !out.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: out))) }
  }

  private static func inUTF8(_ line: [UInt8]) -> [UInt8] {
    if line.allSatisfy({ $0 < 0x80 }) || String(validating: line, as: UTF8.self) != nil { return line }
    return Array(HeaderText.text(line).utf8)
  }
}
