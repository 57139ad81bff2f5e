extension ParameterReader {
  /// Warns where a good part of the window is in no frame, or in a part of a frame that the transform cuts off.
  mutating func warnAboutFrames(_ layout: FrameLayout, version: Int, input: SignalShape) {
    warnAboutCutFrames(layout, input)
    if layout.stride > layout.rows && layout.count > 1 {
      let skipped = (layout.count - 1) * (layout.stride - layout.rows)
      warn(
        "frame_stride",
        rule: "is longer than a frame: \(skipped) of \(input.rows) values (\(percent(skipped, of: input.rows))) lie "
          + "between frames and are never seen",
        suggestion: "use at most \(Double(layout.rows) / input.frequency) s")
    }
    let covered = (layout.count - 1) * layout.stride + layout.rows
    let left = input.rows - covered
    // Less than a hundredth is the remainder that most windows have, and version 1 always drops one frame.
    let usual = version == 1 ? layout.stride : 0
    if (left - usual) * 100 > input.rows {
      warn(
        "window", value: "\(input.rows) rows",
        rule: "no frame covers its last \(left) values (\(Double(left) / input.frequency) s, "
          + "\(percent(left, of: input.rows)))",
        suggestion: version == 1
          ? "use implementation version 2 or later: version 1 drops the last frame"
          : "use a window of \(covered) or \(covered + layout.stride) rows")
    }
  }

  /// A frame longer than the transform loses its end; where frames overlap, others may see it.
  private mutating func warnAboutCutFrames(_ layout: FrameLayout, _ input: SignalShape) {
    guard layout.rows > layout.fftLength else { return }
    let betweenFrames = max(0, min(layout.rows, layout.stride) - layout.fftLength)
    let unseen = (layout.count - 1) * betweenFrames + layout.rows - layout.fftLength
    // Studio's own defaults for MFCC and spectrogram at 16 kHz lose a fifth; a warning that everybody gets is read
    // by nobody.
    guard unseen * 4 > input.rows else { return }
    var length = layout.fftLength
    while length < layout.rows && length < FrameLayout.longestTransform { length *= 2 }
    warn(
      "fft_length",
      rule: "cuts frames of \(layout.rows) values: \(unseen) of \(input.rows) values "
        + "(\(percent(unseen, of: input.rows))) are never seen",
      suggestion: length >= layout.rows
        ? "use \(length), or shorter frames that overlap" : "use shorter frames that overlap")
  }

  /// Warns of a transform that is mostly fed with zeros, for blocks whose features are its bins.
  ///
  /// Mel blocks are left alone: there a longer transform gives narrow filters more bins, and no more features.
  mutating func warnAboutPadding(_ layout: FrameLayout) {
    guard layout.fftLength > 2 * layout.rows else { return }
    warnAboutPadding("fft_length", length: layout.fftLength, rows: layout.rows, of: "frame of \(layout.rows) values")
  }

  /// Warns that of a transform's input only `rows` values are samples.
  mutating func warnAboutPadding(_ key: String, length: Int, rows: Int, of source: String) {
    var enough = 2
    while enough < rows { enough *= 2 }
    warn(
      key,
      rule:
        "is more than twice a \(source): \(length - rows) of \(length) values (\(percent(length - rows, of: length))) "
        + "are zeros, and the \(length / 2) bins above 0 Hz tell no more than \(enough / 2) would",
      suggestion: "use \(enough)")
  }

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
        suggestion: "use 1")
    } else if shift >= layout.rows {
      warn(
        "pre_shift",
        rule:
          "is not shorter than a frame of \(layout.rows) values: each value is paired with one outside of its frame, "
          + "the first \(shift) of \(rows) (\(percent(shift, of: rows))) with the window's end",
        suggestion: "use 1")
    }
  }

  /// Warns where a sliding mean over `window` frames has too few frames to work on.
  mutating func warnAboutNormalization(window: Int, frames: Int) {
    if frames == 1 || window == 1 {
      warn(
        "win_size",
        rule: "subtracts each frame from itself\(frames == 1 ? ", the only one" : ""): nothing but 0 or rounding noise "
          + "is left",
        suggestion: frames == 1 ? "use a longer window, or a shorter frame_stride" : "use 101")
      // Studio's default of 101 is a little more than many windows have; the effect grows slowly.
    } else if (window - 1) / 2 > 4 * frames {
      warn(
        "win_size",
        rule: "reaches over \(window) frames of a window that has \(frames): both ends are mirrored more than once, "
          + "and all means come out nearly the same",
        suggestion: "use at most \(2 * frames + 1)")
    }
  }

  /// Warns where the decibel scale, which ends at 12 dB, has no length or runs backwards.
  mutating func warnAboutNoiseFloor(_ floor: Double) {
    guard floor >= 12 else { return }
    warn(
      "noise_floor_db",
      rule: floor == 12
        ? "leaves the scale, which ends at 12 dB, without a length: features say nothing"
        : "is above 12 dB, where the scale ends: it runs backwards, and loud becomes 0",
      suggestion: "use -52")
  }

  mutating func warnAboutMissingCoefficients(filters: Int) {
    warn(
      "num_cepstral", rule: "is more than the \(filters) filters give: the width of the output becomes a fraction",
      suggestion: "use at most \(filters)")
  }
}

/// `68.0 %`: a share with one decimal.
func percent(_ part: Int, of whole: Int) -> String {
  "\((Double(part) / Double(max(1, whole)) * 1000).rounded() / 10) %"
}

extension FrameLayout {
  /// Whether a window has several frames, and the transform sees the same values in all of them.
  ///
  /// - Complexity: O(frames × values of a frame); stops at the first difference.
  func framesAreEqual(_ samples: [Double]) -> Bool {
    guard count > 1 else { return false }
    let seen = min(rows, fftLength)
    return (1..<count).allSatisfy { frame in
      samples[frame * stride..<frame * stride + seen].elementsEqual(samples[..<seen])
    }
  }
}
