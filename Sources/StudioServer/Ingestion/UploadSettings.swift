import Datasets
import Foundation
import HTTPTypes

/// What an upload request says about all its files, in its path and in headers.
///
/// | header | meaning |
/// |---|---|
/// | `x-label` | the label; without it the label file's, else the beginning of the file name |
/// | `x-no-label: 1` | no label from file names |
/// | `x-metadata` | a JSON object of texts |
/// | `x-bounding-boxes` | a JSON list of `{label, x, y, width, height}` |
/// | `x-disallow-duplicates: 1` | refuses content that the project has already |
/// | `x-add-date-id: 1` | appends an id to the names |
/// | `x-file-name` | the name, where the body is a file |
///
/// Texts may be UTF-8, Latin-1 or percent-encoded.
struct UploadSettings: Equatable {
  let category: Datasets.Category
  private(set) var label: String?
  let infersLabels: Bool
  private(set) var metadata: [String: String] = [:]
  private(set) var boundingBoxes: [Datasets.BoundingBox]?
  let allowsDuplicates: Bool
  let addsDateID: Bool
  let fileName: String?

  /// - Throws: `Refusal` (400) for a category or a header that makes no sense.
  init(category: String, headers: HTTPFields) throws(Refusal) {
    guard let category = Datasets.Category(rawValue: category) else {
      throw Refusal(.badRequest, "Unknown category \"\(category.prefix(60))\"")
    }
    self.category = category
    let values = Values(headers: headers)
    infersLabels = !(try values.flag("x-no-label"))
    allowsDuplicates = !(try values.flag("x-disallow-duplicates"))
    addsDateID = try values.flag("x-add-date-id")
    fileName = values.text("x-file-name")
    if let text = values.text("x-label") {
      if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        throw Refusal(.badRequest, "x-label holds a control character")
      }
      label = text
    }
    metadata = try values.json("x-metadata", [String: String].self, "a JSON object of texts") ?? [:]
    boundingBoxes = try values.json(
      "x-bounding-boxes", [Datasets.BoundingBox].self, "a JSON list of objects with label, x, y, width and height")
    if let box = boundingBoxes?.first(where: { !($0.width > 0 && $0.height > 0) }) {
      throw Refusal(.badRequest, "x-bounding-boxes: the box \"\(box.label)\" has no width or no height")
    }
  }

  /// The headers by name.
  private struct Values {
    let headers: HTTPFields

    /// Nil where it is absent or empty.
    func raw(_ name: String) -> String? {
      guard let name = HTTPField.Name(name), let value = headers[name], !value.isEmpty else { return nil }
      return value
    }

    /// Percent-encoding is undone where it is one.
    func text(_ name: String) -> String? { raw(name).map { $0.removingPercentEncoding ?? $0 } }

    func flag(_ name: String) throws(Refusal) -> Bool {
      switch raw(name)?.lowercased() {
      case "1", "true": return true
      case nil, "0", "false": return false
      case let text?: throw Refusal(.badRequest, "\(name) must be 1 or 0, not \"\(text.prefix(60))\"")
      }
    }

    func json<Value: Decodable>(_ name: String, _ type: Value.Type, _ expected: String) throws(Refusal) -> Value? {
      guard let text = raw(name) else { return nil }
      let data = Data(text.utf8)
      try JSONDepth.check(data, limit: 8)
      do {
        return try JSONDecoder().decode(type, from: data)
      } catch {
        throw Refusal(.badRequest, "\(name) must be \(expected): \(JSONDepth.words(error, in: data))")
      }
    }
  }
}
