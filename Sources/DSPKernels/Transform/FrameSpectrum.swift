import CLanes

/// Frames that are transformed together: the lanes of one AVX-512 vector of Double, and of more vectors elsewhere.
///
/// So few that a batch of common length stays in the first-level cache.
public let frameLanes = 8

/// Power spectra of frames, `frameLanes` at a time: `|X|² / length`, bins 0...length/2.
///
/// Rectangular window, all in Double. Frames are independent of each other.
public struct FrameSpectrum: Sendable {
  /// How frames are transformed; the choice depends on the length alone, so that bits never change between runs.
  fileprivate enum Engine: Sendable {
    case lanes(LaneTransform)
    case fftw(FrequencyTransform)
  }

  /// Longest transform that runs in lanes. A batch of longer ones does not fit the second-level cache.
  public static let longestLaneTransform = 4096

  /// Values of a frame that the transform sees; zeros follow where that is longer.
  public let values: Int
  /// Transform length.
  public let length: Int
  private let engine: Engine

  /// - Parameters:
  ///   - frameRows: values of a frame, at least 1; those beyond `length` are cut.
  ///   - length: transform length, a power of two, at least 2.
  public init(frameRows: Int, length: Int) {
    precondition(frameRows > 0, "a frame needs values")
    precondition(length >= 2 && length & (length - 1) == 0, "a power of two, at least 2")
    values = min(frameRows, length)
    self.length = length
    engine =
      length <= Self.longestLaneTransform
      ? .lanes(LaneTransform(length: length)) : .fftw(FrequencyTransform(length: length))
  }

  /// Bins of a spectrum.
  public var bins: Int { length / 2 + 1 }

  /// Values from one frame of the input to the next. A cache line more than needed keeps equal rows of frames in
  /// different sets of the cache.
  private var inputStride: Int { max(length, frameLanes) + frameLanes }

  /// Vectors of frames in lanes: of a frame shorter than a vector, as many as are turned at once.
  private var turnedCount: Int { max(length, frameLanes) * DoubleLanes.width }

  /// Memory of one thread.
  public final class Scratch {
    fileprivate let input: LaneBuffer<Double>
    fileprivate let inputStride: Int
    fileprivate let turned: LaneBuffer<Double>
    fileprivate let work: LaneBuffer<Double>
    fileprivate let buffers: FrequencyTransform.Buffers?
    /// Result of `run`: `bins` rows of `frameLanes` values.
    public let power: LaneBuffer<Double>

    fileprivate init(_ plan: FrameSpectrum) {
      inputStride = plan.inputStride
      input = LaneBuffer(count: frameLanes * inputStride)
      power = LaneBuffer(count: plan.bins * frameLanes)
      switch plan.engine {
      case .lanes:
        (turned, work, buffers) = (LaneBuffer(count: plan.turnedCount), LaneBuffer(count: plan.turnedCount), nil)
      case .fftw(let transform):
        (turned, work, buffers) = (LaneBuffer(count: 0), LaneBuffer(count: 0), transform.makeBuffers())
      }
    }

    /// Where the `values` values of the frame in `lane` go; they stay until others are written.
    public func frame(_ lane: Int) -> UnsafeMutablePointer<Double> { input.base + lane * inputStride }
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(self) }

  /// Bytes of the scratch.
  public var scratchByteCount: Int {
    let engine =
      switch engine {
      case .lanes: 2 * turnedCount
      case .fftw: 2 * length + 2
      }
    return (frameLanes * inputStride + bins * frameLanes + engine) * MemoryLayout<Double>.stride
  }

  /// Computes the power of the frames in the scratch.
  ///
  /// - Parameter frames: how many lanes hold a frame; the power of the others is anything.
  public func run(_ scratch: Scratch, frames: Int) {
    precondition((0...frameLanes).contains(frames), "a batch has \(frameLanes) frames")
    switch engine {
    case .lanes(let transform):
      // The transform leaves four times the squared magnitude. Scaling by powers of two is exact.
      let scale = 0.25 / Double(length)
      for lane in stride(from: 0, to: frames, by: DoubleLanes.width) {
        lanes_turn_frames(scratch.frame(lane), scratch.inputStride, length, scratch.turned.base)
        transform.writePower(
          scratch.turned.base, scale: scale, into: scratch.power.base + lane, powerStride: frameLanes,
          scratch: scratch.work.base)
      }
    case .fftw(let transform):
      guard let buffers = scratch.buffers else { return }
      for lane in 0..<frames { runLongFrame(lane, scratch, transform, buffers) }
    }
    for lane in 0..<frames where !scratch.power.base[lane].isFinite { markInfinite(lane, scratch) }
  }

  private func runLongFrame(
    _ lane: Int, _ scratch: Scratch, _ transform: FrequencyTransform, _ buffers: FrequencyTransform.Buffers
  ) {
    let scale = 1 / Double(length)
    buffers.input.update(from: scratch.frame(lane), count: length)
    transform.run(buffers)
    for bin in 0..<bins {
      let (real, imaginary) = buffers.output[bin]
      scratch.power.base[bin * frameLanes + lane] = (real * real + imaginary * imaginary) * scale
    }
  }

  /// A frame with an infinite value has infinite power, as `abs(inf + NaN i)` is infinite; with NaN, or infinities of
  /// both signs, it has NaN.
  private func markInfinite(_ lane: Int, _ scratch: Scratch) {
    // Infinities of both signs add up to NaN.
    var sum = 0.0
    for row in 0..<values { sum += scratch.frame(lane)[row] }
    for bin in 0..<bins { scratch.power.base[bin * frameLanes + lane] = sum.isNaN ? .nan : .infinity }
  }
}

/// Turns the columns of a batch of frames, `[column][lane]`, into rows of columns, `[frame][column]`.
///
/// - Parameters:
///   - lanes: the first frame's first column, in rows of `frameLanes` values.
///   - rows: where the first frame's first column goes.
///   - width: values from one row to the next.
///   - frames: rows to write, at most `frameLanes`.
public func writeFrameRows(
  _ lanes: UnsafePointer<Float>, columns: Int, to rows: UnsafeMutablePointer<Float>, width: Int, frames: Int
) {
  precondition((0...frameLanes).contains(frames), "a batch has \(frameLanes) frames")
  lanes_transpose(lanes, frameLanes, columns, rows, width, frames)
}

/// Asks the cache for `count` values that are about to be read, which need not exist.
public func prefetch(_ values: UnsafePointer<Double>, count: Int) { lanes_prefetch(values, count) }
