import DSPKernels

/// Settings of a spectral analysis, checked against the window.
struct SpectralAnalysisConfiguration: Sendable {
  enum FilterType: Sendable { case none, low, high }

  /// What is computed from a filtered axis.
  enum Analysis: Sendable {
    /// Version 1.
    case peaks
    case spectrum
    case wavelet(WaveletFilter, level: Int)
  }

  var scale: Double
  var decimation: Decimation
  var filterType: FilterType
  /// In Hz.
  var filterCutoff: Double
  /// Even; 0 or less masks bins without filtering.
  var filterOrder: Int
  /// A power of two, at least 2.
  var fftLength: Int
  var takesLog: Bool
  var overlapsFrames: Bool
  /// The low-frequency pass.
  var addsLowFrequencies: Bool
  var analysis: Analysis
  /// Version 1: how many peaks, their lowest height, and the edges of the power bands in Hz.
  var peakCount = 0
  var peakThreshold = 0.0
  var powerEdges: [Double] = []

  init(
    _ reader: inout ParameterReader, version: Int, input: SignalShape
  ) throws(ConfigurationError) {
    scale = reader.number("scale-axes")
    if !Float(scale).isFinite {
      reader.reject(
        "scale-axes", rule: "must be within the range of Float, 3.4e38", suggestion: "use 1")
    }
    filterType =
      switch reader.text("filter-type") {
      case "low": .low
      case "high": .high
      default: .none
      }
    filterCutoff = reader.number("filter-cutoff")
    filterOrder = reader.integer("filter-order")
    fftLength = reader.integer("fft-length")
    takesLog = reader.boolean("do-log")
    overlapsFrames = reader.boolean("do-fft-overlap")
    decimation = Self.readDecimation(&reader, version: version)
    let usesWavelet = reader.text("analysis-type") == "Wavelet"
    addsLowFrequencies = reader.boolean("extra-low-freq") && !usesWavelet
    analysis = version == 1 ? .peaks : .spectrum
    if usesWavelet, let wavelet = Self.readWavelet(&reader, rows: input.rows, decimation, input.frequency) {
      analysis = wavelet
    }
    if version == 1 {
      peakCount = reader.integer("spectral-peaks-count")
      peakThreshold = reader.number("spectral-peaks-threshold")
      powerEdges = Self.readEdges(&reader)
    }

    // The reference looks at it for wavelets too.
    reader.check("fft-length")
    // What follows computes with these values: report them alone when they are wrong.
    try reader.finish()

    let frequency = input.frequency / Double(decimation.rawValue)
    if filterType != .none { checkFilter(&reader, frequency: frequency) }
    // A cut-off that is wrong by itself masks bins too: one complaint is enough.
    if case .spectrum = analysis,
      !reader.issues.contains(where: { $0.parameter == "filter-cutoff" })
        && keptBins(frequency: frequency).isEmpty
    {
      reader.reject(
        "filter-cutoff",
        rule: "masks all FFT bins: the first one lies at \(shown(frequency / Double(fftLength))) Hz",
        suggestion: "use at least \(shown(0.5 * frequency / Double(fftLength), .up)) Hz, or a longer FFT")
    }
    checkLowFrequencyPass(&reader, rows: input.rows)
    try reader.finish()
  }

  private static func readWavelet(
    _ reader: inout ParameterReader, rows: Int, _ decimation: Decimation, _ frequency: Double
  ) -> Analysis? {
    let level = reader.integer("wavelet-level")
    let name = reader.text("wavelet")
    let rows = LaneDecimator.outputRows(rows, ratios: decimation.stages)
    if rows < 32 << level {
      let milliseconds = (Double(32 << level) / (frequency / Double(decimation.rawValue)) * 1000).rounded(.up)
      let possible = rows < 32 ? nil : (0...level).last { rows >= 32 << $0 }
      reader.reject(
        "wavelet-level",
        rule: "needs a window of at least \(32 << level) rows (\(shown(milliseconds)) ms), this one has \(rows)",
        suggestion: possible.map { "use level \($0) or a longer window" } ?? "use a longer window")
      return nil
    }
    return WaveletFilter(name: name).map { .wavelet($0, level: level) }
  }

  private static let mostEdges = 256

