extension BlockPlan {
  /// Values that are no numbers or too large, and axes that say nothing.
  ///
  /// - Parameter limit: from this magnitude on, a value is infinite to the block; for blocks that work in Float.
  func axisWarnings(forWindow window: [Double], limit: Double = .infinity) -> [ConfigurationIssue] {
    let axes = input.axes.count
    precondition(window.count == input.rows * axes, "a window of the shape that the plan is made for")
    return input.axes.enumerated().compactMap { axis, name in
      let first = window[axis]
      var strange = 0
      var large = 0
      var isConstant = input.rows > 1
      for index in stride(from: axis, to: window.count, by: axes) {
        let value = window[index]
        if !value.isFinite { strange += 1 } else if abs(value) >= limit { large += 1 }
        if value != first { isConstant = false }
      }
      if strange > 0 {
        return .inWindow(
          "axis \(name)", "\(strange) of \(input.rows) values",
          "are NaN or infinite, and so are the features that depend on them, unless the block hides it behind a 0",
          "repair or leave out the recording")
      }
      if large > 0 {
        return .inWindow(
          "axis \(name)", "\(large) of \(input.rows) values",
          "are beyond \(Float(limit.nextDown)), where the block's range of Float ends: they count as infinite and spoil "
            + "the features that depend on them",
          "scale the recording down")
      }
      if isConstant {
        return .inWindow(
          "axis \(name)", "\(first) in all \(input.rows) rows",
          "an axis that never changes tells nothing apart, and normalising it leaves rounding noise",
          "check the sensor, or take the axis out of the block")
      }
      return nil
    }
  }
}

/// The least value that rounds to infinity in Float.
let floatLimit = 0x1.ffffffp127

extension ConfigurationIssue {
  /// A warning about a window's values.
  static func inWindow(_ place: String, _ value: String, _ rule: String, _ suggestion: String) -> Self {
    Self(place, value: value, rule: rule, suggestion: suggestion, severity: .warning)
  }
}
