import Crypto
import Glibc

/// The bytes of a file through a sliding buffer, hashed as they pass.
///
/// `base[cursor..<end]` are the bytes at hand. `base[end]` is always 0, so a scanner that stops at
/// anything it does not know needs no bounds check: 0 is legal nowhere between JSON tokens.
///
/// Bytes that are in memory already pass as one chunk; they are not hashed.
///
/// Not thread-safe; it belongs to one reader.
final class ByteSource {
  /// Bytes asked of the file at a time: large enough to hide the call, small enough for the cache.
  static let defaultChunk = 256 * 1024
  /// The longest token that stays in the buffer across a refill.
  static let tokenLimit = 64 * 1024

  /// The file's name for errors.
  let file: String
  /// Where the file is, for what lies beside it; nil for bytes in memory.
  let path: String?
  /// Size of the file when it was opened. Plausibility checks only: reading ends where the bytes end.
  let size: Int

  let base: UnsafeMutablePointer<UInt8>
  /// Index of the next byte in `base`.
  var cursor = 0
  /// Index after the last byte in `base`.
  private(set) var end = 0
  /// Offset of `base[0]` in the file.
  private(set) var origin = 0

  /// Nil for bytes in memory.
  private let descriptor: CInt?
  private let chunk: Int
  private let hasher = ContentHash()
  private var authenticator: ByteAuthenticator?
  /// Length of the hashed prefix of the file. A second pass over the same bytes leaves it alone.
  private(set) var hashedBytes = 0

