import Foundation

/// Writing small files so that they are on disk when the call returns.
package enum SyncedFile {
  /// Creates a file with the given contents.
  ///
  /// - Parameters:
  ///   - path: must not exist.
  ///   - shown: the path as the user knows it, for errors.
  package static func create(_ path: String, shown: String, contents: Data) throws(OutputError) {
    let file = try BufferedFile(path: path, shown: shown)
    try file.append(contents)
    try file.finish()
  }

  /// Syncs a file or folder, again after a signal; false with `errno`.
  package static func sync(_ descriptor: CInt) -> Bool {
    while fsync(descriptor) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  /// Syncs a folder: a file that was renamed into it keeps its name after a power cut.
  package static func syncFolder(_ path: String) throws(OutputError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.writeFailed, path, "cannot open") }
    defer { close(descriptor) }
    // Some file systems cannot sync folders; their renames are durable by themselves.
    guard sync(descriptor) || errno == EINVAL else { throw .system(.writeFailed, path, "cannot sync") }
  }
}
