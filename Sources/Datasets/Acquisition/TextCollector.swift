/// Collects the UTF-8 bytes of a text and checks their encoding. A text may be of any length: the head
/// is kept, the rest only checked.
struct TextCollector {
  /// The longest text that is kept whole, in bytes.
  static let limit = 4096

  private(set) var bytes: [UInt8] = []
  /// The text was longer than `limit`.
  private(set) var isCut = false

  // A multi-byte character in progress: bytes still due, and the range of the next one. The range is
  // narrower than 80…BF where that excludes overlong forms, surrogates and code points past U+10FFFF.
  private var due = 0
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// The text, or its first 4096 bytes.
  var string: String { String(decoding: bytes, as: UTF8.self) }
  var quoted: String { DatasetError.quoted(bytes: bytes) }

  /// No character is left unfinished.
  var isComplete: Bool { due == 0 }

  mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    isCut = false
    due = 0
  }

  /// Takes one byte. False when the bytes so far are not UTF-8.
  mutating func append(_ byte: UInt8) -> Bool {
    if due > 0 {
      guard byte >= lowest, byte <= highest else { return false }
      due -= 1
      lowest = 0x80
      highest = 0xBF
    } else if byte >= 0x80 {
      switch byte {
      case 0xC2...0xDF: due = 1
      case 0xE0...0xEF:
        due = 2
        if byte == 0xE0 { lowest = 0xA0 }
        if byte == 0xED { highest = 0x9F }
      case 0xF0...0xF4:
        due = 3
        if byte == 0xF0 { lowest = 0x90 }
        if byte == 0xF4 { highest = 0x8F }
      default: return false
      }
    }
    if bytes.count < Self.limit { bytes.append(byte) } else { isCut = true }
    return true
  }

  /// Takes one character that came escaped.
  mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      guard append(unit) else { return false }
    }
    return true
  }
}
