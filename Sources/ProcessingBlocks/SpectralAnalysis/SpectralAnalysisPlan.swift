import DSPKernels

struct SpectralAnalysisPlan: BlockPlan {
  let configuration: SpectralAnalysisConfiguration
  let input: SignalShape
  let warnings: [ConfigurationIssue]
  let scale: Float
  let decimator: LaneDecimator?
  let filter: LaneFilter?
  /// The axis at its own rate (after decimation).
  let main: any AxisAnalysis
  /// The low-frequency pass: a tenth of that rate.
  let low: SpectrumStage?
  let fftUsed: [Int]

  /// Rows after decimation.
  let rows: Int

  init(
    _ configuration: SpectralAnalysisConfiguration, version: Int, input: SignalShape, warnings: [ConfigurationIssue]
  ) {
    self.configuration = configuration
    self.input = input
    self.warnings = warnings
    scale = Float(configuration.scale)
    fftUsed = [configuration.fftLength]
    let frequency = input.frequency / Double(configuration.decimation.rawValue)
    decimator =
      configuration.decimation == .none ? nil : LaneDecimator(ratios: configuration.decimation.stages)
    rows = decimator?.outputRows(input.rows) ?? input.rows
    filter =
      configuration.filterType == .none || configuration.filterOrder <= 0
      ? nil
      : LaneFilter(
        .butterworth(
          order: configuration.filterOrder, cutoff: 2 * configuration.filterCutoff / frequency,
          kind: configuration.filterType == .low ? .low : .high))
    switch configuration.analysis {
    case .peaks: main = PeaksStage(configuration, rows: rows, frequency: frequency)
    case .wavelet(let filter, let level):
      main = WaveletStage(filter: filter, level: level, rows: rows)
    case .spectrum:
      main = SpectrumStage(
        configuration, rows: rows, frequency: frequency, spectralShape: version >= 4, suffix: "")
    }
    low =
      configuration.addsLowFrequencies
      ? SpectrumStage(
        configuration, rows: Self.lowFrequencyDecimator.outputRows(rows), frequency: frequency / 10,
        spectralShape: true, suffix: " LF") : nil
  }

  static let lowFrequencyDecimator = LaneDecimator(ratios: [10])

  /// Features of one axis, both passes.
  private var featuresPerAxis: Int { main.featureCount + (low?.featureCount ?? 0) }

  var featureCount: Int { featuresPerAxis * input.axes.count }
  var featureLabels: [String] { main.labels + (low?.labels ?? []) }
  var outputConfiguration: OutputConfiguration { .flat(width: featureCount) }

  /// Wavelet statistics count values in bins, for which there must be a finite range.
  func problem(inWindow window: [Double]) -> ConfigurationIssue? {
    guard main.needsFiniteValues, let index = window.firstIndex(where: { !(Float($0) * scale).isFinite }) else {
      return nil
    }
    return ConfigurationIssue(
      "window", value: shown(window[index]),
      rule: "row \(index / input.axes.count) is not finite, and wavelets have no features for it")
  }

  /// Samples are Float from the start, before and behind the scale.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    axisWarnings(forWindow: window, limit: floatLimit / Double(max(1, abs(scale))))
  }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    let split = WindowSplit.byteCount(
      rows: input.rows, hop: hop, windows: windows, elementSize: MemoryLayout<Float>.stride)
    let rows = max(input.rows, main.paddedRows)
    let value = decimator == nil ? MemoryLayout<Float>.stride : MemoryLayout<Double>.stride
    let lowRows = low.map { max(self.rows, $0.paddedRows) } ?? 0
    return split + rows * laneCount * value
      + lowRows * laneCount * MemoryLayout<Double>.stride
      + main.scratchByteCount + (low?.scratchByteCount ?? 0)
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner {
    SpectralAnalysisRunner(plan: self, hop: hop, windows: windows)
  }
}
