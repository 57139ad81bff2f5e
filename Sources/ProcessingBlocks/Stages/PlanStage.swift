import DSPKernels

/// A step of a block on its way from window to features: what it costs on paper, and a way to time it here.
public struct PlanStage {
  /// Short and for people: `filter`, `FFT`.
  public let name: String
  /// For one window with all its axes.
  public let operations: OperationCount
  /// Float memory that a device needs for the stage, besides window and features; in bytes.
  public let deviceByteCount: Int
  /// Makes the work of the stage; nil where a stage cannot be taken alone.
  let makeWork: ((StageSignal) -> StageWork)?

  init(
    _ name: String, _ operations: OperationCount, deviceValues: Int = 0, work: ((StageSignal) -> StageWork)? = nil
  ) {
    self.name = name
    self.operations = operations
    deviceByteCount = deviceValues * MemoryLayout<Float>.stride
    makeWork = work
  }

  /// The stage's own kernels on a signal, ready to be timed; nil where the stage cannot be taken alone.
  ///
  /// Nothing in a runner is instrumented: the kernels that it calls run here by themselves, in its order, on memory of
  /// their own. Times of stages therefore add up to the block's only roughly.
  public func work(on signal: StageSignal) -> StageWork? { makeWork?(signal) }
}

/// A stage with memory and data.
public struct StageWork {
  /// Windows, with all axes, that one call of `run` is the work of.
  public let windows: Double
  /// Does the work. Never allocates.
  public let run: () -> Void
}

/// What stages are timed on: a batch of windows.
public struct StageSignal {
  /// Rows times axes values, row by row: those of `windows` windows, and of one for each lane.
  let values: UnsafeBufferPointer<Double>
  /// Rows from one window to the next.
  let hop: Int
  /// Windows of a batch, as a runner would get them: what they share is counted once.
  let windows: Int

  /// Windows that a signal must have, also where a batch has fewer.
  public static let fewestWindows = laneCount

  /// A view of a signal. The caller keeps the memory alive as long as work on it is used.
  ///
  /// - Parameters:
  ///   - values: not empty.
  ///   - windows: at least 1.
  public init(_ values: UnsafeBufferPointer<Double>, hop: Int, windows: Int) {
    precondition(values.count > 0 && windows > 0, "a signal has windows")
    self.values = values
    self.hop = hop
    self.windows = windows
  }

  /// A window of a signal of one axis.
  func window(_ index: Int) -> WindowView {
    guard let base = values.baseAddress else { preconditionFailure("a signal is not empty") }
    return WindowView(base: base + index * hop, stride: 1)
  }

  /// Windows that hold a lane in a batch of lanes; the last one of a slab may have empty lanes.
  var windowsPerLaneBatch: Double { Double(windows) / Double((windows + laneCount - 1) / laneCount) }
  /// The same of a slab's first batch.
  var lanes: Int { min(windows, laneCount) }
}

/// The first axis of a signal's windows in lanes, for stages that work on batches of windows.
struct StageBatch {
  let split: WindowSplit
  let single: LaneBuffer<Float>
  let double: LaneBuffer<Double>
  private let signal: StageSignal
  private let axes: Int

  /// - Parameters:
  ///   - windowRows: rows of a window.
  ///   - rows: of the batch's memory, at least the window's; those behind the window are zero.
  init(_ signal: StageSignal, windowRows: Int, axes: Int, rows: Int) {
    precondition(
      signal.values.count >= ((max(laneCount, signal.windows) - 1) * signal.hop + windowRows) * axes,
      "a signal with a batch of windows, and with one for each lane")
    self.signal = signal
    self.axes = axes
    split = WindowSplit(rows: windowRows, hop: signal.hop, windows: signal.windows)
    single = LaneBuffer(count: max(rows, windowRows) * laneCount)
    double = LaneBuffer(count: max(rows, windowRows) * laneCount)
    for row in 0..<windowRows {
      for lane in 0..<laneCount {
        let value = signal.values[(lane * signal.hop + row) * axes]
        single.base[row * laneCount + lane] = Float(value)
        double.base[row * laneCount + lane] = value
      }
    }
  }

  func fill(_ target: LaneBuffer<Float>, scale: Float) {
    guard let source = signal.values.baseAddress else { return }
    split.fill(target.base, from: source, stride: axes, windows: signal.windows, scale: scale)
  }

  func fill(_ target: LaneBuffer<Double>, scale: Double) {
    guard let source = signal.values.baseAddress else { return }
    split.fill(target.base, from: source, stride: axes, windows: signal.windows, scale: scale)
  }
}
