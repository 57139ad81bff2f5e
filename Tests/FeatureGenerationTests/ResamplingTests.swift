// Recordings of other rates than the impulse's. The expected features come from the slow way: all rows in memory,
// resampled in one piece by the kernel (which has tests of its own), then cut and given to the plan one by one.
// Both stages; labels and times in y by hand; the lengths of Studio's rule by hand and where its rounding shows.
// Readers that say too much or too little, and rates that equal the impulse's but for a rounded interval.
// Threads and slab sizes must not show in the bytes.
import DSPKernels
import Datasets
import Foundation
import Testing

@testable import FeatureGeneration

struct ResamplingTests {
  /// Resamples row-major values as a whole.
  static func resample(_ values: [Double], axes: Int, to resampledRows: Int) -> [Double] {
    let rows = values.count / axes
    if rows == resampledRows { return values }
    let resampler = PolyphaseResampler(rows: rows, resampledRows: resampledRows, axes: axes)
    var result: [Double] = []
    var output = [Double](repeating: .nan, count: 100 * axes)
    var pushed = 0
    while !resampler.isComplete {
      let count = output.withUnsafeMutableBufferPointer { resampler.pull(into: $0) }
      result += output[..<(count * axes)]
      if count > 0 { continue }
      let room = resampler.room
      resampler.push(Array(values[pushed * axes..<(pushed + room) * axes]), count: room)
      pushed += room
    }
    return result
  }

  @Test(arguments: [
    (625, 62.5, 100.0, 1000), (1000, 104, 100, 962), (20, 100, 62.5, 13), (1, 100, 1, 1), (1, 1, 100, 100),
    (8160, 1000 / 5.034_912_109_375_011_5, 200, 8217), (0, 10, 20, 1),
    // 0.1 * 3 * 10 is above 3 in floating point; the quotient 100 / 30 rounds down, so ceil stays at 10.
    (3, 30, 100, 10), (90, 30, 100, 300), (49, 49, 1, 1), (49 * 49, 49, 1, 49),
  ])
  func lengthsAreStudios(rows: Int, from: Double, to: Double, expected: Int) {
    #expect(Resampling.rowCount(rows, from: from, to: to) == expected)
  }

  @Test func absurdLengthsAreNil() {
    #expect(Resampling.rowCount(.max, from: 1, to: 1e300) == nil)
    #expect(Resampling.rowCount(1, from: .leastNonzeroMagnitude, to: 1e300) == nil)
    #expect(Resampling.rowCount(1 << 40, from: 1, to: 2) == nil)
  }

  @Test func resultRowsComeFromSourceRows() {
    let up = Resampling(frequency: 1, stage: .recording, sourceRows: 3, rows: 7)
    #expect((0..<7).map(up.sourceRow) == [0, 0, 0, 1, 1, 2, 2])
    let down = Resampling(frequency: 1, stage: .recording, sourceRows: 7, rows: 3)
    #expect((0..<3).map(down.sourceRow) == [0, 2, 4])
    let long = Resampling(frequency: 1, stage: .recording, sourceRows: 1 << 40, rows: (1 << 40) - 1)
    #expect(long.sourceRow(of: (1 << 40) - 2) == (1 << 40) - 2)
  }

  static let intervals = [10.0, 8, 16.5, 1000 / 104.0, 32, 100, 1.3]

