/// Power spectra of the frames of a window, `laneCount` frames at a time: `|X|² / length`, bins 0...length/2.
///
/// A frame longer than the transform is cut, a shorter one completed with zeros. Rectangular window, all in Double.
public struct FrameSpectrum: Sendable {
  /// Frames of a window.
  public let frames: Int
  private let split: WindowSplit
  private let spectrum: MaxHoldSpectrum

  /// - Parameters:
  ///   - frames: at least 1.
  ///   - frameRows: values of a frame, at least 1.
  ///   - stride: values from one frame to the next, at least 1.
  ///   - length: transform length, a power of two, at least 2.
  public init(frames: Int, frameRows: Int, stride: Int, length: Int) {
    self.frames = frames
    // A frame is a window with a single transform: what MaxHoldSpectrum does, with nothing to hold.
    let rows = min(frameRows, length)
    split = WindowSplit(rows: rows, hop: stride, windows: frames)
    spectrum = MaxHoldSpectrum(length: length, rows: rows, overlap: false)
  }

  /// Bins of a spectrum.
  public var bins: Int { spectrum.bins }

  /// Memory of one thread.
  public final class Scratch {
    fileprivate let samples: LaneBuffer<Double>
    fileprivate let batch: LaneBuffer<Double>
    fileprivate let spectrum: MaxHoldSpectrum.Scratch
    fileprivate let power: LaneBuffer<Double>

    fileprivate init(_ plan: FrameSpectrum) {
      samples = LaneBuffer(count: plan.split.count)
      batch = LaneBuffer(count: plan.spectrum.paddedRows * laneCount)
      spectrum = plan.spectrum.makeScratch()
      power = LaneBuffer(count: plan.spectrum.bins * laneCount)
    }
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(self) }

  /// Bytes of the scratch.
  public var scratchByteCount: Int {
    let doubles = split.count + (spectrum.paddedRows + spectrum.bins) * laneCount
    return doubles * MemoryLayout<Double>.stride + spectrum.scratchByteCount
  }

  /// Computes all spectra of a window and hands them out batch by batch.
  ///
  /// - Parameters:
  ///   - window: the window's values, one after the other.
  ///   - use: gets the first frame of a batch and its power, `bins` rows of `laneCount` values; lanes beyond the last
  ///     frame hold anything.
  public func forEachBatch(
    of window: UnsafePointer<Double>, scratch: Scratch, _ use: (Int, UnsafeMutablePointer<Double>) -> Void
  ) {
    split.fill(scratch.samples.base, from: window, stride: 1, windows: frames, scale: 1)
    for first in stride(from: 0, to: frames, by: laneCount) {
      compute(first, scratch)
      use(first, scratch.power.base)
    }
  }

  private func compute(_ first: Int, _ scratch: Scratch) {
    split.load(scratch.samples.base, first: first, into: scratch.batch.base)
    spectrum.run(scratch.batch.base, into: scratch.power.base, scratch: scratch.spectrum)
    let frames = min(laneCount, self.frames - first)
    for lane in 0..<frames where !scratch.power.base[lane].isFinite { markInfinite(lane, scratch) }
  }

  /// A frame with an infinite value has infinite power, as `abs(inf + NaN i)` is infinite; with NaN, or infinities of
  /// both signs, it has NaN.
  private func markInfinite(_ lane: Int, _ scratch: Scratch) {
    // Infinities of both signs add up to NaN.
    var sum = 0.0
    for row in 0..<split.rows { sum += scratch.batch.base[row * laneCount + lane] }
    for bin in 0..<bins { scratch.power.base[bin * laneCount + lane] = sum.isNaN ? .nan : .infinity }
  }
}

extension WindowSplit {
  /// Loads windows of Double: `x[row * laneCount + lane]`.
  func load(_ source: UnsafePointer<Double>, first: Int, into x: UnsafeMutablePointer<Double>) {
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows {
        for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
          DoubleLanes(unaligned: source + offsets[row] + first + lane).store(x + row * laneCount + lane)
        }
      }
    }
  }
}
