/// Names of spectral features, in Studio's spelling.
enum SpectralLabels {
  /// - Parameters:
  ///   - bins: kept bins of a transform of `length` values at `frequency` Hz.
  ///   - suffix: `" LF"` for the statistics of the low-frequency pass, whose powers have none.
  static func labels(
    bins: Range<Int>, length: Int, frequency: Double, spectralShape: Bool, suffix: String
  ) -> [String] {
    var labels = ["RMS", "Skewness", "Kurtosis"]
    if spectralShape { labels += ["Spectral Skewness", "Spectral Kurtosis"] }
    // The order of operations decides the last digit.
    let resolution = 1 / (Double(length) * (1 / frequency))
    return labels.map { $0 + suffix }
      + bins.map { bin in
        let center = Double(bin) * resolution
        let low = twoDecimals(center - resolution / 2)
        let high = twoDecimals(center + resolution / 2)
        return "Spectral Power \(low) - \(high) Hz"
      }
  }
}
