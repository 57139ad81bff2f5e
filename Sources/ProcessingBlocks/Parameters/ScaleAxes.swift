extension Parameter {
  /// The factor that several blocks begin with.
  static let scaleAxes = Parameter(
    "scale-axes", "Scale axes", .number, default: .integer(1),
    help: "Multiplies all values of all axes by this number before anything else.")
}

extension ParameterReader {
  /// Warns of a factor that leaves nothing of the samples.
  ///
  /// - Parameter inFloat: whether the block takes the factor in Float, where small ones are 0.
  mutating func warnAboutScale(_ scale: Double, inFloat: Bool = false) {
    guard scale == 0 || (inFloat && Float(scale) == 0) else { return }
    warn(
      "scale-axes",
      rule: (scale == 0 ? "" : "is 0 in Float: ")
        + "every sample becomes 0, and all features are the same in every window",
      suggestion: "use \(defaultValue("scale-axes").studioText)")
  }
}
