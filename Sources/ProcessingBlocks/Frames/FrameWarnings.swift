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
        suggestion: "use at most \(shown(Double(layout.rows) / input.frequency, .down)) s")
    }
    let covered = (layout.count - 1) * layout.stride + layout.rows
    let left = input.rows - covered
    // Less than a hundredth is the remainder that most windows have, and version 1 always drops one frame.
    let usual = version == 1 ? layout.stride : 0
    if (left - usual) * 100 > input.rows {
      warn(
        "window", value: "\(input.rows) rows",
        rule: "no frame covers its last \(left) values (\(shown(Double(left) / input.frequency)) s, "
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

  /// Warns where a sliding mean over `window` frames has too few frames to work on.
  mutating func warnAboutNormalization(window: Int, frames: Int) {
    if frames == 1 || window == 1 {
      warn(
        "win_size",
        rule: "subtracts each frame from itself\(frames == 1 ? ", the only one" : ""): nothing but 0 or rounding noise "
          + "is left",
        suggestion: frames == 1
          ? "use a longer window, or a shorter frame_stride" : "use \(defaultValue("win_size").studioText)")
      // Studio's default of 101 is a little more than many windows have; the effect grows slowly.
    } else if (window - 1) / 2 > 4 * frames {
      warn(
        "win_size",
        rule: "reaches over \(window) frames of a window that has \(frames): both ends are mirrored more than once, "
          + "and all means come out nearly the same",
        suggestion: "use at most \(2 * frames + 1)")
    }
  }

  /// Warns where the decibel scale, which ends at `decibelCeiling`, has no length or runs backwards.
  mutating func warnAboutNoiseFloor(_ floor: Double) {
    guard floor >= decibelCeiling else { return }
    warn(
      "noise_floor_db",
      rule: floor == decibelCeiling
        ? "leaves the scale, which ends at \(shown(decibelCeiling)) dB, without a length: features say nothing"
        : "is above \(shown(decibelCeiling)) dB, where the scale ends: it runs backwards, and loud becomes 0",
      suggestion: "use \(defaultValue("noise_floor_db").studioText)")
  }
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
