import Crypto
import Datasets
import Foundation
import Glibc

/// Finds recordings by their content.
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

  /// Nil for what cannot be read.
  private func hash(of path: String) -> String? {
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

/// Lets one upload of a content in at a time, so that of two at once one is the duplicate.
actor ContentClaims {
  private struct Waiter {
    let hashes: Set<String>
    let continuation: CheckedContinuation<Void, Never>
  }

  private var taken: Set<String> = []
  private var waiters: [Waiter] = []

  /// Takes all hashes at once, when none of them is taken any more.
  func take(_ hashes: Set<String>) async {
    if taken.isDisjoint(with: hashes) {
      taken.formUnion(hashes)
      return
    }
    await withCheckedContinuation { waiters.append(Waiter(hashes: hashes, continuation: $0)) }
  }

  /// Gives them back, and to those who wait.
  func release(_ hashes: Set<String>) {
    taken.subtract(hashes)
    var left: [Waiter] = []
    for waiter in waiters {
      if taken.isDisjoint(with: waiter.hashes) {
        taken.formUnion(waiter.hashes)
        waiter.continuation.resume()
      } else {
        left.append(waiter)
      }
    }
    waiters = left
  }
}
