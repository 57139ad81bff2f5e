import DSPKernels

extension SpectralAnalysisConfiguration {
  /// Adds what the settings do to every window that nobody would want.
  func addWarnings(to reader: inout ParameterReader, input: SignalShape) {
    let frequency = input.frequency / Double(decimation.rawValue)
    let rows = LaneDecimator.outputRows(input.rows, ratios: decimation.stages)
    reader.warnAboutScale(scale, inFloat: true)
    warnAboutCutoff(&reader, frequency: frequency)
    if decimation != .none && rows <= 2 {
      warnAboutDecimation(&reader, before: input.rows, after: rows)
    } else if rows == 1 {
      reader.warn(
        "window", value: "1 row",
        rule: "nothing is left of it when its mean is subtracted: all features are the same in every window",
        suggestion: "use a window of at least \(fftLength) rows, which fill a transform")
    } else {
      warnAboutPadding(&reader, rows: rows)
    }
    if case .peaks = analysis { warnAboutEdges(&reader, rows: rows, frequency: frequency) }
  }

  private func warnAboutDecimation(_ reader: inout ParameterReader, before: Int, after: Int) {
    let cure = Decimation.allCases.last { LaneDecimator.outputRows(before, ratios: $0.stages) >= fftLength }
    reader.warn(
      "input-decimation-ratio",
      rule: "leaves \(after == 1 ? "1 row" : "\(after) rows") of \(before): "
        + (after == 1
          ? "all features are the same in every window" : "statistics and powers of so few values say little"),
      suggestion: cure.map { "use \($0.rawValue)" } ?? "use 1, or a longer window")
  }

  /// Warns of a transform that is mostly fed with zeros. Wavelets do not use it.
  private func warnAboutPadding(_ reader: inout ParameterReader, rows: Int) {
    if case .wavelet = analysis { return }
    guard fftLength > 2 * rows else { return }
    let place = decimation == .none ? "" : " after decimation"
    reader.warnAboutPadding("fft-length", length: fftLength, rows: rows, of: "window of \(rows) rows\(place)")
  }

  /// Warns of power bands of version 1 that are 0 in every window.
  private func warnAboutEdges(_ reader: inout ParameterReader, rows: Int, frequency: Double) {
    let key = "spectral-power-edges"
    let bands = Array(zip(powerEdges, powerEdges.dropFirst()))
    if let falling = bands.first(where: { $0 >= $1 }) {
      let sorted = Set(powerEdges).sorted()
      reader.warn(
        key,
        rule:
          "do not rise from \(shown(falling.0)) to \(shown(falling.1)) Hz: \(bands.count { $0 >= $1 }) of \(bands.count) powers "
          + "are always 0",
        suggestion: (2...8).contains(sorted.count)
          ? "use " + sorted.map { ParameterValue.number($0).studioText }.joined(separator: ", ")
          : "use edges that differ, in rising order")
      return
    }
    // Studio's own edges fit no common rate; a warning that everybody gets is read by nobody.
    if powerEdges == Self.edges(Self.standardEdges).numbers { return }
    let empty = { (length: Int) in
      PeaksStage.bands(powerEdges, length: length, frequency: frequency).count(where: \.isEmpty)
    }
    let count = empty(fftLength)
    if count == 0 { return }
    // A longer transform has more bins, up to the length from which on it is mostly fed with zeros.
    let lengths = sequence(first: fftLength) { $0 <= rows ? $0 * 2 : nil }
    let cure = lengths.first { empty($0) == 0 }
    reader.warn(
      key,
      rule: "\(count) of \(bands.count) bands hold no bin of the FFT, which has one every "
        + "\(shown(frequency / Double(fftLength))) Hz up to \(shown(frequency / 2)) Hz: their powers are always 0",
      suggestion: cure.map { "use fft-length \($0), or wider bands" }
        ?? "use wider bands below \(shown(frequency / 2)) Hz")
  }

  /// Warns of a cut-off so near to an end of the spectrum that little is left of it, or nothing is removed.
  ///
  /// - Parameter frequency: sampling rate after decimation, in Hz.
  private func warnAboutCutoff(_ reader: inout ParameterReader, frequency: Double) {
    guard filterType != .none, filterOrder > 0 else { return }
    let nyquist = frequency / 2
    let margin = 0.05 * nyquist
    let isHigh = filterCutoff > nyquist - margin
    guard isHigh || filterCutoff < margin else { return }
    let removesNothing = isHigh == (filterType == .low)
    let end = isHigh ? "half of the sampling rate, \(shown(nyquist)) Hz" : "0 Hz"
    let effect =
      removesNothing
      ? "the filter hardly removes anything"
      : "only \(keptBins(frequency: frequency).count) of \(fftLength / 2) bins are left"
    reader.warn(
      "filter-cutoff", rule: "lies within 5 % of \(end): \(effect)",
      suggestion: "use \(shown(margin, .up)) to \(shown(nyquist - margin, .down)) Hz"
        + (removesNothing ? ", or filter-type none" : ""))
  }
}
