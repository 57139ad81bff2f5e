/// Writes WAV files byte by byte, right ones and wrong ones.
struct WaveWriter {
  var isBigEndian = false

  static func number(_ value: UInt64, _ size: Int, isBigEndian: Bool = false) -> [UInt8] {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? bytes.reversed() : bytes
  }

  func number(_ value: Int, _ size: Int) -> [UInt8] {
    Self.number(UInt64(value), size, isBigEndian: isBigEndian)
  }

  /// A chunk with its padding byte. `size` is what it says about itself.
  func chunk(_ name: String, _ content: [UInt8], size: Int? = nil) -> [UInt8] {
    Array(name.utf8) + number(size ?? content.count, 4) + content + (content.count.isMultiple(of: 2) ? [] : [0])
  }

  func format(tag: Int = 1, channels: Int = 1, rate: Int = 16000, bits: Int = 16) -> [UInt8] {
    let frame = channels * bits / 8
    return number(tag, 2) + number(channels, 2) + number(rate, 4) + number(rate * frame, 4) + number(frame, 2)
      + number(bits, 2)
  }

  func riff(_ chunks: [[UInt8]], name: String? = nil, size: Int? = nil) -> [UInt8] {
    let content = Array(chunks.joined())
    return Array((name ?? (isBigEndian ? "RIFX" : "RIFF")).utf8) + number(size ?? content.count + 4, 4)
      + Array("WAVE".utf8) + content
  }

  /// A plain file of integers.
  func file(_ samples: [Int], bits: Int = 16, channels: Int = 1, rate: Int = 16000) -> [UInt8] {
    riff([
      chunk("fmt ", format(channels: channels, rate: rate, bits: bits)),
      chunk("data", data(samples, bits: bits)),
    ])
  }

  func data(_ samples: [Int], bits: Int = 16) -> [UInt8] {
    samples.flatMap { sample -> [UInt8] in
      let stored = bits == 8 ? sample + 128 : sample
      return Self.number(UInt64(bitPattern: Int64(stored)), bits / 8, isBigEndian: isBigEndian)
    }
  }

  /// A file of floats.
  func file(singles: [Float]) -> [UInt8] {
    riff([
      chunk("fmt ", format(tag: 3, bits: 32)),
      chunk("data", singles.flatMap { number(Int($0.bitPattern), 4) }),
    ])
  }

  func file(doubles: [Double]) -> [UInt8] {
    riff([
      chunk("fmt ", format(tag: 3, bits: 64)),
      chunk("data", doubles.flatMap { Self.number($0.bitPattern, 8, isBigEndian: isBigEndian) }),
    ])
  }

  /// W64: names of 16 bytes, sizes of 8 that count the chunk's head.
  static func w64(_ chunks: [(name: String, content: [UInt8])]) -> [UInt8] {
    let tail: [UInt8] = [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A]
    let body = chunks.flatMap { chunk -> [UInt8] in
      let padding = [UInt8](repeating: 0, count: (8 - chunk.content.count % 8) % 8)
      return Array(chunk.name.utf8) + tail + number(UInt64(chunk.content.count + 24), 8) + chunk.content + padding
    }
    return Array("riff".utf8) + [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00]
      + number(UInt64(body.count + 40), 8) + Array("wave".utf8) + tail + body
  }

  /// What Studio's importer makes of an integer of `bits` bits: the rule, in exact integers.
  static func scaled(_ sample: Int, bits: Int) -> Double {
    if bits == 16 { return Double(sample) }
    let minimum = 1 << (bits - 1)
    return Double(sample > 0 ? sample * 32767 / (minimum - 1) : -(-sample * 32768 / minimum))
  }
}
