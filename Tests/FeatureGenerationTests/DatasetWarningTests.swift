// What a report and metadata say about a dataset and its recordings: rates, times, labels, what was left out.
// Each dataset has one oddity; the line that tells it is compared, or its beginning.
// Names that differ in bytes alone are different names: composed and decomposed letters take turns.
// A folder for output that cannot be used leaves nothing behind.
import Datasets
import Foundation
import OutputFiles
import Testing

@testable import FeatureGeneration

struct DatasetWarningTests {
  private func generate(
    _ folder: TemporaryFolder, _ impulse: SyntheticImpulse = SyntheticImpulse(),
    _ change: (inout FeatureGenerator.Options) -> Void = { _ in }
  ) throws -> (report: GenerationReport, provenance: Provenance) {
    let report = try impulse.generator(change).generate(
      try Dataset.scan(path: folder.path("data")), to: folder.path("out"))
    return (report, try folder.metadata("2-raw").edgedsp)
  }

  @Test(arguments: [(0.5, true), (1, false), (300, false), (330, true)])
  func farRatesAreToldOf(intervalMs: Double, isFar: Bool) throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", intervalMs: intervalMs, rows: 1000, seed: 1).write(to: folder)
      let (report, provenance) = try generate(folder)
      let found = report.warnings.filter { $0.contains("than the impulse's 62.5 Hz; is the recording's rate right?") }
      #expect(found.count == (isFar ? 1 : 0))
      #expect(provenance.datasetWarnings == report.warnings.filter { !$0.hasPrefix("block ") })
      #expect(report.resampledFrom == [RecordingHeader(sensors: [], intervalMs: intervalMs).frequencyHz])
      #expect(provenance.resampling == .recording)
    }
  }

  /// Seconds and microseconds that are read as milliseconds.
  @Test(arguments: [1, 1_000_000]) func wrongUnitsAreRefused(factor: Int) throws {
    try withTemporaryFolder { folder in
      let rows = (0..<500).map { "\(Double($0 * factor) * 0.016),\($0 % 7)\n" }.joined()
      try folder.write("timestamp,accX\n" + rows, to: "data/training/a.csv")
      let error = #expect(throws: DatasetErrors.self) {
        try generate(folder, SyntheticImpulse(blocks: [("raw", ["accX"])]))
      }
      #expect(
        error?.description.hasPrefix("training/a.csv: expected a sampling rate that can be resampled to the") == true)
      #expect(error?.description.hasSuffix("need --csv-timestamp-format s or us") == true)
    }
  }

  @Test func timesThatDriftAreToldOf() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", intervalMs: 1000 / 198.6, rows: 11442, seed: 1).write(to: folder)
      let impulse = SyntheticImpulse(sizeMs: 1000, increaseMs: 80, frequency: 198.6)
      let drifting = try generate(folder, impulse).report.warnings.filter { $0.contains("times in y drift by ") }
      #expect(drifting.count == 1 && drifting[0].hasPrefix("training/a.json: "), "\(drifting)")
    }
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 5000, seed: 1).write(to: folder)
      #expect(try !generate(folder).report.warnings.contains { $0.contains("drift") })
    }
  }

  @Test func whatTheListingLeavesOutIsInTheMetadata() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 60, seed: 1).write(to: folder)
      try folder.write("{\"structuredLabels\":{\"none.json\":[]}}", to: "data/structured_labels.labels")
      try folder.write("?", to: "data/training/notes.xyz")
      let (report, provenance) = try generate(folder) { $0.keepsGoing = true }
      #expect(report.skipped.map(\.path) == ["structured_labels.labels"])
      #expect(provenance.skipped.map(\.id) == [nil] && provenance.skipped.map(\.reason) == report.skipped.map(\.reason))
      #expect(provenance.datasetWarnings?.contains { $0.contains("notes.xyz is not used: ") } == true)
    }
  }

  @Test func whatTheListingFindsOddIsToldOf() throws {
    try withTemporaryFolder { folder in
      for name in ["1.json", "2.json"] { try SyntheticRecording(name: name, rows: 60, seed: 1).write(to: folder) }
      let (report, provenance) = try generate(folder)
      let dataset = try Dataset.scan(path: folder.path("data"))
      #expect(dataset.problems.map(\.severity) == [.warning])
      let lines = dataset.problems.map { "\($0.file): \($0.message)" }
      #expect(report.warnings.suffix(1) == lines[...])
      #expect(provenance.datasetWarnings == lines)
    }
  }

  @Test func labelsThatNothingHasAreToldOf() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 60, seed: 1).write(to: folder)
      let impulse = SyntheticImpulse(labeling: .anywhereInWindow(["a", "nowhere"]))
      let warnings = try generate(folder, impulse).provenance.datasetWarnings ?? []
      #expect(warnings == ["labelingMethodMultiLabel.labels names \"nowhere\", which no recording has"])
    }
  }

  @Test func namesThatDifferInBytesAreDifferent() throws {
    let (composed, decomposed) = ("\u{e9}", "e\u{301}")
    try withTemporaryFolder { folder in
      for (name, axes) in [("a.json", [composed, decomposed]), ("b.json", [decomposed, composed])] {
        try SyntheticRecording(name: name, axes: axes, rows: 20, seed: 3).write(to: folder)
      }
      let impulse = SyntheticImpulse(blocks: [("raw", [composed])])
      _ = try generate(folder, impulse) { $0.threads = 1 }
      let x = try folder.features("2-raw").values
      let values = SyntheticRecording(name: "", axes: ["x", "y"], rows: 20, seed: 3).values.map { Float($0) }
      let columns = [1, 0].map { column in (0..<20).map { values[$0 * 2 + column] } }
      #expect(firstDifference(bits: x, columns[0] + columns[1]) == nil)
    }
    var counts = LabelCounts()
    counts.add(composed, count: 2)
    counts.add(decomposed, count: 3)
    #expect(counts.sorted.map(\.windows) == [3, 2])
  }

  @Test func theImpulseIsNoRecording() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 60, seed: 1).write(to: folder)
      try folder.write("{}", to: "data/training/impulse.json")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link.json"), withDestinationPath: folder.path("data/training/impulse.json"))
      let impulse = try SyntheticImpulse().generator().impulse
      for path in ["data/training/impulse.json", "link.json"] {
        var options = FeatureGenerator.Options()
        options.overwrites = true
        let generator = try FeatureGenerator(impulse, impulseFile: folder.path(path), options: options)
        let report = try generator.generate(try folder.dataset(), to: folder.path("out"))
        #expect(
          report.recordings == 1 && report.warnings.contains("training/impulse.json is not used: it is the impulse"))
        #expect(try folder.metadata("2-raw").labels == ["a"])
      }
    }
  }

  /// The folder itself can be made, the one inside has too long a path.
  @Test func anUnusableFolderIsNotLeftBehind() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 60, seed: 1).write(to: folder)
      var path = folder.path("new")
      while path.utf8.count < 4085 {
        path += "/" + String(repeating: "x", count: min(200, 4084 - path.utf8.count))
      }
      let error = #expect(throws: OutputError.self) {
        try SyntheticImpulse().generator().generate(try folder.dataset(), to: path)
      }
      #expect(error?.reason.hasPrefix("cannot create a folder inside") == true)
      #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
    }
  }
}
