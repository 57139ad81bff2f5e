import ProcessingBlocks

/// The batches in which a block is measured, and their memory: as `generate` cuts them, but not more values than take
/// about a second, and within the limits of `generate`.
struct BatchShape {
  /// Values of a batch, as long as it fills the lanes.
  private static let mostValues = 1 << 27
  /// Bytes of the test signal, as long as they hold a batch.
  private static let signalBytes = 1 << 25
  /// What stages may use beside the signal.
  private static let mostStageBytes = 1 << 29

  /// Rows from one window to the next. Windows that do not meet cost the same however far apart they are.
  let hop: Int
  /// Windows of a batch.
  let windows: Int
  /// Windows of the whole test signal: some batches.
  let signalWindows: Int
  /// Bytes of a thread's runner, of a batch's rows, of its features, and of a runner for one window.
  let scratch: Int
  let windowBuffer: Int
  let featureBuffer: Int
  private let singleScratch: Int
  private let signalBuffer: Int
  private let rows: Int
  private let values: Int
  private let stages: Int

  init(_ block: PreparedBlock) {
    let plan = block.plan
    let axes = plan.input.axes.count
    rows = plan.input.rows
    hop = min(block.block.input.window.hop, rows)
    let usual = SlabSize.windows(
      window: block.block.input.window, axes: axes, featuresPerWindow: plan.featureCount,
      atMost: SlabSize.mostWindows)
    windows = min(usual, Self.windows(values: rows.saturatingProduct(axes)))
    values = rows.saturatingProduct(axes)
    scratch = plan.scratchByteCount(hop: hop, windows: windows)
    singleScratch = plan.scratchByteCount(hop: 1, windows: 1)
    let rowBytes = axes.saturatingProduct(MemoryLayout<Double>.stride)
    let (hop, windows, rows) = (hop, windows, rows)
    func bytes(_ count: Int) -> Int {
      ((count - 1).saturatingProduct(hop).saturatingSum(rows)).saturatingProduct(rowBytes)
    }
    windowBuffer = bytes(windows)
    featureBuffer = windows.saturatingProduct(plan.featureCount).saturatingProduct(MemoryLayout<Float>.stride)
    let batches = max(1, min(16, Self.signalBytes / max(1, hop.saturatingProduct(windows).saturatingProduct(rowBytes))))
    let lanes = StageSignal.fewestWindows
    // A batch of lanes in Float and in Double.
    let stages = rows.saturatingProduct(lanes * (MemoryLayout<Float>.stride + MemoryLayout<Double>.stride))
    self.stages = stages <= Self.mostStageBytes && bytes(lanes) <= Self.mostStageBytes ? stages : 0
    signalWindows = max(batches * windows, self.stages > 0 ? lanes : 1)
    signalBuffer = bytes(signalWindows)
  }

  /// Windows of a batch whose work is not too long for measuring.
  static func windows(values: Int) -> Int {
    max(StageSignal.fewestWindows, mostValues / max(1, values) / StageSignal.fewestWindows * StageSignal.fewestWindows)
  }

  /// Whether stages are timed: not those of windows too large to have one in each lane.
  var hasStages: Bool { stages > 0 }

  /// Threads that have room beside each other.
  func threads(_ wanted: Int) -> Int {
    max(1, min(wanted, 2 * SlabSize.mostScratchBytes / max(1, scratch.saturatingSum(featureBuffer))))
  }

  /// Throws where the block's windows are too large, before anything is allocated for them.
  func check(_ block: PreparedBlock, threads wanted: Int, _ file: String) throws(ImpulseError) {
    let place = "block \(block.block.id) (\(block.block.name))"
    func problem(_ rule: String) -> ImpulseError {
      .problem(
        file, place, "window", "\(rows) rows, axes: \(block.plan.input.axes.count)", rule, fix: "use a shorter window")
    }
    if values > SlabSize.mostValuesOfWindow {
      throw problem("a window has at most \(SlabSize.mostValuesOfWindow) values")
    }
    let most = SlabSize.mostScratchBytes
    if max(scratch, singleScratch) > most {
      throw problem(
        "a batch of \(windows) \(windows == 1 ? "window" : "windows") needs \(max(scratch, singleScratch) >> 20) MiB of memory a thread, and "
          + "\(most >> 20) is the most")
    }
    let buffers = signalBuffer.saturatingSum(featureBuffer)
    if buffers > SlabSize.mostBytesInFlight {
      throw problem(
        "a batch (windows: \(windows)) with its features takes \(buffers >> 20) MiB, and "
          + "\(SlabSize.mostBytesInFlight >> 20) is the most")
    }
    // The signal is made in one place and used in another.
    let threads = threads(wanted)
    let all =
      threads.saturatingProduct(scratch.saturatingSum(featureBuffer).saturatingSum(1 << 20))
      .saturatingSum(2 * signalBuffer).saturatingSum(singleScratch).saturatingSum(stages).saturatingSum(1 << 26)
    let left = ProcessMemory.addressesLeft
    if all > left {
      throw problem(
        "measuring takes \(all >> 20) MiB of memory with \(threads) threads, and the limit of this process (ulimit -v) "
          + "leaves \(left >> 20)")
    }
  }
}

extension Int {
  func saturatingProduct(_ other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? .max : product
  }
}
