// Warnings that come of windows: each kind once, from a dataset that differs from a sound one in that alone.
// What is sampled says how many windows were looked at; what is counted (NaN, infinity, constant features) must be
// exact over all windows. Windows that the reference refuses are errors, and leave no trace when their recording is
// left out. Report and metadata must be the same on 1, 2 and 7 threads, whatever the slabs.
import Datasets
import Foundation
import Testing

@testable import FeatureGeneration

struct WindowWarningTests {
  private let axes = ["accX", "accY", "accZ"]

  /// A recording whose values are those of a synthetic one, changed by `change` (row, axis, value).
  private func write(
    _ folder: TemporaryFolder, _ name: String, rows: Int = 60, axes: [String] = ["accX", "accY", "accZ"],
    intervalMs: Double = 16, in place: String = "data/training", _ change: (Int, Int, Double) -> Double = { $2 }
  ) throws {
    let seed = name.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
    let sound = SyntheticRecording(name: name, axes: axes, intervalMs: intervalMs, rows: rows, seed: seed).values
    let lines = (0..<rows).map { row in
      let cells = axes.indices.map { "\(change(row, $0, sound[row * axes.count + $0]))" }
      return "[" + cells.joined(separator: ",") + "]"
    }
    let sensors = axes.map { "{\"name\":\"\($0)\",\"units\":\"N/A\"}" }.joined(separator: ",")
    try folder.write(
      """
      {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"TEST",\
      "interval_ms":\(intervalMs),"sensors":[\(sensors)],"values":[\(lines.joined(separator: ","))]}}
      """, to: "\(place)/\(name)")
  }

  private func warnings(_ folder: TemporaryFolder, _ impulse: SyntheticImpulse) throws -> [String] {
    let report = try impulse.generator { $0.overwrites = true }.generate(folder.dataset(), to: folder.path("out"))
    return report.warnings.filter { $0.hasPrefix("block ") }
  }

  private let audio = SyntheticImpulse(
    sizeMs: 250, increaseMs: 250, frequency: 8000, blocks: [("mfe", ["audio"])])

