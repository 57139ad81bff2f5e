import DSPKernels

extension MFEPlan {
  /// What every axis is checked for, and whether the values suit the decibel scale.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    let warnings = axisWarnings(forWindow: window)
    guard case .decibel(let floor) = normalization else {
      return warnings.isEmpty && layout.framesAreEqual(window) ? [equalFramesWarning] : warnings
    }
    guard floor < decibelCeiling, warnings.isEmpty else { return warnings }
    if let loud = window.first(where: { !Float($0 / fullScale).isFinite }) {
      let issue = ConfigurationIssue.inWindow(
        "window", shown(loud), "is beyond the range of Float, in which the block works: its frames are 0",
        "scale the recordings to 16-bit samples")
      return [issue]
    }
    let levels = levels(ofWindow: window)
    return [silenceWarning(window, levels, floor: floor), saturationWarning(levels, floor: floor)].compactMap { $0 }
  }

  /// The mean over equal frames is each of them.
  private var equalFramesWarning: ConfigurationIssue {
    .inWindow(
      "window", "\(layout.count) equal frames",
      "normalisation subtracts the mean of the frames, and each is the mean: all \(featureCount) features are 0 or "
        + "rounding noise stretched to 0...1",
      "use windows in which the sound changes, or implementation version 3 or later")
  }

  /// Steps of Studio's byte.
  private static let steps = 256.0

  /// A window of which hardly a band rises above the noise floor, though the scale has room for it.
  private func silenceWarning(_ window: [Double], _ levels: [Double], floor: Double) -> ConfigurationIssue? {
    // What rounds to the lowest step is 0.
    let least = floor + 0.5 / Self.steps * (decibelCeiling - floor)
    let zeros = levels.count { $0 < least }
    guard zeros * 20 > 19 * levels.count, let loudest = levels.max(), loudest < Self.lowLevel else { return nil }
    let raise = Int((-loudest).rounded(.up))
    // Half of the bands, without those that hold nothing at all.
    let sounding = levels.filter { $0 > Self.emptyBand }.sorted()
    let median = sounding.isEmpty ? floor : sounding[sounding.count / 2].rounded(.down) - 3
    let floors = median < floor ? Int(max(-300, median)) : nil
    let highest = window.reduce(0) { max($0, abs($1)) }
    // Whole numbers are 16-bit samples of near silence.
    let isScaled = highest <= 1 && window.contains { $0 != $0.rounded() }
    return .inWindow(
      "window", "\(zeros) of \(featureCount) features (\(percent(zeros, of: featureCount)))",
      "are 0: the loudest band has \(shown((loudest * 10).rounded() / 10)) dB, and what lies below noise_floor_db "
        + "\(shown(floor)) becomes 0"
        + (isScaled
          ? "; values up to \(shown(highest)) look like audio scaled to -1...1, and the block expects 16-bit samples"
          : ""),
      isScaled
        ? "multiply the recordings by \(shown(fullScale))"
        : "raise the level by \(raise) dB" + (floors.map { ", or use noise_floor_db \($0)" } ?? ""))
  }

  /// In dB, where the scale ends at 12: a loudest band above this is loud enough. A pure tone leaves most bands empty.
  private static let lowLevel = -20.0

  /// Level of a band without any power, in dB: the filter bank puts 1e-10 there.
  private static let emptyBand = -99.99

  /// Bands so loud that Studio's byte overflows.
  private func saturationWarning(_ levels: [Double], floor: Double) -> ConfigurationIssue? {
    // The upper half of the last step rounds to 256.
    let limit = floor + (Self.steps - 0.5) / Self.steps * (decibelCeiling - floor)
    let saturated = levels.count { $0 >= limit }
    guard saturated > 0, let loudest = levels.max() else { return nil }
    return .inWindow(
      "window", "\(saturated) of \(featureCount) features (\(percent(saturated, of: featureCount)))",
      "are too loud for the scale: they become 0 here and in Studio, and 1 on the device",
      "lower the level by \(Int(min(loudest - limit, 1e6).rounded(.down)) + 1) dB")
  }

  /// Levels of all bands in dB, frame after frame, not cut at either end of the scale.
  private func levels(ofWindow window: [Double]) -> [Double] {
    // Below anything that the scale lets through.
    let lowest = -400.0
    let open = MFEPlan(
      layout: layout, bank: bank, mel: mel, normalization: .decibel(floor: lowest), input: input, warnings: [])
    let runner = MFERunner(plan: open, hop: input.rows, limit: .zero)
    let scaled = [Float](unsafeUninitializedCapacity: featureCount) { levels, count in
      window.withUnsafeBufferPointer { window in
        guard let samples = window.baseAddress, let target = levels.baseAddress else { return }
        runner.run(WindowSlab(samples: samples, stride: 1, columns: [0], count: 1), into: target)
      }
      count = featureCount
    }
    return scaled.map { Double($0) * (decibelCeiling - lowest) + lowest }
  }
}
