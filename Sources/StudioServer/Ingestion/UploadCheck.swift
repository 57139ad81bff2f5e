import Datasets
import Foundation

/// Reads uploaded files to their ends and decides what each is: its label, its part of the dataset, its name.
///
/// | what | where it comes from, the first that says something |
/// |---|---|
/// | label | labels by rows, `x-label`, `info.labels`, the file itself, the beginning of its name |
/// | category | the path of the request, `info.labels`, the hash of the content |
/// | boxes | `x-bounding-boxes`, `info.labels`, `bounding_boxes.labels` |
/// | metadata | `x-metadata`, for each key; `info.labels` |
struct UploadCheck {
  /// A file that is a recording, or why it is none.
  struct Result: Sendable {
    /// As the client called it.
    let name: String
    var recording: Recording?
    var problem: String?
  }

  /// A sound recording in the staging folder.
  struct Recording: Sendable {
    var item: RecordingStore.Item
    var name: String
    var category: Datasets.Category
    var label: RecordingLabel
    var metadata: [String: String]
    var boxes: [Datasets.BoundingBox]
    var bytes: Int
    var sha256: String

    func registered(at path: String) -> NewRecording {
      NewRecording(
        path: path, name: name, category: category, label: label, metadata: metadata, boundingBoxes: boxes)
    }
  }

  private(set) var results: [Result] = []
  private let settings: UploadSettings
  private var documents = LabelDocuments()

  /// - Throws: `Refusal` (400) for a label file that cannot be used or a request without recordings; 503 where the
  ///   system does not let files be read.
  /// - Complexity: O(bytes).
  init(_ files: [UploadIntake.File], _ settings: UploadSettings, _ dateIDs: DateIDs) throws {
    self.settings = settings
    for file in files {
      guard case .labels(let data) = file.content else { continue }
      do throws(DatasetError) {
        try documents.read(file.name.original, data)
      } catch {
        throw Refusal(.badRequest, "\(error)")
      }
    }
    let sidecars = Self.sidecars(files)
    for (index, file) in files.enumerated() where !sidecars.values.contains(index) {
      guard case .staged(let path, let bytes, let sha256) = file.content else { continue }
      var sidecar: String?
      if let other = sidecars[index], case .staged(let description, _, _) = files[other].content {
        sidecar = try Self.move(description, besides: path)
      }
      results.append(
        try check(file.name, Staged(path: path, sidecar: sidecar, bytes: bytes, sha256: sha256), dateIDs))
    }
    if results.isEmpty { throw Refusal(.badRequest, "the body holds label files only, and no recording") }
  }

  private struct Staged {
    let path: String
    let sidecar: String?
    let bytes: Int
    let sha256: String
  }

  /// For each array the position of its description: the first `NAME.json` that came with `NAME.npy`.
  private static func sidecars(_ files: [UploadIntake.File]) -> [Int: Int] {
    var descriptions: [ByteKey: Int] = [:]
    for (index, file) in files.enumerated().reversed() where file.name.fileExtension == "json" {
      descriptions[ByteKey(file.name.display)] = index
    }
    var found: [Int: Int] = [:]
    for (index, file) in files.enumerated() where file.name.fileExtension == "npy" {
      found[index] = descriptions.removeValue(forKey: ByteKey(file.name.display))
    }
    return found
  }

  /// Puts a description where readers of arrays look for it.
  private static func move(_ description: String, besides path: String) throws(Refusal) -> String {
    let target = "\(RecordingName.stem(fileName: path)).json"
    guard rename(description, target) == 0 else {
      throw Refusal(.serviceUnavailable, "cannot move an uploaded file: \(String(cString: strerror(errno)))")
    }
    return target
  }

  private func check(_ name: UploadName, _ file: Staged, _ dateIDs: DateIDs) throws(Refusal) -> Result {
    let notes = documents.notes(for: name.original)
    let shown = name.original.isEmpty ? name.display : name.original
    var result = Result(name: shown)
    do throws(DatasetError) {
      var category = settings.category == .split ? notes.category ?? .split : settings.category
      if category == .split { category = try CategorySplit.md5.category(ofFile: file.path, displayName: shown) }
      var entry = DatasetEntry(
        path: shown, filePath: file.path, name: name.display, category: category, label: .unlabeled, sampleID: 0,
        byteCount: file.bytes)
      // Labels by rows must end where the recording does.
      if case .multi = notes.label { entry.label = notes.label ?? .unlabeled }
      let facts = try entry.examine()
      let boxes = settings.boundingBoxes ?? notes.boundingBoxes ?? []
      let stored = settings.addsDateID ? name.appending(id: dateIDs.next()) : name
      result.recording = Recording(
        item: .init(
          path: file.path, sidecar: file.sidecar, stem: stored.stem,
          fileExtension: name.storedExtension(format: facts.format)),
        name: notes.name.map { UploadName($0).display } ?? stored.display, category: category,
        label: try label(name, notes, entry, facts.format, hasBoxes: !boxes.isEmpty),
        metadata: notes.metadata.merging(settings.metadata) { $1 }, boxes: boxes, bytes: file.bytes,
        sha256: file.sha256)
    } catch {
      if error.kind == .system || error.kind == .unreadable { throw Refusal(.serviceUnavailable, "\(error)") }
      result.problem = "\(error)"
    }
    return result
  }

  private func label(
    _ name: UploadName, _ notes: LabelDocuments.Notes, _ entry: DatasetEntry, _ format: String, hasBoxes: Bool
  ) throws(DatasetError) -> RecordingLabel {
    if case .multi = notes.label { return notes.label ?? .unlabeled }
    if let label = settings.label { return .single(label) }
    if let label = notes.label { return label }
    if format == "npy" || format == "csv", let label = try entry.open().label { return label }
    // What a picture shows stands in its boxes; its name is no more than a number.
    return settings.infersLabels && !hasBoxes ? RecordingLabel(fileName: name.original) : .unlabeled
  }
}
