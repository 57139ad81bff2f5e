/// Files that are read once and may be changed by others meanwhile: each as it was when it was read or written last.
///
/// A change that keeps size and time of a file, or that comes while this server replaces the file, is not noticed.
struct WatchedFiles: Sendable {
  private var known: [String: FileIdentity] = [:]
  private let paths: [String]
  /// Whether this process replaces one of them just now.
  var isWriting = false

  /// Takes the files as they are.
  init(_ paths: [String]) {
    self.paths = paths
    note()
  }

  /// Those that are there and are not what they were. One that is gone has nothing to say: it is written anew.
  var changed: [String] {
    paths.filter { path in FileIdentity(path: path).map { $0 != known[path] } ?? false }
  }

  /// They are known as they are now.
  mutating func note() {
    for path in paths { known[path] = FileIdentity(path: path) }
  }
}