  /// Edges as the parameter writes them when nobody sets it.
  static let standardEdges = "0.1, 0.5, 1.0, 2.0, 5.0"

  /// The numbers of a list, and how many words it has.
  static func edges(_ text: String) -> (numbers: [Double], words: Int) {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    return (words.compactMap { ParameterValue.text(String($0)).finiteNumber }, words.count)
  }

  private static func readEdges(_ reader: inout ParameterReader) -> [Double] {
    let (edges, words) = edges(reader.text("spectral-power-edges"))
    if edges.count < words || edges.count > mostEdges {
      reader.reject("spectral-power-edges", rule: "must be at most \(mostEdges) numbers, separated by commas")
      return []
    }
    return edges
  }

  private static func readDecimation(_ reader: inout ParameterReader, version: Int) -> Decimation {
    let key = "input-decimation-ratio"
    // Before version 4 the reference refuses what it would otherwise have to leave undone.
    if version < 4, let ratio = reader.given(key).finiteNumber, ratio >= 2 {
      reader.reject(key, rule: "needs implementation version 4", suggestion: "use 1, or version 4")
    }
    return Int(reader.text(key)).flatMap(Decimation.init) ?? .none
  }

  /// - Parameter frequency: sampling rate after decimation, in Hz.
  private func checkFilter(_ reader: inout ParameterReader, frequency: Double) {
    let nyquist = frequency / 2
    if decimation != .none && filterCutoff > 0.9 * nyquist {
      reader.reject(
        "input-decimation-ratio",
        rule: "leaves too little room: the cut-off of \(shown(filterCutoff)) Hz is above 90 % of the new Nyquist "
          + "frequency, \(shown(nyquist)) Hz",
        suggestion: "use a cut-off of at most \(shown(0.9 * nyquist, .down)) Hz, or a lower ratio")
      return
    }
    // The reference skips the filter without looking further.
    if filterOrder <= 0 { return }
    if filterCutoff >= nyquist {
      reader.reject(
        "filter-cutoff", rule: "must be below the Nyquist frequency, \(shown(nyquist)) Hz",
        suggestion: "use at most \(shown(0.95 * nyquist, .down))")
    } else if filterCutoff <= 0 {
      reader.reject(
        "filter-cutoff", rule: "must be above 0 Hz", suggestion: "use at least \(shown(0.05 * nyquist, .up))")
    } else if !SectionedFilter.isStableButterworth(
      order: filterOrder, cutoff: filterCutoff, frequency: frequency)
    {
      reader.reject(
        "filter-cutoff", rule: "gives an unstable filter at a sampling rate of \(shown(frequency)) Hz",
        suggestion: "use \(shown(0.05 * nyquist, .up)) to \(shown(0.95 * nyquist, .down)) Hz")
    }
  }

  private func checkLowFrequencyPass(_ reader: inout ParameterReader, rows: Int) {
    guard addsLowFrequencies else { return }
    let rows = LaneDecimator.outputRows(rows, ratios: decimation.stages)
    let tenth = LaneDecimator.outputRows(rows, ratios: [10])
    if tenth < fftLength / 2 {
      var possible = fftLength
      while possible / 2 > tenth { possible /= 2 }
      reader.reject(
        "extra-low-freq",
        rule:
          "needs a window of at least \((fftLength / 2 - 1) * 10 + 1) rows\(decimation == .none ? "" : " after decimation")"
          + ", this one has \(rows)",
        suggestion: "use a longer window" + (possible >= 2 ? ", or fft-length \(possible)" : ""))
    }
  }

  /// Bins whose power is a feature: the pass band, never DC.
  ///
  /// - Parameter frequency: sampling rate of the transform's input, in Hz.
  func keptBins(frequency: Double) -> Range<Int> {
    let cutoff = min(filterCutoff, frequency / 2)
    let half = fftLength / 2
    // From DC to Nyquist, whatever the cut-off: one that is refused, or unused by order 0, may be any number.
    let position = min(max(0, cutoff * Double(fftLength) / frequency), Double(half))
    switch filterType {
    case .none: return 1..<half + 1
    case .low: return 1..<max(1, Int(position + 0.5) + 1)
    case .high: return min(max(1, Int(position - 0.5) + 1), half + 1)..<half + 1
    }
  }
}
