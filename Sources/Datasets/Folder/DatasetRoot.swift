import Glibc

/// The folder that a dataset may not leave.
struct DatasetRoot {
  /// As the user gave it.
  let path: String
  private let realPath: RealPath

  init(_ path: String) throws(DatasetError) {
    guard let real = RealPath(path) else {
      let code = errno
      if code == ENOENT {
        throw DatasetError(
          file: path, expected: "a dataset folder", found: "nothing at this path", kind: .missing)
      }
      throw SystemError.reading(path, expected: "a dataset folder", code: code)
    }
    var status = stat()
    if stat(real.text, &status) != 0 { throw SystemError.reading(path, expected: "a dataset folder", code: errno) }
    if status.st_mode & S_IFMT != S_IFDIR {
      throw DatasetError(file: path, expected: "a dataset folder", found: "a file", kind: .malformed)
    }
    self.path = path
    realPath = real
  }

  /// Where a relative path is, links not resolved.
  func location(of path: String) -> String { path.isEmpty ? realPath.text : "\(realPath.text)/\(path)" }

  /// The real path of a relative one. It must exist, and be the folder or inside it.
  func resolve(_ path: String) throws(DatasetError) -> String {
    guard let real = RealPath(location(of: path)) else {
      throw SystemError.reading(path, expected: "a readable file", code: errno)
    }
    if !realPath.contains(real) {
      throw DatasetError(
        file: path, expected: "a file inside the dataset folder", found: "a link that leads out of it")
    }
    return real.text
  }

  /// A relative path from a label file, without `.` and empty components. Paths that try to leave are
  /// refused by their text alone: nothing outside is ever touched.
  static func checked(
    _ path: String, file: String, position: DatasetError.Position
  ) throws(DatasetError) -> String {
    func refusal(_ expected: String) -> DatasetError {
      DatasetError(file: file, position: position, expected: expected, found: DatasetError.quoted(path))
    }
    if path.utf8.contains(0) { throw refusal("a path without NUL") }
    if path.utf8.first == UInt8(ascii: "/") { throw refusal("a relative path") }
    let parts = RecordingName.components(path).filter { $0 != "." }
    if parts.contains("..") { throw refusal("a path without \"..\"") }
    if parts.isEmpty { throw refusal("a path") }
    return parts.joined(separator: "/")
  }
}
