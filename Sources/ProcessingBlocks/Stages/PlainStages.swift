import DSPKernels

extension FlattenPlan {
  func stages() -> [PlanStage] {
    let rows = input.rows
    let axes = input.axes.count
    let measured =
      OperationCount.moments(rows) + OperationCount(arithmetic: rows, memory: 2 * rows, comparisons: 2 * rows)
    return [
      PlanStage("scale", OperationCount(arithmetic: rows, memory: 2 * rows) * axes) { [scale] signal in
        let batch = StageBatch(signal, windowRows: rows, axes: axes, rows: rows)
        let samples = LaneBuffer<Double>(count: batch.split.count)
        return StageWork(windows: Double(signal.windows) / Double(axes)) { batch.fill(samples, scale: scale) }
      },
      PlanStage("statistics", measured * axes) { [scale] signal in
        let batch = StageBatch(signal, windowRows: rows, axes: axes, rows: rows)
        let samples = LaneBuffer<Double>(count: batch.split.count)
        batch.fill(samples, scale: scale)
        let summary = LaneSummary(rows: rows)
        let scratch = summary.makeScratch()
        let results = LaneBuffer<Float>(count: LaneSummary.Statistic.allCases.count * laneCount)
        return StageWork(windows: signal.windowsPerLaneBatch / Double(axes)) {
          summary.measure(samples.base, split: batch.split, first: 0, into: results.base, scratch: scratch)
        }
      },
    ]
  }
}

extension RawPlan {
  func stages() -> [PlanStage] {
    [wholeBlock("scale", OperationCount(arithmetic: featureCount, memory: 2 * featureCount))]
  }
}

extension ImagePlan {
  func stages() -> [PlanStage] {
    let pixels = input.rows
    let operations =
      isGray
      ? OperationCount(arithmetic: 11 * pixels, memory: 2 * pixels)
      : OperationCount(arithmetic: 8 * pixels, memory: 4 * pixels)
    return [wholeBlock("colours", operations)]
  }
}

extension BlockPlan {
  /// The only stage of a block that has no other: its runner.
  fileprivate func wholeBlock(_ name: String, _ operations: OperationCount) -> PlanStage {
    PlanStage(name, operations) { signal in
      let runner = makeRunner(hop: signal.hop, windows: signal.windows)
      let features = LaneBuffer<Float>(count: signal.windows * featureCount)
      let columns = Array(0..<input.axes.count)
      return StageWork(windows: Double(signal.windows)) {
        guard let samples = signal.values.baseAddress else { return }
        let slab = WindowSlab(samples: samples, stride: columns.count, columns: columns, count: signal.windows)
        runner.run(slab, into: features.base)
      }
    }
  }
}
