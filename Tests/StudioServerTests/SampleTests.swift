// Recordings over the wire: what lists, slices and downloads hold, and that edits come back in the next answer.
// Values of slices are compared with those that the recording's reader gives.
// Filters are tested with one that passes and one that does not; Python's spellings are used where they are odd.
import Crypto
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct SampleTests {
  private static func list(_ server: ServerFixture, _ query: String) async throws -> Studio.ListSamplesResponse {
    let answer = try await server.call("GET", "/v1/api/1/raw-data?\(query)")
    return try JSONDecoder().decode(Studio.ListSamplesResponse.self, from: answer.body)
  }

  static let filters: [(String, Int)] = [
    ("category=training", 24), ("category=testing", 8), ("category=all", 32), ("category=validation", 0),
    ("category=all&labels=null", 32), ("category=all&labels=%5B%22wave%22%5D", 8),
    ("category=all&labels=%5B%22wave%22,%20%22idle%22%5D", 16), ("category=all&filename=wave.1", 1),
    ("category=all&filename=WAVE", 0), ("category=all&search=WAVE", 8), ("category=all&minId=31", 2),
    ("category=all&minId=9&maxId=3", 0), ("category=all&minFrequency=62&maxFrequency=63", 32),
    ("category=all&minFrequency=63", 0), ("category=all&minLength=100000000", 0),
    ("category=all&maxLength=100000000", 32),
    ("category=all&dataType=image", 0), ("category=all&includeDisabled=disabled", 0),
    ("category=all&metadata=%5B%7B%22key%22:%22a%22,%22op%22:%22eq%22,%22values%22:%5B%22b%22%5D%7D%5D", 0),
    ("category=all&minDate=2100-01-01T00:00:00.000Z", 0), ("category=all&signatureValidity=both", 32),
  ]

  @Test func filtersSelect() async throws {
    try await ServerFixture.run { server in
      for (query, count) in Self.filters {
        let list = try await Self.list(server, query)
        #expect(list.totalCount == count && list.samples.count == count, "\(query)")
        let answer = try await server.call("GET", "/v1/api/1/raw-data/count?\(query)")
        #expect(answer.json?["count"] == .integer(count), "\(query)")
      }
      let page = try await Self.list(server, "category=all&offset=30&limit=5&excludeSensors=True")
      #expect(page.totalCount == 32 && page.samples.map(\.id) == [2, 1] && page.samples[0].sensors.isEmpty)
    }
  }

  /// As clients of both kinds name what they download.
  @Test func downloadsHaveTheNewName() async throws {
    try await ServerFixture.run { server in
      #expect(try await server.post("/v1/api/1/raw-data/8/rename", "{\"name\": \"new/name.1\"}").error == nil)
      let folder = server.dataset + "-downloaded"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let old = try #require(try await server.sample(7)?.filename)
      let report = await (try server.client()).downloadSamples(project: 1, ids: [7, 8], to: folder)
      #expect(report.failures.isEmpty)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["\(old).json", "new_name.1.json"].sorted())
      #expect(report.downloads.map(\.info.fileName) == [old, "new/name.1"])
      let stored = try #require(try await server.sample(8)?.coldstorageFilename)
      #expect(RecordingName.fileName(path: stored).hasPrefix("new_name.1."))
    }
  }

  @Test func countsAreZeroOrMore() async throws {
    try await ServerFixture.run { server in
      for path in [
        "raw-data?category=all&limit=-1", "raw-data?category=all&offset=-1", "raw-data/7?limitPayloadValues=-5",
        "dsp/2/raw-data/7?limitPayloadValues=-5", "jobs/all?limit=-1", "jobs/history?offset=-2",
        "raw-data?category=all&limit=99999999999999999999", "raw-data?category=all&limit=1.5",
      ] {
        let answer = try await server.call("GET", "/v1/api/1/\(path)")
        #expect(answer.status == 200 && answer.json?["success"] == .bool(false), "\(path)")
        #expect(["limit", "offset"].contains { answer.error?.contains($0) == true }, "\(path)")
      }
      let none = try await Self.list(server, "category=all&limit=0")
      #expect(none.samples.isEmpty && none.totalCount == 32)
      let most = try await Self.list(server, "category=all&limit=9223372036854775807&offset=31")
      #expect(most.samples.map(\.id) == [1])
      #expect(try await Self.list(server, "category=all&offset=9223372036854775807").samples.isEmpty)
      let whole = try await server.call("GET", "/v1/api/1/raw-data/7?limitPayloadValues=9223372036854775807")
      #expect(whole.json?["payload"]?.list("values").count == 625)
      let empty = try await server.call("GET", "/v1/api/1/raw-data/7?limitPayloadValues=0")
      #expect(empty.json?["payload"]?.list("values").isEmpty == true)
      #expect(empty.json?["totalPayloadLength"] == .integer(625))
    }
  }

  @Test func valuesAreThoseOfTheFile() async throws {
    try await ServerFixture.run { server in
      let entry = try #require(try Dataset.open(path: server.dataset).entries.first { $0.sampleID == 7 })
      let recording = try Recording(path: entry.filePath)
      let width = recording.header.sensors.count
      let answer = try await server.call("GET", "/v1/api/1/raw-data/7")
      let whole = try JSONDecoder().decode(Studio.GetSampleResponse.self, from: answer.body)
      #expect(whole.payload.values.flatMap { $0 } == recording.rows && whole.datastreamPayloads.count == 1)
      let hash = SHA256.hash(data: try Data(contentsOf: URL(filePath: entry.filePath)))
      #expect(whole.sample.sha256Hash == hash.map { String(format: "%02x", $0) }.joined())
      #expect(whole.totalPayloadLength == recording.rowCount)
      #expect(answer.json?["payload"]?["device_name"] != nil)
      let slice = try JSONDecoder().decode(
        Studio.GetSampleDSPResponse.self,
        from: try await server.call("GET", "/v1/api/1/raw-data/7/slice?sliceStart=10&sliceEnd=13").body)
      #expect(slice.payload.values.flatMap { $0 } == Array(recording.rows[10 * width..<13 * width]))
      #expect(slice.payload.cropStart == 10 && slice.payload.cropEnd == 13 && slice.totalPayloadLength == 3)
      let raw = try await server.call("GET", "/v1/api/1/raw-data/7/raw")
      #expect(raw.body == (try Data(contentsOf: URL(filePath: entry.filePath))))
      let wave = try await server.call("GET", "/v1/api/1/raw-data/7/wav?axisIx=1&sliceStart=0&sliceEnd=100")
      #expect(wave.headers["content-type"] == "audio/wav" && wave.body.count == 244)
      #expect(wave.body.prefix(4) == Data("RIFF".utf8))
      for (path, words) in [("image", "no picture"), ("video", "no video"), ("wav?axisIx=9", "3 axes")] {
        #expect(try await server.call("GET", "/v1/api/1/raw-data/7/\(path)").error?.contains(words) == true)
      }
    }
  }

  @Test func blocksSeeTheirAxesOnly() async throws {
    try await ServerFixture.run {
      let text = try String(contentsOfFile: $0.impulseFile, encoding: .utf8)
      // The flatten block, which comes second, takes two axes in another order.
      var parts = text.components(separatedBy: "\"accX\",\n          \"accY\",\n          \"accZ\"")
      parts[2...2] = [parts[2]]
      let changed =
        parts[0...2].joined(separator: "\"accX\",\n          \"accY\",\n          \"accZ\"")
        + "\"accZ\",\n          \"accX\""
        + parts[3...].joined(separator: "\"accX\",\n          \"accY\",\n          \"accZ\"")
      try changed.write(toFile: $0.impulseFile, atomically: true, encoding: .utf8)
    } _: { server in
      let plain = try JSONDecoder().decode(
        Studio.GetSampleResponse.self, from: try await server.call("GET", "/v1/api/1/raw-data/7").body)
      let seen = try JSONDecoder().decode(
        Studio.GetSampleDSPResponse.self, from: try await server.call("GET", "/v1/api/1/dsp/3/raw-data/7").body)
      #expect(seen.payload.sensors.map(\.name) == ["accZ", "accX"] && seen.sample.sensors.count == 2)
      #expect(seen.payload.values == plain.payload.values.map { [$0[2], $0[0]] })
    }
  }

  @Test func editsComeBack() async throws {
    try await ServerFixture.run { server in
      func post(_ path: String, _ body: String) async throws {
        let answer = try await server.post("/v1/api/1/raw-data/\(path)", body)
        #expect(answer.json?["success"] == .bool(true), "\(path): \(answer.error ?? "")")
      }
      try await post("7/rename", "{\"name\": \"new name\"}")
      try await post("7/edit-label", "{\"label\": \"other\"}")
      try await post("7/metadata", "{\"metadata\": {\"site\": \"north\"}}")
      try await post("7/move", "{\"newCategory\": \"testing\"}")
      try await post(
        "8/structured-labels",
        "{\"structuredLabels\": [{\"startIndex\": 0, \"endIndex\": 4, \"label\": \"a\"}, {\"startIndex\": 5, \"endIndex\": 9, \"label\": \"\"}, {\"startIndex\": 10, \"endIndex\": 624, \"label\": \"b\"}]}"
      )
      try await post("9/disable", "")
      let all = try await Self.list(server, "category=all").samples
      let seventh = try #require(all.first { $0.id == 7 })
      #expect(seventh.filename == "new name" && seventh.label == "other" && seventh.category == .testing)
      #expect(seventh.metadata == ["site": "north"] && all.first { $0.id == 9 }?.isDisabled == true)
      #expect(all.first { $0.id == 8 }?.structuredLabelsList == ["a", "b"])
      let metadata = try await server.call("GET", "/v1/api/1/raw-data/metadata?category=testing")
      #expect(
        metadata.json?["metadata"]
          == .array([.object(["id": .integer(7), "metadata": .object(["site": .string("north")])])]))
      #expect(try Dataset.open(path: server.dataset).entries.count == 31)
      try await post("9/enable", "")
      let removed = try await server.call("DELETE", "/v1/api/1/raw-data/7")
      #expect(removed.json?["success"] == .bool(true))
      #expect(
        try await server.call("DELETE", "/v1/api/1/raw-data/7").error?.hasPrefix("No sample found with ID") == true)
      #expect(try await server.call("GET", "/v1/api/1/raw-data/7").error?.hasPrefix("No sample found with ID") == true)
      try await post("delete-all/testing", "")
      #expect(try await Self.list(server, "category=all").totalCount == 24 - 1 + 0)
      try await post("delete-all", "")
      #expect(try await Self.list(server, "category=all").totalCount == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: server.dataset + "/training").isEmpty)
    }
  }

  @Test(arguments: [
    ("7/rename", "{\"name\": \"\"}", "name"), ("7/rename", "{}", "name is missing"),
    ("7/move", "{\"newCategory\": \"elsewhere\"}", "Unknown category"),
    ("999/rename", "{\"name\": \"x\"}", "No sample"),
    (
      "7/structured-labels", "{\"structuredLabels\": [{\"startIndex\": 5, \"endIndex\": 9, \"label\": \"a\"}]}",
      "have no label"
    ),
    (
      "7/structured-labels", "{\"structuredLabels\": [{\"startIndex\": 0, \"endIndex\": 9000000, \"label\": \"a\"}]}",
      "no rows of"
    ),
    ("delete-all/elsewhere", "", "Unknown category"),
  ])
  func badEditsAreRefused(path: String, body: String, words: String) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.post("/v1/api/1/raw-data/\(path)", body)
      #expect(answer.status == 200 && answer.error?.contains(words) == true, "\(answer.error ?? "")")
    }
  }

  @Test(arguments: [
    ("POST", "raw-data/7/rename", "{\"name\": \"x\"}"), ("POST", "raw-data/7/edit-label", "{\"label\": \"x\"}"),
    ("POST", "raw-data/delete-all", ""), ("DELETE", "raw-data/7", ""),
    ("POST", "dsp/2", "{\"config\": {\"fft-length\": \"32\"}}"),
    ("POST", "impulse/update", "{\"name\": \"x\"}"),
  ])
  func readOnlyServersRefuse(method: String, path: String, body: String) async throws {
    try await ServerFixture.run {
      $0.isReadOnly = true
    } _: { server in
      let answer = try await server.call(method, "/v1/api/1/\(path)", body: Data(body.utf8))
      #expect(answer.error?.contains("read-only") == true)
      #expect(try await DSPTests.generate(server, block: 3).finishedSuccessful == true)
      #expect(!FileManager.default.fileExists(atPath: server.dataset + "/.edgedsp"))
      // The sets are the server's own, and may be cleared.
      #expect(try await server.post("/v1/api/1/dsp/3/clear", "").json?["success"] == .bool(true))
      #expect(try await server.call("GET", "/v1/api/1/dsp/3/metadata").json?["generated"] == .bool(false))
    }
  }

  @Test func impulseIsReplacedAsAWhole() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call("GET", "/v1/api/1/impulse")
      var impulse = try #require(answer.json?["impulse"]?.fields)
      impulse["dspBlocks"] = .array(JSONValue.object(impulse).list("dspBlocks").filter { $0["id"] != .integer(3) })
      impulse["name"] = .string("smaller")
      let body = String(decoding: try JSONEncoder().encode(JSONValue.object(impulse)), as: UTF8.self)
      #expect(try await server.post("/v1/api/1/impulse", body).json?["success"] == .bool(true))
      let after = try await server.call("GET", "/v1/api/1/impulse")
      #expect(after.json?["impulse"]?["name"] == .string("smaller"))
      #expect(after.json?["impulse"]?.list("dspBlocks").count == 2)
      #expect(try await server.call("GET", "/v1/api/1/dsp/3").error?.contains("No DSP block") == true)
      #expect(try await server.post("/v1/api/1/impulse/get-new-block-id", "").json?["blockId"] == .integer(6))
      let broken = body.replacing("\"windowSizeMs\":2000", with: "\"windowSizeMs\":-1")
      let refused = try await server.post("/v1/api/1/impulse", broken)
      #expect(refused.error?.contains("windowSizeMs") == true)
    }
  }
}
