// Plans.
// 1. Shape: labels for one axis, features for all, the output configuration, transform lengths.
// 2. Names of the spectral features and the bins that a cut-off keeps, for cut-offs inside and far outside the band.
// 3. Energy: powers and root mean square agree, so that nothing but the window is transformed.
// 4. Parameters that a version does not use; versions and windows that no block takes.

import ProcessingBlocks
import Testing

@Suite struct SpectralAnalysisPlanTests {
  @Test(arguments: Setup.manyAxes, 1...4)
  func shape(_ setup: Setup, _ axes: Int) throws {
    let plan = try setup.plan(axes: axes)
    #expect(plan.outputConfiguration == .flat(width: plan.featureCount))
    switch setup.type {
    case "raw": #expect(plan.featureCount == setup.rows * axes && plan.featureLabels.isEmpty)
    default: #expect(plan.featureCount == plan.featureLabels.count * axes)
    }
    #expect(Set(plan.featureLabels).count == plan.featureLabels.count)
    let length = setup.type == "spectral-analysis" ? [setup.parameters["fft-length"] ?? .integer(16)] : []
    #expect(plan.fftUsed.map { .integer($0) } == length)
  }

  /// Where the third decimal is a 5, NumPy's rounding goes its own ways: 0.975 becomes 0.98, 1.625 first 1.62, then
  /// 1.63. Values from NumPy 1.21.5.
  @Test(arguments: [(104.0, 16), (208, 32), (416, 64)])
  func edgesAreRoundedAsNumPyDoes(frequency: Double, length: Int) throws {
    let labels = try makePlan(
      "spectral-analysis", ["fft-length": .integer(length), "extra-low-freq": .boolean(true)], frequency: frequency,
      rows: 640
    ).featureLabels
    #expect(
      labels.suffix(length / 2).prefix(4) == [
        "Spectral Power 0.32 - 0.98 Hz", "Spectral Power 0.98 - 1.62 Hz", "Spectral Power 1.63 - 2.28 Hz",
        "Spectral Power 2.28 - 2.92 Hz",
      ])
  }

  @Test func labels() throws {
    let parameters: [String: ParameterValue] = ["fft-length": .integer(4)]
    let bands = ["Spectral Power 12.5 - 37.5 Hz", "Spectral Power 37.5 - 62.5 Hz"]
    #expect(
      try makePlan("spectral-analysis", parameters, version: 2, frequency: 100).featureLabels == [
        "RMS", "Skewness", "Kurtosis",
      ]
        + bands)
    let shaped = ["RMS", "Skewness", "Kurtosis", "Spectral Skewness", "Spectral Kurtosis"]
    #expect(try makePlan("spectral-analysis", parameters, frequency: 100).featureLabels == shaped + bands)
    // Half to even after multiplying by 100, as NumPy rounds: 3.125 and 9.375.
    #expect(try makePlan("spectral-analysis", [:], frequency: 100).featureLabels[5] == "Spectral Power 3.12 - 9.38 Hz")
    let low = try makePlan(
      "spectral-analysis", ["fft-length": .integer(4), "extra-low-freq": .boolean(true)], frequency: 100)
    #expect(
      low.featureLabels == shaped + bands + shaped.map { $0 + " LF" }
        + ["Spectral Power 1.25 - 3.75 Hz", "Spectral Power 3.75 - 6.25 Hz"])
  }

  struct Bins: Sendable {
    let type: String
    let cutoff: Double
    let order: Int
    let count: Int
  }

  // 16 rows at 64 Hz: bin k lies at 4k Hz, Nyquist at 32.
  @Test(arguments: [
    Bins(type: "none", cutoff: 9, order: 6, count: 8),
    Bins(type: "low", cutoff: 4, order: 2, count: 1),
    Bins(type: "low", cutoff: 5.9, order: 2, count: 1),
    Bins(type: "low", cutoff: 6, order: 2, count: 2),
    Bins(type: "low", cutoff: 31, order: 8, count: 8),
    Bins(type: "low", cutoff: 1e300, order: 0, count: 8),
    Bins(type: "low", cutoff: 10, order: -1_000_000, count: 3),
    Bins(type: "high", cutoff: 4, order: 2, count: 8),
    Bins(type: "high", cutoff: 6, order: 2, count: 7),
    Bins(type: "high", cutoff: 5.9, order: 2, count: 8),
    Bins(type: "high", cutoff: 31, order: 2, count: 1),
    Bins(type: "high", cutoff: 1e308, order: 0, count: 1),
    Bins(type: "high", cutoff: -1e308, order: 0, count: 8),
    Bins(type: "none", cutoff: -1e308, order: 6, count: 8),
    Bins(type: "none", cutoff: 1e308, order: 7, count: 8),
  ])
  func keptBins(_ bins: Bins) throws {
    let plan = try makePlan(
      "spectral-analysis",
      [
        "filter-type": .text(bins.type), "filter-cutoff": .number(bins.cutoff),
        "filter-order": .integer(bins.order),
      ], version: 2, frequency: 64)
    #expect(plan.featureCount == 3 + bins.count)
  }

  struct Energy: Sendable {
    let ratio: Int
    let rows: Int
    let length: Int
    let low: Bool
  }

  /// Parseval: the powers of one frame that holds a whole window add up to the window's own energy, at its own rate,
  /// behind decimation, and in the low-frequency pass. Anything but zeros behind the last row adds to it.
  @Test(arguments: [
    Energy(ratio: 1, rows: 100, length: 128, low: false),
    Energy(ratio: 1, rows: 600, length: 1024, low: false),
    Energy(ratio: 3, rows: 350, length: 128, low: false),
    Energy(ratio: 10, rows: 333, length: 64, low: false),
    Energy(ratio: 1, rows: 350, length: 64, low: true), Energy(ratio: 10, rows: 3500, length: 64, low: true),
  ])
  func energyIsKept(_ energy: Energy) throws {
    let plan = try makePlan(
      "spectral-analysis",
      [
        "input-decimation-ratio": .integer(energy.ratio), "fft-length": .integer(energy.length),
        "extra-low-freq": .boolean(energy.low), "do-log": .boolean(false), "do-fft-overlap": .boolean(false),
      ], rows: energy.rows)
    let windows = 40
    let features = Recording(rows: energy.rows + windows, stride: 1, seed: 8)
      .features(plan, hop: 1, windows: windows, columns: [0])
    let count = 5 + energy.length / 2
    for window in 0..<windows {
      let end = (window + 1) * plan.featureCount
      let stage = features[end - count..<end].map { Double($0) }
      let powers = stage[5...].reduce(0) { $0 + 2 * $1 } - stage[count - 1]
      let rows = (energy.rows - 1) / (energy.ratio * (energy.low ? 10 : 1)) + 1
      let expected = stage[0] * stage[0] * Double(rows)
      #expect(abs(powers / expected - 1) < 1e-5, "window \(window)")
    }
  }

  @Test func parametersOfOtherVersionsAreIgnored() throws {
    // Version 2 knows neither low frequencies nor the kind of analysis.
    let parameters: [String: ParameterValue] = [
      "extra-low-freq": .boolean(true), "analysis-type": .text("Wavelet"), "wavelet-level": .text("many"),
      "spectral-power-edges": .text(","), "fft-length": .integer(256),
    ]
    #expect(try makePlan("spectral-analysis", parameters, version: 2).featureCount == 3 + 128)
  }

  @Test(arguments: BlockRegistry.blocks.map(\.type), [-5, 0, 1, 5, 10, .max, .min])
  func versions(_ type: String, _ version: Int) throws {
    let block = try #require(BlockRegistry.block(type: type))
    let input =
      block.takesImages
      ? SignalShape(image: ImageSize(width: 4, height: 5), pixels: 20)
      : SignalShape(frequency: 16000, rows: 16000, axes: ["x"])
    // At the audio rate the default filter bank has empty filters before version 4.
    let parameters: [String: ParameterValue] = ["mfe", "mfcc"].contains(type) ? ["num_filters": .integer(10)] : [:]
    if block.versions.contains(version) {
      _ = try block.makePlan(parameters, version: version, input: input)
      return
    }
    let error = #expect(throws: ConfigurationError.self) {
      try block.makePlan([:], version: version, input: input)
    }
    #expect(error?.issues.map(\.parameter) == ["implementation version"])
    #expect(error?.issues.map(\.value) == [String(version)])
  }

  @Test(arguments: BlockRegistry.blocks.map(\.type))
  func impossibleWindows(_ type: String) throws {
    let block = try #require(BlockRegistry.block(type: type))
    let shapes: [(SignalShape, [String])] = [
      (SignalShape(frequency: 100, rows: 0, axes: ["x"]), ["window"]),
      (SignalShape(frequency: 100, rows: .min, axes: ["x"]), ["window"]),
      (SignalShape(frequency: 100, rows: 1 << 24 + 1, axes: ["x"]), ["window"]),
      (SignalShape(frequency: 100, rows: .max, axes: ["x"]), ["window"]),
      (SignalShape(frequency: 100, rows: 9, axes: []), ["axes"]),
      (SignalShape(frequency: 0, rows: 9, axes: ["x"]), ["frequency"]),
      (SignalShape(frequency: -.infinity, rows: 9, axes: ["x"]), ["frequency"]),
      (SignalShape(frequency: .nan, rows: 0, axes: []), ["window", "axes", "frequency"]),
    ]
    for (shape, parameters) in shapes {
      let error = #expect(throws: ConfigurationError.self) {
        try block.makePlan([:], version: block.versions.upperBound, input: shape)
      }
      #expect(error?.issues.map(\.parameter) == parameters, "\(shape)")
    }
  }
}
