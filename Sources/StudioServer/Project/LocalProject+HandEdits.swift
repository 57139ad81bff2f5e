import Datasets
import FeatureGeneration
import Foundation
import OutputFiles
import StudioAPI
import Synchronization

/// What others change by hand while the dataset is served is taken up before the next call, and never overwritten.
extension LocalProject {
  /// Files that say what recordings are.
  static func labelFiles(folder: String, samplesFile: String?) -> [String] {
    let names = [LabelFile.fileName, "structured_labels.labels", "bounding_boxes.labels", "label_map.labels"]
    return [SampleListFile.place(folder: folder, samplesFile: samplesFile)]
      + ["", "training/", "testing/"].flatMap { part in names.map { "\(folder)/\(part)\($0)" } }
  }

  /// The highest id that label files give, also to entries that cannot be used as they are; 0 for none.
  static func highestID(folder: String, samplesFile: String?) -> Int {
    let labels = LabelFile.counting(in: folder).flatMap(\.ids)
    let list = (try? SampleListFile(folder: folder, samplesFile: samplesFile))?.ids ?? []
    return (labels + list).filter { Int32(exactly: $0) != nil }.max() ?? 0
  }

  /// Takes up what has changed, as far as it can be used: readers go on with what there was.
  ///
  /// - Complexity: O(1), a few system calls, where nothing has changed.
  nonisolated func takeUpHandEdits() async {
    if Self.hasChanged(watchedLabels) { try? await takeUpLabels() }
    if Self.hasChanged(watchedImpulse) { try? await takeUpImpulse() }
  }

  /// Copied out, so that nobody waits for the disk.
  private static func hasChanged(_ watched: borrowing Mutex<WatchedFiles>) -> Bool {
    let files = watched.withLock { $0 }
    return !files.isWriting && files.hasNews
  }

  /// Reads label files again that somebody has changed.
  ///
  /// - Throws: `Refusal` that names a file that cannot be used as it is now: an edit would replace it.
  func takeUpLabels() throws {
    var files = watchedLabels.withLock { $0 }
    let changed = files.changed
    if changed.isEmpty { return }
    do {
      files.note()
      // The list of files as such, which a scan of the folder leaves out where it cannot be read.
      _ = try LabelFile(folder: folder)
      let last = max(lastID, Self.highestID(folder: folder, samplesFile: samplesFile))
      let known = contents.recordings.all.map { (ByteKey($0.path), $0.sampleID) }
      let recordings = try RecordingList(
        folder: folder, samplesFile: samplesFile, impulseFile: impulseFile, lastID: last,
        known: Dictionary(known, uniquingKeysWith: { first, _ in first }))
      // An entry that is wrong would take its recording out of sight.
      let fresh = recordings.errors.first { error in
        !contents.recordings.errors.contains(error)
          && changed.contains { $0 == error.file || $0.hasSuffix("/\(error.file)") }
      }
      if let fresh { throw Refusal("\(fresh.file): \(fresh.message)") }
      let highest = recordings.all.first?.sampleID ?? 0
      lastID = max(last, highest)
      // Entries that were taken out by hand had ids as well.
      if lastID > highest, !isReadOnly { try nextID.write(lastID + 1) }
      watchedLabels.withLock { $0 = files }
      publish { $0.recordings = recordings }
    } catch {
      watchedLabels.withLock { $0.refuse() }
      throw Self.refusal(changed, error)
    }
  }

  /// Reads the impulse file again if somebody has changed it.
  ///
  /// - Throws: `Refusal` where it cannot be used as it is now: an edit would replace it.
  func takeUpImpulse() throws {
    var files = watchedImpulse.withLock { $0 }
    let changed = files.changed
    if changed.isEmpty { return }
    do {
      files.note()
      let settings = try ImpulseSettings(file: impulseFile)
      watchedImpulse.withLock { $0 = files }
      publish { $0.impulse = settings }
    } catch {
      watchedImpulse.withLock { $0.refuse() }
      throw Self.refusal(changed, error)
    }
  }

  private static func refusal(_ changed: [String], _ error: any Error) -> Refusal {
    Refusal(
      "\(changed.joined(separator: ", ")) was changed while it is served, and cannot be used as it is now; "
        + "nothing is written over it: \(Refusal(error)?.message ?? "\(error)")")
  }
}