  @Test func audioScaledToOne() throws {
    try withTemporaryFolder { folder in
      for index in 0..<4 {
        try write(folder, "a.\(index).json", rows: 2000, axes: ["audio"], intervalMs: 0.125) { $2 / 80 }
      }
      let found = try warnings(folder, audio)
      try #require(found.count == 2, "\(found)")
      #expect(found[0].hasPrefix("block 2 (mfe): window = 960 of 960 features (100.0 %): are 0: "), "\(found[0])")
      #expect(found[0].contains("look like audio scaled to -1...1"))
      #expect(found[0].hasSuffix("(in 4 of 4 windows looked at, first in training/a.3.json at 0 ms)"))
      #expect(
        found[1].contains(" features are the same in all 4 windows and tell nothing apart, first feature 0 = 0.0"))
      #expect(try folder.features("2-mfe").values.allSatisfy { $0 == 0 })
      let metadata = try folder.metadata("2-mfe")
      #expect(metadata.edgedsp.warnings.map { "block 2 (mfe): " + $0 } == found)
    }
  }

  @Test func binsThatWrap() throws {
    try withTemporaryFolder { folder in
      try write(folder, "a.0.json", rows: 4000, axes: ["audio"], intervalMs: 0.125) { $2 * 8 }
      #expect(try warnings(folder, audio) == [])
      try write(folder, "a.1.json", rows: 4000, axes: ["audio"], intervalMs: 0.125) { row, _, _ in
        32767 * sin(Double(row) * 2)
      }
      let found = try warnings(folder, audio)
      #expect(found.count == 1 && found[0].contains("they become 0 here and in Studio"), "\(found)")
      #expect(found.first?.hasSuffix("(in 1 of 2 windows looked at, first in training/a.1.json at 0 ms)") == true)
    }
  }

  @Test func constantAxesAreCountedByWindow() throws {
    try withTemporaryFolder { folder in
      let impulse = SyntheticImpulse(blocks: [("spectral-analysis", axes), ("flatten", axes)])
      for index in 0..<6 {
        // Different values for the same reason are one warning.
        try write(folder, "a.\(index).json") { index % 2 == 1 && $1 == 1 ? Double(index) : $2 }
      }
      let found = try warnings(folder, impulse)
      let texts = found.filter { $0.contains(": axis accY = 5 in all 20 rows: ") }
      #expect(texts.count == 2 && found.count == 2, "\(found)")
      #expect(texts.allSatisfy { $0.hasSuffix("(in 3 of 6 windows looked at, first in training/a.5.json at 0 ms)") })
    }
  }

  @Test func constantFeaturesAreExact() throws {
    try withTemporaryFolder { folder in
      let impulse = SyntheticImpulse(blocks: [("flatten", axes)])
      // Sound in the first window, which is looked at; 9 windows a recording.
      try write(folder, "a.0.json") { $1 == 1 ? $2 - $2.truncatingRemainder(dividingBy: 1) : $2 }
      #expect(try warnings(folder, impulse) == [])
      // The greatest value of accY is 100 in every window.
      func change(_ row: Int, _ axis: Int, _ value: Double) -> Double { axis == 1 && row % 5 == 0 ? 100 : value }
      try write(folder, "a.0.json", change)
      #expect(try warnings(folder, impulse) == [], "9 windows may agree by chance")
      try write(folder, "a.1.json", change)
      let line =
        "block 2 (flatten): 1 of 21 features are the same in all 18 windows and tell nothing apart, "
        + "first accY Maximum = 100.0"
      #expect(try warnings(folder, impulse) == [line])
      // One window that differs, the last of all: a.0 comes behind a.1.
      try write(folder, "a.0.json", rows: 65) { row, axis, value in
        axis == 1 && row >= 45 ? min(value, 64) : change(row, axis, value)
      }
      #expect(try warnings(folder, impulse) == [])
    }
  }

  @Test func featuresThatAreNotFiniteAreCounted() throws {
    try withTemporaryFolder { folder in
      let impulse = SyntheticImpulse(blocks: [("raw", axes)])
      try write(folder, "a.1.json")
      // Rows 22 on: windows from row 5, 10, 15 and 20, none of which is looked at.
      try write(folder, "a.0.json") { row, axis, value in row == 22 && axis == 2 ? 1e300 : value }
      #expect(
        try warnings(folder, impulse) == [
          "block 2 (raw): 4 of 18 windows have features that are NaN or infinite, first training/a.0.json at 80 ms; "
            + "repair or leave out the recordings"
        ])
      #expect(try folder.features("2-raw").values.count { !$0.isFinite } == 4)
      let generator = try impulse.generator()
      let features = try generator.features(
        ofRecordingAt: folder.path("data/training/a.0.json"), block: generator.blocks[0], label: .single("a"))
      #expect(features.warnings.count == 1 && features.warnings[0].hasPrefix("block 2 (raw): 4 of 9 windows have "))
    }
  }

  private let wavelets = SyntheticImpulse(
    sizeMs: 2000, increaseMs: 80, blocks: [("spectral-analysis", ["accX", "accY", "accZ"])],
    parameters: ["analysis-type": .text("Wavelet")])

  @Test(arguments: [nil, 3])
  func windowsWithoutFeaturesAreErrors(slabLimit: Int?) throws {
    try withTemporaryFolder { folder in
      for index in 0..<3 { try write(folder, "a.\(index).json", rows: 500, in: "good/training") }
      for index in 0..<3 { try write(folder, "a.\(index).json", rows: 500) }
      try write(folder, "bad.json", rows: 500) { row, axis, value in row == 230 && axis == 1 ? 1e300 : value }
      let message =
        "row 110: expected a window that block 2 (spectral-analysis) has features for, found 1e+300 in the window "
        + "that begins there, at 1760 ms; counted from there, row 120 is not finite, and wavelets have no features for it"
      for threads in [1, 2, 7] {
        let error = try #require(throws: DatasetErrors.self) {
          try wavelets.generator(slabLimit: slabLimit) { $0.threads = threads }
            .generate(folder.dataset(), to: folder.path("out"))
        }
        #expect(error.errors.map(\.message) == [message] && error.errors[0].file == "training/bad.json")
      }
      let generator = try wavelets.generator()
      let error = #expect(throws: DatasetError.self) {
        try generator.features(
          ofRecordingAt: folder.path("data/training/bad.json"), block: generator.blocks[0], label: .single("a"))
      }
      #expect(error?.message == message)

      for threads in [1, 2, 7] {
        let output = "out-\(threads)"
        let report = try wavelets.generator(slabLimit: slabLimit) {
          $0.threads = threads
          $0.keepsGoing = true
        }.generate(folder.dataset(), to: folder.path(output))
        #expect(report.skipped.map(\.reason) == ["training/bad.json: " + message] && report.recordings == 3)
        #expect(!report.warnings.contains { $0.hasPrefix("block") }, "\(report.warnings)")
        let good = try Dataset.open(path: folder.path("good"))
        _ = try wavelets.generator().generate(good, to: folder.path("good-\(threads)"))
        let expected = try folder.features("2-spectral-analysis", in: "good-\(threads)")
        let found = try folder.features("2-spectral-analysis", in: output)
        #expect(found.shape == expected.shape && firstDifference(bits: found.values, expected.values) == nil)
      }
    }
  }

  @Test func nothingDependsOnThreadsOrSlabs() throws {
    try withTemporaryFolder { folder in
      for index in 0..<60 {
        let rows = index % 20 == 0 ? 1500 : 15 + index
        try write(folder, "a.\(index).json", rows: rows) { row, axis, value in
          if index % 9 == 4 && axis == 0 { return 3.5 }
          if index % 13 == 2 && row == 12 { return 1e200 }
          return axis == 2 ? value.magnitude.rounded() / 100 : value
        }
      }
      // These are left out, behind windows that would be counted.
      try write(folder, "b.0.json", rows: 900) { $0 == 850 ? .nan : $1 == 1 ? 9 : $2 }
      let impulse = SyntheticImpulse(
        increaseMs: 16, padsZeros: true, blocks: [("flatten", ["accZ", "accX"]), ("raw", axes)])
      var reports: [[String]] = []
      var files: [[String: Data]] = []
      for (run, threads) in [1, 2, 7, 1, 7].enumerated() {
        let generator = try impulse.generator(slabLimit: run > 2 ? 3 : nil) {
          $0.threads = threads
          $0.keepsGoing = true
        }
        reports.append(try generator.generate(folder.dataset(), to: folder.path("\(run)")).warnings)
        files.append(folder.snapshot("\(run)"))
      }
      #expect(reports[0].contains { $0.contains("axis accX = 3.5 in all 20 rows") })
      #expect(reports[0].contains { $0.contains(" windows have features that are NaN or infinite") })
      #expect(!reports[0].contains { $0.contains("axis accY = 9.0") }, "of a recording that is left out")
      for run in reports.indices {
        #expect(reports[run] == reports[0])
        #expect(firstDifference(files[run], files[0]) == nil, "run \(run)")
      }
    }
  }

  @Test func goodDataHasNone() throws {
    try withTemporaryFolder { folder in
      let generator = try FeatureGenerator(
        Impulse(contentsOf: Fixture.path("impulses/motion.json")), impulseFile: "motion.json")
      let report = try generator.generate(Dataset.open(path: Fixture.path("dataset")), to: folder.path("out"))
      #expect(!report.warnings.contains { $0.hasPrefix("block") }, "\(report.warnings)")
      for block in generator.blocks {
        #expect(try folder.metadata(block.block.folderName).edgedsp.warnings == [])
      }
    }
  }
}

