import Foundation

/// Folders that are made for output.
package enum MadeFolders {
  /// Makes a folder with all that lead to it.
  ///
  /// - Parameter isProvisional: whether they go again, on a signal too, until `UnfinishedOutput.keepFolders` is told.
  /// - Returns: those that were not there, outermost first.
  /// - Throws: `OutputError` (`cannotCreate`); provisional folders are gone again then.
  @discardableResult
  package static func make(_ path: String, isProvisional: Bool = false) throws(OutputError) -> [String] {
    var made: [String] = []
    for folder in steps(to: path) {
      if isProvisional ? UnfinishedOutput.makeFolder(folder) : mkdir(folder, 0o777) == 0 {
        made.append(folder)
      } else if let error = problem(folder, code: errno) {
        if isProvisional { UnfinishedOutput.removeFolders(made) }
        throw error
      }
    }
    return made
  }

  /// All folders that lead to one, outermost first, and itself.
  private static func steps(to path: String) -> [String] {
    path.utf8.enumerated().compactMap { index, byte in
      byte == UInt8(ascii: "/") && index > 0 ? String(decoding: path.utf8.prefix(index), as: UTF8.self) : nil
    } + [path]
  }

  /// Why a folder could not be made; nil where it was there.
  private static func problem(_ folder: String, code: CInt) -> OutputError? {
    var status = stat()
    if stat(folder, &status) != 0 { return .system(.cannotCreate, folder, "cannot create folder", code: code) }
    if status.st_mode & S_IFMT == S_IFDIR { return nil }
    return OutputError(kind: .cannotCreate, path: folder, reason: "is not a folder")
  }
}
