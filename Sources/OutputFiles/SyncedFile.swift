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

  /// Brings an open file or folder to the disk; false with `errno`.
  package typealias Step = @Sendable (_ descriptor: CInt) -> Bool

  /// Syncs a file or folder, again after a signal; false with `errno`.
  @Sendable package static func sync(_ descriptor: CInt) -> Bool {
    while fsync(descriptor) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  /// Syncs a folder: a file that was renamed into it keeps its name after a power cut.
  package static func syncFolder(_ path: String, by step: Step = sync) throws(OutputError) {
    let folder = try SyncedFolder(path)
    guard folder.sync(by: step) else { throw .system(.writeFailed, path, "cannot sync") }
  }
}

/// An open folder. Opened before something is put into it, it leaves nothing but the sync that can fail after.
package struct SyncedFolder: ~Copyable {
  private let descriptor: CInt

  /// - Throws: `OutputError` (`writeFailed`) where it cannot be opened.
  package init(_ path: String) throws(OutputError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.writeFailed, path, "cannot open") }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Brings its names to the disk; false with `errno`.
  package func sync(by step: SyncedFile.Step = SyncedFile.sync) -> Bool {
    // Some file systems cannot sync folders; their renames are durable by themselves.
    step(descriptor) || errno == EINVAL
  }
}
