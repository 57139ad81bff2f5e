import Datasets
import FeatureGeneration
import Foundation
import StudioAPI

/// The recordings of a project by id.
struct RecordingList: Sendable {
  /// Newest first, which is the order of feature sets and of Studio's lists.
  private(set) var entries: [DatasetEntry]
  /// Class numbers of all labels.
  private(set) var labels: ClassLabels
  private var positions: [Int: Int]

  /// Reads a dataset folder. Files that cannot be used are left out; see `Dataset.scan`.
  ///
  /// - Throws: `DatasetErrors` where the folder or Studio's list cannot be read at all.
  init(folder: String, samplesFile: String?, impulseFile: String) throws {
    let dataset = try Dataset.scan(path: folder, samplesFile: samplesFile)
    let impulse = Self.resolved(impulseFile)
    self.init(dataset.entries.filter { Self.resolved($0.filePath) != impulse })
  }

  init(_ entries: [DatasetEntry]) {
    self.entries = entries
    labels = ClassLabels(entries.map(\.label))
    positions = Dictionary(entries.enumerated().map { ($1.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The recording with an id.
  ///
  /// - Throws: `Refusal` in the words that Studio's client looks for.
  func entry(_ id: Int) throws(Refusal) -> DatasetEntry {
    guard let position = positions[id] else { throw Refusal("No sample found with ID \(id)") }
    return entries[position]
  }

  /// Those of a category, newest first; all where it is nil.
  func entries(of category: Datasets.Category?) -> [DatasetEntry] {
    guard let category else { return entries }
    return entries.filter { $0.category == category }
  }

  private static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}
