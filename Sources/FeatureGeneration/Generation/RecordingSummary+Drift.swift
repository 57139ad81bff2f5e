extension RecordingSummary {
  /// What is wrong with the times in y where windows do not follow each other at the increase that y counts in; nil
  /// where they do, but for less than a row at the end and an increase in all.
  ///
  /// Windows are cut at whole rows. Where the increase is no whole number of rows, each starts a part of a row earlier
  /// than y says, and the parts add up.
  func drift(_ input: InputBlock) -> String? {
    guard input.kind == .timeSeries, windows > 1 else { return nil }
    let isOwnRate = resampling?.stage == .window
    let frequency = isOwnRate ? resampling?.frequency ?? input.frequency : input.frequency
    let window =
      isOwnRate
      ? SlidingWindow(
        sizeMs: input.window.sizeMs, increaseMs: input.window.increaseMs, frequency: frequency,
        padsZeros: input.window.padsZeros) : input.window
    let rowMs = 1000 / frequency
    let drift = Double(windows - 1) * (Double(window.increaseMs) - Double(window.hop) * rowMs)
    let end = window.milliseconds(ofWindow: windows - 1).end
    let duration = Double(cutRows) * rowMs
    guard abs(drift) > Double(window.increaseMs) || Double(end) > duration + rowMs else { return nil }
    return "times in y drift by \(Int(drift.rounded())) ms to the last window, which ends at \(end) ms of "
      + "\(Int(duration.rounded())) ms: \(window.increaseMs) ms are no whole number of rows at \(frequency) Hz"
  }
}
