import Foundation
import Synchronization

/// Temporary files and folders of output that is under way in this process, for a clean end on a signal.
public enum UnfinishedOutput {
  private static let paths = Mutex<Set<String>>([])

  /// Notes a temporary file or folder.
  package static func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }
  /// Forgets one that is in place or gone.
  package static func remove(_ path: String) { _ = paths.withLock { $0.remove(path) } }

  /// Removes what has been built so far, for a process that is about to end.
  ///
  /// What is in place already stays; nothing may be committed while this runs.
  public static func discardAll() {
    for path in paths.withLock({ $0 }) {
      // Other threads go on creating files inside until a folder is gone.
      for _ in 0..<1000 where FileManager.default.fileExists(atPath: path) {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
  }
}
