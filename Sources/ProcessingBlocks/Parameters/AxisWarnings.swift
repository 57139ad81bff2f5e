extension BlockPlan {
  /// Values that are no numbers or too large, and axes that say nothing.
  ///
  /// - Parameter limit: from this magnitude on, a value is infinite to the block; for blocks that work in Float.
  /// - Complexity: O(values); where some are not finite, three times that of the features.
  func axisWarnings(forWindow window: [Double], limit: Double = .infinity) -> [ConfigurationIssue] {
    let axes = input.axes.count
    precondition(window.count == input.rows * axes, "a window of the shape that the plan is made for")
    var constant: [(name: String, value: Double)] = []
    let warnings = input.axes.enumerated().compactMap { axis, name -> ConfigurationIssue? in
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
          "axis \(name)", "\(strange) of \(input.rows) values", "are NaN or infinite\(damage(axis, window))",
          "repair or leave out the recording")
      }
      if large > 0 {
        return .inWindow(
          "axis \(name)", "\(large) of \(input.rows) values",
          "are beyond \(Float(limit.nextDown)), where the block's range of Float ends: they count as infinite and spoil "
            + "the features that depend on them",
          "scale the recording down")
      }
      if isConstant { constant.append((name, first)) }
      return nil
    }
    return warnings + [constantWarning(constant)].compactMap { $0 }
  }

  /// What an axis's values that are not finite do to the features, next to those of the same window with 0 for them.
  private func damage(_ axis: Int, _ window: [Double]) -> String {
    // Windows that the block refuses have no features.
    if problem(inWindow: window) != nil { return "" }
    var repaired = window
    for index in stride(from: axis, to: window.count, by: input.axes.count) where !window[index].isFinite {
      repaired[index] = 0
    }
    let pairs = Array(zip(features(ofWindow: window), features(ofWindow: repaired)))
    let spoiled = pairs.count { !$0.isFinite && $1.isFinite }
    let zeroed = pairs.count { $0 == 0 && $1 != 0 }
    let effects = [
      spoiled > 0 ? "\(spoiled) of \(featureCount) features are no numbers" : nil,
      zeroed > 0 ? "\(zeroed) of \(featureCount) features become 0" : nil,
    ].compactMap { $0 }
    return effects.isEmpty ? "" : ": " + effects.joined(separator: ", ")
  }

  private func constantWarning(_ constant: [(name: String, value: Double)]) -> ConfigurationIssue? {
    guard let first = constant.first else { return nil }
    if input.axes.count == 1 {
      return .inWindow(
        "axis \(first.name)", "\(shown(first.value)) in all \(input.rows) rows",
        "a window that never changes holds nothing to learn from, and normalising it leaves rounding noise",
        "check the sensor, or leave out the recording")
    }
    if constant.count == 1 {
      return .inWindow(
        "axis \(first.name)", "\(shown(first.value)) in all \(input.rows) rows",
        "an axis that never changes tells nothing apart, and normalising it leaves rounding noise",
        "check the sensor, or take the axis out of the block")
    }
    return .inWindow(
      "axes", constant.map(\.name).joined(separator: ", "),
      "\(constant.count) of \(input.axes.count) axes have one value in all \(input.rows) rows: they tell nothing apart, "
        + "and normalising them leaves rounding noise",
      constant.count < input.axes.count
        ? "check the sensor, or take them out of the block" : "check the sensor, or leave out the recording")
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
