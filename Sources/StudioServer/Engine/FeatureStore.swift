import Datasets
import FeatureGeneration
import Foundation
import OutputFiles
import StudioAPI

/// Feature sets that have been generated, kept with the dataset in its hidden folder `.edgedsp`.
struct FeatureStore: Sendable {
  /// Where sets are; a folder for each category.
  let path: String
  /// Whether it goes when the server ends.
  let isTemporary: Bool
  /// Sets' metadata that have been read.
  private let described = BoundedCache<FileIdentity, JSONValue>(mostBytes: 64 << 20)

  /// Beside the recordings, or in a folder of the system's where nothing may be written there.
  init(project: LocalProject) {
    isTemporary = project.isReadOnly
    path =
      isTemporary
      ? FileManager.default.temporaryDirectory.appending(
        path: "edgedsp-serve-\(getpid())-\(UInt32.random(in: 0 ... .max))"
      ).path
      : "\(project.folder)/.edgedsp/features"
  }

  /// Categories that a block has sets of.
  static let categories: [Datasets.Category] = [.training, .testing, .validation, .anomaly, .postProcessing]

  /// Where the sets of a category are.
  func folder(_ category: Datasets.Category) -> String { "\(path)/\(category.rawValue)" }

  /// A file of a block's set.
  func file(_ block: ImpulseBlock, _ category: Datasets.Category, _ name: String) -> String {
    "\(folder(category))/\(block.folderName)/\(name)"
  }

  /// `metadata.json` of a block's set; nil where none has been generated.
  func metadata(_ block: ImpulseBlock, _ category: Datasets.Category) -> JSONValue? {
    let path = file(block, category, "metadata.json")
    // A set is replaced as a whole, so its file is another one then.
    guard let identity = FileIdentity(path: path) else { return nil }
    if let known = described.value(identity) { return Self.isOf(block, known) ? known : nil }
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let metadata = try? JSONDecoder().decode(JSONValue.self, from: data)
    else { return nil }
    // A tree takes several times its text.
    described.insert(metadata, for: identity, bytes: 8 * data.count)
    return Self.isOf(block, metadata) ? metadata : nil
  }

  /// Whether features are of this kind of block: another block of the same id and name has none of them.
  private static func isOf(_ block: ImpulseBlock, _ metadata: JSONValue) -> Bool {
    metadata["edgedsp"]?["block"].map { $0.text == block.type } ?? true
  }

  /// Removes all sets of a block. What is not a set's stays.
  func clear(_ block: ImpulseBlock) {
    for category in Self.categories { clear(block, category) }
  }

  /// Removes a block's set of a category.
  func clear(_ block: ImpulseBlock, _ category: Datasets.Category) {
    let set = "\(folder(category))/\(block.folderName)"
    let aside = set + ".cleared"
    // What a killed process may have left.
    Self.empty(aside)
    // In one step: a job that puts a new set in place meanwhile loses none of its files.
    if rename(set, aside) != 0 { return }
    Self.empty(aside)
    // What is not a set's goes back.
    rename(aside, set)
  }

  /// Removes the files of a set, and its folder if nothing else is in it.
  private static func empty(_ folder: String) {
    for name in ["metadata.json", "labels.json", "X.npy", "X_raw.npy", "y.npy"] { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  /// Removes a temporary store.
  func discard() {
    if isTemporary { try? FileManager.default.removeItem(atPath: path) }
  }
}
