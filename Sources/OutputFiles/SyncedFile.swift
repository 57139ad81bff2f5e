import Foundation

/// Writing small files so that they are on disk when the call returns.
package enum SyncedFile {
  /// Creates a file with the given contents.
  ///
  /// - Parameters:
  ///   - path: must not exist.
  ///   - shown: the path as the user knows it, for errors.
  package static func create(_ path: String, shown: String, contents: Data) throws(OutputError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(.cannotCreate, shown, "cannot create") }
    defer { close(descriptor) }
    var written = 0
    while written < contents.count {
      let count = contents.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress.map { $0 + written }, contents.count - written)
      }
      if count <= 0 {
        if count < 0 && errno == EINTR { continue }
        throw .system(.writeFailed, shown, "cannot write \(contents.count) bytes", code: count < 0 ? errno : EIO)
      }
      written += count
    }
    guard sync(descriptor) else { throw .system(.writeFailed, shown, "cannot sync") }
  }

  /// Syncs a file or folder, again after a signal; false with `errno`.
  package static func sync(_ descriptor: CInt) -> Bool {
    while fsync(descriptor) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}
