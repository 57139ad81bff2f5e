import Datasets
import Foundation

/// Where the parts of a feature set are.
///
/// Whoever fetches a set from elsewhere writes these files and hands over their paths; nothing else here knows where
/// a set comes from.
public struct FeatureSetFiles: Sendable, Equatable {
  /// The features: `.npy`, windows × features.
  public var x: String
  /// Label number, sample id, start and end in ms of each window; nil where nobody has them.
  public var y: String?
  /// Studio's metadata.
  public var metadata: String?
  /// Names of features and classes.
  public var labels: String?

  /// Names the parts one by one.
  public init(x: String, y: String? = nil, metadata: String? = nil, labels: String? = nil) {
    self.x = x
    self.y = y
    self.metadata = metadata
    self.labels = labels
  }

  /// Finds the parts of a set by what lies beside each other.
  ///
  /// - Parameters:
  ///   - path: a folder with `X.npy`; a folder with one such folder in it, as `generate` leaves; or an `.npy` file
  ///     of features. Beside `x_train.npy` the y is `y_train.npy`, else `y.npy`.
  ///   - y: the y, where it lies elsewhere.
  /// - Throws: `DatasetError` of kind `missing`.
  public init(path: String, y: String? = nil) throws(DatasetError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw DatasetError(
        file: path, expected: "a feature set: a folder with X.npy, or an .npy file", found: "nothing there",
        kind: .missing)
    }
    if let folder = try Self.folder(path) {
      let names = Self.names(in: folder)
      x = "\(folder)/" + (names.first { $0 == "X.npy" } ?? names.first { $0 == "x.npy" } ?? "X.npy")
      self.y = y ?? Self.existing("\(folder)/y.npy")
      metadata = Self.existing("\(folder)/metadata.json")
      labels = Self.existing("\(folder)/labels.json")
      return
    }
    x = path
    let url = URL(filePath: path)
    let parent = url.deletingLastPathComponent().path(percentEncoded: false)
    let name = url.lastPathComponent
    let other = (name.first == "X" ? "Y" : "y") + name.dropFirst()
    let lower = "y" + name.dropFirst()
    let isX = name.first == "x" || name.first == "X"
    self.y =
      y ?? (isX ? [other, lower, "y.npy"] : ["y.npy"]).lazy.compactMap { Self.existing(parent + $0) }.first
    // What describes X.npy does not describe another array in the same folder.
    let isWhole = name.lowercased() == "x.npy"
    metadata = isWhole ? Self.existing(parent + "metadata.json") : nil
    labels = isWhole ? Self.existing(parent + "labels.json") : nil
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func existing(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path) ? path : nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  private static func holdsSet(_ folder: String) -> Bool { names(in: folder).contains { $0.lowercased() == "x.npy" } }

  /// The folder that holds the set; nil where the path is a file.
  private static func folder(_ path: String) throws(DatasetError) -> String? {
    guard isFolder(path) else { return nil }
    if holdsSet(path) { return path }
    let inner = names(in: path).filter { isFolder("\(path)/\($0)") && holdsSet("\(path)/\($0)") }
    if inner.count == 1 { return "\(path)/\(inner[0])" }
    throw DatasetError(
      file: path, expected: inner.isEmpty ? "X.npy in this folder" : "one feature set: name its folder",
      found: inner.isEmpty ? "none" : inner.joined(separator: ", "), kind: .missing)
  }
}
