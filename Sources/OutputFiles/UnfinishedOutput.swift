import Foundation
import Synchronization

/// Temporary files and folders of output that is under way in this process, for a clean end on a signal.
public enum UnfinishedOutput {
  private struct State {
    var paths: Set<String> = []
    /// Folders made for output that go again when nothing comes into them, in the order of their making.
    var folders: [String] = []
    var isEnding = false
    var hasCommitted = false
  }
  private static let state = Mutex(State())

  /// Notes a temporary file or folder and makes it, in one step: none is left behind unknown.
  ///
  /// - Parameter make: makes it; false with `errno` where that fails.
  /// - Returns: what `make` does. Once the process is about to end, nothing is made any more and the caller waits.
  package static func make(_ path: String, by make: () -> Bool) -> Bool {
    unlessEnding { state in
      guard make() else { return false }
      state.paths.insert(path)
      return true
    }
  }

  /// Forgets one that is in place or gone.
  package static func remove(_ path: String) { _ = state.withLock { $0.paths.remove(path) } }

  /// Makes a folder that output is to come into, and notes it until `keepFolders` or `removeFolders`.
  ///
  /// - Returns: false with `errno` where it cannot be made.
  package static func makeFolder(_ path: String) -> Bool {
    unlessEnding { state in
      guard mkdir(path, 0o777) == 0 else { return false }
      state.folders.append(path)
      return true
    }
  }

  /// Forgets folders that stay.
  package static func keepFolders(_ folders: [String]) {
    state.withLock { state in state.folders.removeAll { folders.contains($0) } }
  }

  /// Removes folders, given outermost first, as far as they are empty.
  package static func removeFolders(_ folders: [String]) {
    for folder in folders.reversed() where rmdir(folder) != 0 { break }
    keepFolders(folders)
  }

  /// Puts output in place. A signal that comes meanwhile is handled when that is done, wholly or not at all.
  ///
  /// - Parameters:
  ///   - path: what the output is built in; forgotten when it is in place, and still to be removed on an error.
  ///   - commit: puts it in place. Nothing of this type may be called inside.
  package static func commit(_ path: String, by commit: () throws(OutputError) -> Void) throws(OutputError) {
    var failure: OutputError?
    _ = unlessEnding { state in
      do throws(OutputError) {
        try commit()
        state.paths.remove(path)
        state.hasCommitted = true
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
  }

  /// Runs a step under the lock; waits for good once the process is about to end.
  private static func unlessEnding(_ step: (inout State) -> Bool) -> Bool {
    let result = state.withLock { state -> Bool? in state.isEnding ? nil : step(&state) }
    while result == nil { pause() }
    return result ?? false
  }

  /// Removes what has been built so far, for a process that is about to end; waits for a commit under way.
  ///
  /// - Returns: whether output has been put in place before; it stays.
  @discardableResult
  public static func discardAll() -> Bool {
    let (paths, folders, hasCommitted) = state.withLock {
      $0.isEnding = true
      return ($0.paths, $0.folders, $0.hasCommitted)
    }
    for path in paths {
      // Other threads go on creating files inside until a folder is gone.
      for _ in 0..<1000 where FileManager.default.fileExists(atPath: path) {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
    for folder in folders.reversed() { rmdir(folder) }
    return hasCommitted
  }
}
