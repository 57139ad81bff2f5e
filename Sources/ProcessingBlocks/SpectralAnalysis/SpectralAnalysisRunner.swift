import DSPKernels

final class SpectralAnalysisRunner: BlockRunner {
  private let plan: SpectralAnalysisPlan
  private let split: WindowSplit
  private let samples: LaneBuffer<Float>
  /// The batch in Float, or empty when decimation makes it Double.
  private let single: LaneBuffer<Float>
  private let double: LaneBuffer<Double>
  private let lowDouble: LaneBuffer<Double>
  private let main: any AxisScratch
  private let low: (any AxisScratch)?

  init(plan: SpectralAnalysisPlan, split: WindowSplit) {
    self.plan = plan
    self.split = split
    samples = LaneBuffer(count: split.count)
    let count = max(split.rows, plan.main.paddedRows) * laneCount
    single = LaneBuffer(count: plan.decimator == nil ? count : 0)
    double = LaneBuffer(count: plan.decimator == nil ? 0 : count)
    lowDouble = LaneBuffer(count: plan.low.map { max(plan.rows, $0.paddedRows) * laneCount } ?? 0)
    main = plan.main.makeScratch()
    low = plan.low?.makeScratch()
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == plan.input.axes.count, "a slab has one column for each axis")
    let axes = slab.columns.count
    for (axis, column) in slab.columns.enumerated() {
      split.fill(
        samples.base, from: slab.samples + column, stride: slab.stride, windows: slab.count, scale: plan.scale
      )
      for first in stride(from: 0, to: slab.count, by: laneCount) {
        if let decimator = plan.decimator {
          analyseDecimated(first, decimator)
        } else {
          analyse(first)
        }
        // All axes' plain features come first, then all axes' low-frequency features.
        let row = features + first * plan.featureCount
        let windows = min(laneCount, slab.count - first)
        let count = plan.main.featureCount
        writeFeatureRows(
          main.features.base, features: count, to: row + axis * count, width: plan.featureCount,
          windows: windows)
        if let stage = plan.low, let low {
          writeFeatureRows(
            low.features.base, features: stage.featureCount,
            to: row + axes * count + axis * stage.featureCount, width: plan.featureCount, windows: windows)
        }
      }
    }
  }

  /// Windows `first` to `first + laneCount` in Float.
  private func analyse(_ first: Int) {
    if let filter = plan.filter {
      filter.load(samples.base, split: split, first: first, into: single.base)
    } else {
      split.load(samples.base, first: first, into: single.base)
    }
    main.run(single.base)
    analyseLowFrequencies { Double(self.single.base[$0]) }
  }

  /// The same in Double, behind a decimator.
  private func analyseDecimated(_ first: Int, _ decimator: LaneDecimator) {
    split.load(samples.base, first: first, into: double.base)
    decimator.run(double.base, rows: split.rows)
    clear(double, from: plan.rows)
    plan.filter?.run(double.base, rows: plan.rows)
    main.run(double.base)
    analyseLowFrequencies { self.double.base[$0] }
  }

  /// The low-frequency pass over the centred axis that the main pass has left.
  @inline(__always)
  private func analyseLowFrequencies(_ value: (Int) -> Double) {
    guard let stage = plan.low, let low else { return }
    for i in 0..<plan.rows * laneCount { lowDouble.base[i] = value(i) }
    SpectralAnalysisPlan.lowFrequencyDecimator.run(lowDouble.base, rows: plan.rows)
    clear(lowDouble, from: stage.rows)
    low.run(lowDouble.base)
  }

  /// Zeroes what decimation has left behind the last row: it completes the last frames.
  private func clear(_ buffer: LaneBuffer<Double>, from row: Int) {
    (buffer.base + row * laneCount).update(repeating: 0, count: buffer.count - row * laneCount)
  }
}
