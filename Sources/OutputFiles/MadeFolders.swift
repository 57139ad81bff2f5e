import Foundation

/// Folders that are made for output.
package enum MadeFolders {
  /// Makes a folder with all that lead to it.
  ///
  /// - Returns: those that were not there, outermost first.
  /// - Throws: `OutputError` (`cannotCreate`).
  @discardableResult
  package static func make(_ path: String) throws(OutputError) -> [String] {
    var made: [String] = []
    for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
      try add(String(decoding: path.utf8.prefix(index), as: UTF8.self))
    }
    try add(path)
    return made

    func add(_ folder: String) throws(OutputError) {
      if mkdir(folder, 0o777) == 0 {
        made.append(folder)
        return
      }
      let code = errno
      var status = stat()
      if stat(folder, &status) != 0 { throw .system(.cannotCreate, folder, "cannot create folder", code: code) }
      if status.st_mode & S_IFMT != S_IFDIR {
        throw OutputError(kind: .cannotCreate, path: folder, reason: "is not a folder")
      }
    }
  }
}
