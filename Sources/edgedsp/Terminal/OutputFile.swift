import FeatureGeneration
import Foundation

/// A single file that is replaced in one step: built under another name beside it, then renamed.
struct OutputFile {
  let path: String

  /// - Parameter build: writes the file whose path it gets.
  func replace(_ build: (String) throws -> Void) throws {
    let temporary = "\(path).\(getpid()).tmp"
    do {
      try build(temporary)
      guard rename(temporary, path) == 0 else {
        throw OutputError(kind: .cannotCreate, path: path, reason: String(cString: strerror(errno)))
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  func replace(with text: String) throws {
    try replace { temporary in
      do {
        try Data(text.utf8).write(to: URL(filePath: temporary))
      } catch {
        let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code ?? Int(errno)
        let reason = String(cString: strerror(Int32(code)))
        throw OutputError(kind: .cannotCreate, path: path, reason: reason)
      }
    }
  }
}
