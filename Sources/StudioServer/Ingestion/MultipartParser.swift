import Foundation
import NIOCore

/// Takes a `multipart/form-data` body apart as it comes in, wherever the pieces of it end.
///
/// Holds no more than one piece, a part's head and a boundary: parts go out as they come in.
struct MultipartParser {
  /// What a body consists of, in order.
  enum Event {
    /// A part begins.
    case part(MultipartHead)
    /// More of the part's content. The bytes are only there during the call.
    case bytes(UnsafeRawBufferPointer)
    /// The part is complete.
    case end
  }

  private enum State { case preamble, boundary, head, content, epilogue }

  /// Blanks that may follow a boundary on its line.
  private static let mostPadding = 128

  private let delimiter: [UInt8]
  private let mostParts: Int
  private let mostHeadBytes: Int
  private var state = State.preamble
  /// What has not been understood yet. The first boundary needs no line break before it.
  private var pending: [UInt8] = [0x0D, 0x0A]
  private var parts = 0

  /// - Parameters:
  ///   - boundary: as the request's `Content-Type` has it.
  ///   - mostParts: more are refused.
  ///   - mostHeadBytes: bytes of one part's header fields together.
  init(boundary: String, mostParts: Int, mostHeadBytes: Int) {
    delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + Array(boundary.utf8)
    self.mostParts = mostParts
    self.mostHeadBytes = mostHeadBytes
  }

  /// Takes the next piece of the body.
  ///
  /// - Throws: `Refusal` for what is no multipart body (400) or goes beyond a limit (413); what `handle` throws.
  /// - Complexity: O(bytes).
  mutating func parse(_ piece: ByteBuffer, _ handle: (Event) throws -> Void) throws {
    if state == .epilogue { return }
    pending += piece.readableBytesView
    var start = 0
    while try step(&start, handle) {}
    pending.removeFirst(start)
    if state == .epilogue { pending = [] }
  }

  /// The body ends here.
  ///
  /// - Throws: `Refusal` where something is missing.
  func finish() throws(Refusal) {
    if state == .epilogue { return }
    throw Self.malformed(
      parts == 0
        ? "the body does not hold the boundary that Content-Type names"
        : "the body ends inside part \(parts), or its last boundary is missing")
  }

  /// One step from `start` on, which moves behind what is done. False when that takes more bytes.
  private mutating func step(_ start: inout Int, _ handle: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .preamble, .content:
      let found = Self.position(of: delimiter, in: pending, from: start)
      let end = found ?? max(start, pending.count - delimiter.count + 1)
      if state == .content && end > start {
        try pending.withUnsafeBytes { try handle(.bytes(UnsafeRawBufferPointer(rebasing: $0[start..<end]))) }
      }
      start = end
      guard found != nil else { return false }
      if state == .content { try handle(.end) }
      start += delimiter.count
      state = .boundary
    case .boundary:
      if pending[start...].starts(with: [0x2D, 0x2D]) {
        state = .epilogue
        return false
      }
      let line = pending[start...].drop { $0 == 0x20 || $0 == 0x09 }
      if line.startIndex - start > Self.mostPadding { throw Self.malformed("a boundary is followed by blanks only") }
      guard line.count >= 2 else {
        // A single dash or line break may be the half of two.
        if line.first.map({ $0 != 0x0D && $0 != 0x2D }) ?? false { throw notABoundary() }
        return false
      }
      guard line.starts(with: [0x0D, 0x0A]) else { throw notABoundary() }
      // The line break stays: a part without header fields has an empty line only.
      start = line.startIndex
      state = .head
    case .head:
      guard let end = Self.position(of: [0x0D, 0x0A, 0x0D, 0x0A], in: pending, from: start),
        end - start <= mostHeadBytes
      else {
        if pending.count - start > mostHeadBytes {
          throw Refusal(.contentTooLarge, "part \(parts + 1) has more than \(mostHeadBytes) bytes of header fields")
        }
        return false
      }
      parts += 1
      if parts > mostParts { throw Refusal(.contentTooLarge, "the body has more than \(mostParts) parts") }
      try handle(.part(try MultipartHead(pending[start..<end], number: parts)))
      start = end + 4
      state = .content
    case .epilogue:
      return false
    }
    return true
  }

  private func notABoundary() -> Refusal {
    Self.malformed("after part \(parts) the boundary is neither followed by a line break nor by \"--\"")
  }

  static func malformed(_ reason: String) -> Refusal { Refusal(.badRequest, "no valid multipart body: \(reason)") }

  /// Where `needle`, which begins with a carriage return, stands first.
  private static func position(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      needle.withUnsafeBytes { needle in
        guard let base = bytes.baseAddress, let wanted = needle.baseAddress, let first = needle.first else {
          return nil
        }
        var offset = start
        while bytes.count - offset >= needle.count {
          guard let hit = memchr(base + offset, CInt(first), bytes.count - offset - needle.count + 1) else {
            return nil
          }
          offset = UnsafeRawPointer(hit) - base
          if memcmp(hit, wanted, needle.count) == 0 { return offset }
          offset += 1
        }
        return nil
      }
    }
  }
}
