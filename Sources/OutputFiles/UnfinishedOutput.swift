import Foundation
import Synchronization

/// Temporary files and folders of output that is under way in this process, for a clean end on a signal.
public enum UnfinishedOutput {
  private struct State {
    var paths: Set<String> = []
    var isEnding = false
  }
  private static let state = Mutex(State())

  /// Notes a temporary file or folder and makes it, in one step: none is left behind unknown.
  ///
  /// - Parameter make: makes it; false with `errno` where that fails.
  /// - Returns: what `make` does. Once the process is about to end, nothing is made any more and the caller waits.
  package static func make(_ path: String, by make: () -> Bool) -> Bool {
    let made = state.withLock { state -> Bool? in
      if state.isEnding { return nil }
      guard make() else { return false }
      state.paths.insert(path)
      return true
    }
    while made == nil { pause() }
    return made ?? false
  }

  /// Forgets one that is in place or gone.
  package static func remove(_ path: String) { _ = state.withLock { $0.paths.remove(path) } }

  /// Removes what has been built so far, for a process that is about to end.
  ///
  /// What is in place already stays; nothing may be committed while this runs.
  public static func discardAll() {
    let paths = state.withLock {
      $0.isEnding = true
      return $0.paths
    }
    for path in paths {
      // Other threads go on creating files inside until a folder is gone.
      for _ in 0..<1000 where FileManager.default.fileExists(atPath: path) {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
  }
}
