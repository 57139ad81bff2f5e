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
    // One that is refused must not take others with it.
    for recording in recordings { try RegisteredRecording(recording, id: 0).checkSizes() }
    return try await withCheckedThrowingContinuation { continuation in
      pending.append((recordings, continuation))
      if pending.count > 1 { return }
      // As long as the last time took: what comes meanwhile is written together, and half of the time is for others.
      let pause = lastRegistration
      Task {
        try? await Task.sleep(for: pause)
        self.addPending()
      }
    }
  }

  private func addPending() {
    let batch = pending
    pending = []
    let start = ContinuousClock.now
    defer { lastRegistration = ContinuousClock.now - start }
    do {
      try checkFolder()
      try takeUpLabels()
      var recordings = contents.recordings.registered
      var next = lastID + 1
      var ids: [[Int]] = []
      for (new, _) in batch {
        guard Int32(exactly: next + new.count) != nil else { throw Refusal("there are no ids left below 2^31") }
        ids.append(Array(next..<next + new.count))
        recordings += zip(new, next...).map { RegisteredRecording($0, id: $1) }
        next += new.count
      }
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
    try checkFolder()
    try takeUpLabels()
    _ = try contents.recordings.entry(id)
    var recordings = contents.recordings.registered
    guard let index = recordings.firstIndex(where: { $0.id == id }) else { return }
    let old = recordings[index]
    try change(&recordings[index])
    try recordings[index].checkSizes()
    if recordings[index] != old { try register(recordings, removed: []) }
  }

  /// Removes recordings: from the label files first, then from the folder.
  ///
  /// A file that cannot be removed then is no recording any more; the next start tries again.
  /// - Throws: `Refusal` for an unknown id or where nothing may be changed; `OutputError`.
  func remove(_ ids: [Int]) throws {
    try checkWritable()
    try checkFolder()
    try takeUpLabels()
    let gone = try ids.map { try contents.recordings.entry($0) }
    if gone.isEmpty { return }
    let set = Set(ids)
    let recordings = contents.recordings.registered.filter { !set.contains($0.id) }
    // Once the highest is gone, label files do not tell any more that it was given.
    if lastID > recordings.map(\.id).max() ?? 0 { try nextID.write(lastID + 1) }
    var removal = try Removal(dataset: folder)
    let named = Set(contents.recordings.all.map { ByteKey($0.path) })
    do {
      try removal.add(gone.map { ($0.sampleID, $0.path) }, named: named, dataset: folder)
      try register(recordings, removed: gone)
    } catch let error where !(error is RegisterWrite.Torn) {
      removal.cancel(dataset: folder)
      throw error
    }
    removal.finish(dataset: folder)
  }

  /// Writes the label files, then shows the change.
  ///
  /// Where Studio's list is there it has the say, so it is the last to name what is new and the first to forget what
  /// is gone: whatever moment the process ends at, the folder is what it was before or what it is to be.
  /// - Throws: `OutputError`, with all files as they were, or `RegisterWrite.Torn`.
  private func register(_ recordings: [RegisteredRecording], removed: [DatasetEntry]) throws {
    var labels = try takeLabelFile()
    var list = try SampleListFile(folder: folder, samplesFile: samplesFile)
    try labels.update(recordings, removed: removed.map(\.path))
    list?.update(recordings, removed: removed.map(\.sampleID))
    var files: [any RegisterFile] = []
    if let list, !removed.isEmpty { files.append(list) }
    // Beside Studio's list too: a folder for an upload would hide the recordings of one that has no folders.
    files.append(labels)
    if let list, removed.isEmpty { files.append(list) }
    watchedLabels.withLock { $0.isWriting = true }
    defer { watchedLabels.withLock { $0.isWriting = false } }
    // What an error leaves is read again by the next call.
    try RegisterWrite(files, sync: sync).run()
    watchedLabels.withLock { $0.note() }
    labelFile = FileIdentity(path: labels.path).map { ($0, labels) }
    publish { $0.recordings.apply(recordings, folder: folder, order: list?.ids) }
  }

  /// The label file as this server wrote it last, unless it is another one by now. Then it is read.
  ///
  /// It is handed over, so that changing it copies nothing, and kept again once it is on disk.
  private func takeLabelFile() throws -> LabelFile {
    let kept = labelFile
    labelFile = nil
    let path = "\(folder)/\(LabelFile.fileName)"
    if let kept, kept.identity == FileIdentity(path: path) { return kept.file }
    return try LabelFile(folder: folder)
  }
}

extension RecordingList {
  /// What the label files are to say as things are.
  var registered: [RegisteredRecording] {
    entries.map { RegisteredRecording($0, isDisabled: false) }
      + disabled.map { RegisteredRecording($0, isDisabled: true) }
  }

  /// Takes over what has been registered.
  ///
  /// - Parameter order: ids as Studio's list has them; nil for the newest first.
  mutating func apply(_ recordings: [RegisteredRecording], folder: String, order: [Int]?) {
    let old = Dictionary(all.map { ($0.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
    let places = order.map {
      Dictionary($0.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let sorted = recordings.sorted { first, second in
      guard let places else { return first.id > second.id }
      return places[first.id, default: -1] < places[second.id, default: -1]
    }
    func entry(_ recording: RegisteredRecording) -> DatasetEntry {
      old[recording.id].map { recording.applied(to: $0) } ?? recording.entry(in: folder)
    }
    self = RecordingList(
      sorted.filter { !$0.isDisabled }.map(entry), disabled: sorted.filter { $0.isDisabled }.map(entry))
  }
}
