import DSPKernels

extension MFCCPlan {
  /// What every axis is checked for, and whether normalisation finds frames that differ.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    let warnings = axisWarnings(forWindow: window)
    guard self.window > 0, warnings.isEmpty, layout.framesAreEqual(emphasized(window)) else { return warnings }
    return [
      .inWindow(
        "window", "\(layout.count) equal frames",
        "normalisation subtracts the mean of the frames, and each is the mean: all \(featureCount) features are 0 or "
          + "rounding noise", "use windows in which the sound changes, or a win_size of 0")
    ]
  }

  private func emphasized(_ window: [Double]) -> [Double] {
    let shift = shift % window.count
    return window.indices.map { row in
      window[row] - emphasis * window[row >= shift ? row - shift : row - shift + window.count]
    }
  }
}

extension ParameterReader {
  /// Warns of a pre-emphasis that reaches out of the frame, or around the window.
  mutating func warnAboutShift(_ shift: Int, emphasis: Double, layout: FrameLayout, rows: Int) {
    guard emphasis != 0 else { return }
    if shift >= rows {
      let rest = shift % rows
      warn(
        "pre_shift",
        rule: "is not shorter than the window of \(rows) values and wraps around: "
          + (rest == 0
            ? "each value is paired with itself, and only the level changes" : "it acts like \(rest)"),
        suggestion: "use \(defaultValue("pre_shift").studioText)")
    } else if shift >= layout.rows {
      warn(
        "pre_shift",
        rule:
          "is not shorter than a frame of \(layout.rows) values: each value is paired with one outside of its frame, "
          + "the first \(shift) of \(rows) (\(percent(shift, of: rows))) with the window's end",
        suggestion: "use \(defaultValue("pre_shift").studioText)")
    }
  }

  /// Warns of coefficients that are asked for and do not exist.
  mutating func warnAboutMissingCoefficients(filters: Int) {
    warn(
      "num_cepstral", rule: "is more than the \(filters) filters give: the width of the output becomes a fraction",
      suggestion: "use at most \(filters)")
  }
}
