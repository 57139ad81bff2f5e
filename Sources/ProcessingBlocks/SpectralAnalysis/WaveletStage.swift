import DSPKernels

/// Statistics of the bands of a wavelet decomposition.
struct WaveletStage: AxisAnalysis {
  let rows: Int
  let analysis: LaneWaveletAnalysis
  let labels: [String]
  private let moments: LaneMoments

  /// - Parameter rows: at least `32 * 2^level`.
  init(filter: WaveletFilter, level: Int, rows: Int) {
    self.rows = rows
    analysis = LaneWaveletAnalysis(rows: rows, levels: level, filter: filter)
    moments = LaneMoments(rows: rows)
    labels = (0...level).flatMap { band in LaneBandStatistics.Statistic.allCases.map { "L\(band)-\($0.label)" } }
  }

  var paddedRows: Int { rows }
  /// Statistics count values in bins, for which there must be a finite range.
  var needsFiniteValues: Bool { true }
  var scratchByteCount: Int {
    analysis.scratchByteCount + moments.scratchByteCount + featureCount * laneCount * MemoryLayout<Float>.stride
  }
  func makeScratch() -> any AxisScratch { WaveletScratch(self, moments) }
}

extension LaneBandStatistics.Statistic {
  /// Studio's name.
  fileprivate var label: String {
    switch self {
    case .entropy: "entropy"
    case .zeroCrossings: "zcross"
    case .meanCrossings: "mcross"
    case .n5: "n5"
    case .n25: "n25"
    case .n75: "n75"
    case .n95: "n95"
    case .median: "median"
    case .mean: "mean"
    case .stdev: "std"
    case .variance: "var"
    case .rms: "rms"
    case .skewness: "skew"
    case .kurtosis: "kurtosis"
    }
  }
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

  func run(_ x: UnsafeMutablePointer<Float>, windows: Int) {
    moments.center(x, rms: unused.base, shape: shape, scratch: momentsScratch)
    stage.analysis.run(x, windows: windows, into: features.base, scratch: scratch)
  }

  func run(_ x: UnsafeMutablePointer<Double>, windows: Int) {
    moments.center(x, rms: unused.base, shape: shape, scratch: momentsScratch)
    stage.analysis.run(x, windows: windows, into: features.base, scratch: scratch)
  }

  func approximation(of x: UnsafeMutablePointer<Float>) -> [Double]? { stage.analysis.wavelet.approximation(of: x) }
  func approximation(of x: UnsafeMutablePointer<Double>) -> [Double]? { stage.analysis.wavelet.approximation(of: x) }
}
