import Datasets
import Foundation

/// What `metadata.json` and `labels.json` say about a set, as far as a comparison uses it. Everything may be missing:
/// Studio's files and ours differ.
struct FeatureSetDescription: Sendable {
  var featureLabels: [String] = []
  /// Class labels; label `i` is number `i + 1` in y.
  var labels: [String] = []
  var windowSizeMs: Int?
  var windowIncreaseMs: Int?
  /// In Hz.
  var frequency: Double?
  /// Studio's type string.
  var block: String?
  var blockID: Int?
  var implementationVersion: Int?
  var axes: [String] = []
  /// Parameters that the features were made with, by Studio's keys.
  var parameters: [String: String] = [:]
  /// Paths of recordings by sample id.
  var recordings: [Int: String] = [:]

  private struct Metadata: Decodable {
    /// A text, or what should be one.
    struct Text: Decodable {
      let text: String?

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        text =
          (try? value.decode(String.self)) ?? (try? value.decode(Bool.self)).map { "\($0)" }
          ?? (try? value.decode(Double.self)).map { "\($0)" }
      }
    }
    struct Origin: Decodable {
      struct Input: Decodable {
        let id: Int
        let path: String
      }
      let block: String?
      let blockId: Int?
      let implementationVersion: Int?
      let axes: [String]?
      let recordings: [Input]?
    }
    let labels: [String]?
    let featureLabels: [String]?
    let windowSizeMs: Double?
    let windowIncreaseMs: Double?
    let frequency: Double?
    let dspConfig: [String: Text]?
    let edgedsp: Origin?
  }

  private struct Labels: Decodable {
    let featureLabels: [String]?
    let labels: [String]?
  }

  /// Provenance names every recording.
  private static let sizeLimit = 1 << 30

  /// - Throws: `DatasetError` where a file that is there is not what its name says.
  init(_ files: FeatureSetFiles) throws(DatasetError) {
    if let path = files.metadata {
      let metadata = try JSONFile(path: path, sizeLimit: Self.sizeLimit).decode(Metadata.self)
      featureLabels = metadata.featureLabels ?? []
      labels = metadata.labels ?? []
      windowSizeMs = metadata.windowSizeMs.flatMap { Int(exactly: $0) }
      windowIncreaseMs = metadata.windowIncreaseMs.flatMap { Int(exactly: $0) }
      frequency = metadata.frequency
      parameters = (metadata.dspConfig ?? [:]).compactMapValues(\.text)
      block = metadata.edgedsp?.block
      blockID = metadata.edgedsp?.blockId
      implementationVersion = metadata.edgedsp?.implementationVersion
      axes = metadata.edgedsp?.axes ?? []
      for input in metadata.edgedsp?.recordings ?? [] { recordings[input.id] = input.path }
    }
    if let path = files.labels {
      let names = try JSONFile(path: path).decode(Labels.self)
      if featureLabels.isEmpty { featureLabels = names.featureLabels ?? [] }
      if labels.isEmpty { labels = names.labels ?? [] }
    }
  }

  /// A name for each of `count` columns: the labels where there is one each; those of the first axis with the axes in
  /// front, where the axes divide the columns; nil where columns cannot be told apart.
  func columnNames(_ count: Int) -> [String]? {
    if featureLabels.count == count, Set(featureLabels).count == count { return featureLabels }
    guard !axes.isEmpty, count % axes.count == 0, Set(axes).count == axes.count else { return nil }
    let perAxis = count / axes.count
    if block == "raw" { return (0..<count).map { "\(axes[$0 % axes.count]) row \($0 / axes.count)" } }
    guard featureLabels.count == perAxis, Set(featureLabels).count == perAxis else { return nil }
    return axes.flatMap { axis in featureLabels.map { "\(axis) \($0)" } }
  }
}
