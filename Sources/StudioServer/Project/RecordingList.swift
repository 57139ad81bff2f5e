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
  /// Recordings that are left out since no id is left for them.
  private(set) var problems: [DatasetProblem] = []
  /// What is wrong with files that say what recordings are, and with recordings: those concerned are left out.
  private(set) var errors: [DatasetProblem] = []
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
  ///   - lastID: the highest id that was ever given. Recordings that the label file gives none get higher ones; where
  ///     there is none at a start either, the folder is numbered from 1.
  ///   - known: ids of recordings by path, which they keep where the label file gives none; nil at a start.
  /// - Throws: `DatasetErrors` where the folder or Studio's list cannot be read at all, `OutputError`.
  init(
    folder: String, samplesFile: String?, impulseFile: String, lastID: Int, known: [ByteKey: Int]? = nil
  ) throws {
    let dataset = try Dataset.scan(path: folder, samplesFile: samplesFile)
    let impulse = Self.resolved(impulseFile)
    var entries = dataset.entries.filter { Self.resolved($0.filePath) != impulse }
    var disabled = dataset.disabled
    let list = SampleListFile.place(folder: folder, samplesFile: samplesFile)
    let labels = "\(folder)/\(LabelFile.fileName)"
    var problems: [DatasetProblem] = []
    if FileIdentity(path: list) == nil, known != nil || FileIdentity(path: labels) != nil {
      let files = LabelFile.counting(in: folder)
      let isNew = { (entry: DatasetEntry) in !files.contains { $0.hasID(entry.path) } }
      var taken = Set((entries + disabled).filter { !isNew($0) }.map(\.sampleID))
      var next = max(lastID, taken.max() ?? 0) + 1
      func numbered(_ entry: DatasetEntry) -> DatasetEntry? {
        var entry = entry
        if !isNew(entry) { return entry }
        if let id = known?[ByteKey(entry.path)], taken.insert(id).inserted {
          entry.sampleID = id
        } else if Int32(exactly: next) != nil {
          entry.sampleID = next
          next += 1
        } else {
          problems.append(
            DatasetProblem(severity: .error, file: entry.path, message: "no id below 2^31 is left for it"))
          return nil
        }
        return entry
      }
      // The lowest of those that were counted stays the lowest.
      disabled = disabled.reversed().compactMap(numbered).sorted { $0.sampleID > $1.sampleID }
      entries = entries.reversed().compactMap(numbered).sorted { $0.sampleID > $1.sampleID }
    }
    self.init(entries, disabled: disabled)
    self.problems = problems
    errors = dataset.problems.filter { $0.severity == .error }
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
