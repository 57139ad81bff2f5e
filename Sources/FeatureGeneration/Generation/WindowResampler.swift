import DSPKernels

/// Resamples the windows of a slab, each by itself.
final class WindowResampler {
  private let resampler: PolyphaseResampler
  private let hop: Int

  /// - Parameters:
  ///   - window: how windows are cut at the recording's own rate.
  ///   - rows: rows of a resampled window.
  init(window: SlidingWindow, rows: Int, axes: Int) {
    resampler = PolyphaseResampler(rows: window.rows, resampledRows: rows, axes: axes)
    hop = window.hop
  }

  /// Puts the resampled windows of a slab one behind the other.
  func run(_ slab: Slab) {
    let axes = resampler.axes
    let size = resampler.resampledRows * axes
    slab.reserve(resampled: slab.windowCount * size)
    for window in 0..<slab.windowCount {
      let source = slab.samples.base + window * hop * axes
      let target = slab.resampled.base + window * size
      resampler.reset()
      var pushed = 0
      var pulled = 0
      while !resampler.isComplete {
        let rest = UnsafeMutableBufferPointer(start: target + pulled * axes, count: size - pulled * axes)
        pulled += resampler.pull(into: rest)
        let count = resampler.room
        resampler.push(source + pushed * axes, count: count)
        pushed += count
      }
    }
  }
}
