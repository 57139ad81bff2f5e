import Datasets
import FeatureGeneration
import Foundation
import StudioAPI

/// All that a finding about a block was calculated from, to tell whether it still holds.
struct AnalysisBasis: Equatable, Sendable {
  /// The block and its settings.
  let configuration: String
  /// Files, labels and ids of the training recordings.
  let recordings: Int
  /// The feature set; nil for what is calculated from recordings alone.
  var set: FileIdentity?

  /// - Complexity: O(recordings), a system call each.
  init(configuration: String, recordings: RecordingList) {
    self.configuration = configuration
    // Within one process the same values give the same hash.
    var hasher = Hasher()
    for entry in recordings.entries(of: .training) {
      hasher.combine(entry.sampleID)
      hasher.combine(ByteKey(entry.path))
      hasher.combine(entry.label)
      hasher.combine(FileIdentity(path: entry.filePath))
    }
    self.recordings = hasher.finalize()
  }
}

extension Services {
  /// What the importance of a block's features depends on; nil as long as it has no training features.
  func importanceBasis(_ id: Int, _ contents: ProjectContents) -> AnalysisBasis? {
    guard let prepared = try? contents.impulse.prepared.block(id), store.metadata(prepared.block, .training) != nil,
      let set = trainingSet(of: prepared.block)
    else { return nil }
    var basis = AnalysisBasis(configuration: prepared.configurationHash, recordings: contents.recordings)
    basis.set = set
    return basis
  }

  /// A block's training features as they are now.
  func trainingSet(of block: ImpulseBlock) -> FileIdentity? {
    FileIdentity(path: store.file(block, .training, "metadata.json"))
  }

  /// What suggestions for a block depend on: not on its parameters, which they are to replace.
  func tuningBasis(_ block: ImpulseBlock, _ contents: ProjectContents) -> AnalysisBasis {
    let input = block.input
    return AnalysisBasis(
      configuration: "\(block.type) \(block.implementationVersion) \(block.axes) \(input.frequency) \(input.window)",
      recordings: contents.recordings)
  }

  /// Whether a block's features were made with the settings that it has now; nil where it has none.
  func isCurrent(_ id: Int, _ category: Datasets.Category, _ contents: ProjectContents) -> Bool? {
    guard let block = try? contents.impulse.block(id), let metadata = store.metadata(block, category) else {
      return nil
    }
    guard let prepared = try? contents.impulse.prepared.block(id) else { return false }
    return metadata["edgedsp"]?["configurationHash"]?.text == prepared.configurationHash
  }

  /// Whether there are training recordings that the features of some block were not made from.
  func hasNewRecordings(_ contents: ProjectContents) -> Bool {
    let ids = contents.recordings.entries(of: .training).map(\.sampleID)
    return contents.impulse.impulse.blocks.contains { block in
      guard let made = store.metadata(block, .training)?["edgedsp"] else { return false }
      let known = Set(
        (made.list("recordings") + made.list("skipped")).compactMap { entry -> Int? in
          if case .integer(let id)? = entry["id"] { id } else { nil }
        })
      return !known.isSuperset(of: ids)
    }
  }
}
