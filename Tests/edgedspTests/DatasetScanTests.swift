// A scan tells the truth about a small folder whose numbers are counted by hand: rows, rates, durations, windows, totals.
// All problems come at once, the worst first; errors give exit code 65, everything else 0.
// What the forecast says is what generate then writes: windows by label, bytes, features.
// The JSON is the same whatever the number of threads, but for predicted times.
import Foundation
import Testing

@Suite(.onOwnThreads) struct DatasetScanTests {
  private struct Report: Decodable {
    struct Recording: Decodable {
      let path: String
      let format: String?
      let rows: Int?
      let durationSeconds: Double?
      let frequencyHz: Double?
      let windows: Int?
      let resampledRows: Int?
      let labels: [String]
    }
    struct Total: Decodable, Equatable {
      let category: String
      let label: String
      let recordings: Int
      let windows: Int?
    }
    struct Problem: Decodable {
      let severity: String
      let file: String
      let message: String
    }
    struct Forecast: Decodable {
      struct Block: Decodable {
        let featureCount: Int
        let byteCount: Int
        let folder: String
      }
      let blocks: [Block]
      let windows: Int
      let recordings: Int
      let seconds: Double
    }
    let recordings: [Recording]
    let totals: [Total]
    let problems: [Problem]
    let forecast: Forecast?
    let errors: Int
  }

