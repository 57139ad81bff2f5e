extension SpectralAnalysisConfiguration {
  /// Warns of a cut-off so near to an end of the spectrum that little is left of it, or nothing is removed.
  ///
  /// - Parameter frequency: sampling rate before decimation, in Hz.
  func addWarnings(to reader: inout ParameterReader, frequency: Double) {
    guard filterType != .none, filterOrder > 0 else { return }
    let frequency = frequency / Double(decimation.rawValue)
    let nyquist = frequency / 2
    let margin = 0.05 * nyquist
    let isHigh = filterCutoff > nyquist - margin
    guard isHigh || filterCutoff < margin else { return }
    let removesNothing = isHigh == (filterType == .low)
    let end = isHigh ? "half of the sampling rate, \(nyquist) Hz" : "0 Hz"
    let effect =
      removesNothing
      ? "the filter hardly removes anything"
      : "only \(keptBins(frequency: frequency).count) of \(fftLength / 2) bins are left"
    reader.warn(
      "filter-cutoff", rule: "lies within 5 % of \(end): \(effect)",
      suggestion: "use \(margin) to \(nyquist - margin) Hz" + (removesNothing ? ", or filter-type none" : ""))
  }
}
