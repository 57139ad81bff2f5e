import Foundation
import StudioAPI

/// An answer of Studio with every field that came, also those that have no name here.
struct StudioDocument: StudioAnswer {
  var value: JSONValue

  var success: Bool { value["success"] != .bool(false) }
  var error: String? { value["error"]?.text }

  init(from decoder: any Decoder) throws { value = try JSONValue(from: decoder) }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// A project and the client that talks to it.
struct StudioProject: Sendable {
  let client: StudioClient
  let id: Int

  /// An answer as it came.
  func get(
    _ path: EndpointPath, query: KeyValuePairs<String, (any QueryValue)?> = [:]
  ) async throws(StudioError) -> JSONValue {
    try await client.run(Endpoint<StudioDocument>(.get, path, query: query)).value
  }

  /// Recordings in a page of a list.
  private static let pageSize = 1000
  /// In the order in which `samples.json` has them.
  private static let categories: [Studio.RawDataFilterCategory] = [.training, .testing, .validation, .postProcessing]

  /// Studio's list of all recordings, each as it came.
  func samples() async throws(StudioError) -> [JSONValue] {
    var all: [JSONValue] = []
    for category in Self.categories {
      var offset = 0
      while true {
        let answer = try await get(
          "/api/\(id)/raw-data", query: ["category": category, "limit": Self.pageSize, "offset": offset])
        guard case .array(let page)? = answer["samples"] else {
          throw StudioError(.invalidAnswer, "the list of \(category) recordings holds no samples")
        }
        all += page
        offset += page.count
        if page.count < Self.pageSize { break }
      }
    }
    return all
  }
}

extension JSONValue {
  /// The elements; empty for other kinds.
  var elements: [JSONValue] {
    if case .array(let values) = self { values } else { [] }
  }

  /// The whole number; nil for other kinds.
  var wholeNumber: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// For people: the text itself, anything else as JSON.
  var shown: String { text ?? (try? StudioJSONText.compact(self)) ?? "" }
}

/// JSON as files and standard output have it.
enum StudioJSONText {
  static func pretty(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  static func compact(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
