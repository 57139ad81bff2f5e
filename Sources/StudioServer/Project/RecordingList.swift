import Datasets
import FeatureGeneration
import Foundation
import StudioAPI
import Synchronization

/// The recordings of a project by id.
struct RecordingList: Sendable {
  /// Those that are used, newest first, which is the order of feature sets.
  private(set) var entries: [DatasetEntry]
  /// Those that are left out of feature sets, newest first.
  private(set) var disabled: [DatasetEntry]
  /// Class numbers of all labels that are used.
  private(set) var labels: ClassLabels
  /// Another number for each list that is made.
  let revision = Self.revisions.add(1, ordering: .relaxed).newValue
  private static let revisions = Atomic(0)
  private var positions: [Int: Int]
  private var disabledIDs: Set<Int>
  /// All of them, the largest id first, as Studio lists them.
  private(set) var all: [DatasetEntry]

  /// Reads a dataset folder. Files that cannot be used are left out; see `Dataset.scan`.
  ///
  /// - Parameters:
  ///   - lastID: the highest id that was ever given. Recordings that the label file gives none get higher ones.
  ///   - known: ids of recordings by path, which they keep where the label file gives none.
  /// - Throws: `DatasetErrors` where the folder or Studio's list cannot be read at all, `OutputError`.
  init(
    folder: String, samplesFile: String?, impulseFile: String, lastID: Int, known: [ByteKey: Int] = [:]
  ) throws {
    let dataset = try Dataset.scan(path: folder, samplesFile: samplesFile)
    let impulse = Self.resolved(impulseFile)
    var entries = dataset.entries.filter { Self.resolved($0.filePath) != impulse }
    var disabled = dataset.disabled
    let list = SampleListFile.place(folder: folder, samplesFile: samplesFile)
    let labels = "\(folder)/\(LabelFile.fileName)"
    if FileIdentity(path: list) == nil, FileIdentity(path: labels) != nil, let labels = try? LabelFile(folder: folder) {
      let isNew = { (entry: DatasetEntry) in !labels.hasID(entry.path) }
      var taken = Set((entries + disabled).filter { !isNew($0) }.map(\.sampleID))
      var next = max(lastID, taken.max() ?? 0) + 1
      func number(_ entry: inout DatasetEntry) {
        if let id = known[ByteKey(entry.path)], taken.insert(id).inserted {
          entry.sampleID = id
        } else {
          entry.sampleID = next
          next += 1
        }
      }
      // The lowest of those that were counted stays the lowest.
      for index in disabled.indices.reversed() where isNew(disabled[index]) { number(&disabled[index]) }
      for index in entries.indices.reversed() where isNew(entries[index]) { number(&entries[index]) }
      entries.sort { $0.sampleID > $1.sampleID }
      disabled.sort { $0.sampleID > $1.sampleID }
    }
    self.init(entries, disabled: disabled)
  }

  init(_ entries: [DatasetEntry], disabled: [DatasetEntry]) {
    self.entries = entries
    self.disabled = disabled
    disabledIDs = Set(disabled.map(\.sampleID))
    labels = ClassLabels(entries.map(\.label))
    all = (entries + disabled).sorted { $0.sampleID > $1.sampleID }
    positions = Dictionary(all.enumerated().map { ($1.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The recording with an id.
  ///
  /// - Throws: `Refusal` in the words that Studio's client looks for.
  func entry(_ id: Int) throws(Refusal) -> DatasetEntry {
    guard let position = positions[id] else { throw Refusal("No sample found with ID \(id)") }
    return all[position]
  }

  /// Whether a recording is left out of feature sets.
  func isDisabled(_ id: Int) -> Bool { disabledIDs.contains(id) }

  /// Those of a category that are used, newest first; all where it is nil.
  func entries(of category: Datasets.Category?) -> [DatasetEntry] {
    guard let category else { return entries }
    return entries.filter { $0.category == category }
  }

  private static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}
