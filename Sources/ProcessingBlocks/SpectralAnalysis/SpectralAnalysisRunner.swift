import DSPKernels

final class SpectralAnalysisRunner: BlockRunner {
  private let plan: SpectralAnalysisPlan
  private let axis: AxisPipeline
  private let low: (any AxisScratch)?
  private let lowSamples: LaneBuffer<Double>

  init(plan: SpectralAnalysisPlan, hop: Int, windows: Int) {
    self.plan = plan
    axis = AxisPipeline(plan, hop: hop, windows: windows)
    low = plan.low?.makeScratch()
    lowSamples = LaneBuffer(count: plan.low.map { max(plan.rows, $0.paddedRows) * laneCount } ?? 0)
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == plan.input.axes.count, "a slab has one column for each axis")
    let axes = slab.columns.count
    for (index, column) in slab.columns.enumerated() {
      axis.fill(from: slab.samples + column, stride: slab.stride, windows: slab.count)
      for first in stride(from: 0, to: slab.count, by: laneCount) {
        let windows = min(laneCount, slab.count - first)
        axis.run(first: first, windows: windows)
        analyseLowFrequencies(windows)
        // All axes' plain features come first, then all axes' low-frequency features.
        let row = features + first * plan.featureCount
        let count = plan.main.featureCount
        writeFeatureRows(
          axis.analysis.features.base, features: count, to: row + index * count, width: plan.featureCount,
          windows: windows)
        if let stage = plan.low, let low {
          writeFeatureRows(
            low.features.base, features: stage.featureCount,
            to: row + axes * count + index * stage.featureCount, width: plan.featureCount, windows: windows)
        }
      }
    }
  }

  /// The low-frequency pass over the centred axis that the main pass has left.
  private func analyseLowFrequencies(_ windows: Int) {
    guard let stage = plan.low, let low else { return }
    axis.copyCentered(into: lowSamples.base)
    SpectralAnalysisPlan.lowFrequencyDecimator.run(lowSamples.base, rows: plan.rows)
    lowSamples.clear(fromRow: stage.rows)
    low.run(lowSamples.base, windows: windows)
  }
}
