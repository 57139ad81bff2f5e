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
}
