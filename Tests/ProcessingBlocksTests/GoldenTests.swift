import Foundation
import NumPyFiles
import ProcessingBlocks
import Testing

// Strategy: every case of Fixtures/golden that the blocks here can run goes through plan and runner, five copies of
// it in different lanes and places, so that a lane that reads its neighbour shows. Values must hold the tight
// tolerance, labels and metadata must be equal, refusals must be refused. A last test counts values that are
// bit-identical as Float, prints the table and holds it at 99.9 %.

@Suite struct GoldenTests {
  static let blocks = ["spectral_analysis", "mfe", "mfcc", "spectrogram", "flatten", "raw", "image"]

  struct Run: CustomStringConvertible, Sendable {
    let block: String
    let golden: GoldenCase
    var description: String { golden.name }
  }

  static let accepted = blocks.flatMap { block in
    GoldenCase.all(block).filter { $0.refused != true }.map { Run(block: block, golden: $0) }
  }
  static let refused = blocks.flatMap { block in
    GoldenCase.all(block).filter { $0.refused == true }.map { Run(block: block, golden: $0) }
  }

  @Test func everyCaseIsRead() {
    let counts = Self.blocks.map { block in
      "\(block) \(Self.accepted.count { $0.block == block }) + \(Self.refused.count { $0.block == block })"
    }
    #expect(
      counts == [
        "spectral_analysis 90 + 20", "mfe 40 + 13", "mfcc 40 + 13", "spectrogram 40 + 9", "flatten 31 + 3",
        "raw 15 + 1", "image 15 + 2",
      ])
  }

  @Test(arguments: accepted)
  func valuesLabelsAndMetadata(_ run: Run) throws {
    let result = try Comparison(run)
    #expect(result.worst <= 1, "worst value: \(result.worstDescription)")
    #expect(result.copiesAgree, "the same window gives other features in another lane")
    if let labels = result.expected.labels { #expect(result.plan.featureLabels == labels) }
    #expect(result.plan.outputConfiguration.golden == result.expected.outputConfig)
    #expect(result.plan.fftUsed == result.expected.fftUsed)
  }

  /// What must be at fault in the refused cases, by a word of their names. Windows whose length the axes do not divide
  /// (`ragged`) never reach a block.
  static let atFault = [
    "odd_order": "filter-order", "order_too_high": "filter-order", "nyquist_low": "filter-cutoff",
    "nyquist_high": "filter-cutoff", "zero_cutoff": "filter-cutoff", "unstable": "filter-cutoff",
    "fft_not_pow2": "fft-length", "fft_zero": "fft-length", "fft_one": "fft-length",
    "decimation_old_version": "input-decimation-ratio", "decimation_cutoff": "input-decimation-ratio",
    "decimation_invalid": "input-decimation-ratio", "masked": "filter-cutoff", "lowfreq_short": "extra-low-freq",
    "bad_version": "implementation version", "old_version": "implementation version", "empty": "window",
    "two_axes": "axes", "window_short": "frame_length", "many_frames": "frame_stride", "few_filters": "num_filters",
    "zero_row": "num_filters", "above_nyquist": "high_frequency", "negative_low": "low_frequency",
    "low_above_high": "low_frequency", "even_window": "win_size", "window_zero": "win_size", "shift_zero": "pre_shift",
    "wavelet_level": "wavelet-level", "wavelet_nan": "window", "wavelet_unknown": "wavelet",
    "tiny_frame": "frame_length", "tiny_stride": "frame_stride",
  ]

  /// Pixels of type float are refused by the reference for their type alone; here a window has no such type, and only
  /// a fraction is refused.
  static let neverSeen = ["ragged", "float_input"]

  @Test func pixelsWithFractionsAreRefused() throws {
    let block = try #require(BlockRegistry.block(type: "image"))
    let shape = SignalShape(image: ImageSize(width: 2, height: 1), pixels: 2)
    let plan = try block.makePlan([:], version: 1, input: shape)
    #expect(plan.problem(inWindow: [255, 3]) == nil)
    #expect(plan.problem(inWindow: [255, 3.5])?.parameter == "image")
  }

  @Test(arguments: refused.filter { run in !neverSeen.contains { run.golden.name.contains($0) } })
  func refusals(_ run: Run) throws {
    let (window, shape) = try run.golden.window(of: run.block)
    let block = try #require(BlockRegistry.block(type: run.block))
    let error = #expect(throws: ConfigurationError.self) {
      let plan = try block.makePlan(run.golden.values, version: run.golden.version, input: shape)
      if let problem = plan.problem(inWindow: window) { throw ConfigurationError([problem]) }
    }
    // Of several words that fit, the longest.
    let words = Self.atFault.keys.filter { run.golden.name.contains($0) }
    let expected = try #require(words.max { $0.count < $1.count }.flatMap { Self.atFault[$0] })
    #expect(
      error?.issues.map { String($0.parameter.map { $0 == "_" ? "-" : $0 }) } == [
        String(expected.map { $0 == "_" ? "-" : $0 })
      ])
  }

  @Test func bitIdenticalShare() throws {
    var table: [String: (cases: Int, worst: Double, identical: Int, values: Int)] = [:]
    for run in Self.accepted {
      let result = try Comparison(run)
      var line = table["\(run.block) v\(run.golden.version)"] ?? (0, 0, 0, 0)
      line.cases += 1
      line.worst = max(line.worst, result.worst * result.tolerance)
      line.identical += result.identical
      line.values += result.compared
      table["\(run.block) v\(run.golden.version)"] = line
    }
    #expect(
      table.keys.sorted() == [
        "flatten v1", "image v1", "mfcc v1", "mfcc v2", "mfcc v3", "mfcc v4", "mfe v1", "mfe v2", "mfe v3", "mfe v4",
        "raw v1", "spectral_analysis v1", "spectral_analysis v2", "spectral_analysis v3", "spectral_analysis v4",
        "spectrogram v1", "spectrogram v2", "spectrogram v3", "spectrogram v4",
      ])
    for (name, line) in table.sorted(by: { $0.key < $1.key }) {
      let share = Double(line.identical) / Double(line.values)
      print("parity: \(name): \(line.cases) cases, worst \(line.worst), bit-identical \(line.identical)/\(line.values)")
      #expect(share >= 0.999, "\(name): \(line.values - line.identical) of \(line.values) values differ")
    }
  }
}

