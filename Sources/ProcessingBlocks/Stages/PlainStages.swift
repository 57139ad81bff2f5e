import DSPKernels

extension FlattenPlan {
  func stages() -> [PlanStage] {
    let rows = input.rows
    let measured =
      OperationCount.moments(rows) + OperationCount(arithmetic: rows, memory: 2 * rows, comparisons: 2 * rows)
    return [
      PlanStage("scale", OperationCount(arithmetic: rows, memory: 2 * rows) * input.axes.count),
      PlanStage("statistics", measured * input.axes.count) { [self] signal in
        let batch = StageBatch(signal, windowRows: rows, axes: input.axes.count, rows: rows)
        let samples = LaneBuffer<Double>(count: batch.split.count)
        batch.fill(samples, scale: scale)
        let summary = LaneSummary(rows: rows)
        let scratch = summary.makeScratch()
        let results = LaneBuffer<Float>(count: LaneSummary.Statistic.allCases.count * laneCount)
        return StageWork(windows: Double(laneCount) / Double(input.axes.count)) {
          summary.measure(samples.base, split: batch.split, first: 0, into: results.base, scratch: scratch)
        }
      },
    ]
  }
}

extension RawPlan {
  func stages() -> [PlanStage] {
    [PlanStage("scale", OperationCount(arithmetic: featureCount, memory: 2 * featureCount))]
  }
}

extension ImagePlan {
  func stages() -> [PlanStage] {
    let pixels = input.rows
    let operations =
      isGray
      ? OperationCount(arithmetic: 11 * pixels, memory: 2 * pixels)
      : OperationCount(arithmetic: 8 * pixels, memory: 4 * pixels)
    return [PlanStage("colours", operations)]
  }
}
