import DSPKernels

/// A step of a block on its way from window to features: what it costs on paper, and a way to time it here.
public struct PlanStage {
  /// Short and for people: `filter`, `FFT`.
  public let name: String
  /// For one window with all its axes.
  public let operations: OperationCount
  /// Float memory that a device needs for the stage, besides window and features; in bytes.
  public let deviceByteCount: Int
  /// Makes the work of the stage on a window of the plan's input; nil where a stage cannot be taken alone.
  let makeWork: (([Double]) -> StageWork)?

  init(
    _ name: String, _ operations: OperationCount, deviceValues: Int = 0, work: (([Double]) -> StageWork)? = nil
  ) {
    self.name = name
    self.operations = operations
    deviceByteCount = deviceValues * MemoryLayout<Float>.stride
    makeWork = work
  }

  /// The stage's own kernels on a window, ready to be timed; nil where the stage cannot be taken alone.
  ///
  /// Nothing in a runner is instrumented: the kernels that it calls run here by themselves, in its order, on memory of
  /// their own. Times of stages therefore add up to the block's only roughly.
  ///
  /// - Parameter window: rows times axes values of the plan's input, row by row.
  public func work(on window: [Double]) -> StageWork? { makeWork?(window) }
}

/// A stage with memory and data.
public struct StageWork {
  /// Windows, with all axes, that one call of `run` is the work of.
  public let windows: Double
  /// Does the work. Never allocates.
  public let run: () -> Void
}

/// One axis of a window in all lanes, for stages that work on batches of windows.
struct StageBatch {
  let split: WindowSplit
  let single: LaneBuffer<Float>
  let double: LaneBuffer<Double>
  /// The windows one behind the other.
  let recording: [Double]

  /// - Parameter rows: of the batch's memory, at least the window's; those behind the window are zero.
  init(_ window: [Double], axes: Int, rows: Int) {
    let count = window.count / max(1, axes)
    let axis = (0..<count).map { window[$0 * axes] }
    recording = (0..<laneCount).flatMap { _ in axis }
    split = WindowSplit(rows: count, hop: count, windows: laneCount)
    single = LaneBuffer(count: max(rows, count) * laneCount)
    double = LaneBuffer(count: max(rows, count) * laneCount)
    for row in 0..<count {
      for lane in 0..<laneCount {
        single.base[row * laneCount + lane] = Float(axis[row])
        double.base[row * laneCount + lane] = axis[row]
      }
    }
  }
}
