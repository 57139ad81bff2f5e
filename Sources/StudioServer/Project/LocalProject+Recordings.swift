import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// Changes of the recordings. Each is in the label files when the call returns, or not made at all.
extension LocalProject {
  /// Registers recordings whose files are in place.
  ///
  /// Calls that come while another writes are written together: an upload does not wait for each one before it.
  /// - Returns: their ids.
  /// - Throws: `Refusal` where nothing may be changed, `OutputError`; files that are named nowhere are no recordings.
  func add(_ recordings: [NewRecording]) async throws -> [Int] {
    try checkWritable()
    if recordings.isEmpty { return [] }
    return try await withCheckedThrowingContinuation { continuation in
      pending.append((recordings, continuation))
      // What came before this task does is served by it; later ones find nothing to do.
      Task { self.addPending() }
    }
  }

  private func addPending() {
    let batch = pending
    pending = []
    if batch.isEmpty { return }
    do {
      var recordings = contents.recordings.registered
      var next = lastID + 1
      var ids: [[Int]] = []
      for (new, _) in batch {
        guard Int32(exactly: next + new.count) != nil else { throw Refusal("there are no ids left below 2^31") }
        ids.append(Array(next..<next + new.count))
        recordings += zip(new, next...).map { RegisteredRecording($0, id: $1) }
        next += new.count
      }
      for recording in recordings.suffix(next - 1 - lastID) { try recording.checkSizes() }
      try register(recordings, removed: [])
      lastID = next - 1
      for (item, ids) in zip(batch, ids) { item.continuation.resume(returning: ids) }
    } catch {
      for item in batch { item.continuation.resume(throwing: error) }
    }
  }

  /// Changes what label files say about a recording.
  ///
  /// - Throws: `Refusal` for an unknown id or where nothing may be changed; what `change` throws; `OutputError`.
  func edit(_ id: Int, _ change: @Sendable (inout RegisteredRecording) throws -> Void) throws {
    try checkWritable()
    _ = try contents.recordings.entry(id)
    var recordings = contents.recordings.registered
    guard let index = recordings.firstIndex(where: { $0.id == id }) else { return }
    let old = recordings[index]
    try change(&recordings[index])
    try recordings[index].checkSizes()
    if recordings[index].name != old.name, FileIdentity(path: samplesFile ?? "\(folder)/samples.json") != nil {
      throw Refusal("the list of samples finds files by their names, so a recording keeps its name here")
    }
    if recordings[index] != old { try register(recordings, removed: []) }
  }

  /// Removes recordings: from the label files first, then from the folder.
  ///
  /// A file that cannot be removed then is no recording any more.
  /// - Throws: `Refusal` for an unknown id or where nothing may be changed; `OutputError`.
  func remove(_ ids: [Int]) throws {
    try checkWritable()
    let gone = try ids.map { try contents.recordings.entry($0) }
    if gone.isEmpty { return }
    let set = Set(ids)
    try register(contents.recordings.registered.filter { !set.contains($0.id) }, removed: gone)
    for entry in gone {
      // A link goes, and what it leads to stays.
      unlink("\(folder)/\(entry.path)")
      // An array's description goes with it.
      if entry.path.hasSuffix(".npy") { unlink("\(folder)/\(entry.path.dropLast(4)).json") }
    }
  }

  /// Writes the label files, then shows the change.
  ///
  /// Where Studio's list is there it has the say, so it is the last to name what is new and the first to forget what
  /// is gone: whatever moment the process ends at, the folder is what it was before or what it is to be.
  private func register(_ recordings: [RegisteredRecording], removed: [DatasetEntry]) throws {
    var labels = try LabelFile(folder: folder)
    var list = try SampleListFile(folder: folder, samplesFile: samplesFile)
    let hasLabels = FileIdentity(path: labels.path) != nil
    if list != nil && !removed.isEmpty { try list?.write(recordings, removed: removed.map(\.sampleID)) }
    if hasLabels || list == nil { try labels.write(recordings, removed: removed.map(\.path)) }
    if list != nil && removed.isEmpty { try list?.write(recordings, removed: []) }
    publish { $0.recordings.apply(recordings, folder: folder) }
  }
}

extension RecordingList {
  /// What the label files are to say as things are.
  var registered: [RegisteredRecording] {
    entries.map { RegisteredRecording($0, isDisabled: false) }
      + disabled.map { RegisteredRecording($0, isDisabled: true) }
  }

  /// Takes over what has been registered. New recordings come first, as they are the newest.
  mutating func apply(_ recordings: [RegisteredRecording], folder: String) {
    let byID = Dictionary(recordings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(all.map(\.sampleID))
    let new = recordings.filter { !known.contains($0.id) }.sorted { $0.id > $1.id }.map { $0.entry(in: folder) }
    let kept = all.compactMap { entry in byID[entry.sampleID].map { $0.applied(to: entry) } }
    let isOff = { (entry: DatasetEntry) in byID[entry.sampleID]?.isDisabled ?? false }
    // Studio's list may have an order of its own, which those that stay keep.
    let isByID = zip(entries, entries.dropFirst()).allSatisfy { $0.sampleID > $1.sampleID }
    let places = Dictionary(entries.enumerated().map { ($1.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
    let used = kept.filter { !isOff($0) }.sorted {
      isByID ? $0.sampleID > $1.sampleID : places[$0.sampleID, default: -1] < places[$1.sampleID, default: -1]
    }
    self = RecordingList(new + used, disabled: kept.filter(isOff))
  }
}
