import DSPKernels

extension BlockDescriptor {
  static let spectralAnalysis = BlockDescriptor(
    type: "spectral-analysis", title: "Spectral Analysis",
    summary: """
      Filters each axis, then describes it by its level, its shape and its power in frequency bands. \
      Good for motion and vibration.
      """,
    versions: 1...4,
    presentation: StudioPresentation(
      "Spectral features", cppType: "spectral_analysis", hasFeatureImportance: true),
    groups: [
      ParameterGroup(
        "Filter",
        [
          .scaleAxes,
          Parameter(
            "input-decimation-ratio", "Input decimation ratio",
            .choice(Decimation.allCases.map { .init(String($0.rawValue)) }), default: .text("1"),
            help: "Reduces the sampling rate by this ratio first, behind a steep low-pass filter.",
            versions: 4...4, traits: .wholeNumber),
          Parameter(
            "filter-type", "Type", .choice([.init("low"), .init("high"), .init("none")]), default: .text("none"),
            help: "Keeps what lies below (low) or above (high) the cut-off; bins on the other side are left out."),
          Parameter(
            "filter-cutoff", "Cut-off frequency", .number, default: .integer(3),
            help: "In Hz, below half of the sampling rate after decimation.", shownIf: .notEqual("filter-type", "none")),
          Parameter(
            "filter-order", "Order", .integer(Int.min...8, .even), default: .integer(6),
            help: "Steepness of the Butterworth filter. With 0 or less bins are left out without filtering.",
            shownIf: .notEqual("filter-type", "none")),
        ]),
      ParameterGroup(
        "Analysis",
        [
          Parameter(
            "analysis-type", "Type", .choice([.init("FFT"), .init("Wavelet")]), default: .text("FFT"),
            help: "FFT describes bands of equal width, Wavelet bands that halve from level to level.", versions: 3...4,
            traits: .createsMacro),
          Parameter(
            "fft-length", "FFT length", .integer(2...1 << 20, .powerOfTwo), default: .integer(16),
            help: "A longer one gives more and finer bands, up to the length of the window.", shownIf: .isFFT),
          Parameter(
            "spectral-peaks-count", "No. of peaks", .integer(0...4096), default: .integer(3),
            help: "Peaks of the spectrum.", versions: 1...1),
          Parameter(
            "spectral-peaks-threshold", "Peaks threshold", .number, default: .number(0.1),
            help: "Lowest height of a peak.", versions: 1...1),
          Parameter(
            "spectral-power-edges", "Power edges", .text, default: .text(SpectralAnalysisConfiguration.standardEdges),
            help: "Edges of the power bands in Hz, separated by commas.", versions: 1...1),
          Parameter(
            "do-log", "Take log of spectrum?", .boolean, default: .boolean(true),
            help: "Base-10 logarithm of each band's power.", versions: 2...4, shownIf: .isFFT),
          Parameter(
            "do-fft-overlap", "Overlap FFT frames?", .boolean, default: .boolean(true),
            help: "Frames follow each other by half their length.", versions: 2...4, shownIf: .isFFT),
          Parameter(
            "wavelet-level", "Wavelet Decomposition Level", .integer(0...24), default: .integer(1),
            help: "Depth of the wavelet decomposition.", versions: 3...4, shownIf: .isWavelet),
          Parameter(
            "wavelet", "Wavelet", .choice(WaveletFilter.names.map { .init($0) }, foldsCase: true),
            default: .text("db4"),
            help: "Shape of the wavelet; longer ones separate bands better.", versions: 3...4, shownIf: .isWavelet),
          Parameter(
            "extra-low-freq", "Improve low frequency resolution?", .boolean, default: .boolean(false),
            help: "Adds the features of the axis once more at a tenth of the sampling rate.", versions: 4...4,
            shownIf: .isFFT),
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      let configuration = try SpectralAnalysisConfiguration(&reader, version: version, input: input)
      configuration.addWarnings(to: &reader, input: input)
      return SpectralAnalysisPlan(configuration, version: version, input: input, warnings: reader.warnings)
    })
}

extension Parameter.Condition {
  fileprivate static let isFFT = equal("analysis-type", "FFT")
  fileprivate static let isWavelet = equal("analysis-type", "Wavelet")
}

/// Ratios by which an input can be decimated, and the stages that each takes.
enum Decimation: Int, CaseIterable, Sendable {
  case none = 1
  case by3 = 3
  case by10 = 10
  case by30 = 30
  case by100 = 100
  case by1000 = 1000

  var stages: [Int] {
    switch self {
    case .none: []
    case .by3: [3]
    case .by10: [10]
    case .by30: [3, 10]
    case .by100: [10, 10]
    case .by1000: [10, 10, 10]
    }
  }
}
