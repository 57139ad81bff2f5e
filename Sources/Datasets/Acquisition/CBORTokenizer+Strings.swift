extension CBORTokenizer {
  /// Reads a string into `text`, or passes over a byte string. It may be longer than the buffer, so
  /// its head is decoded here: libcbor wants a string in one piece.
  mutating func string(_ initial: UInt8) throws(DatasetError) {
    text.reset()
    textRange = nil
    let isText = initial >> 5 == 3
    source.cursor += 1
    if initial & 31 != 31 {
      let length = try stringLength(initial)
      textRange = source.position..<source.position + length
      try stringBytes(length, isText: isText)
    } else {
      while true {
        guard let head = try source.peek() else { throw endOfFile(expected: "a break code") }
        let offset = source.position
        source.cursor += 1
        if head == 0xFF { break }
        guard head >> 5 == initial >> 5, head & 31 != 31 else {
          throw error(
            at: offset, expected: "a piece of the string or a break code",
            found: "the byte \(Self.hex(head))")
        }
        try stringBytes(try stringLength(head), isText: isText)
      }
    }
    if !text.isComplete {
      throw error(at: source.position, expected: "UTF-8", found: "an incomplete character")
    }
  }

  /// The length in a string head whose first byte is consumed.
  private func stringLength(_ initial: UInt8) throws(DatasetError) -> Int {
    let offset = source.position - 1
    var length = UInt64(initial & 31)
    if length >= 24 {
      guard length < 28 else {
        throw error(at: offset, expected: "a string", found: "the byte \(Self.hex(initial))")
      }
      let width = 1 << Int(length - 24)
      guard try source.ensure(width) else { throw endOfFile(expected: "the length of a string") }
      length = 0
      for _ in 0..<width {
        length = length << 8 | UInt64(source.base[source.cursor])
        source.cursor += 1
      }
    }
    let room = max(0, source.size - source.position)
    guard length <= UInt64(room) else {
      throw error(
        at: offset, expected: "at most \(room) more bytes of content", found: "a string of \(length) bytes")
    }
    return Int(length)
  }

  private mutating func stringBytes(_ length: Int, isText: Bool) throws(DatasetError) {
    var left = length
    while left > 0 {
      guard try source.peek() != nil else { throw endOfFile(expected: "\(left) more bytes of a string") }
      let count = min(left, source.end - source.cursor)
      if isText {
        for index in source.cursor..<source.cursor + count where !text.append(source.base[index]) {
          throw error(
            at: source.origin + index, expected: "UTF-8", found: "the byte \(Self.hex(source.base[index]))")
        }
      }
      source.cursor += count
      left -= count
    }
  }
}
