extension ParameterReader {
  mutating func warnAboutNoStatistic() {
    warn(
      "average", rule: "and all other statistics are off: a window has 0 features",
      suggestion: "switch at least one on")
  }
}
