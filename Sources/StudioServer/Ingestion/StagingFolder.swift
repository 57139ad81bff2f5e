import Crypto
import Foundation
import Glibc
import OutputFiles

/// A hidden folder of the dataset for the files of one request, until they get their names.
///
/// It is locked as long as its process lives: what a killed process leaves behind can be told from what another one
/// works on. Where there are no locks, the number of the process in its name tells. See `UnfinishedUploads`.
final class StagingFolder: Sendable {
  let path: String
  private let descriptor: CInt

  static let prefix = ".edgedsp-upload-"

  /// Locks an open folder, without waiting: 0, or -1 with `errno`.
  typealias Lock = @Sendable (_ descriptor: CInt) -> CInt

  /// - Parameter lock: how the folder is locked. Default: `flock`.
  /// - Throws: `OutputError`.
  init(in dataset: String, lock: Lock = { flock($0, LOCK_EX | LOCK_NB) }) throws(OutputError) {
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    path = "\(dataset)/\(Self.prefix)\(getpid())-\(digits)"
    guard mkdir(path, 0o700) == 0 else { throw .system(.cannotCreate, path, "cannot create") }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 {
      let error = OutputError.system(.cannotCreate, path, "cannot open")
      rmdir(path)
      throw error
    }
    while lock(descriptor) != 0 {
      if errno == EINTR { continue }
      // Somebody clears up after killed processes, and takes this for such a one's. Where a file system knows no locks
      // at all, the process's number in the name tells.
      guard errno == EWOULDBLOCK else { break }
      // All properties are set, so `deinit` closes.
      throw OutputError(kind: .cannotCreate, path: path, reason: "another server clears it away")
    }
  }

  deinit { close(descriptor) }

  /// A new file of a name of its own. Readers tell texts apart by the extension.
  func makeFile(fileExtension: String) throws(OutputError) -> StagedFile {
    let name = String(UInt64.random(in: 0 ... .max), radix: 16)
    return try StagedFile(path: "\(path)/\(name)\(fileExtension.isEmpty ? "" : ".\(fileExtension)")")
  }

  /// Removes the folder and all that is left in it.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// A file that is being written, and hashed meanwhile.
final class StagedFile {
  let path: String
  private let descriptor: CInt
  private var hasher = SHA256()

  fileprivate init(path: String) throws(OutputError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(.cannotCreate, path, "cannot create") }
  }

  deinit { close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
    hasher.update(bufferPointer: bytes)
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if count == 0 || errno != EINTR {
        throw .system(.writeFailed, path, "cannot write", code: count == 0 ? ENOSPC : errno)
      }
    }
  }

  /// The SHA-256 of all bytes, in 64 hex digits. The file is not on disk yet; see `RecordingStore`.
  func finish() throws(OutputError) -> String { ContentHashes.text(hasher.finalize()) }
}
