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
    if !Float(scale).isFinite { reader.reject("scale-axes", rule: "must be within the range of Float, 3.4e38") }
    filterType =
      switch reader.choice("filter-type") {
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
    let usesWavelet = version >= 3 && reader.choice("analysis-type") == "Wavelet"
    addsLowFrequencies = reader.boolean("extra-low-freq") && version >= 4 && !usesWavelet
    analysis = version == 1 ? .peaks : .spectrum
    if usesWavelet, let wavelet = Self.readWavelet(&reader, rows: input.rows, decimation, input.frequency) {
      analysis = wavelet
    }
    if version == 1 {
      peakCount = reader.integer("spectral-peaks-count")
      peakThreshold = reader.number("spectral-peaks-threshold")
      powerEdges = Self.readEdges(&reader)
    }

    if fftLength & (fftLength - 1) != 0 {
      let nearest = 1 << (Int.bitWidth - 1 - fftLength.leadingZeroBitCount)
      reader.reject(
        "fft-length", rule: "must be a power of two", suggestion: "use \(nearest) or \(2 * nearest)")
    }
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
        rule: "masks all FFT bins: the first one lies at \(frequency / Double(fftLength)) Hz",
        suggestion: "raise the cut-off or use a longer FFT")
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
        rule: "needs a window of at least \(32 << level) rows (\(milliseconds) ms), this one has \(rows)",
        suggestion: possible.map { "use level \($0) or a longer window" } ?? "use a longer window")
      return nil
    }
    guard let filter = WaveletFilter(name: name) else {
      reader.reject(
        "wavelet", rule: "is no wavelet",
        suggestion: nearest(to: name, in: WaveletFilter.names).map { "the nearest is \($0)" })
      return nil
    }
    return .wavelet(filter, level: level)
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
    let ratio = reader.truncatedInteger(key)
    if ratio <= 1 { return .none }
    if version < 4 {
      reader.reject(key, rule: "needs implementation version 4", suggestion: "use 1")
      return .none
    }
    guard let decimation = Decimation(rawValue: ratio) else {
      reader.reject(
        key, rule: "must be one of " + Decimation.allCases.map { String($0.rawValue) }.joined(separator: ", ")
      )
      return .none
    }
    return decimation
  }

  /// - Parameter frequency: sampling rate after decimation, in Hz.
  private func checkFilter(_ reader: inout ParameterReader, frequency: Double) {
    let nyquist = frequency / 2
    if decimation != .none && filterCutoff > 0.9 * nyquist {
      reader.reject(
        "input-decimation-ratio",
        rule: "leaves too little room: the cut-off of \(filterCutoff) Hz is above 90 % of the new Nyquist "
          + "frequency, \(nyquist) Hz",
        suggestion: "lower the ratio or the cut-off")
      return
    }
    // The reference skips the filter without looking further.
    if filterOrder < 0 { return }
    if filterOrder % 2 != 0 {
      reader.reject("filter-order", rule: "must be even", suggestion: "use 2, 4, 6 or 8")
      return
    }
    if filterOrder > 8 {
      reader.reject("filter-order", rule: "must be from 2 to 8", suggestion: "use 8")
      return
    }
    if filterOrder <= 0 { return }
    if filterCutoff >= nyquist {
      reader.reject(
        "filter-cutoff", rule: "must be below the Nyquist frequency, \(nyquist) Hz",
        suggestion: "choose a lower cut-off")
    } else if filterCutoff <= 0 {
      reader.reject("filter-cutoff", rule: "must be above 0 Hz")
    } else if !SectionedFilter.isStableButterworth(
      order: filterOrder, cutoff: filterCutoff, frequency: frequency)
    {
      reader.reject(
        "filter-cutoff", rule: "gives an unstable filter at a sampling rate of \(frequency) Hz",
        suggestion: "move the cut-off away from 0 and from \(nyquist) Hz")
    }
  }

  private func checkLowFrequencyPass(_ reader: inout ParameterReader, rows: Int) {
    guard addsLowFrequencies else { return }
    let rows = LaneDecimator.outputRows(rows, ratios: decimation.stages)
    if LaneDecimator.outputRows(rows, ratios: [10]) < fftLength / 2 {
      reader.reject(
        "extra-low-freq",
        rule:
          "needs a window of at least \((fftLength / 2 - 1) * 10 + 1) rows\(decimation == .none ? "" : " after decimation")"
          + ", this one has \(rows)",
        suggestion: "use a longer window or a shorter FFT")
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

extension ParameterReader {
  /// A whole number as Python's `int` makes it: a native fraction is cut off, text must be whole.
  mutating func truncatedInteger(_ key: String) -> Int {
    if case .number(let value)? = given(key), let number = Int(exactly: value.rounded(.towardZero)) {
      return number
    }
    return integer(key)
  }
}
