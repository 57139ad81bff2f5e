import Glibc
import Synchronization

/// The right to change a dataset, which one server has at a time: a second would give the same ids again and replace the
/// first one's lists.
///
/// It is a lock on the folder itself and ends with the process at the latest. Where a file system knows no locks, or
/// the folder cannot be opened, there is no claim: reading the dataset tells what is wrong.
final class DatasetClaim: Sendable {
  private let descriptor: Mutex<CInt>

  /// - Throws: `ServerError` where another server has it.
  init(folder: String) throws(ServerError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    self.descriptor = Mutex(descriptor)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      throw ServerError("\(folder) is served already: stop that server, or use --read-only")
    }
  }

  deinit { release() }

  /// Whether the folder of this name is still the one that was claimed; true where nobody can know.
  func holds(_ folder: String) -> Bool {
    descriptor.withLock {
      if $0 < 0 { return true }
      var (claimed, found) = (stat(), stat())
      return fstat($0, &claimed) == 0 && stat(folder, &found) == 0 && claimed.st_dev == found.st_dev
        && claimed.st_ino == found.st_ino
    }
  }

  /// Lets another server have it.
  func release() {
    descriptor.withLock {
      if $0 >= 0 { close($0) }
      $0 = -1
    }
  }
}