/// One golden case run through the engine and compared.
struct Comparison {
  let plan: any BlockPlan
  let expected: GoldenCase.Expected
  let tolerance: Double
  /// Worst error in units of the tolerance.
  private(set) var worst = 0.0
  private(set) var worstDescription = "none"
  private(set) var identical = 0
  private(set) var compared = 0
  private(set) var copiesAgree = true

  init(_ run: GoldenTests.Run) throws {
    let golden = run.golden
    expected = try #require(golden.expected)
    tolerance = try #require(golden.tolerance?.tight)
    let block = try #require(BlockRegistry.block(type: run.block))
    let (input, shape) = try golden.window(of: run.block)
    let want = try golden.array(expected.file, of: run.block)
    let rows = shape.rows
    plan = try block.makePlan(golden.values, version: golden.version, input: shape)
    try #require(plan.featureCount == want.count)

    // The window 35 times over, so that a second batch with a tail is used; noise in windows between.
    let copies = 35
    let noise: [Double] = input.indices.map { Double(($0 * 7919) % 101) - 50 }
    var samples: [Double] = []
    for copy in 0..<copies { samples += copy % 7 == 3 ? noise : input }
    let runner = plan.makeRunner(hop: rows, windows: copies)
    var features = [Float](repeating: .nan, count: copies * plan.featureCount)
    samples.withUnsafeBufferPointer { samples in
      features.withUnsafeMutableBufferPointer { features in
        guard let source = samples.baseAddress, let target = features.baseAddress else { return }
        runner.run(
          WindowSlab(
            samples: source, stride: shape.axes.count, columns: Array(shape.axes.indices), count: copies),
          into: target)
      }
    }
    let got = Array(features[0..<want.count])
    for copy in 1..<copies where copy % 7 != 3 {
      let other = features[copy * want.count..<(copy + 1) * want.count]
      if !zip(got, other).allSatisfy({ $0.bitPattern == $1.bitPattern }) { copiesAgree = false }
    }
    let fragile = Set(golden.fragile?.tight ?? [])
    for (index, wanted) in want.enumerated() where !fragile.contains(index) {
      let got = got[index]
      let want = tolerance < 1e-6 ? Double(Float(wanted)) : wanted
      // Within the tolerance of 0 a cepstral coefficient is what rounding leaves of silence or of a constant spectrum:
      // compared like any other value, but not bit by bit.
      let isResidue = run.block == "mfcc" && abs(wanted) < tolerance
      if !isResidue { compared += 1 }
      if got == Float(wanted) || (got.isNaN && wanted.isNaN) {
        if !isResidue { identical += 1 }
        continue
      }
      let error = abs(Double(got) - want) / (tolerance * (1 + abs(want)))
      if !(error <= worst) {
        worst = error.isNaN ? .infinity : error
        worstDescription = "index \(index): got \(got), want \(wanted)"
      }
    }
  }
}
