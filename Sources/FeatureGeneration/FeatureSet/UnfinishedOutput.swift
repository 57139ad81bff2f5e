import Foundation
import Synchronization

/// Build folders of generations that are under way in this process, for a clean end on a signal.
public enum UnfinishedOutput {
  private static let folders = Mutex<Set<String>>([])

  static func add(_ folder: String) { _ = folders.withLock { $0.insert(folder) } }
  static func remove(_ folder: String) { _ = folders.withLock { $0.remove(folder) } }

  /// Removes what generations have built so far, for a process that is about to end.
  ///
  /// Sets that are in place already stay; nothing may be committed while this runs.
  public static func discardAll() {
    for folder in folders.withLock({ $0 }) {
      // Other threads go on creating files inside until the folder is gone.
      for _ in 0..<1000 where FileManager.default.fileExists(atPath: folder) {
        try? FileManager.default.removeItem(atPath: folder)
      }
    }
  }
}
