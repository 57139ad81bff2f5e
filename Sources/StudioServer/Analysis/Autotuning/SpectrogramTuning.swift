import DSPKernels
import Glibc
import ProcessingBlocks

/// Suggestions for the spectrogram.
///
/// Tried are FFTs of 32 to 1024 values with frames of one, two and four times as many. Of each the mean spectrograms of
/// the labels in dB, frames overlapping by half, are compared; the one that keeps them farthest apart is suggested. Its
/// noise floor is the least third quartile of a recording, at most 0 dB. Frames follow each other by three quarters of
/// their length where any recording has a transient, a step of the power spectrum by more than 30 %, else by twice
/// their length; wider apart where a window would have more than 500.
///
/// The published program takes the distance between labels for its opposite, and suggests the choice in which they
/// are most alike; that is not followed.
struct SpectrogramTuning {
  let input: SignalShape

  private static let lengths = [32, 64, 128, 256, 512, 1024]
  private static let transient = 0.3
  /// Values of one spectrogram a label, so that memory stays below some hundred megabytes.
  private static let mostValues = 1 << 20

  /// One choice of transform and frame, with what it makes of the recordings.
  private struct Trial {
    let length: Int
    let frameRows: Int
    let power: FramePower
    var contrast: LabelContrast
    var floor = 0.0
    var hasTransient = false
  }

  /// Suggestions, the best first: shorter frames for windows that are shorter than the best.
  func candidates(_ view: TuningView) throws -> [[Autotuner.Suggestion]] {
    try view.requireTwoLabels()
    var rows = max(Self.lengths[0], Self.mostValues / (view.axes * view.labels.count))
    var found = 0
    try view.forEachLabelled(rows: rows) { signal, _ in
      rows = min(rows, signal.rows)
      found += 1
    }
    guard found > 0, rows >= Self.lengths[0] else {
      throw AnalysisError(
        .unsuited, "autotuning needs recordings of at least \(Self.lengths[0]) rows, found \(found == 0 ? 0 : rows)")
    }
    var trials = Self.lengths.filter { $0 <= rows }.flatMap { length in
      [1, 2, 4].map { $0 * length }.filter { $0 <= rows }.map { frameRows in
        Trial(
          length: length, frameRows: frameRows, power: FramePower(frameRows: frameRows, length: length),
          contrast: LabelContrast(labels: view.labels.count))
      }
    }
    try view.forEachLabelled(rows: rows) { signal, label in
      for index in trials.indices { Self.add(signal, label: label, rows: rows, to: &trials[index]) }
    }
    // Sorting keeps the order of equals.
    let ranked = trials.map { ($0, $0.contrast.distance) }.sorted { $0.1 > $1.1 }
    guard ranked.first?.0.contrast.labelCount ?? 0 >= 2 else {
      throw AnalysisError(.unsuited, "autotuning needs recordings of one label each, of at least two labels, found one")
    }
    let best = ranked.map { trial, _ in
      suggestions(trial.frameRows, strideShare: trial.hasTransient ? 0.75 : 2, length: trial.length, floor: trial.floor)
    }
    // What suits the recordings may be too long for a window: then four frames of half of it.
    let half = max(4, input.rows / 2)
    let length = Scalar.powerOfTwo(atLeast: half)
    return best + [suggestions(half, strideShare: 0.5, length: length, floor: ranked.first?.0.floor ?? 0)]
  }

  /// - Parameter strideShare: as a part of the frame.
  private func suggestions(
    _ frameRows: Int, strideShare: Double, length: Int, floor: Double
  ) -> [Autotuner.Suggestion] {
    let frame = Double(frameRows) / input.frequency
    let stride = FrameStride.capped(strideShare * frame, window: Double(input.rows) / input.frequency)
    return [
      .init("frame_length", Scalar.rounded(frame)), .init("frame_stride", stride), .init("fft_length", length),
      .init("noise_floor_db", floor.rounded(.down)),
    ]
  }

  private static func add(_ signal: TuningSignal, label: Int, rows: Int, to trial: inout Trial) {
    let step = max(1, trial.frameRows / 2)
    let count = (rows - (trial.frameRows - step)) / step
    guard count >= 1 else { return }
    let isAudio = signal.values.prefix(rows * signal.axes).contains { abs($0) > 1 }
    var vector: [Double] = []
    for axis in 0..<signal.axes {
      var column = signal.column(axis, rows: rows)
      if isAudio { column = column.map { Double(Float($0 / 32768)) } }
      let power = spectrogram(column, step: step, count: count, trial.power)
      trial.hasTransient = trial.hasTransient || hasTransient(power, bins: trial.power.bins)
      let decibels = power.map { 10 * log10(max($0, 1e-30)) }
      vector += decibels
      var sorted = decibels
      trial.floor = min(trial.floor, Scalar.quantile(&sorted, 0.75))
    }
    trial.contrast.add(vector, label: label)
  }

  /// Powers, frame after frame.
  private static func spectrogram(_ column: [Double], step: Int, count: Int, _ power: FramePower) -> [Double] {
    var result = [Double](repeating: 0, count: count * power.bins)
    power.forEach(of: column, step: step, count: count) { frames, values in
      for (lane, frame) in frames.enumerated() {
        for bin in 0..<power.bins { result[frame * power.bins + bin] = values[bin * frameLanes + lane] }
      }
    }
    return result
  }

  private static func hasTransient(_ power: [Double], bins: Int) -> Bool {
    for frame in stride(from: bins, to: power.count, by: bins) {
      var (difference, before) = (0.0, 0.0)
      for bin in frame..<frame + bins {
        let step = power[bin] - power[bin - bins]
        difference += step * step
        before += power[bin - bins] * power[bin - bins]
      }
      if (difference / before).squareRoot() > transient { return true }
    }
    return false
  }
}
