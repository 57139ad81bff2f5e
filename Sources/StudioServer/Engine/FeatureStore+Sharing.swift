import Datasets
import FeatureGeneration
import Foundation
import Glibc

extension FeatureStore {
  /// Blocks over the same axes have the same raw windows: on disk they are one file then, by a second link.
  ///
  /// Sets are replaced as a whole, so nobody writes into the file that others have too.
  /// - Complexity: O(bytes) where there is another block's file of the same size.
  func shareRawWindows(of block: ImpulseBlock, _ category: Datasets.Category, with blocks: [ImpulseBlock]) {
    let own = file(block, category, "X_raw.npy")
    for other in blocks where other.id != block.id && other.axes == block.axes {
      let shared = file(other, category, "X_raw.npy")
      guard Self.isSame(own, shared) else { continue }
      let temporary = "\(own).\(getpid()).link"
      // Where there are no links, both stay.
      guard link(shared, temporary) == 0 else { return }
      if rename(temporary, own) != 0 { unlink(temporary) }
      return
    }
  }

  /// Whether two files hold the same bytes.
  private static func isSame(_ first: String, _ second: String) -> Bool {
    guard FileIdentity(path: first)?.size == FileIdentity(path: second)?.size,
      let one = FileHandle(forReadingAtPath: first), let two = FileHandle(forReadingAtPath: second)
    else { return false }
    defer {
      try? one.close()
      try? two.close()
    }
    do {
      while true {
        let (left, right) = (try one.read(upToCount: 1 << 20) ?? Data(), try two.read(upToCount: 1 << 20) ?? Data())
        if left != right { return false }
        if left.isEmpty { return true }
      }
    } catch {
      return false
    }
  }
}
