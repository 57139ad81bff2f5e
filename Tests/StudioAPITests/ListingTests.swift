// Strategy: the server plays a small dataset: it counts, pages and filters like Studio, substring match and cut-off
// extensions included. The results, the pages asked for and what was deleted are compared as a whole.

import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

/// A dataset of `wave`, `wave.01` and so on.
private struct Dataset: Sendable {
  var samples: [(id: Int, name: String, category: String, label: String)]

  func reply(_ request: RecordedRequest) -> Reply {
    let query = Dictionary(
      request.query.compactMap { item -> (String, String)? in
        let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1].removingPercentEncoding ?? "") : nil
      }, uniquingKeysWith: { first, _ in first })
    let words = request.path.split(separator: "/").map(String.init)
    if let id = Int(words[4 < words.count ? 4 : 0]), words.count == 5 {
      guard let sample = samples.first(where: { $0.id == id }) else { return .refusal("No sample found with ID \(id)") }
      return request.method == "DELETE" ? .success : Self.body(#""sample":\#(Self.json(sample)),\#(payload)"#)
    }
    let found = samples.filter { sample in
      sample.category == query["category"] && (query["filename"].map { sample.name.contains($0) } ?? true)
        && (query["labels"].map { $0.contains("\"\(sample.label)\"") } ?? true)
    }
    if words.last == "count" { return Self.body(#""count":\#(found.count)"#) }
    let page = found.dropFirst(Int(query["offset"] ?? "") ?? 0).prefix(Int(query["limit"] ?? "") ?? 0)
    return Self.body(#""samples":[\#(page.map(Self.json).joined(separator: ","))],"totalCount":\#(found.count)"#)
  }

  private static func body(_ fields: String) -> Reply { Reply(text: #"{"success":true,\#(fields)}"#) }

  private var payload: String {
    #""payload":{"device_type":"d","device_name":"n","sensors":[{"index":0,"name":"accX","units":"m/s2"}],"#
      + #""values":[[0.1],[2]],"intervalMs":62.5,"frequencyHz":16},"totalPayloadLength":2,"datastreamPayloads":[]"#
  }

  private static func json(_ sample: (id: Int, name: String, category: String, label: String)) -> String {
    let time = #""2024-05-01T10:00:00.000Z""#
    return #"{"id":\#(sample.id),"filename":"\#(sample.name)","signatureValidate":true,"created":\#(time),"#
      + #""lastModified":\#(time),"category":"\#(sample.category)","label":"\#(sample.label)","intervalMs":62.5,"#
      + #""coldstorageFilename":"7/training/\#(sample.name).cbor.hash.node.json","frequency":16,"#
      + #""originalIntervalMs":62.5,"originalFrequency":16,"deviceType":"d","sensors":[],"valuesCount":2,"#
      + #""added":\#(time),"boundingBoxes":[],"boundingBoxesType":"object_detection","chartType":"chart","#
      + #""isDisabled":false,"isProcessing":false,"processingError":false,"isCropped":false,"projectId":7,"#
      + #""sha256Hash":"","datastreams":[]}"#
  }
}

private let dataset = Dataset(samples: [
  (1, "wave", "training", "up"), (2, "wave.01", "training", "down"), (3, "mywave", "testing", "up"),
  (4, "wave.01", "testing", "up"),
])

@Test func listsByNameCategoryAndLabel() async throws {
  try await withStudio(dataset.reply) { server, client in
    let all = try await client.sampleIDs(project: 7)
    #expect(all.map(\.id) == [1, 2, 3, 4])
    #expect(all.last == SampleInfo(id: 4, fileName: "wave.01", category: .testing, label: "up"))
    func ids(_ name: String?, _ match: FileNameMatch = .exact, _ labels: [String]? = nil) async throws -> [Int] {
      try await client.sampleIDs(project: 7, fileName: name, match: match, labels: labels).map(\.id)
    }
    let found = [
      try await ids("wave"), try await ids("wave.cbor"), try await ids("wave", .contained),
      try await ids("wave.01"), try await ids("wave.01.cbor"), try await ids(nil, .exact, ["up"]),
    ]
    #expect(found == [[1], [1], [1, 2, 3, 4], [2, 4], [2, 4], [1, 3, 4]])
    let testing = try await client.sampleIDs(project: 7, category: .testing, labels: ["up", "down"])
    #expect(testing.map(\.id) == [3, 4])
  }
}

@Test func longListsComeInPages() async throws {
  let many = Dataset(samples: (0..<2345).map { ($0, "s\($0)", "training", "l") })
  try await withStudio(many.reply) { server, client in
    let found = try await client.sampleIDs(project: 7, category: .training, workers: 3)
    #expect(found.map(\.id) == Array(0..<2345))
    let pages = server.requests.dropFirst().map { $0.query.sorted().joined(separator: "&") }
    #expect(
      pages.sorted() == [
        "category=training&limit=1000&offset=0", "category=training&limit=1000&offset=1000",
        "category=training&limit=345&offset=2000",
      ])
  }
}

@Test func idsThatDoNotExist() async throws {
  try await withStudio(dataset.reply) { _, client in
    let names = [
      try await client.fileName(project: 7, sample: 2), try await client.fileName(project: 7, sample: 99),
    ]
    #expect(names == ["wave.01", nil])
    let deleted = [
      try await client.deleteSampleIfPresent(project: 7, sample: 2),
      try await client.deleteSampleIfPresent(project: 7, sample: 99),
    ]
    #expect(deleted == [true, false])
  }
  try await withStudio({ _ in .refusal("Not allowed") }) { _, client in
    let error = await failure { _ = try await client.fileName(project: 7, sample: 2) }
    #expect(error?.kind == .refused && error?.message == "Not allowed")
  }
}

@Test func deletingByNameTakesOnlyThatName() async throws {
  try await withStudio(dataset.reply) { server, client in
    let deleted = try await client.deleteSamples(project: 7, fileName: "wave")
    #expect(deleted.map(\.id) == [1])
    let requests = server.requests.filter { $0.method == "DELETE" }.map(\.path)
    #expect(requests == ["/v1/api/7/raw-data/1"])
    let error = await failure { _ = try await client.deleteSamples(project: 7, fileName: "") }
    #expect(error?.kind == .invalidRequest)
  }
}

@Test func downloadsByID() async throws {
  try await withFolder { folder in
    try await withStudio(dataset.reply) { _, client in
      let report = await client.downloadSamples(project: 7, ids: [2, 99, 4, 1], to: folder, workers: 1)
      #expect(report.downloads.map(\.id) == [2, 4, 1])
      #expect(
        report.downloads.map(\.path) == ["wave.01.json", "wave.01.4.json", "wave.json"].map { "\(folder)/\($0)" })
      #expect(report.failures.map(\.id) == [99] && report.failures.first?.error.kind == .refused)
      let text = try String(contentsOfFile: "\(folder)/wave.01.json", encoding: .utf8)
      #expect(text.contains(#""values":[[0.1],[2]],"interval_ms":62.5,"device_name":"n""#))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(files == ["wave.01.4.json", "wave.01.json", "wave.json"])
    }
  }
}

@Test(arguments: ["../../etc/passwd", ".hidden", "..", "a/b"])
func namesFromStudioStayInTheFolder(name: String) async throws {
  try await withFolder { folder in
    let wicked = Dataset(samples: [(1, name, "training", "l")])
    try await withStudio(wicked.reply) { _, client in
      let report = await client.downloadSamples(project: 7, ids: [1], to: folder)
      let path = report.downloads.first?.path ?? ""
      #expect(path.hasPrefix("\(folder)/"))
      #expect(!path.dropFirst(folder.count + 1).contains("/") && !path.contains("/."))
    }
  }
}
