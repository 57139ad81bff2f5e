import Foundation

/// A new file that is written front to back through a buffer.
///
/// It belongs to one thread at a time. A file that is not finished stays as it is: the caller removes it.
package final class BufferedFile {
  private let descriptor: CInt
  private let shown: String
  private var buffer: [UInt8] = []
  private static let capacity = 256 * 1024
  /// Bytes appended so far.
  package private(set) var byteCount = 0

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: must not exist.
  ///   - shown: the path as the user knows it, for errors.
  package init(path: String, shown: String) throws(OutputError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    self.shown = shown
    guard descriptor >= 0 else { throw .system(.cannotCreate, shown, "cannot create") }
    buffer.reserveCapacity(Self.capacity + 4096)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  package func append(_ bytes: some Sequence<UInt8>) throws(OutputError) {
    let before = buffer.count
    buffer.append(contentsOf: bytes)
    byteCount += buffer.count - before
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Overwrites bytes that have been appended before.
  package func patch(_ bytes: [UInt8], at offset: Int) throws(OutputError) {
    try flush()
    try write(bytes, at: offset)
  }

  /// Writes what the buffer holds and syncs the file.
  package func finish() throws(OutputError) {
    try flush()
    guard SyncedFile.sync(descriptor) else { throw .system(.writeFailed, shown, "cannot sync") }
  }

  private func flush() throws(OutputError) {
    try write(buffer, at: byteCount - buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8], at offset: Int) throws(OutputError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        pwrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(offset + written))
      }
      if count <= 0 {
        if count < 0 && errno == EINTR { continue }
        throw .system(.writeFailed, shown, "cannot write \(bytes.count) bytes", code: count < 0 ? errno : EIO)
      }
      written += count
    }
  }
}
