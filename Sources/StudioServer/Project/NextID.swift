import Foundation
import OutputFiles

/// The lowest id that no recording of a dataset ever had, in the hidden folder `.edgedsp`.
///
/// Label files tell it as long as the recording with the highest id is there. Once that is removed, only this file
/// does: feature sets still name the ids of recordings that are gone.
struct NextID: Sendable {
  private let folder: String
  private var path: String { "\(folder)/next-id" }

  init(dataset: String) { folder = "\(dataset)/.edgedsp" }

  /// Nil where nothing was removed yet.
  ///
  /// - Throws: `ServerError` for a file that holds no id.
  func read() throws(ServerError) -> Int? {
    guard FileIdentity(path: path) != nil else { return nil }
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    let digits = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    // The highest id may have been given.
    guard digits.utf8.count <= 10, let id = Int(digits), id > 0, Int32(exactly: id - 1) != nil else {
      throw ServerError(
        "\(path): expected the next id, from 1 to 2^31, found \"\(digits.prefix(40))\"; remove the file")
    }
    return id
  }

  /// Replaces the file; on disk when the call returns.
  func write(_ id: Int) throws {
    try MadeFolders.make(folder)
    try ReplacedFile(path: path).write("\(id)\n")
  }
}
