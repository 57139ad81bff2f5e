// Uploads by every way that our client has, into the real folder. What is asserted is what a fresh look at the folder
// reads: values, labels, categories, metadata, boxes. Each recording must be readable, since it would be of no use else.
// Downloads go the other way: what comes back must hold the same values.
import Datasets
import Foundation
import NumPyFiles
import StudioAPI
import Synchronization
import Testing

@testable import StudioServer

struct ClientUploadTests {
  private static let sensors = [
    Datasets.Sensor(name: "a", units: "m/s2"), Datasets.Sensor(name: "b", units: "N/A"),
  ]

  /// What a fresh look finds for an uploaded recording.
  private static func stored(
    _ live: LiveStudio, _ report: UploadReport
  ) async throws -> [(entry: DatasetEntry, recording: Recording)] {
    #expect(report.success, "\(report.failures)")
    var found: [(DatasetEntry, Recording)] = []
    for success in report.successes {
      let id = try #require(success.sampleID)
      #expect(success.projectID == live.project)
      found.append((try #require(try await live.entry(id)), try await live.recording(id)))
    }
    return found
  }

  @Test func describedRecordingsArriveWhole() async throws {
    try await LiveStudio.run { live in
      let spans = [(0, 9, "up"), (10, 19, "down \u{e9}")].map {
        Studio.StructuredLabel(startIndex: $0.0, endIndex: $0.1, label: $0.2)
      }
      let samples = [
        UploadSample(
          .bytes(UploadFixture.acquisition(1)), fileName: "first \u{e9}.json", category: .testing, label: "50% \u{e9}",
          metadata: ["site": "desk", "w\u{f6}rd": "a\"b"]),
        UploadSample(
          .bytes(UploadFixture.acquisition(2)), fileName: "second.json", category: .training, structuredLabels: spans),
        UploadSample(
          .bytes(try UploadFixture.picture("grey1.png")), fileName: "cat.png", category: .training,
          boundingBoxes: [Studio.BoundingBox(label: "ear", x: 1, y: 1, width: 2, height: 3)]),
        UploadSample(.bytes(UploadFixture.wave), fileName: "hello.01.wav", category: .anomaly),
      ]
      let done = Mutex<[Int]>([])
      let report = await live.client.upload(
        samples,
        options: UploadOptions(workers: 2) { count, total in
          if total == 4 { done.withLock { $0.append(count) } }
        })
      let found = try await Self.stored(live, report)
      #expect(report.successes.map(\.fileName) == samples.map(\.fileName) && done.withLock { $0 } == [1, 2, 3, 4])
      #expect(found.map(\.entry.name) == ["first \u{e9}", "second", "cat", "hello.01"])
      #expect(found.map(\.entry.category) == [.testing, .training, .training, .anomaly])
      #expect(found[0].entry.label == .single("50% \u{e9}"))
      #expect(found[0].entry.metadata == ["site": "desk", "w\u{f6}rd": "a\"b"])
      #expect(
        found[1].entry.label
          == .multi([.init(start: 0, end: 9, label: "up"), .init(start: 10, end: 19, label: "down \u{e9}")]))
      #expect(found[2].entry.boundingBoxes.map(\.label) == ["ear"] && found[2].entry.boundingBoxes[0].height == 3)
      #expect(found[3].entry.label == .single("hello") && found[3].recording.rowCount == 100)
      #expect(found[0].recording.rows == (0..<20).flatMap { [1, Double($0 % 7)] })
    }
  }

  @Test func refusedFilesDoNotHarmOthers() async throws {
    try await LiveStudio.run { live in
      let first = UploadSample(.bytes(UploadFixture.acquisition(1)), fileName: "a.json", category: .training)
      let broken = UploadSample(
        .bytes(Data(#"{"payload": {"interval_ms": 0"#.utf8)), fileName: "b.json", category: .training)
      let other = UploadSample(.bytes(UploadFixture.table), fileName: "c.csv", category: .training)
      let report = await live.client.upload([first, broken, other], options: UploadOptions(workers: 1))
      #expect(report.successes.map(\.index) == [0, 2] && report.failures.map(\.index) == [1])
      #expect(report.failures[0].error.kind == .refused && report.failures[0].error.message.contains("b.json"))
      let again = await live.client.upload([first])
      #expect(again.failures.map(\.error.kind) == [.refused])
      let id = try #require(report.successes[0].sampleID)
      #expect(again.failures[0].error.message == "An item with this hash already exists (ids: \(id))")
      let allowed = await live.client.upload([first], options: UploadOptions(allowsDuplicates: true))
      let copy = try await Self.stored(live, allowed)
      let original = try await live.recording(id)
      #expect(copy[0].entry.sampleID != id && copy[0].recording == original)
    }
  }

  @Test func largeFilesAreSentFromDisk() async throws {
    try await LiveStudio.run { live in
      // Above 4 MiB a body is put together on disk.
      let path = "\(live.scratch)/long.json"
      try UploadFixture.acquisition(3, rows: 900_000).write(to: URL(filePath: path))
      var sample = UploadSample(file: path)
      sample.inferLabelAndCategory(path: "data/testing/long.json")
      let found = try await Self.stored(live, await live.client.upload([sample]))
      #expect(found[0].entry.category == .testing && found[0].entry.label == .single("long"))
      #expect(found[0].recording.rowCount == 900_000)
    }
  }

  @Test func arraysBecomeRecordings() async throws {
    try await LiveStudio.run { live in
      let rows: [[Double]] = [[0.5, -1.25], [1e-7, 3], [1.0 / 3, 4]]
      let turned = Array(rows.reversed())
      let single = try UploadSample(
        values: rows, sensors: Self.sensors, intervalMs: 12.5, deviceType: "T", deviceName: "unit 1")
      let several = try UploadSample.samples(
        arrays: [rows, turned], labels: ["x", "y"], sensors: Self.sensors, intervalMs: 10,
        category: .testing, metadata: ["k": "v"])
      let path = "\(live.scratch)/recordings.npy"
      var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 2), }"
      header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
      try
        (Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]) + Data(header.utf8)
        + UploadFixture.array.suffix(16)).write(to: URL(filePath: path))
      let read = try UploadSample.samples(
        array: path, labels: ["z"], sensors: Self.sensors, intervalMs: 20, category: .training)
      let found = try await Self.stored(live, await live.client.upload([single] + several + read))
      let flat = rows.flatMap(\.self)
      #expect(found.map(\.recording.rows) == [flat, flat, turned.flatMap(\.self), [1, 2, 3, 4]])
      #expect(found.map { $0.recording.header.intervalMs } == [12.5, 10, 10, 20])
      #expect(found.dropFirst().map(\.entry.label) == [.single("x"), .single("y"), .single("z")])
      #expect(found.dropFirst().map(\.entry.category) == [.testing, .testing, .training])
      #expect(found[1].entry.metadata == ["k": "v"] && found[0].recording.header.sensors == Self.sensors)
      #expect(found[0].recording.header.deviceName == "unit 1" && found[0].recording.header.deviceType == "T")
    }
  }

