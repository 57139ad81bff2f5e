/// A label file other than `info.labels` as it is written. The three kinds differ in one key.
struct SideDocument: Decodable {
  /// The entries by file name.
  struct Section<Value: Decodable> {
    let key: String
    let entries: [String: Tolerant<Value>]
  }

  struct Span: Decodable {
    let span: ListedSpan
    let labelMap: [String: String]?

    private enum CodingKeys: CodingKey { case labelMap }

    init(from decoder: any Decoder) throws {
      span = try ListedSpan(from: decoder)
      labelMap = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
        [String: String].self, forKey: .labelMap)
    }
  }

  /// Texts by key; or a list, by rows.
  enum LabelMap: Decodable {
    case map([String: String])
    case list

    init(from decoder: any Decoder) throws {
      if (try? decoder.unkeyedContainer()) != nil {
        self = .list
      } else {
        self = .map(try [String: String](from: decoder))
      }
    }
  }

  let version: Int
  let type: String?
  let structuredLabels: Section<[Span]>
  let boundingBoxes: Section<[BoundingBox]>
  let labels: Section<LabelMap>
  private let keys: [String]

  private enum CodingKeys: String, CodingKey { case version, type, structuredLabels, boundingBoxes, labels }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    version = try values.decodeIfPresent(Int.self, forKey: .version) ?? 1
    type = try values.decodeIfPresent(String.self, forKey: .type)
    structuredLabels = try Self.section(values, .structuredLabels)
    boundingBoxes = try Self.section(values, .boundingBoxes)
    labels = try Self.section(values, .labels)
    keys = values.allKeys.map(\.stringValue)
  }

  private static func section<Value: Decodable>(
    _ values: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
  ) throws -> Section<Value> {
    Section(
      key: key.stringValue, entries: try values.decodeIfPresent([String: Tolerant<Value>].self, forKey: key) ?? [:])
  }

  /// - Throws: `DatasetError` when the file is of another kind than its name says, or of a version that is not known.
  func check(_ kind: SideLabels.Kind, file: String) throws(DatasetError) {
    if version != 1 {
      throw DatasetError(
        file: file, position: .entry("version"), expected: "version 1", found: "\(version)", kind: .unsupported)
    }
    if let type, type != kind.type {
      throw DatasetError(
        file: file, position: .entry("type"), expected: DatasetError.quoted(kind.type), found: DatasetError.quoted(type)
      )
    }
    let key: CodingKeys =
      switch kind {
      case .structured: .structuredLabels
      case .boxes: .boundingBoxes
      case .map: .labels
      }
    if !keys.contains(key.stringValue) {
      throw DatasetError(
        file: file, expected: "the key \(DatasetError.quoted(key.stringValue))", found: "an object without it",
        kind: .missing)
    }
  }
}
