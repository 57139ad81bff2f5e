import ProcessingBlocks

/// Which windows the blocks look at for values that damage features.
///
/// A look takes as long as some windows' features, so not every window gets one: the first of every recording, or of
/// recordings spread evenly where there are many, and each 256th of a long one. The choice depends on places in the
/// dataset alone, never on threads or slabs. What is counted in the features themselves is counted in all windows.
struct WindowSample: Sendable {
  /// Windows of a recording from one look to the next.
  static let interval = 256
  /// Values of all first windows together, some milliseconds' worth.
  static let mostValues = 1 << 20
  /// Recordings whose first window is looked at, whatever it costs.
  static let fewestRecordings = 8
  static let mostRecordings = 1024

  private let recordings: Int
  private let chosen: Int

  /// - Parameters:
  ///   - recordings: recordings of the generation.
  ///   - windowValues: values that all blocks together take from a window.
  init(recordings: Int, windowValues: Int) {
    self.recordings = max(1, recordings)
    let affordable = Self.mostValues / max(1, windowValues)
    chosen = min(self.recordings, max(Self.fewestRecordings, min(Self.mostRecordings, affordable)))
  }

  init(recordings: Int, blocks: [PreparedBlock]) {
    self.init(
      recordings: recordings, windowValues: blocks.reduce(0) { $0 + $1.plan.input.rows * $1.plan.input.axes.count })
  }

  /// Whether a window is looked at, by its recording's place in the generation and its own in the recording.
  func includes(recording: Int, window: Int) -> Bool {
    if window > 0 { return window % Self.interval == 0 }
    // The step at which this share of the recordings grows by one.
    return recording * chosen / recordings != (recording - 1) * chosen / recordings || recording == 0
  }

  /// Those of consecutive windows that are looked at.
  func windows(recording: Int, in range: Range<Int>) -> [Int] {
    let first = (range.lowerBound + Self.interval - 1) / Self.interval * Self.interval
    return stride(from: first, to: range.upperBound, by: Self.interval).filter {
      includes(recording: recording, window: $0)
    }
  }
}
