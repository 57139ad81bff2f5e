import DSPKernels

/// An axis through the steps of the block, with the memory of one thread: scaled, decimated, filtered, analysed.
///
/// Windows that are decimated are in Double from there on, all others in Float.
final class AxisPipeline {
  private let plan: SpectralAnalysisPlan
  private let split: WindowSplit
  private let samples: LaneBuffer<Float>
  /// The batch in Float, or empty when decimation makes it Double.
  private let single: LaneBuffer<Float>
  private let double: LaneBuffer<Double>
  /// What the analysis leaves: features, and what graphs show.
  let analysis: any AxisScratch

  init(_ plan: SpectralAnalysisPlan, hop: Int, windows: Int) {
    self.plan = plan
    split = WindowSplit(rows: plan.input.rows, hop: hop, windows: windows)
    samples = LaneBuffer(count: split.count)
    let count = max(split.rows, plan.main.paddedRows) * laneCount
    single = LaneBuffer(count: plan.decimator == nil ? count : 0)
    double = LaneBuffer(count: plan.decimator == nil ? 0 : count)
    analysis = plan.main.makeScratch()
  }

  /// Takes in one axis of all windows: `source[row * stride]`.
  func fill(from source: UnsafePointer<Double>, stride: Int, windows: Int) {
    split.fill(samples.base, from: source, stride: stride, windows: windows, scale: plan.scale)
  }

  /// Analyses `windows` windows from `first` on, at most `laneCount`.
  func run(first: Int, windows: Int) {
    guard let decimator = plan.decimator else {
      if let filter = plan.filter {
        filter.load(samples.base, split: split, first: first, into: single.base)
      } else {
        split.load(samples.base, first: first, into: single.base)
      }
      analysis.run(single.base, windows: windows)
      return
    }
    split.load(samples.base, first: first, into: double.base)
    decimator.run(double.base, rows: split.rows)
    double.clear(fromRow: plan.rows)
    plan.filter?.run(double.base, rows: plan.rows)
    analysis.run(double.base, windows: windows)
  }

  /// The batch behind the filter, without its means: what the last run has left.
  func copyCentered(into target: UnsafeMutablePointer<Double>) {
    let count = plan.rows * laneCount
    if plan.decimator == nil {
      for i in 0..<count { target[i] = Double(single.base[i]) }
    } else {
      target.update(from: double.base, count: count)
    }
  }
}

// MARK: Graphs

extension AxisPipeline {
  /// The first lane behind the filter, without its mean.
  var centered: [Double] {
    (0..<plan.rows).map { plan.decimator == nil ? Double(single.base[$0 * laneCount]) : double.base[$0 * laneCount] }
  }

  /// The deepest wavelet approximation of the first lane; nil for analyses without wavelets.
  var approximation: [Double]? {
    guard case .wavelet = plan.configuration.analysis else { return nil }
    return plan.decimator == nil ? analysis.approximation(of: single.base) : analysis.approximation(of: double.base)
  }
}

extension LaneBuffer<Double> {
  /// Zeroes what decimation has left behind the last row: it completes the last frames.
  func clear(fromRow row: Int) {
    (base + row * laneCount).update(repeating: 0, count: count - row * laneCount)
  }
}
