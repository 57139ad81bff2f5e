// Whole generations on small datasets that tests write, compared window by window with the slow way: all rows of a
// recording in memory, one plan call for each window. Bits must agree.
// The number of windows that a slab holds, the place of axes in a recording, and windows that do or do not meet
// must not show in the result. The edges are recordings of exactly one window, a row less, a row, no row.
// y is computed by hand; the order is newest first.
import Datasets
import Foundation
import Testing

@testable import FeatureGeneration

struct FeatureGeneratorTests {
  /// 20 rows a window.
  struct Layout: Sendable, CustomTestStringConvertible {
    var increaseMs: Int
    var padsZeros: Bool
    var slabLimit: Int?
    var testDescription: String {
      "increase \(increaseMs) ms, \(padsZeros ? "padded" : "plain"), \(slabLimit.map { "\($0) windows" } ?? "full slabs")"
    }
  }

  static let layouts: [Layout] = [16, 80, 320, 336, 1000].flatMap { increase in
    [nil, 1, 2, 3, 5, 16, 17].map { Layout(increaseMs: increase, padsZeros: increase % 80 == 0, slabLimit: $0) }
  }

  private static let blocks = [
    ("spectral-analysis", ["accY", "accX"]), ("flatten", ["accX", "accY", "accZ"]), ("raw", ["accZ"]),
  ]

  @Test(arguments: layouts)
  func equalsWindowByWindow(layout: Layout) throws {
    try withTemporaryFolder { folder in
      var expectedPaths: [String] = []
      for (index, rows) in [20, 19, 1, 21, 84, 85, 20 + 62, 400, 39, 40, 41].enumerated() {
        var recording = SyntheticRecording(name: "a.\(index + 10).json", rows: rows, seed: UInt64(index))
        switch index % 3 {
        case 1: recording.axes = ["gyrX", "accZ", "accY", "temperature", "accX"]
        case 2: recording.axes = ["accZ", "accX", "accY"]
        default: break
        }
        try recording.write(to: folder)
        expectedPaths.insert(folder.path("data/training/\(recording.name)"), at: 0)
      }
      var impulse = SyntheticImpulse(increaseMs: layout.increaseMs, padsZeros: layout.padsZeros)
      impulse.blocks = Self.blocks
      let generator = try impulse.generator(slabLimit: layout.slabLimit) { $0.includesRaw = true }
      let report = try generator.generate(try folder.dataset(), to: folder.path("out"))
      for block in generator.blocks {
        let expected = try expectedPaths.flatMap { try impulse.expectedFeatures($0, block: block) }
        let found = try folder.features(block.block.folderName)
        #expect(firstDifference(bits: found.values, expected) == nil)
        #expect(found.shape == [report.windows, block.plan.featureCount])
      }
      // The unprocessed windows are those of the raw block.
      let raw = try folder.features("4-raw").values
      #expect(firstDifference(bits: try folder.features("4-raw", "X_raw.npy").values, raw) == nil)
    }
  }

  @Test func yNamesLabelSampleAndTime() throws {
    try withTemporaryFolder { folder in
      for (name, rows) in [("b.1.json", 30), ("a.2.json", 25), ("%.json", 20), ("b.3.json", 19)] {
        try SyntheticRecording(name: name, rows: rows, seed: 5).write(to: folder)
      }
      try SyntheticRecording(name: "c.json", rows: 30, seed: 6).write(to: folder, in: "data/testing")
      let generator = try SyntheticImpulse().generator()
      let report = try generator.generate(try folder.dataset(), to: folder.path("out"))
      // Listing order is %, a.2, b.1, b.3, then testing: ids 1 to 5. Labels of all categories have numbers.
      let expected: [[Int32]] = [
        [2, 3, 0, 320], [2, 3, 80, 400], [2, 3, 160, 480], [1, 2, 0, 320], [1, 2, 80, 400], [0, 1, 0, 320],
      ]
      #expect(firstDifference(try folder.y("2-raw"), expected) == nil)
      let metadata = try folder.metadata("2-raw")
      #expect(metadata.labels == ["a", "b", "c"])
      #expect(metadata.includedSamples.map(\.id) == [3, 2, 1])
      #expect(report.labels.map(\.label) == ["a", "b", ""])
      #expect(report.labels.map(\.windows) == [2, 3, 1])
      #expect(report.warnings.count == 2)
      #expect(report.warnings[0] == "training/b.3.json is shorter than a window (20 rows) and gave none")
      #expect(report.warnings[1] == "training/%.json has no label; y has 0 for it")
    }
  }

