// A set is generated from an impulse, Studio's from an altered one (or altered behind the engine's back), and the
// comparison must name what was altered.
// 1. Each alteration by itself; the first cause named is the right one, and recomputing has confirmed it where it can.
// 2. Alterations that show in the values are named without impulse and dataset, too.
// 3. Unaltered sets are equal, whatever the order of their recordings.
// 4. An alteration that nobody thought of is not explained with something else.
import Datasets
import Foundation
import NumPyFiles
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

@Suite struct ComparisonCauseTests {
  struct Alteration: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var cause: String
    var block = "spectral-analysis"
    var parameters: [String: ParameterValue] = ["filter-type": .text("low"), "filter-cutoff": .number(8)]
    var sizeMs = 2000
    var increaseMs = 500
    var frequency = 62.5
    var options: @Sendable (inout FeatureGenerator.Options) -> Void = { _ in }
    /// Alters the block that Studio's set is made with.
    var change: @Sendable (inout ImpulseBlock) -> Void = { _ in }
    /// Alters Studio's files.
    var edit: @Sendable (URL) throws -> Void = { _ in }
  }

  static func parameter(
    _ text: String, _ cause: String, _ key: String, _ value: ParameterValue, of block: String = "spectral-analysis"
  ) -> Alteration {
    Alteration(testDescription: text, cause: cause, block: block, change: { $0.parameters[key] = value })
  }

  /// Rewrites y of a set.
  static func editY(_ folder: URL, _ change: (inout [Int32]) -> Void) throws {
    let path = folder.appending(path: "y.npy").path
    var y = try NumPyArray.read(Int32.self, from: path).values
    change(&y)
    try FileManager.default.removeItem(atPath: path)
    try NumPyWriter.write(y, shape: [y.count / 4, 4], to: path)
  }

  static let alterations = [
    Alteration(testDescription: "axis order", cause: "axis-order", change: { $0.axes = ["accZ", "accX", "accY"] }),
    parameter("overlap flag", "overlap-flag", "do-fft-overlap", .boolean(false)),
    parameter("logarithm flag", "log-flag", "do-log", .boolean(false)),
    parameter("filter order", "filter", "filter-order", .integer(2)),
    parameter("decimation", "decimation", "input-decimation-ratio", .text("3")),
    parameter("scale", "scale", "scale-axes", .number(0.25)),
    Alteration(testDescription: "version", cause: "implementation-version", change: { $0.implementationVersion = 3 }),
    Alteration(
      testDescription: "window size", cause: "window-size",
      change: { $0.input.window = SlidingWindow(sizeMs: 1600, increaseMs: 500, frequency: 62.5, padsZeros: false) }),
    Alteration(
      testDescription: "window increase", cause: "window-increase",
      change: { $0.input.window = SlidingWindow(sizeMs: 2000, increaseMs: 1000, frequency: 62.5, padsZeros: false) }),
    Alteration(
      testDescription: "label base", cause: "label-base",
      edit: { folder in
        try editY(folder) { y in for row in 0..<y.count / 4 { y[row * 4] -= 1 } }
      }),
    Alteration(
      testDescription: "raw values", cause: "raw-values",
      change: {
        $0.type = "raw"
        $0.implementationVersion = 1
        $0.parameters = [:]
      }),
    Alteration(
      testDescription: "resampling", cause: "resampling", frequency: 50, options: { $0.resampling = .window }),
    Alteration(
      testDescription: "window rule", cause: "window-rule", block: "flatten", parameters: [:], increaseMs: 488,
      edit: { folder in
        // Windows begin at the row nearest to their time: 30.5 rows a step, of which the engine takes 30.
        try rewrite(folder) { values, row in
          values.features(firstRow: Int((Double(row * 488) * 62.5 / 1000).rounded(.down)))
        }
      }),
    Alteration(
      testDescription: "constant factor", cause: "scale", block: "raw", parameters: [:],
      change: { $0.parameters["scale-axes"] = .number(9.81) }),
  ]

  /// The one recording of a test by window, for alterations that the engine cannot make.
  struct Windows {
    var recording: SyntheticRecording
    var plan: any BlockPlan

    /// Nil behind the end of the recording.
    func features(firstRow: Int) -> [Float]? {
      guard firstRow + plan.input.rows <= recording.rows else { return nil }
      let width = recording.axes.count
      let values = recording.values
      let rows = firstRow..<firstRow + plan.input.rows
      return plan.features(ofWindow: Array(values[rows.lowerBound * width..<rows.upperBound * width]))
    }
  }

  /// Computes each row of Studio's X again.
  static func rewrite(_ folder: URL, _ features: (Windows, Int) -> [Float]?) throws {
    let y = try NumPyArray.read(Int32.self, from: folder.appending(path: "y.npy").path).values
    var x: [Float] = []
    let descriptor = try #require(BlockRegistry.block(type: "flatten"))
    let plan = try descriptor.makePlan(
      [:], version: 1, input: SignalShape(frequency: 62.5, rows: 125, axes: ["accX", "accY", "accZ"]))
    var kept: [Int32] = []
    for row in 0..<y.count / 4 {
      // Sample ids count from 1 in listing order.
      let recording = recordings()[Int(y[row * 4 + 1]) - 1]
      guard let values = features(Windows(recording: recording, plan: plan), Int(y[row * 4 + 2]) / 488) else {
        continue
      }
      x += values
      kept += y[row * 4..<row * 4 + 4]
    }
    try editY(folder) { $0 = kept }
    let path = folder.appending(path: "X.npy").path
    try FileManager.default.removeItem(atPath: path)
    try NumPyWriter.write(x, shape: [kept.count / 4, plan.featureCount], to: path)
  }

  static func recordings() -> [SyntheticRecording] {
    ["idle.0.json", "idle.1.json", "wave.0.json"].enumerated().map { index, name in
      SyntheticRecording(name: name, rows: 700 + index * 40, seed: UInt64(index + 11))
    }
  }

  static func block(_ alteration: Alteration) -> ImpulseBlock {
    var impulse = SyntheticImpulse(
      sizeMs: alteration.sizeMs, increaseMs: alteration.increaseMs, frequency: alteration.frequency)
    impulse.blocks = [(alteration.block, ["accX", "accY", "accZ"])]
    var block = impulse.impulse.blocks[0]
    block.parameters = alteration.parameters
    return block
  }

  static func generate(
    _ block: ImpulseBlock, in folder: TemporaryFolder, to output: String,
    _ change: (inout FeatureGenerator.Options) -> Void = { _ in }
  ) throws -> FeatureSetFiles {
    var options = FeatureGenerator.Options()
    options.threads = 1
    change(&options)
    let generator = try FeatureGenerator(
      Impulse(name: "Test", blocks: [block]), impulseFile: "test.json", options: options)
    let report = try generator.generate(try folder.dataset(), to: folder.path(output))
    return try FeatureSetFiles(path: try #require(report.sets.first).path)
  }

  @Test(arguments: alterations)
  func namesTheAlteration(_ alteration: Alteration) throws {
    try withTemporaryFolder { folder in
      for recording in Self.recordings() { try recording.write(to: folder) }
      let block = Self.block(alteration)
      let local = try Self.generate(block, in: folder, to: "local")
      var other = block
      alteration.change(&other)
      let studio = try Self.generate(other, in: folder, to: "studio", alteration.options)
      try alteration.edit(URL(filePath: studio.x).deletingLastPathComponent())
      // Studio's metadata says nothing of axes or block.
      let bare = FeatureSetFiles(x: studio.x, y: studio.y)
      var options = FeatureComparison.Options()
      options.impulse = Impulse(name: "Test", blocks: [block])
      options.dataset = try folder.dataset()
      let report = try FeatureComparison(local: local, studio: bare, options: options).run()
      #expect(report.verdict == .different)
      #expect(report.causes.first?.id == alteration.cause, "\(report.causes) \(report.notes)")
    }
  }

  /// Without impulse and dataset: what the values themselves tell.
  static let visible: Set<String> = ["axis-order", "log-flag", "label-base", "window-increase", "window-size", "scale"]

  @Test(arguments: alterations.filter { visible.contains($0.cause) && $0.testDescription != "scale" })
  func seesTheAlteration(_ alteration: Alteration) throws {
    try withTemporaryFolder { folder in
      for recording in Self.recordings() { try recording.write(to: folder) }
      let block = Self.block(alteration)
      let local = try Self.generate(block, in: folder, to: "local")
      var other = block
      alteration.change(&other)
      let studio = try Self.generate(other, in: folder, to: "studio", alteration.options)
      try alteration.edit(URL(filePath: studio.x).deletingLastPathComponent())
      let report = try FeatureComparison(local: local, studio: FeatureSetFiles(x: studio.x, y: studio.y)).run()
      let expected = alteration.testDescription == "window size" ? ["window-size", ""] : [alteration.cause, ""]
      #expect(expected.contains(report.causes.first?.id ?? "none") && report.causes.first?.recomputed == false)
    }
  }

  @Test func equalSetsHaveNoCause() throws {
    try withTemporaryFolder { folder in
      for recording in Self.recordings() { try recording.write(to: folder) }
      let block = Self.block(Self.alterations[0])
      let local = try Self.generate(block, in: folder, to: "local")
      let studio = try Self.generate(block, in: folder, to: "studio")
      let width = try NumPyHeader(contentsOf: studio.x).rowWidth
      // The last recording's windows come first.
      let y = try NumPyArray.read(Int32.self, from: try #require(studio.y)).values
      let x = try NumPyArray.read(Float.self, from: studio.x).values
      let moved = stride(from: 0, to: y.count, by: 4).count { y[$0 + 1] == y[1] }
      try NumPyWriter.write(
        Array(x[(moved * width)...] + x[..<(moved * width)]), shape: [y.count / 4, width],
        to: folder.path("x_train.npy"))
      try NumPyWriter.write(
        Array(y[(moved * 4)...] + y[..<(moved * 4)]), shape: [y.count / 4, 4], to: folder.path("y_train.npy"))
      let report = try FeatureComparison(
        local: local, studio: try FeatureSetFiles(path: folder.path("x_train.npy"))
      ).run()
      #expect(report.verdict == .equal && report.causes.isEmpty && !report.windows.sameOrder)
      #expect(report.values.equal == x.count && report.labels.compared == y.count / 4)
    }
  }

  @Test func noiseIsNotExplained() throws {
    try withTemporaryFolder { folder in
      for recording in Self.recordings() { try recording.write(to: folder) }
      let block = Self.block(Self.alterations[0])
      let local = try Self.generate(block, in: folder, to: "local")
      var random = SeededGenerator(seed: 5)
      let x = try NumPyArray.read(Float.self, from: local.x)
      let noisy = x.values.map { $0 + Float.random(in: -1...1, using: &random) }
      try NumPyWriter.write(noisy, shape: x.header.shape, to: folder.path("x.npy"))
      var options = FeatureComparison.Options()
      options.impulse = Impulse(name: "Test", blocks: [block])
      options.dataset = try folder.dataset()
      let report = try FeatureComparison(
        local: local, studio: FeatureSetFiles(x: folder.path("x.npy"), y: local.y), options: options
      ).run()
      #expect(report.verdict == .different && report.causes == [])
      #expect(report.notes.contains { $0.contains("none gives Studio's values") })
    }
  }
}
