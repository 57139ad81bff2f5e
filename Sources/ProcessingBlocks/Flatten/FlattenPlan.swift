import DSPKernels

struct FlattenPlan: BlockPlan {
  let scale: Double
  /// What is computed, in the order of the features.
  let statistics: [LaneSummary.Statistic]
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  var featureCount: Int { statistics.count * input.axes.count }
  var featureLabels: [String] { statistics.map(\.label) }
  var outputConfiguration: OutputConfiguration { .flat(width: featureCount) }
  var fftUsed: [Int] { [] }

  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    axisWarnings(forWindow: window, limit: floatLimit / abs(scale))
  }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    WindowSplit.byteCount(
      rows: input.rows, hop: hop, windows: windows, elementSize: MemoryLayout<Double>.stride)
      + 2 * LaneSummary.Statistic.allCases.count * laneCount * MemoryLayout<Float>.stride
      + LaneSummary(rows: input.rows).scratchByteCount
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner {
    FlattenRunner(plan: self, split: WindowSplit(rows: input.rows, hop: hop, windows: windows))
  }
}

final class FlattenRunner: BlockRunner {
  private let plan: FlattenPlan
  private let split: WindowSplit
  private let summary: LaneSummary
  private let scratch: LaneSummary.Scratch
  private let samples: LaneBuffer<Double>
  private let measured: LaneBuffer<Float>
  private let chosen: LaneBuffer<Float>

  init(plan: FlattenPlan, split: WindowSplit) {
    self.plan = plan
    self.split = split
    summary = LaneSummary(rows: plan.input.rows)
    scratch = summary.makeScratch()
    samples = LaneBuffer(count: split.count)
    measured = LaneBuffer(count: LaneSummary.Statistic.allCases.count * laneCount)
    chosen = LaneBuffer(count: LaneSummary.Statistic.allCases.count * laneCount)
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == plan.input.axes.count, "a slab has one column for each axis")
    let perAxis = plan.statistics.count
    for (axis, column) in slab.columns.enumerated() {
      split.fill(
        samples.base, from: slab.samples + column, stride: slab.stride, windows: slab.count, scale: plan.scale
      )
      for first in stride(from: 0, to: slab.count, by: laneCount) {
        summary.measure(samples.base, split: split, first: first, into: measured.base, scratch: scratch)
        for (row, statistic) in plan.statistics.enumerated() {
          (chosen.base + row * laneCount)
            .update(from: measured.base + statistic.rawValue * laneCount, count: laneCount)
        }
        writeFeatureRows(
          chosen.base, features: perAxis,
          to: features + first * plan.featureCount + axis * perAxis, width: plan.featureCount,
          windows: min(laneCount, slab.count - first))
      }
    }
  }
}
