import NIOCore

/// Lets header fields arrive that are Latin-1, which is how Python's clients send labels.
///
/// The decoder takes all text for UTF-8 and loses what is none. So this stands before it, and writes such lines of a
/// request's head anew, in UTF-8. Bodies stay as they are.
final class LatinHeads: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// A `DecoderWatch` keeps it up to date.
  var position = RequestPosition()
  /// The beginning of a line that is no ASCII; what is has gone on already.
  private var held: [UInt8] = []

  /// A held line is as long as a decoder takes at most.
  private static let mostHeld = 64 << 10

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    while buffer.readableBytes > 0 {
      let isHead = position.isHead
      var piece = position.nextPiece(of: &buffer)
      if isHead { piece = inUTF8(piece) }
      if piece.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(piece)) }
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // That a head ends inside a line is told by the decoder, which must have seen its beginning.
    if let event = event as? ChannelEvent, event == .inputClosed, !held.isEmpty {
      context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: held)))
      held = []
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func inUTF8(_ piece: ByteBuffer) -> ByteBuffer {
    var rest = piece.readableBytesView[...]
    if held.isEmpty && rest.allSatisfy({ $0 < 0x80 }) { return piece }
    var out = ByteBuffer()
    while let end = rest.firstIndex(of: 0x0A) {
      out.writeBytes(Self.inUTF8(held + rest[...end]))
      held = []
      rest = rest[(end + 1)...]
    }
    if held.count + rest.count <= Self.mostHeld, !held.isEmpty || rest.contains(where: { $0 >= 0x80 }) {
      held += rest
    } else {
      out.writeBytes(held)
      out.writeBytes(rest)
      held = []
    }
    return out
  }

  private static func inUTF8(_ line: [UInt8]) -> [UInt8] {
    if line.allSatisfy({ $0 < 0x80 }) || String(validating: line, as: UTF8.self) != nil { return line }
    return Array(HeaderText.text(line).utf8)
  }
}
