import Foundation

/// `info.labels`, the list of files in an exported dataset: path, name, category, label, metadata and boxes of
/// each. Attachments are not used. Version 1, as one JSON document or, from very large exports, as one line for each file.
struct InfoLabels: Sendable {
  struct File: Sendable, Equatable {
    /// Relative to the folder of the label file.
    var path: String
    /// The recording's name; older exports have none.
    var name: String?
    var category: Category
    var label: RecordingLabel
    var metadata: [String: String]
    /// Parts of a picture; empty where there are none.
    var boxes: [BoundingBox]
    /// The sample id that a local Studio has given, which Studio's own files do not have.
    var id: Int?
    /// Left out of feature sets; only local Studios write it.
    var isDisabled = false
    /// Where the label file says so, for errors.
    var position: DatasetError.Position
  }

  /// The largest label file that is read: a hundred thousand files with multi-labels take 100 MiB.
  static let sizeLimit = 256 << 20

  /// The file's name in a dataset.
  static let fileName = "info.labels"

  private(set) var files: [File] = []
  /// What is wrong with single files; these are not in `files`.
  private(set) var errors: [DatasetError] = []

  /// Reads the label file at `path`, which errors name `file`.
  /// - Throws: `DatasetError` when the file as a whole cannot be read.
  init(path: String, file: String) throws(DatasetError) {
    let json = try JSONFile(path: path, name: file, sizeLimit: Self.sizeLimit)
    try self.init(bytes: Array(json.data), file: file)
  }

  init(bytes: [UInt8], file: String) throws(DatasetError) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    if let header = lines.first, header.filter({ !Self.isBlank($0) }).starts(with: "{\"__ndjson\":true".utf8) {
      try readLines(bytes, file: file)
    } else {
      try readDocument(bytes, file: file)
    }
  }

  private mutating func readDocument(_ bytes: [UInt8], file: String) throws(DatasetError) {
    let json = JSONFile(data: Data(bytes), name: file)
    let document = try json.decode(Document.self)
    if document.version != 1 {
      throw DatasetError(
        file: file, position: .entry("version"), expected: "version 1", found: "\(document.version)",
        kind: .unsupported)
    }
    for (index, item) in document.files.enumerated() {
      do throws(DatasetError) {
        add(try item.value(in: json), "files[\(index)]", .entry("files[\(index)]"), file)
      } catch {
        errors.append(error)
      }
    }
  }

  private mutating func readLines(_ bytes: [UInt8], file: String) throws(DatasetError) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index > 0 && !line.allSatisfy(Self.isBlank) {
      do throws(DatasetError) {
        let entry = try JSONFile(data: Data(line), name: file).decode(Line.self)
        if entry.__key == "files", let item = entry.__item { add(item, "", .line(index + 1), file) }
      } catch {
        var error = error
        error.position = .line(index + 1)
        errors.append(error)
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }

  private mutating func add(
    _ item: Item, _ entry: String, _ position: DatasetError.Position, _ file: String
  ) {
    do throws(DatasetError) {
      let place = { (key: String) -> DatasetError.Position in
        entry.isEmpty ? position : .entry("\(entry).\(key)")
      }
      guard let category = Category(rawValue: item.category) else {
        throw DatasetError(
          file: file, position: place("category"),
          expected: "one of \(Category.allCases.map(\.rawValue).joined(separator: ", "))",
          found: DatasetError.quoted(item.category))
      }
      let label = try item.label.resolved(file: file, place: place)
      let boxes = item.boundingBoxes ?? []
      for (index, box) in boxes.enumerated() {
        try box.checked(file: file, position: place("boundingBoxes[\(index)]"))
      }
      if let id = item.id, Int32(exactly: id) == nil || id < 1 {
        throw DatasetError(
          file: file, position: place("id"), expected: "an id from 1 to \(Int32.max)", found: "\(id)")
      }
      files.append(
        File(
          path: item.path, name: item.name, category: category, label: label,
          metadata: item.metadata ?? [:], boxes: boxes, id: item.id, isDisabled: item.isDisabled ?? false,
          position: position))
    } catch {
      errors.append(error)
    }
  }
}

// MARK: The document as it is written

private struct Document: Decodable {
  let version: Int
  let files: [Tolerant<Item>]

  enum CodingKeys: CodingKey { case version, files }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    // Hand-made copies of exports lack the version.
    version = try values.decodeIfPresent(Int.self, forKey: .version) ?? 1
    files = version == 1 ? try values.decode([Tolerant<Item>].self, forKey: .files) : []
  }
}

private struct Line: Decodable {
  let __key: String
  let __item: Item?
}

private struct Item: Decodable {
  let path: String
  let name: String?
  let category: String
  let label: Label
  let metadata: [String: String]?
  let boundingBoxes: [BoundingBox]?
  let id: Int?
  let isDisabled: Bool?
}

private struct Label: Decodable {
  let type: String
  let label: String?
  let labels: [ListedSpan]?

  func resolved(
    file: String, place: (String) -> DatasetError.Position
  ) throws(DatasetError) -> RecordingLabel {
    switch type {
    case "unlabeled":
      return .unlabeled
    case "label":
      guard let label else {
        throw DatasetError(
          file: file, position: place("label"), expected: "the key \"label\"", found: "an object without it",
          kind: .missing)
      }
      return RecordingLabel(listed: label)
    case "multi-label":
      guard let labels else {
        throw DatasetError(
          file: file, position: place("label"), expected: "the key \"labels\"",
          found: "an object without it", kind: .missing)
      }
      return try ListedSpan.label(labels, file: file) { place("label.labels[\($0)]") }
    default:
      throw DatasetError(
        file: file, position: place("label.type"), expected: "unlabeled, label or multi-label",
        found: DatasetError.quoted(type), kind: .unsupported)
    }
  }
}
