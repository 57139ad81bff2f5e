/// The label files that stand beside `info.labels` or in its place: each knows one thing about files of its folder.
///
/// | file | says |
/// |---|---|
/// | `structured_labels.labels` | labels by rows, `{structuredLabels: {FILE: [{startIndex, endIndex, label, labelMap}]}}` |
/// | `bounding_boxes.labels` | boxes in pictures, `{boundingBoxes: {FILE: [{label, x, y, width, height}]}}` |
/// | `label_map.labels` | texts by key, `{labels: {FILE: {key: text}}}` |
///
/// Where `info.labels` says the same thing, it wins.
struct SideLabels {
  /// What the files say about one recording.
  struct Notes {
    var label: RecordingLabel?
    var boxes: [BoundingBox]?
    var map: [String: String]?
  }

  /// By the recording's path in the dataset.
  private(set) var notes: [ByteKey: Notes] = [:]
  private(set) var errors: [DatasetError] = []
  /// Entries that are of no use here, without being wrong.
  private(set) var unused: [DatasetError] = []

  enum Kind: String, CaseIterable {
    case structured = "structured_labels.labels"
    case boxes = "bounding_boxes.labels"
    case map = "label_map.labels"

    /// The value of the file's key `type`.
    var type: String {
      switch self {
      case .structured: "structured-labels"
      case .boxes: "bounding-box-labels"
      case .map: "label-map-labels"
      }
    }
  }

  /// The label file that names files which come with recordings. Features need none of them.
  static let attachmentsName = "attachments.labels"

  /// Reads the label file `file`, which stands at `realPath`. `exists` tells whether a path is in the dataset.
  mutating func read(_ kind: Kind, realPath: String, file: String, exists: (ByteKey) -> Bool) {
    do throws(DatasetError) {
      try read(kind, JSONFile(path: realPath, name: file, sizeLimit: InfoLabels.sizeLimit), exists: exists)
    } catch {
      errors.append(error)
    }
  }

  /// Reads a label file that is in memory; its name is its path in the dataset.
  mutating func read(_ kind: Kind, _ json: JSONFile, exists: (ByteKey) -> Bool) {
    let file = json.name
    let folder = String(Substring(file.utf8.dropLast(kind.rawValue.utf8.count)))
    do throws(DatasetError) {
      let document = try json.decode(SideDocument.self)
      try document.check(kind, file: file)
      switch kind {
      case .structured:
        each(document.structuredLabels, json, folder, exists) { spans, place, notes throws(DatasetError) in
          notes.label = try Self.label(spans, file: file, place)
        }
      case .boxes:
        each(document.boundingBoxes, json, folder, exists) { boxes, place, notes throws(DatasetError) in
          for (index, box) in boxes.enumerated() {
            try box.checked(file: file, position: .entry("\(place)[\(index)]"))
          }
          notes.boxes = boxes
        }
      case .map:
        var lists: [DatasetError] = []
        each(document.labels, json, folder, exists) { labels, place, notes throws(DatasetError) in
          switch labels {
          case .map(let map): notes.map = map
          case .list:
            lists.append(
              DatasetError(
                file: file, position: .entry(place), expected: "texts by key", found: "an array", kind: .unsupported))
          }
        }
        unused += lists
      }
    } catch {
      errors.append(error)
    }
  }

  /// Takes each entry of a file by itself, in the order of their names' bytes.
  private mutating func each<Value>(
    _ section: SideDocument.Section<Value>, _ json: JSONFile, _ folder: String, _ exists: (ByteKey) -> Bool,
    _ take: (Value, String, inout Notes) throws(DatasetError) -> Void
  ) {
    for (name, value) in section.entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let place = "\(section.key).\(name)"
      do throws(DatasetError) {
        let path = folder + (try DatasetRoot.checked(name, file: json.name, position: .entry(place)))
        guard exists(ByteKey(path)) else {
          throw DatasetError(
            file: json.name, position: .entry(place), expected: "the recording \(DatasetError.quoted(path))",
            found: "no such file", kind: .missing)
        }
        try take(try value.value(in: json), place, &notes[ByteKey(path), default: Notes()])
      } catch {
        errors.append(error)
      }
    }
  }

  private static func label(
    _ spans: [SideDocument.Span], file: String, _ place: String
  ) throws(DatasetError) -> RecordingLabel {
    for (index, span) in spans.enumerated().dropFirst() {
      let keys = { (map: [String: String]?) in Set((map ?? [:]).keys.map { ByteKey($0) }) }
      if keys(span.labelMap) != keys(spans[0].labelMap) {
        throw DatasetError(
          file: file, position: .entry("\(place)[\(index)].labelMap"), expected: "the keys of \(place)[0].labelMap",
          found: "other keys")
      }
    }
    return try ListedSpan.label(spans.map(\.span), file: file) { .entry("\(place)[\($0)]") }
  }
}
