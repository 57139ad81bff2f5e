extension JSONTokenizer {
  /// Reads the string at the cursor into `text`. A string may be longer than the buffer.
  mutating func string() throws(DatasetError) {
    text.reset()
    source.cursor += 1
    let start = source.position
    var isPlain = true
    while true {
      guard let byte = try source.peek() else { throw endOfFile(expected: "the closing quote") }
      let offset = source.position
      switch byte {
      case UInt8(ascii: "\""):
        guard text.isComplete else {
          throw error(at: offset, expected: "UTF-8", found: "an incomplete character")
        }
        source.cursor += 1
        textRange = isPlain ? start..<offset : nil
        return
      case UInt8(ascii: "\\"):
        isPlain = false
        source.cursor += 1
        let scalar = try escape(from: offset)
        guard text.append(scalar) else {
          throw error(at: offset, expected: "UTF-8", found: "an incomplete character")
        }
      case 0..<0x20:
        throw error(
          at: offset, expected: "an escaped control character", found: DatasetError.quoted(bytes: [byte]))
      default:
        source.cursor += 1
        guard text.append(byte) else {
          throw error(at: offset, expected: "UTF-8", found: "the byte 0x\(String(byte, radix: 16))")
        }
      }
    }
  }

  /// The character of an escape whose backslash stands at `start`. Half a surrogate pair is legal JSON
  /// but no character: it becomes U+FFFD.
  private mutating func escape(from start: Int) throws(DatasetError) -> Unicode.Scalar {
    guard let byte = try source.peek() else { throw endOfFile(expected: "an escape") }
    source.cursor += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default:
      throw error(at: start, expected: "an escape", found: DatasetError.quoted(bytes: [0x5C, byte]))
    }
    let high = try fourHexDigits(from: start)
    if case 0xD800..<0xDC00 = high, try source.ensure(6), source.base[source.cursor] == UInt8(ascii: "\\"),
      source.base[source.cursor + 1] == UInt8(ascii: "u")
    {
      let before = source.cursor
      source.cursor += 2
      let low = try fourHexDigits(from: source.position - 2)
      if case 0xDC00..<0xE000 = low {
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
      }
      source.cursor = before
    }
    return Unicode.Scalar(high) ?? "\u{FFFD}"
  }

  private mutating func fourHexDigits(from start: Int) throws(DatasetError) -> UInt32 {
    guard try source.ensure(4) else { throw endOfFile(expected: "four hexadecimal digits") }
    var value: UInt32 = 0
    for index in 0..<4 {
      let byte = source.base[source.cursor + index]
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error(
          at: start, expected: "four hexadecimal digits", found: DatasetError.quoted(bytes: [byte]))
      }
      value = value << 4 | UInt32(digit)
    }
    source.cursor += 4
    return value
  }
}