  /// Opens a regular file. Pipes and devices are refused: their bytes cannot be read twice.
  init(path: String, file: String, chunk: Int = ByteSource.defaultChunk) throws(DatasetError) {
    precondition(chunk > 0, "chunk size must be positive")
    if path.utf8.contains(0) {
      throw DatasetError(
        file: file, expected: "a path without NUL", found: DatasetError.quoted(path), kind: .missing)
    }
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw SystemError.reading(file, code: errno) }
    var status = stat()
    if fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
      close(descriptor)
      throw DatasetError(
        file: file, expected: "a regular file",
        found: status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "something else", kind: .unreadable)
    }
    self.descriptor = descriptor
    self.path = path
    self.file = file
    self.chunk = chunk
    size = Int(status.st_size)
    base = .allocate(capacity: ByteSource.tokenLimit + chunk + 1)
    base[0] = 0
  }

  /// Copies bytes that are in memory; errors name them `file`.
  init(bytes: some Collection<UInt8>, file: String) {
    descriptor = nil
    path = nil
    self.file = file
    chunk = 0
    size = bytes.count
    base = .allocate(capacity: size + 1)
    end = UnsafeMutableBufferPointer(start: base, count: size).update(fromContentsOf: bytes)
    base[end] = 0
  }

  deinit {
    if let descriptor { close(descriptor) }
    base.deallocate()
  }

  /// Offset of the next byte in the file.
  var position: Int { origin + cursor }

  /// Appends the next chunk behind the bytes at hand, which move to the front of the buffer.
  /// - Returns: false at the end of the file.
  func refill() throws(DatasetError) -> Bool {
    guard let descriptor else { return false }
    let kept = end - cursor
    if kept > ByteSource.tokenLimit {
      throw DatasetError(
        file: file, position: .byte(position), expected: "at most \(ByteSource.tokenLimit) bytes",
        found: "a longer token")
    }
    base.update(from: base + cursor, count: kept)
    origin += cursor
    cursor = 0
    end = kept
    defer { base[end] = 0 }
    var count = 0
    repeat {
      count = pread(descriptor, base + end, chunk, off_t(origin + end))
    } while count < 0 && errno == EINTR
    if count < 0 { throw SystemError.reading(file, code: errno) }
    let known = max(0, hashedBytes - (origin + end))
    // What lies behind a gap cannot be part of the hash.
    if known < count, hashedBytes >= origin + end {
      let unknown = UnsafeRawBufferPointer(start: base + end + known, count: count - known)
      hasher.update(unknown)
      authenticator?.take(unknown, at: origin + end + known)
      hashedBytes += count - known
    }
    end += count
    return count > 0
  }

  /// The next byte, not consumed; nil at the end of the file.
  @inline(__always)
  func peek() throws(DatasetError) -> UInt8? {
    if cursor == end, try !refill() { return nil }
    return base[cursor]
  }

  /// Makes at least `count` bytes available, unless the file ends before.
  func ensure(_ count: Int) throws(DatasetError) -> Bool {
    while end - cursor < count {
      if try !refill() { return false }
    }
    return true
  }

  /// The next bytes, at most `count`, not consumed.
  func prefix(_ count: Int) throws(DatasetError) -> [UInt8] {
    _ = try ensure(count)
    return Array(UnsafeBufferPointer(start: base + cursor, count: min(count, end - cursor)))
  }

  /// Moves back to an earlier offset.
  func rewind(to offset: Int) {
    if descriptor == nil || (origin...origin + end).contains(offset) {
      cursor = offset - origin
      return
    }
    origin = offset
    cursor = 0
    end = 0
    base[0] = 0
  }

  /// Reads bytes anywhere in the file, past the buffer. Those that continue the hashed bytes are hashed.
  /// - Returns: how many were read; fewer than asked only where the file ends.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(DatasetError) -> Int {
    guard let start = target.baseAddress else { return 0 }
    guard let descriptor else {
      let count = offset < size ? min(target.count, size - offset) : 0
      if count > 0 { start.copyMemory(from: base + offset, byteCount: count) }
      return count
    }
    var done = 0
    while done < target.count {
      let count = pread(descriptor, start + done, target.count - done, off_t(offset + done))
      if count == 0 { break }
      if count > 0 { done += count } else if errno != EINTR { throw SystemError.reading(file, code: errno) }
    }
    if offset <= hashedBytes, hashedBytes - offset < done {
      let known = hashedBytes - offset
      hasher.update(UnsafeRawBufferPointer(start: start + known, count: done - known))
      hashedBytes += done - known
    }
    return done
  }

  /// At most `count` bytes from `offset` on; fewer where the file ends. See `read(into:at:)`.
  func bytes(at offset: Int, count: Int) throws(DatasetError) -> [UInt8] {
    let target = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { target.deallocate() }
    let found = try read(into: target, at: offset)
    return Array(target.prefix(found))
  }

  /// Hashes what lies before `offset` and has not been read, or as much of it as there is. The bytes at hand are lost.
  func hash(upTo offset: Int) throws(DatasetError) {
    guard descriptor != nil, hashedBytes < offset else { return }
    rewind(to: hashedBytes)
    while hashedBytes < offset, try refill() { cursor = end }
  }

  // MARK: Codes of all bytes

  /// Has an HMAC-SHA256 of all bytes made, with the UTF-8 bytes of `key`. Call it before the second refill.
  func authenticate(key: String) {
    var authenticator = ByteAuthenticator(key: key)
    precondition(hashedBytes == origin + end, "authentication begins with the first chunk")
    authenticator.take(UnsafeRawBufferPointer(start: base, count: end), at: origin)
    self.authenticator = authenticator
  }

  /// Lets the bytes at these file offsets, which have passed, count as ASCII zeros in the HMAC. Once a file.
  func readAsZeros(_ range: Range<Int>) {
    authenticator?.readAsZeros(range, UnsafeRawBufferPointer(start: base, count: end), origin: origin)
  }

  /// HMAC-SHA256 of the whole file, once `refill` has returned false; nil without a key.
  func authenticationCode() throws(DatasetError) -> HMAC<SHA256>.MAC? {
    guard let authenticator, let descriptor else { return nil }
    return try authenticator.code(of: descriptor, file: file, fingerprint: hasher.text)
  }

  /// Hash of everything read: of the whole file, once `refill` has returned false.
  func fingerprint() -> String { hasher.text }

  /// Hash of bytes in memory.
  static func fingerprint(of bytes: [UInt8]) -> String {
    let hasher = ContentHash()
    bytes.withUnsafeBytes { hasher.update($0) }
    return hasher.text
  }
}
