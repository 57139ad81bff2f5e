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
