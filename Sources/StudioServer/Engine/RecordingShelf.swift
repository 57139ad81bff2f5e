import Datasets
import Foundation

/// What recordings are, from reading each once. Belongs to threads of the engine: reading takes its time.
///
/// Their fingerprints are SHA-256, as Studio's are.
final class RecordingShelf: Sendable {
  /// A recording that was read to its end, or what is wrong with it.
  enum Finding: Sendable {
    case sound(RecordingFacts)
    case damaged(String)
  }

  /// Of all files that were asked for.
  let hashes = ContentHashes()
  private let findings = BoundedCache<FileIdentity, Finding>(mostBytes: 64 << 20)

  /// Facts of a recording.
  ///
  /// - Complexity: O(bytes of the file) the first time, O(1) as long as the file does not change.
  func finding(_ entry: DatasetEntry) -> Finding {
    let identity = FileIdentity(path: entry.filePath)
    if let identity, let known = findings.value(identity) { return known }
    let finding: Finding
    // The label is looked at elsewhere: it may change without the file.
    var plain = entry
    plain.label = .unlabeled
    do throws(DatasetError) {
      var facts = try plain.examine()
      facts.fingerprint = hashes.hash(of: entry.filePath) ?? ""
      finding = .sound(facts)
    } catch {
      finding = .damaged("\(error)")
    }
    if let identity { findings.insert(finding, for: identity, bytes: 1024) }
    return finding
  }

  /// What is known of a recording without reading it; nil where that is nothing.
  func known(_ entry: DatasetEntry) -> Finding? {
    FileIdentity(path: entry.filePath).flatMap { findings.value($0) }
  }

  /// Facts of a recording that can be used.
  ///
  /// - Throws: `Refusal` with what is wrong.
  func facts(_ entry: DatasetEntry) throws(Refusal) -> RecordingFacts {
    switch finding(entry) {
    case .sound(let facts): return facts
    case .damaged(let reason): throw Refusal(reason)
    }
  }
}
