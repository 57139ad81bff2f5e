import DSPKernels

/// What a block does with frames; memory of one thread. `FrameRunner` calls it in the order of the methods.
protocol FrameStage: AnyObject {
  /// First frames of a window that also depend on the window's end.
  var wrappedFrames: Int { get }

  /// Gets to know the next window.
  ///
  /// - Returns: whether its frames mean the same as in the window before, apart from `wrappedFrames`.
  func prepare(_ window: WindowView) -> Bool

  /// Writes `count` values of a window that `prepare` has seen last, from row `start` on.
  func load(_ window: WindowView, start: Int, count: Int, into frame: UnsafeMutablePointer<Double>)

  /// Computes the columns of a batch of frames from their power, `[bin][lane]`.
  func compute(_ power: UnsafePointer<Double>)

  /// Starts to write a window whose first `carried` frames are the last ones of the window before.
  func begin(_ features: UnsafeMutablePointer<Float>, carried: Int)

  /// Puts the columns of some lanes where those of as many frames belong, the first of which is `frame`.
  func put(_ lanes: Range<Int>, frame: Int)

  /// All frames of the window are there.
  func finish(_ features: UnsafeMutablePointer<Float>)
}

/// The values of a window on one axis, in place.
struct WindowView {
  let base: UnsafePointer<Double>
  /// Values from one row to the next.
  let stride: Int

  @inline(__always) subscript(row: Int) -> Double { base[row * stride] }

  /// Copies `count` values from row `start` on.
  func load(start: Int, count: Int, into frame: UnsafeMutablePointer<Double>) {
    if stride == 1 {
      frame.update(from: base + start, count: count)
    } else {
      for row in 0..<count { frame[row] = self[start + row] }
    }
  }
}

/// Cuts windows in frames, computes the power of full batches of frames, and hands it to a block's stage.
///
/// Where the windows' hop is a whole number of frame strides, neighbouring windows have frames in common: each is
/// computed once and carried from window to window. A frame's bits do not depend on the batch it is computed in, so
/// that sharing changes no feature.
final class FrameRunner<Stage: FrameStage>: BlockRunner {
  /// A frame in a lane.
  private struct Entry {
    var window: Int
    var frame: Int
    var carried: Int
  }

  private let layout: FrameLayout
  private let hop: Int
  private let featureCount: Int
  private let stage: Stage
  private let spectrum: FrameSpectrum
  private let scratch: FrameSpectrum.Scratch
  /// Frames by which neighbouring windows differ, if they share any.
  private let step: Int?
  private let entries: LaneBuffer<Entry>
  private var pending = 0
  /// The window that frames are being put in.
  private var open = -1

  init(layout: FrameLayout, hop: Int, featureCount: Int, stage: Stage) {
    self.layout = layout
    self.hop = hop
    self.featureCount = featureCount
    self.stage = stage
    spectrum = FrameSpectrum(layout)
    scratch = spectrum.makeScratch()
    entries = LaneBuffer(count: frameLanes)
    step = layout.sharedStep(wrapped: stage.wrappedFrames, hop: hop)
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == 1, "a slab of one axis")
    open = -1
    for window in 0..<slab.count {
      let source = slab.samples + window * hop * slab.stride + slab.columns[0]
      let view = WindowView(base: source, stride: slab.stride)
      let isAlike = stage.prepare(view)
      if let step, isAlike, window > 0 {
        let carried = layout.count - step
        for frame in 0..<stage.wrappedFrames { add(frame, view, window, carried, features) }
        for frame in max(carried, stage.wrappedFrames)..<layout.count { add(frame, view, window, carried, features) }
      } else {
        for frame in 0..<layout.count { add(frame, view, window, 0, features) }
      }
    }
    flush(features)
    if open >= 0 { stage.finish(features + open * featureCount) }
  }

  private func add(
    _ frame: Int, _ view: WindowView, _ window: Int, _ carried: Int, _ features: UnsafeMutablePointer<Float>
  ) {
    let start = frame * layout.stride
    stage.load(view, start: start, count: spectrum.values, into: scratch.frame(pending))
    if view.stride == 1 {
      // What the frame of this lane in the next batch adds to its neighbour's values. The processor's own prefetching
      // does not follow the jumps back.
      let fresh = min(layout.stride, spectrum.values)
      prefetch(view.base + start + frameLanes * layout.stride + spectrum.values - fresh, count: fresh)
    }
    entries.base[pending] = Entry(window: window, frame: frame, carried: carried)
    pending += 1
    if pending == frameLanes { flush(features) }
  }

  /// Computes the batch and puts its frames in their windows.
  private func flush(_ features: UnsafeMutablePointer<Float>) {
    if pending == 0 { return }
    spectrum.run(scratch, frames: pending)
    stage.compute(scratch.power.base)
    var lane = 0
    while lane < pending {
      let entry = entries.base[lane]
      if entry.window != open {
        if open >= 0 { stage.finish(features + open * featureCount) }
        open = entry.window
        stage.begin(features + open * featureCount, carried: entry.carried)
      }
      let end = endOfRun(lane)
      stage.put(lane..<end, frame: entry.frame)
      lane = end
    }
    pending = 0
  }

  /// The lane behind those that hold neighbouring frames of one window.
  private func endOfRun(_ first: Int) -> Int {
    let entry = entries.base[first]
    var end = first + 1
    while end < pending && entries.base[end].window == entry.window
      && entries.base[end].frame == entry.frame + end - first
    {
      end += 1
    }
    return end
  }
}

extension FrameRunner {
  /// Bytes that a runner needs beside its stage.
  static func scratchByteCount(_ layout: FrameLayout) -> Int {
    FrameSpectrum(layout).scratchByteCount + frameLanes * MemoryLayout<Entry>.stride
  }
}

extension FrameSpectrum {
  init(_ layout: FrameLayout) { self.init(frameRows: layout.rows, length: layout.fftLength) }
}