struct WindowSampleTests {
  @Test(arguments: [
    (1, 375, 1), (1024, 375, 1024), (1025, 375, 1024), (100_000, 375, 1024), (65, 16_000, 65), (5000, 16_000, 65),
    (5000, 1 << 24, 8), (3, 1 << 24, 3), (0, 0, 1),
  ])
  func firstWindowsOfSoManyRecordings(recordings: Int, values: Int, chosen: Int) {
    let sample = WindowSample(recordings: recordings, windowValues: values)
    let places = (0..<max(1, recordings)).filter { sample.includes(recording: $0, window: 0) }
    #expect(places.count == chosen)
    // Evenly spread, the first among them.
    let gaps = zip(places.dropFirst(), places).map { $0.0 - $0.1 }
    #expect(places.first == 0 && (gaps.max() ?? 1) - (gaps.min() ?? 1) <= 1)
  }

  @Test func longRecordingsAreLookedAtAgain() {
    let sample = WindowSample(recordings: 2000, windowValues: 375)
    let all = sample.windows(recording: 0, in: 0..<1000)
    #expect(all == [0, 256, 512, 768])
    // However the windows come in slabs.
    for size in [1, 7, 256, 300] {
      let parts = stride(from: 0, to: 1000, by: size).flatMap {
        sample.windows(recording: 0, in: $0..<min(1000, $0 + size))
      }
      #expect(parts == all)
    }
    let skipped = (0..<2000).first { !sample.includes(recording: $0, window: 0) } ?? 0
    #expect(sample.windows(recording: skipped, in: 0..<600) == [256, 512])
  }
}
