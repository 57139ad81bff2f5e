import DSPKernels

extension BlockDescriptor {
  static let flatten = BlockDescriptor(
    type: "flatten", title: "Flatten",
    summary: "Reduces each axis of a window to a few statistics. Good for slow signals such as temperature.",
    versions: 1...1,
    presentation: StudioPresentation(
      "Flatten", cppType: "flatten_custom", canBeExplored: false, hasFeatureImportance: true),
    groups: [
      ParameterGroup("Scaling", [.scaleAxes]),
      ParameterGroup("Method", LaneSummary.Statistic.allCases.map(\.parameter)),
    ],
    planner: { reader, _, input throws(ConfigurationError) in
      let scale = reader.number("scale-axes")
      let statistics = LaneSummary.Statistic.allCases.filter { reader.boolean($0.parameter.key) }
      try reader.finish()
      reader.warnAboutScale(scale)
      if statistics.isEmpty { reader.warnAboutNoStatistic() }
      if input.rows == 1 { reader.warnAboutOneRow(statistics) }
      return FlattenPlan(scale: scale, statistics: statistics, input: input, warnings: reader.warnings)
    })
}

extension LaneSummary.Statistic {
  /// Studio's name of the feature.
  var label: String {
    switch self {
    case .average: "Average"
    case .minimum: "Minimum"
    case .maximum: "Maximum"
    case .rms: "RMS"
    case .stdev: "Stdev"
    case .skewness: "Skewness"
    case .kurtosis: "Kurtosis"
    }
  }

  fileprivate var parameter: Parameter {
    switch self {
    case .average: .statistic("average", "Average", "The mean value.")
    case .minimum: .statistic("minimum", "Minimum", "The smallest value.")
    case .maximum: .statistic("maximum", "Maximum", "The largest value.")
    case .rms: .statistic("rms", "Root-mean square", "The square root of the mean square.")
    case .stdev: .statistic("stdev", "Standard deviation", "The spread around the mean (divisor n).")
    case .skewness:
      .statistic("skewness", "Skewness", "Asymmetry around the mean; 0 for constant data.")
    case .kurtosis:
      .statistic(
        "kurtosis", "Kurtosis", "Weight of the tails, 0 for a normal distribution; -3 for constant data.")
    }
  }
}

extension Parameter {
  fileprivate static func statistic(_ key: String, _ title: String, _ help: String) -> Parameter {
    Parameter(key, title, .boolean, default: .boolean(true), help: help)
  }
}
