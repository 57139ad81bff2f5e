import Foundation

/// Label files that come along with recordings instead of standing in their folder, as in an upload.
///
/// ```swift
/// var documents = LabelDocuments()
/// try documents.read("structured_labels.labels", data)
/// let label = documents.notes(for: "wave.json").label
/// ```
///
/// Recordings are found by their file names alone; of several entries for one name in `info.labels` the first counts.
public struct LabelDocuments: Sendable {
  /// What label files say about one recording. Nil where they say nothing.
  public struct Notes: Sendable, Equatable {
    /// What the recording is called.
    public var name: String?
    /// The part of the dataset.
    public var category: Category?
    /// What it shows; labels by rows win.
    public var label: RecordingLabel?
    /// Free text by key.
    public var metadata: [String: String] = [:]
    /// What is to be seen in parts of a picture.
    public var boundingBoxes: [BoundingBox]?
  }

  private var listed: [ByteKey: InfoLabels.File] = [:]
  private var side: [ByteKey: SideLabels.Notes] = [:]

  /// No files.
  public init() {}

  /// Whether a file of this name is a label file, and no recording.
  public static func isLabelFile(_ name: String) -> Bool {
    name == InfoLabels.fileName || name == SideLabels.attachmentsName || SideLabels.Kind(rawValue: name) != nil
  }

  /// Reads a label file.
  ///
  /// - Parameters:
  ///   - name: tells what kind of label file it is, and errors.
  ///   - data: the file's bytes.
  /// - Throws: `DatasetError`, the first where several entries are wrong; `unsupported` for texts by key and for
  ///   attachments, which nothing here keeps.
  public mutating func read(_ name: String, _ data: Data) throws(DatasetError) {
    if name == InfoLabels.fileName {
      let info = try InfoLabels(bytes: Array(data), file: name)
      if let error = info.errors.first { throw error }
      for file in info.files {
        let key = ByteKey(RecordingName.fileName(path: file.path))
        if listed[key] == nil { listed[key] = file }
      }
      return
    }
    guard let kind = SideLabels.Kind(rawValue: name), kind != .map else {
      throw DatasetError(
        file: name,
        expected: "\(InfoLabels.fileName), \(SideLabels.Kind.structured.rawValue) or "
          + SideLabels.Kind.boxes.rawValue, found: "another label file", kind: .unsupported)
    }
    var labels = SideLabels()
    labels.read(kind, JSONFile(data: data, name: name)) { _ in true }
    if let error = labels.errors.first { throw error }
    for (path, notes) in labels.notes.sorted(by: { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) }) {
      let key = ByteKey(RecordingName.fileName(path: path.text))
      if let label = notes.label { side[key, default: .init()].label = label }
      if let boxes = notes.boxes { side[key, default: .init()].boxes = boxes }
    }
  }

  /// What the files say about a recording.
  public func notes(for fileName: String) -> Notes {
    let key = ByteKey(fileName)
    let (entry, further) = (listed[key], side[key])
    return Notes(
      name: entry?.name, category: entry?.category, label: further?.label ?? entry?.label,
      metadata: entry?.metadata ?? [:],
      boundingBoxes: (entry?.boxes).flatMap { $0.isEmpty ? nil : $0 } ?? further?.boxes)
  }
}
