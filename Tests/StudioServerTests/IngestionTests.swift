// Uploads over real HTTP, as the Python client, curl and our own client send them. What is asserted is the answer, what
// the server lists, and what a fresh look at the folder finds: the three must agree.
// Each header and each label file has a test that fails without it; bad files must not harm the good ones beside them.
// Nothing may be left behind but recordings: the folder is listed, hidden files included.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct IngestionTests {
  static let formats: [(String, Data, String)] = [
    ("idle.01.json", UploadFixture.acquisition(1), "idle.01.json"), ("idle.02.txt", UploadFixture.table, "idle.02.txt"),
    ("idle.03.csv", UploadFixture.table, "idle.03.csv"), ("idle.04.wav", UploadFixture.wave, "idle.04.wav"),
    ("idle.05", UploadFixture.acquisition(2), "idle.05.json"),
    ("idle.06.cbor", UploadFixture.acquisition(3), "idle.06.json"),
  ]

  @Test(arguments: formats)
  func everyFormatIsStored(name: String, content: Data, stored: String) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.upload([(name, content)])
      let file = try #require(ServerFixture.files(answer).first)
      #expect(answer.status == 200 && file.success == true && file.projectId == 1 && file.error == nil)
      #expect(file.fileName == String(name.prefix(7)))
      let sample = try #require(try await server.sample(file.sampleId))
      #expect(sample.filename == String(name.prefix(7)) && sample.label == "idle")
      #expect(sample.category.rawValue == "training")
      let entry = try #require(try Dataset.open(path: server.dataset).entries.first { $0.sampleID == file.sampleId })
      #expect(entry.path == "training/\(stored)" && entry.name == sample.filename && entry.label == .single("idle"))
      #expect(try Data(contentsOf: URL(filePath: entry.filePath)) == content)
      #expect(!server.paths().contains { $0.contains(".edgedsp-upload") })
    }
  }

  @Test(arguments: ["grey1.png", "444.jpg"])
  func picturesAreStored(name: String) async throws {
    let picture = try UploadFixture.picture(name)
    #expect(!picture.isEmpty)
    try await ServerFixture.run { server in
      let boxes = #"[{"label": "caf\u00e9", "x": 1, "y": 1, "width": 2, "height": 3}]"#
      let answer = try await server.upload([(name, picture)], headers: [("x-bounding-boxes", boxes)])
      let sample = try #require(try await server.sample(try ServerFixture.files(answer).first?.sampleId))
      #expect(sample.chartType == "image" && sample.label == "" && sample.boundingBoxes.map(\.label) == ["caf\u{e9}"])
    }
  }

  @Test func arraysComeWithTheirDescriptions() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.upload(
        [
          ("flow.json", UploadFixture.description), ("flow.npy", UploadFixture.array),
          ("alone.npy", UploadFixture.array),
        ])
      let files = try ServerFixture.files(answer)
      #expect(files.map(\.success) == [true, false])
      #expect(files.last?.error?.contains("alone.json") == true)
      let entry = try #require(
        try Dataset.open(path: server.dataset).entries.first { $0.sampleID == files[0].sampleId })
      #expect(entry.label == .single("told") && entry.path == "training/flow.npy")
      #expect(try entry.examine().rows == 2)
      // A document of that name would describe the array, so it gets another.
      let other = try await server.upload([("flow.json", UploadFixture.acquisition(5))])
      let id = try ServerFixture.files(other).first?.sampleId
      let dataset = try Dataset.open(path: server.dataset)
      #expect(dataset.entries.first { $0.sampleID == id }?.path == "training/flow.2.json")
    }
  }

  @Test func badFilesDoNotHarmGoodOnes() async throws {
    try await ServerFixture.run { server in
      let before = server.paths()
      let broken = Data("{\"payload\": {\"interval_ms\": 0".utf8)
      let answer = try await server.upload(
        [
          ("a.json", UploadFixture.acquisition(1)), ("b.json", broken), ("c.json", Data()),
          ("d.csv", UploadFixture.table),
        ])
      let files = try ServerFixture.files(answer)
      #expect(answer.status == 200 && answer.json?["success"] == .bool(false))
      #expect(files.map(\.success) == [true, false, false, true])
      #expect(files.map(\.fileName) == ["a", "b.json", "c.json", "d"])
      #expect(files[1].error?.hasPrefix("b.json: ") == true && files[2].error?.contains("an empty file") == true)
      #expect(
        Set(server.paths()).subtracting(before) == ["info.labels", "training/a.json", "training/d.csv"])
      #expect(try Dataset.open(path: server.dataset).entries.count == 34)
    }
  }

  static let labels: [([(String, String)], RecordingLabel)] = [
    ([], .single("idle")), ([("x-label", "wave")], .single("wave")), ([("x-no-label", "1")], .unlabeled),
    ([("x-no-label", "1"), ("x-label", "wave")], .single("wave")), ([("x-label", "")], .single("idle")),
    ([("x-label", "caf%C3%A9 1")], .single("caf\u{e9} 1")), ([("x-label", "100%")], .single("100%")),
    ([("x-label", "caf\u{e9}")], .single("caf\u{e9}")),
  ]

  @Test(arguments: labels)
  func labelsComeFromHeadersOrNames(headers: [(String, String)], label: RecordingLabel) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.upload([("idle.9.json", UploadFixture.acquisition(1))], headers: headers)
      let id = try ServerFixture.files(answer).first?.sampleId
      #expect(try Dataset.open(path: server.dataset).entries.first { $0.sampleID == id }?.label == label)
    }
  }

  @Test func labelsMayBeLatin1() async throws {
    try await ServerFixture.run { server in
      let body = UploadFixture.body([("x.json", UploadFixture.acquisition(1))])
      let head = Data("POST /api/training/files HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nx-label: b".utf8)
      let rest =
        "\r\nContent-Length: \(body.count)\r\n\(UploadFixture.multipart.0): \(UploadFixture.multipart.1)\r\n\r\n"
      let answer = try await server.send(head + [0xE9] + Data(rest.utf8) + body)
      let sample = try await server.sample(try ServerFixture.files(answer).first?.sampleId)
      #expect(sample?.label == "b\u{e9}")
    }
  }

  @Test func metadataAndDateIDsComeFromHeaders() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.upload(
        [("idle.9.json", UploadFixture.acquisition(1))],
        headers: [("x-metadata", #"{"site": "n\u00f6rd"}"#), ("x-add-date-id", "1")])
      let file = try #require(ServerFixture.files(answer).first)
      let name = try #require(file.fileName)
      #expect(name.hasPrefix("idle.9.") && Int(name.dropFirst(7), radix: 32).map { $0 > 200_000_000_000 } == true)
      let entry = try #require(try Dataset.open(path: server.dataset).entries.first { $0.sampleID == file.sampleId })
      #expect(entry.metadata == ["site": "n\u{f6}rd"] && entry.label == .single("idle"))
      #expect(entry.path == "training/\(name).json" && entry.name == name)
    }
  }

  @Test(arguments: [
    ("training", "training"), ("testing", "testing"), ("anomaly", "anomaly"), ("validation", "validation"),
    ("post-processing", "post-processing"),
  ])
  func categoriesAreKept(path: String, category: String) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.upload([("a.json", UploadFixture.acquisition(1))], to: path)
      let id = try ServerFixture.files(answer).first?.sampleId
      let entry = try #require(try Dataset.open(path: server.dataset).entries.first { $0.sampleID == id })
      #expect(entry.category.rawValue == category && entry.path == "\(category)/a.json")
    }
  }

  @Test func splitGoesByContent() async throws {
    try await ServerFixture.run { server in
      let files = (0..<40).map { ("\($0).json", UploadFixture.acquisition($0)) }
      let answer = try await server.upload(files, to: "split")
      let ids = try ServerFixture.files(answer).map(\.sampleId)
      let entries = try Dataset.open(path: server.dataset).entries
      let found = ids.map { id in entries.first { $0.sampleID == id }?.category }
      let expected = try entries.filter { ids.contains($0.sampleID) }.sorted { $0.sampleID < $1.sampleID }.map {
        try CategorySplit.md5.category(ofFile: $0.filePath) as Datasets.Category?
      }
      #expect(found == expected && Set(found) == [.training, .testing])
    }
  }

  @Test func duplicatesAreRefusedWhereAsked() async throws {
    try await ServerFixture.run { server in
      let content = UploadFixture.acquisition(1)
      let refusing = [("x-disallow-duplicates", "1")]
      let first = try ServerFixture.files(try await server.upload([("a.json", content)], headers: refusing))
      let id = try #require(first.first?.sampleId)
      let again = try ServerFixture.files(
        try await server.upload([("b.json", content)], to: "testing", headers: refusing))
      #expect(again.map(\.success) == [false])
      #expect(again.first?.error == "An item with this hash already exists (ids: \(id))")
      let allowed = try ServerFixture.files(try await server.upload([("a.json", content)]))
      #expect(allowed.map(\.success) == [true])
      let both = try ServerFixture.files(
        try await server.upload(
          [("c.json", UploadFixture.acquisition(2)), ("d.json", UploadFixture.acquisition(2))], headers: refusing))
      #expect(both.map(\.success) == [true, false])
      #expect(both[1].error == "An item with this hash already exists (ids: \(both[0].sampleId ?? 0))")
      // Of the dataset's own, too.
      let own = try Data(contentsOf: URL(filePath: "\(server.dataset)/training/idle.0.json"))
      #expect(try ServerFixture.files(try await server.upload([("e", own)], headers: refusing)).first?.success == false)
      #expect(
        server.paths().filter { $0.hasSuffix("a.json") || $0.hasSuffix("a.2.json") } == [
          "training/a.2.json", "training/a.json",
        ])
    }
  }

  @Test func oneOfManyAtOnceIsTheRecording() async throws {
    try await ServerFixture.run { server in
      let answers = try await withThrowingTaskGroup(of: [Studio.IngestedFile].self) { group in
        for index in 0..<8 {
          group.addTask {
            try ServerFixture.files(
              try await server.upload(
                [("\(index).json", UploadFixture.acquisition(1))], headers: [("x-disallow-duplicates", "1")]))
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(answers.filter { $0.success == true }.count == 1 && answers.count == 8)
      #expect(try Dataset.open(path: server.dataset).entries.count == 33)
    }
  }

  @Test func labelFilesSayWhatTheyKnow() async throws {
    try await ServerFixture.run { server in
      let structured = Data(
        """
        {"version": 1, "type": "structured-labels", "structuredLabels": {
          "a.json": [
            {"startIndex": 0, "endIndex": 9, "label": "up"}, {"startIndex": 10, "endIndex": 19, "label": "down"}],
          "b.json": [{"startIndex": 0, "endIndex": 99, "label": "x"}]}}
        """.utf8)
      let info = Data(
        """
        {"version": 1, "files": [{"path": "training/c.json", "name": "third", "category": "testing",
          "label": {"type": "label", "label": "told"}, "metadata": {"k": "v"}}]}
        """.utf8)
      let answer = try await server.upload(
        [
          ("a.json", UploadFixture.acquisition(1)), ("structured_labels.labels", structured),
          ("b.json", UploadFixture.acquisition(2)), ("info.labels", info), ("c.json", UploadFixture.acquisition(3)),
        ], to: "split")
      let files = try ServerFixture.files(answer)
      #expect(files.map(\.success) == [true, false, true])
      #expect(files[1].error?.contains("100 rows, as its labels say") == true)
      let entries = try Dataset.open(path: server.dataset).entries
      let first = try #require(entries.first { $0.sampleID == files[0].sampleId })
      #expect(
        first.label == .multi([.init(start: 0, end: 9, label: "up"), .init(start: 10, end: 19, label: "down")]))
      let third = try #require(entries.first { $0.sampleID == files[2].sampleId })
      #expect(third.name == "third" && third.category == .testing && third.label == .single("told"))
      #expect(third.metadata == ["k": "v"])
    }
  }

  @Test func ownClientUploads() async throws {
    try await ServerFixture.run { server in
      let client = try server.client()
      var samples = (0..<20).map { UploadSample(.acquisition(UploadFixture.acquisition($0)), fileName: "n\($0).json") }
      samples[0].label = "caf\u{e9} 50%"
      samples[1].metadata = ["a": "\u{1F30A}"]
      samples[2].structuredLabels = [.init(startIndex: 0, endIndex: 19, label: "all")]
      samples.append(UploadSample(.bytes(Data("nothing".utf8)), fileName: "bad.wav"))
      let report = await client.upload(samples)
      #expect(report.successes.map(\.index) == Array(0..<20) && report.failures.map(\.index) == [20])
      let entries = try Dataset.open(path: server.dataset).entries
      #expect(entries.contains { $0.name == "n0" && $0.label == .single("caf\u{e9} 50%") })
      #expect(entries.contains { $0.name == "n1" && $0.metadata == ["a": "\u{1F30A}"] })
      #expect(entries.contains { $0.name == "n2" && $0.label == .multi([.init(start: 0, end: 19, label: "all")]) })
      let again = await client.upload(samples)
      #expect(again.successes.isEmpty && again.failures.count == 21)
    }
  }

  @Test func aBodyMayBeTheFile() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call(
        "POST", "/api/testing/data", headers: [("x-file-name", "idle.01"), ("Content-Type", "application/json")],
        body: UploadFixture.acquisition(1))
      #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "idle.01")
      let entries = try Dataset.open(path: server.dataset).entries
      #expect(entries.contains { $0.path == "testing/idle.01.json" && $0.label == .single("idle") })
      let nameless = try await server.call("POST", "/api/testing/data", body: UploadFixture.acquisition(2))
      #expect(nameless.status == 421 && nameless.error?.contains("x-file-name") == true)
      let bad = try await server.call(
        "POST", "/api/testing/data", headers: [("x-file-name", "x.json")], body: Data("{}".utf8))
      #expect(bad.status == 400 && bad.error?.hasPrefix("x.json: ") == true)
    }
  }
}
