import Crypto
import Glibc

/// HMAC-SHA256 of a file as its bytes pass, with the signature that stands in them taken for zeros.
///
/// Where the signature stands shows only after its bytes have passed. The state before the latest chunk is kept: from
/// there the chunk is taken again. A signature that is further back needs the file a second time.
struct ByteAuthenticator {
  private let key: SymmetricKey
  private var state: HMAC<SHA256>
  /// Before the latest chunk.
  private var before: HMAC<SHA256>
  /// File offsets of the latest chunk.
  private var latest = 0..<0
  /// File offsets that count as zeros.
  private var zeros: Range<Int>?
  private var needsSecondPass = false

  /// A code with the UTF-8 bytes of `key`.
  init(key: String) {
    self.key = SymmetricKey(data: Array(key.utf8))
    state = HMAC(key: self.key)
    before = state
  }

  /// Takes the next chunk, which begins at `offset`.
  mutating func take(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    before = state
    state.update(data: bytes)
    latest = offset..<offset + bytes.count
  }

  /// Lets the bytes at `range` count as ASCII zeros. `window` are the bytes at hand, which begin at `origin`.
  mutating func readAsZeros(_ range: Range<Int>, _ window: UnsafeRawBufferPointer, origin: Int) {
    zeros = range
    guard latest.lowerBound <= range.lowerBound, range.upperBound <= latest.upperBound,
      origin <= latest.lowerBound, latest.upperBound <= origin + window.count
    else {
      needsSecondPass = true
      return
    }
    state = before
    Self.update(
      &state, UnsafeRawBufferPointer(rebasing: window[latest.lowerBound - origin..<latest.upperBound - origin]),
      at: latest.lowerBound, zeros: range)
  }

  /// The code of the whole file.
  ///
  /// - Parameters:
  ///   - descriptor: the file, for a second pass. Its position is not used.
  ///   - fingerprint: hash of the bytes that have passed; a second pass must meet the same.
  func code(
    of descriptor: CInt, file: String, fingerprint: String
  ) throws(DatasetError) -> HMAC<SHA256>.MAC {
    if !needsSecondPass { return state.finalize() }
    var code = HMAC<SHA256>(key: key)
    let hasher = ContentHash()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var offset = 0
    while true {
      let count = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw SystemError.reading(file, code: errno) }
      if count == 0 { break }
      chunk.withUnsafeBytes {
        let bytes = UnsafeRawBufferPointer(rebasing: $0.prefix(count))
        hasher.update(bytes)
        Self.update(&code, bytes, at: offset, zeros: zeros)
      }
      offset += count
    }
    if hasher.text != fingerprint {
      throw DatasetError(file: file, expected: "the same bytes when read again", found: "a file that has changed")
    }
    return code.finalize()
  }

  /// Takes a chunk that begins at `offset`.
  private static func update(
    _ code: inout HMAC<SHA256>, _ bytes: UnsafeRawBufferPointer, at offset: Int, zeros: Range<Int>?
  ) {
    let chunk = offset..<offset + bytes.count
    guard let zeros = zeros?.clamped(to: chunk), !zeros.isEmpty else {
      code.update(data: bytes)
      return
    }
    code.update(data: UnsafeRawBufferPointer(rebasing: bytes[..<(zeros.lowerBound - offset)]))
    code.update(data: [UInt8](repeating: UInt8(ascii: "0"), count: zeros.count))
    code.update(data: UnsafeRawBufferPointer(rebasing: bytes[(zeros.upperBound - offset)...]))
  }
}