  @Test func tablesBecomeRecordings() async throws {
    try await LiveStudio.run { live in
      let series = try Table(
        columns: ["timestamp", "a", "b", "l"],
        rows: [["0", "1", "2", "x"], ["10", "3", "4", "x"], ["20", "5", "6", "y"]])
      let whole = try UploadSample(table: series, labelColumn: "l", category: .training, fileName: "table.01")
      let paced = try UploadSample(
        table: series, axes: ["b"], intervalMs: 2.5, label: "paced", metadata: ["k": "v"], category: .training)
      let wide = try Table(
        columns: ["label", "part", "x0", "y0", "x1", "y1"],
        rows: [["up", "testing", "1", "2", "3", "4"], ["down", "training", "5", "6", "7", "8"]])
      let roles = TableRoles(label: "label", category: "part")
      let flat = try UploadSample.samples(wide: wide, intervalMs: 10, axis: "v", roles: roles)
      let axes = try UploadSample.samples(wide: wide, axes: ["x", "y"], length: 2, intervalMs: 10, roles: roles)
      let rows = try UploadSample.samples(rowsOf: wide, features: ["x0", "y1"], roles: roles)
      let grouped = try UploadSample.samples(
        grouped: try Table(
          columns: ["id", "t", "v", "who"],
          rows: [
            ["g2", "0.010", "2", "me"], ["g1", "0", "9", "you"], ["g2", "0", "1", "me"], ["g1", "0.02", "8", "you"],
          ]),
        by: "id", timeColumn: "t", roles: TableRoles(label: "who", metadata: ["who"]))
      let found = try await Self.stored(
        live, await live.client.upload([whole, paced] + flat + axes + rows + grouped))
      #expect(
        found.map(\.recording.rows) == [
          [1, 2, 3, 4, 5, 6], [2, 4, 6], [1, 2, 3, 4], [5, 6, 7, 8], [1, 2, 3, 4], [5, 6, 7, 8], [1, 4], [5, 8],
          [1, 2],
          [9, 8],
        ])
      #expect(
        found.map(\.entry.label) == [
          .multi([.init(start: 0, end: 1, label: "x"), .init(start: 2, end: 2, label: "y")]), .single("paced"),
          .single("up"), .single("down"), .single("up"), .single("down"), .single("up"), .single("down"),
          .single("me"), .single("you"),
        ])
      #expect(found[1].recording.header.intervalMs == 2.5 && found[1].entry.metadata == ["k": "v"])
      #expect(found[2...7].map(\.entry.category) == [.testing, .training, .testing, .training, .testing, .training])
      #expect(found[4].recording.header.sensors.map(\.name) == ["x", "y"] && found[0].entry.name == "table.01")
      #expect(found[8].entry.name == "g2" && found[8].entry.metadata == ["who": "me"])
      #expect(found[9].recording.header.intervalMs == 20)
    }
  }

  @Test func foldersArriveWithTheirLabels() async throws {
    try await LiveStudio.run { live in
      let (client, folder) = (live.client, "\(live.scratch)/export")
      try FileManager.default.createDirectory(atPath: "\(folder)/training", withIntermediateDirectories: true)
      for (name, seed) in [("one.json", 11), ("two.json", 12), ("three.json", 13)] {
        try UploadFixture.acquisition(seed).write(to: URL(filePath: "\(folder)/training/\(name)"))
      }
      let plain = try await Self.stored(
        live,
        try await client.uploadFolder(folder, category: .testing, label: "all", metadata: ["k": "v"], batchSize: 2) {
          sample, path in
          if path.hasSuffix("two.json") { sample.label = "second" }
        })
      #expect(plain.map(\.entry.label) == [.single("all"), .single("all"), .single("second")])
      #expect(plain.allSatisfy { $0.entry.category == .testing && $0.entry.metadata == ["k": "v"] })
      #expect(plain.map { $0.recording.rows[0] } == [11, 13, 12])
      let again = try await client.uploadPlainFolder(folder, category: .training)
      #expect(again.successes.isEmpty && again.failures.count == 3)
      try Data(
        """
        {"version": 1, "files": [
        {"path": "training/two.json", "category": "training", "label": {"type": "label", "label": "b"},
        "metadata": {"m": "1"}},
        {"path": "training/one.json", "category": "testing", "label": {"type": "multi-label", "labels":
        [{"startIndex": 0, "endIndex": 19, "label": "whole"}]}}]}
        """.utf8
      ).write(to: URL(filePath: "\(folder)/info.labels"))
      let described = try UploadSample.samples(inFolder: folder)
      #expect(described.map(\.fileName) == ["two.json", "one.json"])
      let options = UploadOptions(allowsDuplicates: true, workers: 1)
      let exported = try await Self.stored(live, try await client.uploadExportedFolder(folder, options: options))
      #expect(exported.map(\.entry.label) == [.single("b"), .multi([.init(start: 0, end: 19, label: "whole")])])
      #expect(exported.map(\.entry.category) == [.training, .testing] && exported[0].entry.metadata == ["m": "1"])
    }
  }

  @Test func downloadsHoldTheSameValues() async throws {
    try await LiveStudio.run { live in
      let (client, folder) = (live.client, "\(live.scratch)/down")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let picture = try UploadFixture.picture("444.jpg")
      let uploads = [
        UploadSample(.bytes(picture), fileName: "cat.01.jpg", category: .training),
        UploadSample(.bytes(UploadFixture.wave), fileName: "hello.01.wav", category: .training),
        UploadSample(.bytes(Data("a,b\n0.5,0.25\n".utf8)), fileName: "table.01.csv", category: .training),
        UploadSample(.bytes(UploadFixture.table), fileName: "series.01.csv", category: .training),
      ]
      let ids = try await Self.stored(live, await client.upload(uploads)).map(\.entry.sampleID)
      let done = Mutex<[Int]>([])
      let report = await client.downloadSamples(
        project: live.project, ids: ids + [7, 8, 999], to: folder, workers: 3
      ) { count, _ in done.withLock { $0.append(count) } }
      #expect(report.failures.map(\.id) == [999] && report.failures.first?.error.kind == .refused)
      #expect(done.withLock { $0 } == Array(1...7))
      #expect(
        report.downloads.map { $0.path.dropFirst(folder.count + 1) } == [
          "cat.01.jpg", "hello.01.wav", "table.01.csv", "series.01.json", "snake.0.json", "snake.1.json",
        ])
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/cat.01.jpg")) == picture)
      #expect(try String(contentsOfFile: "\(folder)/table.01.csv", encoding: .utf8) == "a,b\n0.5,0.25\n")
      for download in report.downloads.dropFirst() {
        let wanted = try await live.recording(download.id)
        let found = try await LiveStudio.aside { try Recording(path: download.path) }
        #expect(found.rows == wanted.rows && found.header.sensors.map(\.name) == wanted.header.sensors.map(\.name))
        #expect(found.header.intervalMs == wanted.header.intervalMs)
      }
      let file = "\(live.scratch)/cat"
      let image = try await client.downloadImage(project: live.project, sample: ids[0], cacheKey: "k", to: file)
      let bytes = try Data(contentsOf: URL(filePath: file))
      #expect(image.contentType == "image/jpeg" && firstDifference(bytes, picture) == nil)
    }
  }
}
