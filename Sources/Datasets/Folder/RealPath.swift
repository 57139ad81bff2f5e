import Glibc

/// An absolute path without links, `.` and `..`: tells whether a file lies in a folder, whatever it is called.
package struct RealPath: Sendable {
  /// The path itself.
  package let text: String

  /// Nil where there is nothing at the path, or where it may not be looked at; `errno` says why.
  package init?(_ path: String) {
    if path.utf8.contains(0) {
      errno = ENOENT
      return nil
    }
    guard let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    guard let text = String(validatingCString: buffer) else {
      errno = EILSEQ
      return nil
    }
    self.text = text
  }

  /// Whether another path is this folder or lies inside it. Names are compared byte by byte.
  package func contains(_ other: RealPath) -> Bool {
    let folder = text == "/" ? [] : Array(text.utf8)
    let path = other.text.utf8
    return path.starts(with: folder) && (path.count == folder.count || path.dropFirst(folder.count).first == 0x2F)
  }
}
