/// The largest power of each bin over the frames of a window, for the windows of a batch.
///
/// Frames start at row 0 and follow each other by `length` or, with overlap, `length / 2` rows, as long as they
/// start inside the window; the last ones are completed with zeros. No window function. Power is `|X|² / length`.
public struct MaxHoldSpectrum: Sendable {
  /// How frames are transformed; the choice depends on the length alone, so that bits never change between runs.
  fileprivate enum Engine: Sendable {
    case halves
    case short(ShortTransform)
    case lanes(LaneTransform)
    case fftw(FrequencyTransform)
  }

  /// Longest transform that runs in lanes. Above, a batch's frames no longer fit the first-level cache.
  public static let longestLaneTransform = 512

  /// Transform length, a power of two.
  public let length: Int
  /// Rows of a window.
  public let rows: Int
  private let step: Int
  private let engine: Engine

  /// - Parameters:
  ///   - length: a power of two, 2 to 2^30.
  ///   - rows: at least 1.
  ///   - overlap: whether a frame begins at half of the one before.
  public init(length: Int, rows: Int, overlap: Bool) {
    precondition(length >= 2 && length & (length - 1) == 0, "a power of two, at least 2")
    precondition(rows > 0, "a window needs rows")
    self.length = length
    self.rows = rows
    step = overlap ? length / 2 : length
    if overlap && length == 2 * OverlappedHalves.rows {
      engine = .halves
    } else if let transform = ShortTransform(length: length) {
      engine = .short(transform)
    } else if length <= Self.longestLaneTransform {
      engine = .lanes(LaneTransform(length: length))
    } else {
      engine = .fftw(FrequencyTransform(length: length))
    }
  }

  /// Rows of power: bins 0...length/2.
  public var bins: Int { length / 2 + 1 }

  /// Rows that a batch's memory must have: the window and the zeros behind it that complete the last frames.
  public var paddedRows: Int { (rows - 1) / step * step + length }

  /// Memory of one thread.
  public final class Scratch {
    fileprivate let lanes: LaneBuffer<Double>
    fileprivate let buffers: FrequencyTransform.Buffers?
    fileprivate init(_ engine: Engine) {
      switch engine {
      case .halves: (lanes, buffers) = (LaneBuffer(count: 0), nil)
      case .short(let transform): (lanes, buffers) = (LaneBuffer(count: transform.scratchCount), nil)
      case .lanes(let transform): (lanes, buffers) = (LaneBuffer(count: transform.scratchCount), nil)
      case .fftw(let transform): (lanes, buffers) = (LaneBuffer(count: 0), transform.makeBuffers())
      }
    }
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(engine) }

  /// Bytes of the scratch.
  public var scratchByteCount: Int {
    switch engine {
    case .halves: 0
    case .short(let transform): transform.scratchCount * MemoryLayout<Double>.stride
    case .lanes(let transform): transform.scratchCount * MemoryLayout<Double>.stride
    case .fftw: (2 * length + 2) * MemoryLayout<Double>.stride
    }
  }

  /// Computes the power of Float windows.
  ///
  /// - Parameters:
  ///   - x: `paddedRows` rows of `laneCount` values, zero from row `rows` on.
  ///   - power: receives `bins` rows of `laneCount` values.
  public func run(_ x: UnsafePointer<Float>, into power: UnsafeMutablePointer<Double>, scratch: Scratch) {
    run(x, FloatLanes.self, power, scratch)
  }

  /// Computes the power of Double windows.
  public func run(_ x: UnsafePointer<Double>, into power: UnsafeMutablePointer<Double>, scratch: Scratch) {
    run(x, DoubleLanes.self, power, scratch)
  }

  @inline(__always)
  private func run<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, _ power: UnsafeMutablePointer<Double>, _ scratch: Scratch
  ) {
    power.update(repeating: 0, count: bins * laneCount)
    switch engine {
    case .halves:
      for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
        OverlappedHalves.holdPower(x + lane, V.self, frames: (rows - 1) / step + 1, into: power + lane)
      }
      scale(power, by: 1)
    case .short(let transform):
      for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
        transform.holdPower(
          x + lane, V.self, starts: stride(from: 0, to: rows, by: step), into: power + lane,
          scratch: scratch.lanes.base)
      }
      scale(power, by: 0.25)
    case .lanes(let transform):
      for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
        for start in stride(from: 0, to: rows, by: step) {
          transform.holdPower(
            x + start * laneCount + lane, V.self, into: power + lane, scratch: scratch.lanes.base)
        }
      }
      scale(power, by: 0.25)
    case .fftw(let transform):
      if let buffers = scratch.buffers { runLongFrames(x, power, transform, buffers) }
    }
  }

  /// From squared magnitudes times `1 / factor` to powers. Both are powers of two, so that scaling is exact.
  private func scale(_ power: UnsafeMutablePointer<Double>, by factor: Double) {
    let scale = DoubleLanes(repeating: factor / Double(length))
    for i in stride(from: 0, to: bins * laneCount, by: DoubleLanes.width) {
      (DoubleLanes(power + i) * scale).store(power + i)
    }
  }

  @inline(__always)
  private func runLongFrames<Scalar: BinaryFloatingPoint>(
    _ x: UnsafePointer<Scalar>, _ power: UnsafeMutablePointer<Double>, _ transform: FrequencyTransform,
    _ buffers: FrequencyTransform.Buffers
  ) {
    let scale = 1 / Double(length)
    for lane in 0..<laneCount {
      for start in stride(from: 0, to: rows, by: step) {
        let present = min(length, rows - start)
        for row in 0..<present { buffers.input[row] = Double(x[(start + row) * laneCount + lane]) }
        (buffers.input + present).update(repeating: 0, count: length - present)
        transform.run(buffers)
        for bin in 0..<bins {
          let (real, imaginary) = buffers.output[bin]
          let value = (real * real + imaginary * imaginary) * scale
          let held = power[bin * laneCount + lane]
          // NaN must win: a comparison with it is false.
          if !(value <= held) && !held.isNaN { power[bin * laneCount + lane] = value }
        }
      }
    }
  }
}
