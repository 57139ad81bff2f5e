import DSPKernels

/// Statistics of the bands of a wavelet decomposition.
struct WaveletStage: AxisAnalysis {
  let rows: Int
  let analysis: LaneWaveletAnalysis
  let labels: [String]
  private let moments: LaneMoments

  private static let statistics = [
    "entropy", "zcross", "mcross", "n5", "n25", "n75", "n95", "median", "mean", "std", "var", "rms", "skew", "kurtosis",
  ]

  /// - Parameter rows: at least `32 * 2^level`.
  init(filter: WaveletFilter, level: Int, rows: Int) {
    self.rows = rows
    analysis = LaneWaveletAnalysis(rows: rows, levels: level, filter: filter)
    moments = LaneMoments(rows: rows)
    labels = (0...level).flatMap { band in Self.statistics.map { "L\(band)-\($0)" } }
  }

  var paddedRows: Int { rows }
  /// Statistics count values in bins, for which there must be a finite range.
  var needsFiniteValues: Bool { true }
  var scratchByteCount: Int {
    analysis.scratchByteCount + featureCount * laneCount * MemoryLayout<Float>.stride
  }
  func makeScratch() -> any AxisScratch { WaveletScratch(self, moments) }
}

final class WaveletScratch: AxisScratch {
  let features: LaneBuffer<Float>
  private let stage: WaveletStage
  private let moments: LaneMoments
  private let momentsScratch: LaneMoments.Scratch
  private let scratch: LaneWaveletAnalysis.Scratch
  private let unused = LaneBuffer<Float>(count: 3 * laneCount)

  init(_ stage: WaveletStage, _ moments: LaneMoments) {
    self.stage = stage
    self.moments = moments
    momentsScratch = moments.makeScratch()
    scratch = stage.analysis.makeScratch()
    features = LaneBuffer(count: stage.featureCount * laneCount)
  }

  private var shape: LaneMoments.ShapeResult {
    LaneMoments.ShapeResult(skewness: unused.base + laneCount, kurtosis: unused.base + 2 * laneCount)
  }

  func run(_ x: UnsafeMutablePointer<Float>) {
    moments.center(x, rms: unused.base, shape: shape, scratch: momentsScratch)
    stage.analysis.run(x, into: features.base, scratch: scratch)
  }

  func run(_ x: UnsafeMutablePointer<Double>) {
    moments.center(x, rms: unused.base, shape: shape, scratch: momentsScratch)
    stage.analysis.run(x, into: features.base, scratch: scratch)
  }

  func approximation(of x: UnsafeMutablePointer<Float>) -> [Double]? { stage.analysis.wavelet.approximation(of: x) }
  func approximation(of x: UnsafeMutablePointer<Double>) -> [Double]? { stage.analysis.wavelet.approximation(of: x) }
}