  private static func scan(_ folder: TemporaryFolder, _ arguments: String...) throws -> (code: Int32, report: Report) {
    let outcome = try Tool.run(["dataset", "scan"] + arguments + ["--json"], in: folder)
    return (outcome.code, try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)))
  }

  private static func fill(_ folder: TemporaryFolder) throws {
    try folder.write(smallImpulse, to: "impulse.json")
    try folder.write(acquisition(rows(25)), to: "d/training/a.1.json")
    try folder.write(acquisition(rows(5)), to: "d/training/b.1.json")
    // Two seconds at 50 Hz are 200 rows at the impulse's 100 Hz.
    try folder.write(acquisition(rows(100), intervalMs: 20), to: "d/testing/a.2.json")
  }

  @Test func aSmallFolderIsCounted() throws {
    try withTemporaryFolder { folder in
      try Self.fill(folder)
      let (code, report) = try Self.scan(folder, "d", "--impulse", "impulse.json")
      #expect(code == 0 && report.errors == 0)
      #expect(report.recordings.map(\.path) == ["testing/a.2.json", "training/b.1.json", "training/a.1.json"])
      #expect(report.recordings.map(\.rows) == [100, 5, 25])
      #expect(report.recordings.map(\.durationSeconds) == [2, 0.05, 0.25])
      #expect(report.recordings.map(\.windows) == [39, 0, 4])
      #expect(report.recordings[0].resampledRows == 200 && report.recordings[0].frequencyHz == 50)
      #expect(
        report.totals == [
          .init(category: "training", label: "a", recordings: 1, windows: 4),
          .init(category: "training", label: "b", recordings: 1, windows: 0),
          .init(category: "testing", label: "a", recordings: 1, windows: 39),
        ])
      #expect(report.problems.map(\.severity) == ["warning", "notice"])
      #expect(report.problems.first?.message.contains("shorter than a window (10 rows)") == true)
      #expect(report.problems.last?.message == "50.0 Hz will be resampled to the impulse's 100.0 Hz")
      let forecast = try #require(report.forecast)
      #expect(forecast.windows == 4 && forecast.recordings == 2 && forecast.seconds > 0)
      #expect(forecast.blocks.map(\.featureCount) == [20] && forecast.blocks.map(\.byteCount) == [4 * 96])
    }
  }

  @Test func theForecastIsWhatGenerateWrites() throws {
    try withTemporaryFolder { folder in
      try Self.fill(folder)
      for category in ["training", "testing", "all"] {
        let (_, report) = try Self.scan(folder, "d", "--impulse", "impulse.json", "--category", category)
        let outcome = try folder.edgedsp(
          "generate", "d", "--impulse", "impulse.json", "-o", "out", "--category", category, "--overwrite", "--quiet")
        #expect(outcome.code == 0)
        let block = try #require(report.forecast?.blocks.first)
        let bytes = try ["X.npy", "y.npy"].reduce(0) { try $0 + folder.data("out/\(block.folder)/\($1)").count - 128 }
        #expect(bytes == block.byteCount, "\(category)")
      }
    }
  }

  @Test func allProblemsComeAtOnce() throws {
    try withTemporaryFolder { folder in
      try Self.fill(folder)
      try folder.write(acquisition("[1,2],[3,oops]"), to: "d/training/bad.json")
      try folder.write(acquisition(rows(25), axes: ["x", "z"]), to: "d/training/other.json")
      try folder.write("", to: "d/training/empty.json")
      try folder.write(acquisition(rows(25)), to: "d/training/A.1.json")
      try folder.write("hello", to: "d/training/notes.doc")
      try folder.write(acquisition(rows(25)), to: "outside.json")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("d/training/link.json"), withDestinationPath: folder.path("outside.json"))
      let (code, report) = try Self.scan(folder, "d", "--impulse", "impulse.json")
      #expect(code == 65 && report.errors == 4)
      let severities = report.problems.map(\.severity)
      let order = ["error", "warning", "notice"]
      #expect(severities == order.flatMap { one in severities.filter { $0 == one } })
      let errors = report.problems.filter { $0.severity == "error" }
      #expect(
        errors.map(\.file) == ["training/bad.json", "training/empty.json", "training/link.json", "training/other.json"])
      #expect(errors.last?.message.contains("axis \"y\" for block 2") == true)
      let words = ["found an empty file", "only the case of letters"]
      #expect(words.filter { word in !report.problems.contains { $0.message.contains(word) } } == [])
      // Without the impulse, its axes are nobody's business.
      let (plain, without) = try Self.scan(folder, "d")
      #expect(plain == 65 && without.errors == 3 && without.forecast == nil)
      let text = try folder.edgedsp("dataset", "scan", "d", "--impulse", "impulse.json")
      #expect(text.code == 65 && text.errors == "" && text.output.contains("error: training/bad.json: "))
      #expect(text.output.contains("not used: training/notes.doc"))
    }
  }

  @Test func reportsDoNotDependOnThreads() throws {
    try withTemporaryFolder { folder in
      try Self.fill(folder)
      for index in 0..<40 { try folder.write(acquisition(rows(index + 1)), to: "d/training/c.\(index).json") }
      let reports = try ["1", "2", "7"].map {
        try folder.edgedsp("dataset", "scan", "d", "--json", "--threads", $0).output
      }
      #expect(reports[0].count > 1000 && Set(reports).count == 1)
      let short = try folder.edgedsp("dataset", "scan", "d").output
      let long = try folder.edgedsp("dataset", "scan", "d", "--all").output
      #expect(short.contains("… and 23 more; --all lists them") && !short.contains("c.0.json"))
      #expect(long.contains("c.0.json") && !long.contains("more; --all"))
    }
  }

  @Test func severalLabelsCountByTheirRows() throws {
    try withTemporaryFolder { folder in
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition(rows(30)), to: "d/m.json")
      try folder.write(
        """
        {"version":1,"files":[{"path":"m.json","category":"training","label":{"type":"multi-label","labels":[\
        {"startIndex":0,"endIndex":9,"label":"a"},{"startIndex":10,"endIndex":29,"label":"b"}]}}]}
        """, to: "d/info.labels")
      let (code, report) = try Self.scan(folder, "d", "--impulse", "impulse.json")
      #expect(code == 0 && report.recordings.first?.labels == ["a", "b"])
      // Windows end at rows 9, 14, 19, 24 and 29.
      #expect(report.totals.map(\.label) == ["a", "b"] && report.totals.map(\.windows) == [1, 4])
    }
  }

  @Test func nothingToScanIsAnError() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(at: folder.url.appending(path: "d"), withIntermediateDirectories: true)
      let empty = try folder.edgedsp("dataset", "scan", "d")
      #expect(empty.code == 65 && empty.output.contains("error: d: expected recordings, found none"))
      let missing = try folder.edgedsp("dataset", "scan", "nowhere")
      #expect(missing.code == 66 && missing.errorLines.count == 1)
      let impulse = try folder.edgedsp("dataset", "scan", "d", "--impulse", "nothing.json")
      #expect(impulse.code == 66 && impulse.errors.contains("nothing.json"))
    }
  }
}
