import DSPKernels

extension MFEPlan {
  /// What every axis is checked for, and whether the values suit the decibel scale.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    let warnings = axisWarnings(forWindow: window)
    guard case .decibel(let floor) = normalization else {
      return warnings.isEmpty && layout.framesAreEqual(window) ? [equalFramesWarning] : warnings
    }
    guard floor < 12, window.allSatisfy(\.isFinite) else { return warnings }
    if let loud = window.first(where: { !Float($0 / 32768).isFinite }) {
      let issue = ConfigurationIssue.inWindow(
        "window", "\(loud)", "is beyond the range of Float, in which the block works: its frames are 0",
        "scale the recordings to 16-bit samples")
      return warnings + [issue]
    }
    return warnings + [scaleWarning(window) ?? saturationWarning(window, floor: floor)].compactMap { $0 }
  }

  /// The mean over equal frames is each of them.
  private var equalFramesWarning: ConfigurationIssue {
    .inWindow(
      "window", "\(layout.count) equal frames",
      "normalisation subtracts the mean of the frames, and each is the mean: all \(featureCount) features are 0 or "
        + "rounding noise stretched to 0...1",
      "use windows in which the sound changes, or implementation version 3 or later")
  }

  /// Audio scaled to -1...1: the block divides by 32768 once more, which leaves silence.
  private func scaleWarning(_ window: [Double]) -> ConfigurationIssue? {
    let loudest = window.reduce(0) { max($0, abs($1)) }
    // Whole numbers are 16-bit samples of near silence.
    guard loudest > 0, loudest <= 1, window.contains(where: { $0 != $0.rounded() }) else { return nil }
    let zeros = features(ofWindow: window).count { $0 == 0 }
    return .inWindow(
      "window", "values up to \(loudest)",
      "look like audio scaled to -1...1; the block expects 16-bit samples and divides by 32768: \(zeros) of "
        + "\(featureCount) features are 0",
      "multiply the recordings by 32768")
  }

  /// Bands so loud that Studio's byte overflows.
  private func saturationWarning(_ window: [Double], floor: Double) -> ConfigurationIssue? {
    let levels = levels(ofWindow: window)
    // 255.5 steps round to 256.
    let limit: Float = 255.5 / 256
    let saturated = levels.count { $0 >= limit }
    guard saturated > 0, let loudest = levels.max() else { return nil }
    let excess = Double(loudest - limit) * (12 - floor)
    return .inWindow(
      "window", "\(saturated) of \(featureCount) features (\(percent(saturated, of: featureCount)))",
      "are too loud for the scale: they become 0 here and in Studio, and 1 on the device",
      "lower the level by \(Int(min(excess, 1e6).rounded(.down)) + 1) dB")
  }

  /// Features on the same scale, not cut at its upper end.
  private func levels(ofWindow window: [Double]) -> [Float] {
    let runner = MFERunner(plan: self, hop: input.rows, limit: .zero)
    return [Float](unsafeUninitializedCapacity: featureCount) { levels, count in
      window.withUnsafeBufferPointer { window in
        guard let samples = window.baseAddress, let target = levels.baseAddress else { return }
        runner.run(WindowSlab(samples: samples, stride: 1, columns: [0], count: 1), into: target)
      }
      count = featureCount
    }
  }
}
