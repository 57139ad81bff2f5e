import Datasets
import Foundation
import StudioAPI

/// What label files say about one recording.
struct RegisteredRecording: Sendable, Equatable {
  /// Studio's sample id.
  let id: Int
  /// Relative to the dataset folder.
  let path: String
  var name: String
  var category: Datasets.Category
  var label: RecordingLabel
  var metadata: [String: String]
  var boundingBoxes: [Datasets.BoundingBox]
  /// Left out of feature sets.
  var isDisabled = false

  /// Bytes of a label, and of all metadata: label files are read and written whole.
  private static let (mostLabelBytes, mostMetadataBytes) = (65_536, 65_536)

  /// Refuses what would make label files large for everybody.
  func checkSizes() throws(Refusal) {
    let labels: [String]
    switch label {
    case .single(let text): labels = [text]
    case .multi(let spans): labels = spans.map(\.label)
    case .unlabeled: labels = []
    }
    if let long = labels.map(\.utf8.count).max(), long > Self.mostLabelBytes {
      throw Refusal("a label has \(long) bytes, and \(Self.mostLabelBytes) is the most")
    }
    let bytes = metadata.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if bytes > Self.mostMetadataBytes {
      throw Refusal("the metadata has \(bytes) bytes, and \(Self.mostMetadataBytes) is the most")
    }
  }

  init(_ entry: DatasetEntry, isDisabled: Bool) {
    id = entry.sampleID
    path = entry.path
    name = entry.name
    category = entry.category
    label = entry.label
    metadata = entry.metadata
    boundingBoxes = entry.boundingBoxes
    self.isDisabled = isDisabled
  }

  init(_ recording: NewRecording, id: Int) {
    self.id = id
    path = recording.path
    name = recording.name
    category = recording.category
    label = recording.label
    metadata = recording.metadata
    boundingBoxes = recording.boundingBoxes
  }

  /// The entry with what may have changed.
  func applied(to entry: DatasetEntry) -> DatasetEntry {
    var entry = entry
    entry.name = name
    entry.category = category
    entry.label = label
    entry.metadata = metadata
    entry.boundingBoxes = boundingBoxes
    return entry
  }

  /// The entry of a recording that is new.
  func entry(in folder: String) -> DatasetEntry {
    let path = "\(folder)/\(path)"
    var entry = DatasetEntry(
      path: self.path, filePath: URL(filePath: path).resolvingSymlinksInPath().path, name: name, category: category,
      label: label, sampleID: id, byteCount: FileIdentity(path: path)?.size ?? 0, metadata: metadata)
    entry.boundingBoxes = boundingBoxes
    return entry
  }
}

/// A recording whose file is in place and which no label file names yet.
struct NewRecording: Sendable {
  /// Relative to the dataset folder.
  var path: String
  /// As Studio shows it: the file name without its ending.
  var name: String
  var category: Datasets.Category
  var label: RecordingLabel
  var metadata: [String: String] = [:]
  var boundingBoxes: [Datasets.BoundingBox] = []
}

extension RegisteredRecording {
  /// The fields of an entry of `info.labels`.
  var infoFields: [String: JSONValue] {
    var fields: [String: JSONValue] = [
      "path": .string(path), "name": .string(name), "category": .string(category.rawValue), "id": .integer(id),
      "label": labelObject, "metadata": .object(metadata.mapValues(JSONValue.string)),
      "boundingBoxes": .array(boundingBoxes.map(\.object)),
    ]
    if isDisabled { fields["isDisabled"] = .bool(true) }
    return fields
  }

  /// The fields of a sample in Studio's list that this server may change.
  var sampleFields: [String: JSONValue] {
    var text = ""
    if case .single(let label) = label { text = label }
    return [
      "id": .integer(id), "path": .string(path), "filename": .string(name), "category": .string(category.rawValue),
      "label": .string(text),
      "structuredLabels": .array(spans.map(\.object)), "metadata": .object(metadata.mapValues(JSONValue.string)),
      "isDisabled": .bool(isDisabled), "boundingBoxes": .array(boundingBoxes.map(\.object)),
    ]
  }

  /// Spans that leave no row out, as label files must have them: an empty label stands for none.
  private var spans: [LabelSpan] {
    guard case .multi(let spans) = label else { return [] }
    var filled: [LabelSpan] = []
    var next = 0
    for span in spans {
      if span.start > next { filled.append(LabelSpan(start: next, end: span.start - 1, label: "")) }
      filled.append(span)
      next = span.end < .max ? span.end + 1 : span.end
    }
    return filled
  }

  private var labelObject: JSONValue {
    switch label {
    case .unlabeled: .object(["type": .string("unlabeled")])
    case .single(let label): .object(["type": .string("label"), "label": .string(label)])
    case .multi: .object(["type": .string("multi-label"), "labels": .array(spans.map(\.object))])
    }
  }
}

extension LabelSpan {
  /// As label files and lists write it.
  fileprivate var object: JSONValue {
    .object(["startIndex": .integer(start), "endIndex": .integer(end), "label": .string(label)])
  }
}

extension Datasets.BoundingBox {
  /// As label files and lists write it.
  fileprivate var object: JSONValue {
    func number(_ value: Double) -> JSONValue { Int(exactly: value).map(JSONValue.integer) ?? .number(value) }
    return .object([
      "label": .string(label), "x": number(x), "y": number(y), "width": number(width), "height": number(height),
    ])
  }
}
