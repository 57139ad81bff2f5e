/// Wavelet features of the windows in a batch: a transform over several levels and the statistics of each band.
public struct LaneWaveletAnalysis: Sendable {
  /// The transform.
  public let wavelet: LaneWavelet
  /// One for each band, in the order of `LaneWavelet.bandRows`.
  private let statistics: [LaneBandStatistics]

  /// - Parameters:
  ///   - rows: rows of a window, at least 1.
  ///   - levels: 0 or more; with 0 the window itself is the only band.
  public init(rows: Int, levels: Int, filter: WaveletFilter) {
    wavelet = LaneWavelet(rows: rows, levels: levels, filter: filter)
    statistics = wavelet.bandRows.map { LaneBandStatistics(rows: $0) }
  }

  /// Features of a window: 14 for each band.
  public var featureCount: Int { LaneBandStatistics.Statistic.allCases.count * statistics.count }

  /// Memory of one thread, for windows of either type.
  public final class Scratch {
    /// Approximations of even and of odd levels, and the band that is measured.
    let buffers: [LaneBuffer<Double>]
    let statistics: [LaneBandStatistics.Scratch]
    fileprivate init(_ counts: [Int], _ statistics: [LaneBandStatistics]) {
      buffers = counts.map { LaneBuffer(count: $0) }
      self.statistics = statistics.map { $0.makeScratch() }
    }
  }

  /// Values of the three buffers: first and second approximation, and the largest band.
  private var bufferCounts: [Int] {
    let approximations = (0..<wavelet.levels).map { wavelet.outputRows($0) * laneCount }
    let largestBand = (wavelet.bandRows.max() ?? 0) * laneCount
    return [
      stride(from: 0, to: wavelet.levels, by: 2).map { approximations[$0] }.max() ?? 0,
      stride(from: 1, to: wavelet.levels, by: 2).map { approximations[$0] }.max() ?? 0,
      largestBand,
    ]
  }

  /// Makes the scratch of one thread.
  public func makeScratch() -> Scratch { Scratch(bufferCounts, statistics) }

  /// Bytes of the scratch, without making it.
  public var scratchByteCount: Int {
    bufferCounts.reduce(0, +) * MemoryLayout<Double>.stride + statistics.reduce(0) { $0 + $1.scratchByteCount }
  }

  /// Computes the features of Float windows.
  ///
  /// - Parameters:
  ///   - x: rows of `laneCount` values, the mean of each lane already subtracted; left as it is.
  ///   - windows: lanes that hold a window, from the first on; what the others get is anything. Default: all.
  ///   - features: receives `featureCount` rows of `laneCount` values, band after band.
  public func run(
    _ x: UnsafePointer<Float>, windows: Int = laneCount, into features: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    let buffers = scratch.buffers
    func floats(_ k: Int) -> UnsafeMutablePointer<Float> {
      UnsafeMutableRawPointer(buffers[k].base).assumingMemoryBound(to: Float.self)
    }
    run(
      x, approximations: (floats(0), floats(1)), band: floats(2),
      split: { wavelet.split($0, $1, approximation: $2, detail: $3) },
      measure: {
        statistics[$0].measure($1, windows: windows, into: features + $2, scratch: scratch.statistics[$0])
      })
  }

  /// Computes the features of decimated windows, in Double.
  public func run(
    _ x: UnsafePointer<Double>, windows: Int = laneCount, into features: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    let buffers = scratch.buffers
    run(
      x, approximations: (buffers[0].base, buffers[1].base), band: buffers[2].base,
      split: { wavelet.split($0, $1, approximation: $2, detail: $3) },
      measure: {
        statistics[$0].measure($1, windows: windows, into: features + $2, scratch: scratch.statistics[$0])
      })
  }

  @inline(__always)
  private func run<T: BitwiseCopyable>(
    _ x: UnsafePointer<T>, approximations: (UnsafeMutablePointer<T>, UnsafeMutablePointer<T>),
    band: UnsafeMutablePointer<T>,
    split: (Int, UnsafePointer<T>, UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) -> Void,
    measure: (_ band: Int, UnsafeMutablePointer<T>, _ offset: Int) -> Void
  ) {
    let bandFeatures = LaneBandStatistics.Statistic.allCases.count * laneCount
    var signal = x
    for level in 0..<wavelet.levels {
      let approximation = level % 2 == 0 ? approximations.0 : approximations.1
      split(level, signal, approximation, band)
      // The finest detail is the last band.
      let index = wavelet.levels - level
      measure(index, band, index * bandFeatures)
      signal = UnsafePointer(approximation)
    }
    // Measuring sorts: the window itself must stay as it is.
    band.update(from: signal, count: wavelet.bandRows[0] * laneCount)
    measure(0, band, 0)
  }
}
