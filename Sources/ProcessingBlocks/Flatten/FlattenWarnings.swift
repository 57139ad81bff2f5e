import DSPKernels

extension ParameterReader {
  mutating func warnAboutNoStatistic() {
    warn(
      "average", rule: "and all other statistics are off: a window has 0 features",
      suggestion: "switch at least one on")
  }

  /// Warns of statistics that are the same for all windows of one row.
  mutating func warnAboutOneRow(_ statistics: [LaneSummary.Statistic]) {
    let constant = [LaneSummary.Statistic.stdev, .skewness, .kurtosis].filter(statistics.contains)
    if constant.isEmpty { return }
    warn(
      "window", value: "1 row",
      rule: "has no spread: \(constant.map(\.label).joined(separator: ", ")) are the same in every window "
        + "(\(constant.count) of \(statistics.count) features of an axis)",
      suggestion: "use a window of at least 2 rows, or switch them off")
  }

  /// Warns of a factor that leaves nothing of the samples.
  ///
  /// - Parameter inFloat: whether the block takes the factor in Float, where small ones are 0.
  mutating func warnAboutScale(_ scale: Double, inFloat: Bool = false) {
    guard scale == 0 || (inFloat && Float(scale) == 0) else { return }
    warn(
      "scale-axes",
      rule: (scale == 0 ? "" : "is 0 in Float: ")
        + "every sample becomes 0, and all features are the same in every window",
      suggestion: "use 1")
  }
}
