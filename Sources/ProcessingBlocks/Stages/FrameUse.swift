/// The frames that a runner computes of a batch of windows, which may share some of them.
struct FrameUse {
  /// Frames of a window behind the batch's first: those that no window before it has, and wrapped ones.
  let fresh: [Int]
  /// Frames a window, the mean over the batch.
  let perWindow: Double

  /// - Parameters:
  ///   - wrapped: frames that also depend on the window's end.
  ///   - hop: rows from one window to the next.
  ///   - windows: windows of the batch, the first of which shares nothing.
  init(_ layout: FrameLayout, wrapped: Int, hop: Int, windows: Int) {
    fresh = layout.freshFrames(wrapped: wrapped, hop: hop)
    perWindow = Double(layout.count + (windows - 1) * fresh.count) / Double(windows)
  }
}

extension FrameLayout {
  /// Frames by which neighbouring windows differ; nil where they have none in common.
  func sharedStep(wrapped: Int, hop: Int) -> Int? {
    let frames = hop / stride
    // A wrapped frame replaces one that no later window may need.
    return hop % stride == 0 && frames < count && frames >= wrapped ? frames : nil
  }

  /// The frames of a window that must be computed when the window before it is known.
  func freshFrames(wrapped: Int, hop: Int) -> [Int] {
    guard let step = sharedStep(wrapped: wrapped, hop: hop) else { return Array(0..<count) }
    return Array(0..<wrapped) + Array(max(count - step, wrapped)..<count)
  }
}
