// `generate` on the committed dataset, driven as a user drives it, with the files read back.
// One test for each option; values of features are compared elsewhere, here only the raw block's windows with
// the recordings' own numbers.
// Reports are checked for what a reader takes from them, not for their layout.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct GenerateTests {
  private func generate(_ folder: TemporaryFolder, _ options: String...) throws -> Outcome {
    try Tool.run(
      ["generate", Fixture.dataset, "--impulse", Fixture.impulse, "--output", "out"] + options, in: folder)
  }

  private func shape(_ folder: TemporaryFolder, _ file: String) throws -> [Int] {
    try NumPyArray(contentsOf: folder.path("out/\(file)")).shape
  }

  @Test func writesAFolderForEachBlock() throws {
    try withTemporaryFolder { folder in
      let outcome = try generate(folder)
      #expect(outcome.code == 0)
      let sets = ["2-spectral-features", "3-flatten", "4-raw-data"]
      let files = ["X.npy", "labels.json", "metadata.json", "y.npy"]
      #expect(Set(folder.snapshot("out").keys) == Set(sets + sets.flatMap { set in files.map { "\(set)/\($0)" } }))
      #expect(try sets.map { try shape(folder, "\($0)/X.npy") } == [[2424, 18], [2424, 21], [2424, 375]])
      #expect(try shape(folder, "3-flatten/y.npy") == [2424, 4])

      // Progress of a short run is nothing for a log.
      #expect(outcome.errorLines.allSatisfy { $0.contains(" of 24 recordings") } && outcome.errorLines.count < 9)
      let table = outcome.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(table[0] == ["label", "windows", "recordings"])
      #expect(table[1...4] == ["idle", "snake", "updown", "wave"].map { [$0, "606", "6"] }[...])
      #expect(table[5] == ["total", "2,424", "24"])
      #expect(table[7] == ["out/2-spectral-features", "18", "213.3", "kB"])
      #expect(outcome.output.contains("\n2,424 windows in "))
    }
  }

  @Test(arguments: [("testing", 808), ("all", 3232)])
  func categoryChoosesRecordings(category: String, windows: Int) throws {
    try withTemporaryFolder { folder throws in
      #expect(try generate(folder, "--category", category, "--block", "3").code == 0)
      #expect(try shape(folder, "3-flatten/X.npy") == [windows, 21])
    }
  }

  @Test func blockMayBeRepeated() throws {
    try withTemporaryFolder { folder throws in
      #expect(try generate(folder, "--block", "4", "--block", "2").code == 0)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
          == ["2-spectral-features", "4-raw-data"])
    }
  }

  @Test func rawWritesTheWindows() throws {
    try withTemporaryFolder { folder in
      #expect(try generate(folder, "--raw", "--block", "3", "--block", "4").code == 0)
      let raw = try folder.data("out/3-flatten/X_raw.npy")
      #expect(raw == (try folder.data("out/4-raw-data/X.npy")))
      #expect(raw == (try folder.data("out/4-raw-data/X_raw.npy")))
      // The first recording is the last of the listing; its windows begin every 5 rows.
      struct File: Decodable {
        struct Payload: Decodable { let values: [[Float]] }
        let payload: Payload
      }
      let metadata = try JSONDecoder().decode(Metadata.self, from: folder.data("out/4-raw-data/metadata.json"))
      let recordings = metadata.edgedsp.recordings
      let index = try #require(recordings.firstIndex { $0.path == "training/wave.4.json" })
      let file = try JSONDecoder().decode(
        File.self, from: Data(contentsOf: URL(filePath: Fixture.path("dataset/training/wave.4.json"))))
      let first = recordings[..<index].reduce(0) { $0 + $1.windowCount }
      let x = try NumPyArray.read(Float.self, from: folder.path("out/4-raw-data/X.npy")).values
      let expected = (0..<101).flatMap { file.payload.values[$0 * 5..<$0 * 5 + 125].flatMap { $0 } }
      #expect(firstDifference(Array(x[first * 375..<(first + 101) * 375]), expected) == nil)
    }
  }

  /// 62.5 Hz become 50 Hz: windows of 125 rows become windows of 100.
  @Test func otherRatesAreResampled() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        Fixture.impulse(replacing: "\"frequencyHz\": 62.5", with: "\"frequencyHz\": 50"), to: "impulse.json")
      func generate(_ output: String, _ options: String...) throws -> Outcome {
        try Tool.run(
          ["generate", Fixture.dataset, "--impulse", "impulse.json", "--output", output, "--block", "4"] + options,
          in: folder)
      }
      let whole = try generate("whole")
      #expect(whole.code == 0)
      #expect(whole.output.contains("\n24 recordings were resampled to the impulse's rate, from 62.5 Hz\n"))
      let windows = try generate("windows", "--resample-windows", "--json")
      #expect(windows.code == 0 && windows.output.contains("\"resampled\" : 24"))
      let first = try NumPyArray(contentsOf: folder.path("whole/4-raw-data/X.npy"))
      let second = try NumPyArray(contentsOf: folder.path("windows/4-raw-data/X.npy"))
      #expect(first.shape == second.shape && first.shape.last == 300)
      #expect(try folder.data("whole/4-raw-data/X.npy") != folder.data("windows/4-raw-data/X.npy"))
      #expect(try folder.text("windows/4-raw-data/metadata.json").contains("\"stage\" : \"window\""))
      #expect(try folder.text("whole/4-raw-data/metadata.json").contains("\"fromFrequency\" : 62.5"))
    }
  }

  @Test func threadsDoNotChangeBytes() throws {
    try withTemporaryFolder { folder throws in
      #expect(try generate(folder, "--threads", "1").code == 0)
      let one = folder.snapshot("out")
      #expect(try generate(folder, "--threads", "5", "--overwrite").code == 0)
      #expect(firstDifference(folder.snapshot("out"), one) == nil)
    }
  }

  @Test func existingSetsNeedOverwrite() throws {
    try withTemporaryFolder { folder in
      #expect(try generate(folder, "--block", "3").code == 0)
      let before = folder.snapshot("out")
      let refused = try generate(folder, "--block", "3", "--category", "testing")
      #expect(refused.code == 73)
      #expect(refused.errors == "error: out/3-flatten: exists already; use --overwrite to replace it\n")
      #expect(firstDifference(folder.snapshot("out"), before) == nil)
      #expect(try generate(folder, "--block", "3", "--category", "testing", "--overwrite").code == 0)
      #expect(try shape(folder, "3-flatten/X.npy") == [808, 21])
    }
  }

  @Test func quietSaysNothing() throws {
    try withTemporaryFolder { folder in
      let outcome = try generate(folder, "--quiet")
      #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
      #expect(try shape(folder, "3-flatten/X.npy") == [2424, 21])
    }
  }

  @Test func jsonReportIsComplete() throws {
    struct Report: Decodable {
      struct Inner: Decodable {
        struct Label: Decodable, Equatable {
          let label: String
          let recordings, windows: Int
        }
        struct FeatureSet: Decodable {
          let blockID, featureCount, byteCount: Int
          let name, path, type: String
        }
        struct Skipped: Decodable { let path, reason: String }
        let labels: [Label]
        let sets: [FeatureSet]
        let skipped: [Skipped]
        let recordings, windows, threads: Int
        let seconds: Double
      }
      let report: Inner
      let windowsPerSecond: Double
      let peakMemoryBytes: Int
      let warnings: [String]
    }
    try withTemporaryFolder { folder in
      let outcome = try generate(folder, "--json", "--threads", "3")
      #expect(outcome.code == 0)
      let document = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(
        document.report.labels
          == ["idle", "snake", "updown", "wave"].map { .init(label: $0, recordings: 6, windows: 606) })
      #expect(document.report.sets.map(\.featureCount) == [18, 21, 375])
      #expect(document.report.sets.map(\.byteCount) == [18, 21, 375].map { 2424 * (4 * $0 + 16) })
      #expect(document.report.sets.map(\.path) == ["out/2-spectral-features", "out/3-flatten", "out/4-raw-data"])
      #expect(document.report.windows == 2424 && document.report.recordings == 24 && document.report.threads == 3)
      #expect(document.report.skipped.isEmpty && document.warnings.isEmpty)
      #expect(document.windowsPerSecond > 0 && document.peakMemoryBytes > 1 << 20 && document.report.seconds > 0)
    }
  }

  @Test func samplesGiveIdsLabelsAndOrder() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b", "c"] {
        try folder.write(acquisition(rows(10)), to: "data/training/\(name).json")
      }
      try folder.write(smallImpulse, to: "impulse.json")
      func sample(_ id: Int, _ file: String, _ label: String) -> String {
        "{\"id\":\(id),\"filename\":\"\(file)\",\"label\":\"\(label)\",\"category\":\"training\"}"
      }
      try folder.write(
        "{\"success\":true,\"samples\":[\(sample(900, "b", "zebra")),\(sample(77, "a", "ant"))]}", to: "list.json")
      let outcome = try folder.edgedsp(
        "generate", "data", "--impulse", "impulse.json", "-o", "out", "--samples", "list.json")
      #expect(outcome.code == 0)
      let y = try NumPyArray(contentsOf: folder.path("out/2-raw/y.npy")).values
      #expect(y == [2, 900, 0, 100, 1, 77, 0, 100])
      #expect(outcome.output.contains("warning: training/c.json is not used: list.json does not name it\n"))
    }
  }

  @Test func keepGoingListsWhatItLeavesOut() throws {
    try withTemporaryFolder { folder in
      try folder.write(acquisition(rows(10)), to: "data/training/a.json")
      try folder.write(acquisition("[1,2],[3]"), to: "data/training/b.json")
      try folder.write(smallImpulse, to: "impulse.json")
      let outcome = try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "out", "--keep-going")
      #expect(outcome.code == 65)
      let reason = "training/b.json: row 1 (byte "
      #expect(outcome.errorLines.last?.hasPrefix("skipped: \(reason)") == true)
      #expect(outcome.output.contains("1 recording was left out.\n"))
      #expect(try shape(folder, "2-raw/X.npy") == [1, 20])
    }
  }

  /// The parts of metadata.json that tests read.
  struct Metadata: Decodable {
    struct Provenance: Decodable {
      struct Recording: Decodable {
        let id: Int
        let path: String
        let windowCount: Int
      }
      let recordings: [Recording]
    }
    let edgedsp: Provenance
  }
}
