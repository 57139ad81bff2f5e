// Warnings go where people read them and programs do not: `block run` writes them to standard error, `generate` below
// its tables and, with --json, into the report and into metadata.json, `features` to standard error.
// Each place once, with a warning of a setting (scale 0) and one of values (a constant axis).
// Without a reason, and with --quiet, there is none.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct WarningTests {
  static let scale =
    "scale-axes = 0: every sample becomes 0, and all features are the same in every window; use 1"

  @Test func runWritesThemToStandardError() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([1, 7, 2, 7, 3, 7] as [Float], shape: [3, 2], to: folder.path("w.npy"))
      func run(_ more: String...) throws -> Outcome {
        try Tool.run(["block", "run", "raw", "w.npy", "--frequency", "10", "--axes", "x,y"] + more, in: folder)
      }
      let outcome = try run("--params", "{\"scale-axes\":0}")
      #expect(outcome.code == 0)
      #expect(outcome.errorLines.count == 2 && outcome.errorLines.first == "warning: \(Self.scale)")
      #expect(outcome.errorLines.last?.hasPrefix("warning: axis y = 7 in all 3 rows: ") == true)
      struct Answer: Decodable { let features: [Float] }
      let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
      #expect(answer.features == [0, 0, 0, 0, 0, 0] && !outcome.output.contains("warning"))

      let toFile = try run("--params", "{\"scale-axes\":0}", "-o", "f.json")
      #expect(toFile.errors == outcome.errors && toFile.output.isEmpty)
      #expect(try folder.text("f.json") == outcome.output)
      #expect(try run().errorLines.count == 1, "the settings are in order")
    }
  }

  private func generate(_ folder: TemporaryFolder, scale: Int, _ options: String...) throws -> Outcome {
    try folder.write(acquisition(rows(10)), to: "data/training/a.json")
    let configuration = ",\"dspBlockConfigs\":[{\"blockId\":2,\"config\":{\"scale-axes\":\(scale)}}]}"
    try folder.write(String(smallImpulse.dropLast()) + configuration, to: "impulse.json")
    return try Tool.run(
      ["generate", "data", "--impulse", "impulse.json", "-o", "out", "--overwrite"] + options, in: folder)
  }

  @Test func generateListsThemBelowItsTables() throws {
    try withTemporaryFolder { folder in
      let outcome = try generate(folder, scale: 0)
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("\nwarning: block 2 (Raw): \(Self.scale)\n"))
      #expect(!outcome.errors.contains("warning"))
      #expect(try !generate(folder, scale: 1).output.contains("block 2 (Raw)"))
      let quiet = try generate(folder, scale: 0, "--quiet")
      #expect(quiet.code == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
    }
  }

  @Test func generatePutsThemIntoItsReport() throws {
    struct Report: Decodable { let warnings: [String] }
    try withTemporaryFolder { folder in
      let outcome = try generate(folder, scale: 0, "--json")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.warnings.contains("block 2 (Raw): \(Self.scale)"))
      let sound = try generate(folder, scale: 1, "--json")
      #expect(
        try !JSONDecoder().decode(Report.self, from: Data(sound.output.utf8)).warnings.contains { $0.contains("Raw") })
    }
  }

  @Test func windowsAreLookedAt() throws {
    struct Report: Decodable { let warnings: [String] }
    struct Metadata: Decodable {
      struct Provenance: Decodable { let warnings: [String] }
      let edgedsp: Provenance
    }
    try withTemporaryFolder { folder in
      let rows = (0..<20).map { "[\($0),7]" }.joined(separator: ",")
      for name in ["a", "b"] { try folder.write(acquisition(rows), to: "data/training/\(name).json") }
      try folder.write(smallImpulse, to: "impulse.json")
      let start =
        "axis y = 7 in all 10 rows: an axis that never changes tells nothing apart, and normalising it leaves "
        + "rounding noise; check the sensor, or take the axis out of the block (in "
      let generate = ["generate", "data", "--impulse", "impulse.json", "-o", "out", "--overwrite"]
      let text = try Tool.run(generate, in: folder)
      let line = start + "2 of 2 windows looked at, first in training/b.json at 0 ms)"
      #expect(text.output.contains("\nwarning: block 2 (Raw): \(line)\n"), "\(text.output)")
      let json = try Tool.run(generate + ["--json"], in: folder)
      let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
      #expect(report.warnings.contains("block 2 (Raw): \(line)"))
      let metadata = try JSONDecoder().decode(Metadata.self, from: folder.data("out/2-raw/metadata.json"))
      #expect(metadata.edgedsp.warnings == [line])
      let features = try folder.edgedsp("features", "data/training/a.json", "--impulse", "impulse.json")
      #expect(
        features.errorLines == [
          "warning: block 2 (Raw): \(start)1 of 1 windows looked at, first in data/training/a.json at 0 ms)"
        ])
      #expect(features.code == 0 && !features.output.contains("warning"))
    }
  }
}