  /// The zeros that complete a window belong to no row; the window's last row is the recording's.
  @Test func paddedWindowHasTheLabelOfItsLastRow() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "s.json", rows: 10, seed: 7).write(to: folder, in: "data")
      try folder.write(
        """
        {"version":1,"files":[{"path":"s.json","category":"training","label":{"type":"multi-label","labels":[
        {"startIndex":0,"endIndex":4,"label":"a"},{"startIndex":5,"endIndex":9,"label":"b"}]}}]}
        """, to: "data/info.labels")
      _ = try SyntheticImpulse(padsZeros: true).generator().generate(try folder.dataset(), to: folder.path("out"))
      #expect(try folder.y("2-raw") == [[2, 1, 0, 320]])
      let report = try SyntheticImpulse(padsZeros: true, labeling: .anywhereInWindow(["a"])).generator()
        .generate(try folder.dataset(), to: folder.path("anywhere"))
      #expect(try folder.y("2-raw", in: "anywhere") == [[1, 1, 0, 320]])
      #expect(report.warnings == ["s.json is shorter than a window and was completed with zeros"])
    }
  }

  @Test func categoriesAreKeptApart() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 20, seed: 8).write(to: folder)
      try SyntheticRecording(name: "b.json", rows: 24, seed: 9).write(to: folder, in: "data/testing")
      for (category, windows) in [(Datasets.Category.training, 1), (.testing, 1), (nil, 2)]
        as [(Datasets.Category?, Int)]
      {
        let output = folder.path(category?.rawValue ?? "all")
        let report = try SyntheticImpulse().generator { $0.category = category }
          .generate(try folder.dataset(), to: output)
        #expect(report.windows == windows)
      }
      let error = #expect(throws: DatasetErrors.self) {
        try SyntheticImpulse().generator { $0.category = .anomaly }.generate(try folder.dataset(), to: folder.path("x"))
      }
      #expect(
        error?.description.hasSuffix("data: expected recordings of category anomaly, found 1 testing, 1 training")
          == true)
    }
  }

  struct Unusable: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var message: String
    var change: @Sendable (inout SyntheticRecording) -> Void
  }

  @Test(arguments: [
    Unusable(
      testDescription: "missing axis",
      message: "payload.sensors: expected axis \"accZ\" for block 2 (raw), found axes \"accX\", \"accY\""
    ) { $0.axes = ["accX", "accY"] },
    Unusable(
      testDescription: "too short at the impulse's rate",
      message: "expected a recording of at least 20 rows (320 ms), found 13 rows (20 at 100.0 Hz before resampling) in "
        + "the longest of 1, so no window at all"
    ) { $0.intervalMs = 10 },
    Unusable(
      testDescription: "a rate that no memory can hold",
      message: "payload.interval_ms: expected a sampling rate that can be resampled to the impulse's 62.5 Hz, found "
        + "6.25e-08 Hz (interval 16000000000.0 ms)"
    ) { $0.intervalMs = 16e9 },
    Unusable(
      testDescription: "no rows",
      message:
        "expected a recording of at least 20 rows (320 ms), found 0 rows in the longest of 1, so no window at all"
    ) { $0.rows = 0 },
    Unusable(
      testDescription: "a row short",
      message:
        "expected a recording of at least 20 rows (320 ms), found 19 rows in the longest of 1, so no window at all"
    ) { $0.rows = 19 },
  ])
  func unusableRecordingsAreNamed(_ unusable: Unusable) throws {
    try withTemporaryFolder { folder in
      var recording = SyntheticRecording(name: "a.json", rows: 20, seed: 8)
      unusable.change(&recording)
      try recording.write(to: folder)
      let error = try #require(throws: DatasetErrors.self) {
        try SyntheticImpulse().generator().generate(try folder.dataset(), to: folder.path("out"))
      }
      #expect(error.description.hasPrefix("training/a.json: \(unusable.message)"), "\(error)")
      #expect(folder.snapshot("out").isEmpty)
    }
  }

  @Test func aRateWithinATenthOfAPerMilleIsTheSame() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", intervalMs: 16.0015, rows: 20, seed: 8).write(to: folder)
      #expect(try SyntheticImpulse().generator().generate(try folder.dataset(), to: folder.path("out")).windows == 1)
    }
  }

  /// Windows of 2^24 rows of all axes that a recording may have would ask for terabytes.
  @Test func windowsThatNoMemoryHoldsAreRefused() throws {
    let generator = try SyntheticImpulse(sizeMs: 16 << 20, frequency: 1000).generator()
    let header = RecordingHeader(
      sensors: (0..<1000).map { Sensor(name: "axis\($0)", units: "") }, intervalMs: 1)
    let error = #expect(throws: DatasetError.self) { try generator.check(header, file: "wide.json") }
    #expect(
      error?.description
        == "wide.json: payload.sensors: expected at most 2 axes for windows of 16777216 rows, found 1000 axes")
  }

  @Test func slabSizeIsBoundedForAnyWindow() {
    for increase in [1, 1000, Int(Int32.max)] {
      for frequency in [0.5, 62.5, 48_000, 1.6e10] {
        let window = SlidingWindow(sizeMs: 1, increaseMs: increase, frequency: frequency, padsZeros: false)
        for axes in [1, 3, 65_536] {
          let windows = SlabSize.windows(window: window, axes: axes, featuresPerWindow: 10, atMost: 512)
          #expect((1...512).contains(windows))
          #expect(windows == 1 || windows * window.hop * axes * 8 <= SlabSize.wideSampleBytes)
        }
      }
    }
  }

  @Test func oneRecordingEqualsTheBatch() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", rows: 200, seed: 10).write(to: folder)
      var impulse = SyntheticImpulse()
      impulse.blocks = Self.blocks
      let generator = try impulse.generator(slabLimit: 3)
      _ = try generator.generate(try folder.dataset(), to: folder.path("out"))
      for block in generator.blocks {
        let result = try generator.features(
          ofRecordingAt: folder.path("data/training/a.json"), block: block, label: .single("a"))
        let batch = try folder.features(block.block.folderName).values
        #expect(firstDifference(bits: result.windows.flatMap(\.features), batch) == nil)
        #expect(result.windows.map(\.startMs) == (0..<37).map { $0 * 80 })
        #expect(result.windows.allSatisfy { $0.label == "a" && $0.endMs == $0.startMs + 320 })
        #expect(result.summary.rows == 200 && result.summary.droppedRows == 0)
      }
    }
  }
}
