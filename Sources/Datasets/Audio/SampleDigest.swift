import Crypto

/// The MD5 by which a FLAC file knows its samples: it finds frames that were exchanged or left out, which the sums
/// of single frames do not.
struct SampleDigest {
  private let expected: [UInt8]
  private let bits: Int
  private var hash = Insecure.MD5()
  private var packed: [UInt8] = []

  /// For samples of 8, 16 or 24 bits.
  init(expected: [UInt8], bits: Int) {
    self.expected = expected
    self.bits = bits
  }

  /// Adds samples as the decoder gives them: 16 bits each, or at the top of 32 bits for the other widths.
  mutating func add(_ samples: UnsafeRawPointer, _ count: Int) {
    if bits == 16 {
      hash.update(bufferPointer: UnsafeRawBufferPointer(start: samples, count: 2 * count))
      return
    }
    packed.removeAll(keepingCapacity: true)
    let width = bits / 8
    for index in 0..<count {
      // The machine is little endian, so the upper bytes are the last.
      for place in 4 - width..<4 { packed.append(samples.load(fromByteOffset: 4 * index + place, as: UInt8.self)) }
    }
    hash.update(data: packed)
  }

  /// Whether the samples are those that were encoded.
  var isRight: Bool { Array(hash.finalize()) == expected }
}
