/// Files that are read once and may be changed by others meanwhile: each as it was when it was read or written last.
///
/// A change that keeps size and time of a file, or that comes while this server replaces the file, is not noticed.
struct WatchedFiles: Sendable {
  private var known: [String: FileIdentity] = [:]
  /// As they were when they could not be used.
  private var unusable: [String: FileIdentity] = [:]
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

  /// Whether something has changed since it was tried to read it.
  var hasNews: Bool { changed.contains { FileIdentity(path: $0) != unusable[$0] } }

  /// They cannot be used as they are now.
  mutating func refuse() {
    for path in changed { unusable[path] = FileIdentity(path: path) }
  }

  /// They are known as they are now.
  mutating func note() {
    for path in paths { known[path] = FileIdentity(path: path) }
  }
}
