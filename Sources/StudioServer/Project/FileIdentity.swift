import Foundation
import Glibc

/// A file as it was at one moment: one that was replaced or written to has another identity.
struct FileIdentity: Hashable, Sendable {
  private let path: String
  private let device: UInt64
  private let inode: UInt64
  /// Bytes.
  let size: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// Nil where the file is not there.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.path = path
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    seconds = Int(status.st_mtim.tv_sec)
    nanoseconds = Int(status.st_mtim.tv_nsec)
  }

  /// When the file was written last.
  var modified: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }
}
