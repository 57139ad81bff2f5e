import Datasets
import Foundation

/// A recording on its way to Studio.
public struct UploadSample: Sendable {
  /// What is sent.
  public enum Content: Sendable {
    /// The bytes of a file, in any format that Studio takes.
    case bytes(Data)
    /// A file, read while it is sent.
    case file(String)
    /// An acquisition document, as JSON.
    case acquisition(Data)
  }

  /// The data.
  public var content: Content
  /// Name with extension; the extension tells Studio the format.
  public var fileName: String
  /// Part of the dataset; `split` leaves the choice to Studio.
  public var category: Datasets.Category
  /// Label; without one Studio takes the beginning of the file name.
  public var label: String?
  /// Labelled parts of a picture.
  public var boundingBoxes: [Studio.BoundingBox]
  /// Metadata by key.
  public var metadata: [String: String]
  /// Labels for ranges of rows.
  public var structuredLabels: [Studio.StructuredLabel]

  /// Describes a recording.
  ///
  /// - Parameter category: Default `split`.
  public init(
    _ content: Content, fileName: String, category: Datasets.Category = .split, label: String? = nil,
    boundingBoxes: [Studio.BoundingBox] = [], metadata: [String: String] = [:],
    structuredLabels: [Studio.StructuredLabel] = []
  ) {
    self.content = content
    self.fileName = fileName
    self.category = category
    self.label = label
    self.boundingBoxes = boundingBoxes
    self.metadata = metadata
    self.structuredLabels = structuredLabels
  }

  /// A file under its own name.
  public init(file path: String) {
    self.init(.file(path), fileName: RecordingName.fileName(path: path))
  }

  /// Takes label and category from a path: the label is the file's name up to its first dot, the category the first of
  /// `testing`, `anomaly` and `training` that occurs anywhere in the path. Without one the category stays.
  public mutating func inferLabelAndCategory(path: String) {
    let name = RecordingName.fileName(path: path)
    label = String(name.prefix { $0 != "." })
    for category in [Datasets.Category.testing, .anomaly, .training] where path.contains(category.rawValue) {
      self.category = category
      return
    }
  }

  /// Sixteen random hexadecimal digits and an extension.
  static func randomName(_ fileExtension: String) -> String {
    let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + fileExtension
  }
}
