import Crypto
import Datasets
import Foundation
import Glibc

/// SHA-256 of files, by which Studio tells recordings: each file is hashed once as long as it does not change.
final class ContentHashes: Sendable {
  private let known = BoundedCache<FileIdentity, String>(mostBytes: 16 << 20)
  private static let entryBytes = 256

  /// Ids of the recordings whose files have this content, smallest first.
  ///
  /// - Complexity: O(recordings), and O(bytes) for files of that size that have not been hashed before.
  func ids(sha256: String, bytes: Int, among entries: [DatasetEntry]) -> [Int] {
    entries.filter { $0.byteCount == bytes && hash(of: $0.filePath) == sha256 }.map(\.sampleID).sorted()
  }

  /// Remembers the content of a file that has just been stored.
  func note(_ path: String, sha256: String) {
    guard let identity = FileIdentity(path: path) else { return }
    known.insert(sha256, for: identity, bytes: Self.entryBytes)
  }

  /// 64 lower-case hex digits; nil for what cannot be read.
  ///
  /// - Complexity: O(bytes of the file) the first time.
  func hash(of path: String) -> String? {
    guard let identity = FileIdentity(path: path) else { return nil }
    if let hash = known.value(identity) { return hash }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var hasher = SHA256()
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = read(descriptor, chunk.baseAddress, chunk.count)
      if count > 0 {
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      } else if count == 0 {
        break
      } else if errno != EINTR {
        return nil
      }
    }
    let hash = Self.text(hasher.finalize())
    known.insert(hash, for: identity, bytes: Self.entryBytes)
    return hash
  }

  static func text(_ digest: SHA256Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
