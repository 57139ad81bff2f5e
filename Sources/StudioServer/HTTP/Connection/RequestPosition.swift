import NIOCore
import NIOHTTP1

/// Whether the next byte of a connection belongs to the head of a request or to its body, as the decoder has it.
///
/// Only the decoder knows, and it says so while it is given the last byte of a head or of a request. So the bytes go to
/// it in pieces that end wherever that may be: behind an empty line that follows one with text, and where a body has
/// its announced length. There is no second reader of requests here that could see other ends than the decoder does.
struct RequestPosition {
  private enum Part {
    /// Empty lines before it are a part of it.
    case head
    case body(left: Int)
    /// A body in chunks, and the fields behind it.
    case chunks
  }

  private var part = Part.head
  /// Whether the line has no byte so far, or only returns.
  private var isLineEmpty = true
  /// Whether the line before it has more.
  private var followsText = false

  var isHead: Bool { if case .head = part { true } else { false } }

  /// The next bytes that are of one kind. `buffer` must hold some.
  ///
  /// - Complexity: O(bytes) in heads and chunks, else O(1).
  mutating func nextPiece(of buffer: inout ByteBuffer) -> ByteBuffer {
    var count = buffer.readableBytes
    switch part {
    case .head, .chunks: count = countToEmptyLine(buffer.readableBytesView)
    case .body(let left) where left > 0:
      count = min(left, count)
      part = .body(left: left - count)
    // The decoder takes nothing more.
    case .body: break
    }
    return buffer.readSlice(length: count) ?? ByteBuffer()
  }

  /// Takes what the decoder has said about the last byte of a piece.
  mutating func note(_ message: HTTPServerRequestPart) {
    switch message {
    case .head(let head):
      if head.headers.contains(name: "transfer-encoding") {
        part = .chunks
      } else {
        part = .body(left: head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0)
      }
    case .body: break
    case .end: part = .head
    }
  }

  /// The bytes up to the end of an empty line behind one that is not; all of them where there is none.
  private mutating func countToEmptyLine(_ bytes: ByteBufferView) -> Int {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let isEmpty = isLineEmpty && rest[..<end].allSatisfy { $0 == 0x0D }
      isLineEmpty = true
      rest = rest[(end + 1)...]
      let isEnd = isEmpty && followsText
      followsText = !isEmpty
      if isEnd { return bytes.count - rest.count }
    }
    isLineEmpty = isLineEmpty && rest.allSatisfy { $0 == 0x0D }
    return bytes.count
  }
}

/// Tells where the decoder is: it stands directly behind it.
final class DecoderWatch: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private let heads: LatinHeads

  init(_ heads: LatinHeads) { self.heads = heads }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    heads.position.note(unwrapInboundIn(data))
    context.fireChannelRead(data)
  }
}