  @Test(arguments: intervals, [nil, 1, 5])
  func wholeRecordingsEqualTheSlowWay(intervalMs: Double, slabLimit: Int?) throws {
    try withTemporaryFolder { folder in
      let axes = ["accX", "gyrX", "accZ", "accY"]
      let recording = SyntheticRecording(name: "a.json", axes: axes, intervalMs: intervalMs, rows: 400, seed: 4)
      try recording.write(to: folder)
      var impulse = SyntheticImpulse(increaseMs: 48)
      impulse.blocks = [("spectral-analysis", ["accX", "accY"]), ("raw", ["accZ", "accX"])]
      let generator = try impulse.generator(slabLimit: slabLimit)
      let report = try generator.generate(try folder.dataset(), to: folder.path("out"))
      let rate = RecordingHeader(sensors: [], intervalMs: intervalMs).frequencyHz
      let rows = Int((62.5 / rate * 400).rounded(.up))
      let values = Self.resample(recording.values, axes: 4, to: rows)
      for block in generator.blocks {
        let columns = block.block.axes.compactMap { axes.firstIndex(of: $0) }
        let expected = stride(from: 0, through: rows - 20, by: 3).flatMap { start in
          block.plan.features(ofWindow: (start..<start + 20).flatMap { row in columns.map { values[row * 4 + $0] } })
        }
        let found = try folder.features(block.block.folderName).values
        #expect(firstDifference(bits: found, expected) == nil)
        let one = try generator.features(
          ofRecordingAt: folder.path("data/training/a.json"), block: block, label: .unlabeled)
        #expect(firstDifference(bits: one.windows.flatMap(\.features), expected) == nil)
      }
      #expect(report.resampled == 1 && report.windows == (rows - 20) / 3 + 1)
      #expect(try folder.y("3-raw").map { $0[2] } == (0..<report.windows).map { Int32($0 * 48) })
      let input = try #require(try folder.metadata("3-raw").edgedsp.recordings.first)
      #expect(input.rows == 400)
      #expect(
        input.resampled
          == .init(Resampling(frequency: rate, stage: .recording, sourceRows: 400, rows: rows)))
    }
  }

  @Test(arguments: intervals, [nil, 1, 5])
  func windowsEqualTheSlowWay(intervalMs: Double, slabLimit: Int?) throws {
    try withTemporaryFolder { folder in
      let recording = SyntheticRecording(name: "a.json", intervalMs: intervalMs, rows: 400, seed: 4)
      try recording.write(to: folder)
      var impulse = SyntheticImpulse(increaseMs: 48)
      impulse.blocks = [("spectral-analysis", ["accX", "accY"]), ("raw", ["accZ", "accX"])]
      let generator = try impulse.generator(slabLimit: slabLimit) { $0.resampling = .window }
      let report = try generator.generate(try folder.dataset(), to: folder.path("out"))
      let rate = RecordingHeader(sensors: [], intervalMs: intervalMs).frequencyHz
      let rows = Int(320 * rate / 1000 + 1e-9)
      let hop = max(1, Int(48 * rate / 1000 + 1e-9))
      let values = recording.values
      for block in generator.blocks {
        let columns = block.block.axes.compactMap { recording.axes.firstIndex(of: $0) }
        let expected = stride(from: 0, through: 400 - rows, by: hop).flatMap { start in
          let window = Self.resample(Array(values[start * 3..<(start + rows) * 3]), axes: 3, to: 20)
          return block.plan.features(ofWindow: (0..<20).flatMap { row in columns.map { window[row * 3 + $0] } })
        }
        #expect(firstDifference(bits: try folder.features(block.block.folderName).values, expected) == nil)
      }
      #expect(report.resampled == 1 && report.windows == (400 - rows) / hop + 1)
      let provenance = try folder.metadata("3-raw").edgedsp
      #expect(
        provenance.recordings.first?.resampled
          == .init(Resampling(frequency: rate, stage: .window, sourceRows: rows, rows: 20)))
    }
  }

  /// The same windows with another history have another hash.
  @Test func theStageIsPartOfTheConfiguration() throws {
    let block = try SyntheticImpulse().generator().blocks[0]
    #expect(block.configurationHash(resampling: .window) != block.configurationHash(resampling: .recording))
  }

  @Test func equalRatesAreLeftAlone() throws {
    try withTemporaryFolder { folder in
      // An interval with few digits; one that Studio's rule would give a row more; the impulse's own.
      for (index, interval) in [16.0015, 15.999, 16].enumerated() {
        try SyntheticRecording(name: "a.\(index).json", intervalMs: interval, rows: 20, seed: 8).write(to: folder)
      }
      for stage in ResamplingStage.allCases {
        let report = try SyntheticImpulse().generator { $0.resampling = stage }
          .generate(try folder.dataset(), to: folder.path("out-\(stage)"))
        #expect(report.windows == 3 && report.resampled == 0)
        let metadata = try folder.metadata("2-raw", in: "out-\(stage)")
        #expect(metadata.edgedsp.recordings.allSatisfy { $0.resampled == nil && $0.rows == 20 })
        let values = SyntheticRecording(name: "", rows: 20, seed: 8).values.map { Float($0) }
        let found = try folder.features("2-raw", in: "out-\(stage)").values
        #expect(firstDifference(bits: found, values + values + values) == nil)
      }
    }
  }

  /// Ten rows a second become twenty: windows of four rows come from two.
  @Test func labelsAreThoseOfTheSourceRows() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "s.json", intervalMs: 100, rows: 6, seed: 7).write(to: folder, in: "data")
      try folder.write(
        """
        {"version":1,"files":[{"path":"s.json","category":"training","label":{"type":"multi-label","labels":[
        {"startIndex":0,"endIndex":2,"label":"a"},{"startIndex":3,"endIndex":5,"label":"b"}]}}]}
        """, to: "data/info.labels")
      for stage in ResamplingStage.allCases {
        let impulse = SyntheticImpulse(sizeMs: 200, increaseMs: 100, frequency: 20)
        _ = try impulse.generator { $0.resampling = stage }
          .generate(try folder.dataset(), to: folder.path("\(stage)"))
        #expect(
          try folder.y("2-raw", in: "\(stage)") == [
            [1, 1, 0, 200], [1, 1, 100, 300], [2, 1, 200, 400], [2, 1, 300, 500], [2, 1, 400, 600],
          ])
        // The third window holds source rows 2 and 3.
        var anywhere = impulse
        anywhere.labeling = .anywhereInWindow(["a"])
        _ = try anywhere.generator { $0.resampling = stage }
          .generate(try folder.dataset(), to: folder.path("\(stage)-anywhere"))
        #expect(try folder.y("2-raw", in: "\(stage)-anywhere").map { $0[0] } == [1, 1, 1, 2, 2])
      }
    }
  }

  @Test func labelsBeyondTheSourceRowsAreRefused() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "s.json", intervalMs: 8, rows: 60, seed: 7).write(to: folder)
      let generator = try SyntheticImpulse().generator()
      let label = RecordingLabel.multi([LabelSpan(start: 0, end: 60, label: "a")])
      let error = #expect(throws: DatasetError.self) {
        try generator.features(
          ofRecordingAt: folder.path("data/training/s.json"), block: generator.blocks[0], label: label)
      }
      #expect(error?.expected == "61 rows, as its labels say" && error?.found == "60 rows")
    }
  }

  @Test func shortRecordingsArePaddedAfterwards() throws {
    try withTemporaryFolder { folder in
      let recording = SyntheticRecording(name: "a.json", intervalMs: 8, rows: 10, seed: 7)
      try recording.write(to: folder)
      let zeros = [Double](repeating: 0, count: 30 * 3)
      let expected: [ResamplingStage: [Double]] = [
        .recording: Self.resample(recording.values, axes: 3, to: 5) + zeros[..<45],
        .window: Self.resample(recording.values + zeros, axes: 3, to: 20),
      ]
      for (stage, values) in expected {
        let report = try SyntheticImpulse(padsZeros: true).generator { $0.resampling = stage }
          .generate(try folder.dataset(), to: folder.path("\(stage)"))
        let found = try folder.features("2-raw", in: "\(stage)").values
        #expect(firstDifference(bits: found, values.map { Float($0) }) == nil)
        #expect(report.warnings == ["training/a.json is shorter than a window and was completed with zeros"])
      }
    }
  }

  /// Ten rows after a sum of thirty windows' rows.
  @Test func droppedRowsAreThoseThatWereCut() throws {
    try withTemporaryFolder { folder in
      try SyntheticRecording(name: "a.json", intervalMs: 8, rows: 78, seed: 7).write(to: folder)
      let report = try SyntheticImpulse(increaseMs: 320).generator()
        .generate(try folder.dataset(), to: folder.path("out"))
      #expect(
        report.warnings == [
          "19 of 39 rows (after resampling) lie after the last whole window of their recording and are not used"
        ])
    }
  }

  @Test func oneRowBecomesRowsNotAxes() throws {
    try withTemporaryFolder { folder in
      let recording = SyntheticRecording(name: "a.json", intervalMs: 320, rows: 1, seed: 7)
      try recording.write(to: folder)
      _ = try SyntheticImpulse().generator().generate(try folder.dataset(), to: folder.path("out"))
      let found = try folder.features("2-raw")
      #expect(found.shape == [1, 60])
      let expected = Self.resample(recording.values, axes: 3, to: 20).map { Float($0) }
      #expect(firstDifference(bits: found.values, expected) == nil)
      // The first row is the recording's, but for the filter's scale.
      #expect(zip(found.values, recording.values).allSatisfy { abs(Double($0) - $1) < 1e-2 * abs($1) })
    }
  }

  /// A reader whose rows are numbered, and which may say that it has more or fewer.
  private final class NumberedReader: RecordingReader, @unchecked Sendable {
    let header = RecordingHeader(
      sensors: ["accX", "accY", "accZ"].map { Sensor(name: $0, units: "") }, intervalMs: 8)
    let rows: Int
    let rowCount: Int?
    var next = 0
    let bytesRead = 0
    var fingerprint: String? { next == rows ? "end" : nil }

    init(rows: Int, claims rowCount: Int?) {
      self.rows = rows
      self.rowCount = rowCount
    }

    func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
      let count = min(buffer.count / 3, rows - next)
      for index in 0..<count * 3 { buffer[index] = Double((next * 3 + index) % 1000) }
      next += count
      return count
    }
  }

  @Test(arguments: [
    (5000, 5001, "row 5000: expected 5001 rows, as were counted before, found 5000"),
    (5000, 4999, "row 4999: expected 4999 rows, as were counted before, found more"),
  ])
  func rowsThatChangeAreAnError(rows: Int, claimed: Int, message: String) throws {
    let stream = try SyntheticImpulse().generator().stream(name: "n", recording: 0, label: .unlabeled) {
      () throws(DatasetError) in NumberedReader(rows: rows, claims: claimed)
    }
    let slab = Slab()
    while slab.outcome == nil { stream.next(slab) }
    guard case .failed(let error) = slab.outcome else { throw CocoaError(.featureUnsupported) }
    #expect(error.description == "n: \(message)")
  }

  /// A reader that knows its length is read once; slabs stay as small as for a recording that is not resampled.
  @Test(arguments: [true, false])
  func longRecordingsStayOnDisk(knowsLength: Bool) throws {
    let rows = 3_000_001
    var opened = 0
    let stream = try SyntheticImpulse(increaseMs: 320).generator().stream(name: "n", recording: 0, label: .unlabeled) {
      () throws(DatasetError) in
      opened += 1
      return NumberedReader(rows: rows, claims: knowsLength ? rows : nil)
    }
    #expect(opened == (knowsLength ? 1 : 2))
    let slab = Slab()
    var largest = 0
    while slab.outcome == nil {
      stream.next(slab)
      largest = max(largest, slab.samples.count)
    }
    guard case .complete(let summary) = slab.outcome else { throw CocoaError(.featureUnsupported) }
    #expect(summary.rows == rows && summary.cutRows == 1_500_001 && summary.fingerprint == "end")
    #expect(summary.windows == 75_000 && summary.droppedRows == 1)
    #expect(largest < 100_000)
  }

  @Test func hostileRatesAreRefused() throws {
    for stage in ResamplingStage.allCases {
      for interval in [1e-300, 1e-9, 1e9, 1e300] {
        try withTemporaryFolder { folder in
          try SyntheticRecording(name: "a.json", intervalMs: interval, rows: 5, seed: 7).write(to: folder)
          #expect(throws: DatasetErrors.self) {
            try SyntheticImpulse().generator { $0.resampling = stage }
              .generate(try folder.dataset(), to: folder.path("out"))
          }
        }
      }
    }
  }

  @Test(arguments: ResamplingStage.allCases)
  func bytesDependOnTheInputAlone(stage: ResamplingStage) throws {
    try withTemporaryFolder { folder in
      var random = SeededGenerator(seed: 12)
      for index in 0..<60 {
        var recording = SyntheticRecording(
          name: "a.\(index).json", rows: Int.random(in: 1...300, using: &random), seed: UInt64(index))
        if index % 20 == 0 { recording.rows = 4_000 }
        recording.intervalMs = [16, 10, 20, 9.7, 31].randomElement(using: &random) ?? 16
        try recording.write(to: folder)
      }
      var impulse = SyntheticImpulse(increaseMs: 48, padsZeros: true)
      impulse.blocks = [("spectral-analysis", ["accX", "accY", "accZ"]), ("flatten", ["accZ", "accX"])]
      let dataset = try folder.dataset()
      func generate(_ threads: Int, _ slabLimit: Int?, _ output: String) throws -> [String: Data] {
        let generator = try impulse.generator(slabLimit: slabLimit) {
          $0.threads = threads
          $0.resampling = stage
          $0.includesRaw = true
        }
        _ = try generator.generate(dataset, to: folder.path(output))
        return folder.snapshot(output)
      }
      let first = try generate(1, nil, "1")
      for (threads, slabLimit) in [(2, nil), (7, nil), (3, 3)] as [(Int, Int?)] {
        let again = try generate(threads, slabLimit, "\(threads)")
        #expect(firstDifference(again, first) == nil, "\(threads) threads")
      }
    }
  }
}
