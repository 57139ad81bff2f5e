import ProcessingBlocks

/// What `edgedsp bench` has measured: stable as JSON, so that a later run can be compared with it.
public struct BenchmarkReport: Sendable, Codable {
  /// Changes when fields lose or change their meaning; new ones may come at any time.
  public static let currentSchema = "edgedsp-bench-2"

  /// What the fields mean.
  public var schema = Self.currentSchema
  /// Of EdgeDSP.
  public var version: String
  /// UTC, ISO 8601.
  public var date: String
  /// Where it was measured.
  public var machine: Machine
  /// Threads that were asked for; `BlockProfile.allThreads` has those at work.
  public var threads: Int
  /// In the order in which they were asked for.
  public var blocks: [BlockProfile]
}

/// One block's measurements. All times are in microseconds.
public struct BlockProfile: Sendable, Codable {
  /// The window that the features are of.
  public struct Input: Sendable, Codable {
    /// audio, motion or pixels.
    public var signal: String
    /// Rows of a window.
    public var rows: Int
    /// Values of a row.
    public var axes: Int
    /// Sampling rate.
    public var frequencyHz: Double
    /// Rows from one window to the next.
    public var increaseRows: Int
  }

  /// Many windows in one call, as `generate` computes them.
  public struct Throughput: Sendable, Codable {
    /// Threads at work: fewer than asked for where memory, or the system, has no room for more.
    public var threads: Int
    /// Windows of a call.
    public var windowsPerBatch: Int
    /// Microseconds a window, one value a round: on one thread the median of batches, on all threads the wall clock's
    /// time for all windows of all threads.
    public var microsecondsPerWindow: RoundTimes
    /// From the median.
    public var windowsPerSecond: Double
    /// Seconds of signal for each second of computing: windows a second times the window increase. Nil for pictures.
    public var realTimeFactor: Double?
  }

  /// RAM in bytes.
  public struct Memory: Sendable, Codable {
    /// Heap that the plan takes when it is made again, without what all plans have in common.
    public var plan: Int
    /// What a runner says it needs.
    public var scratchPerThread: Int
    /// Heap that a runner took.
    public var measuredScratchPerThread: Int
    /// Samples of a batch of windows.
    public var windowBuffer: Int
    /// Features of a batch of windows.
    public var featureBuffer: Int
    /// The most that the block needs on all threads: measured heap of the plan, of all runners with their feature
    /// buffers and of what computing allocates, and the samples of a batch for each thread. Other blocks, the test
    /// signal and the program itself are not in it.
    public var measuredPeak: Int
    /// Highest resident memory of the whole process while the block ran on all threads; 0 where the system does not
    /// tell.
    public var processPeak: Int
  }

  /// One stage of the block.
  public struct Stage: Sendable, Codable {
    /// As the plan names it.
    public var name: String
    /// Nil where the stage cannot be taken alone.
    public var microsecondsPerWindow: Double?
    /// Of one window, on paper.
    public var operations: OperationCount
  }

  /// Studio's id.
  public var blockId: Int
  /// As Studio shows it.
  public var name: String
  /// Studio's type string.
  public var type: String
  /// Decides the arithmetic.
  public var implementationVersion: Int
  /// Two reports are comparable where this is the same.
  public var configurationHash: String
  /// Features of a window.
  public var features: Int
  /// What a window is.
  public var input: Input
  /// The block's first plan; that of the first block includes everything that is set up once.
  public var firstPlan: Double
  /// Median of making the plan again.
  public var plan: Double
  /// One window a call.
  public var latency: LatencyDistribution
  /// Medians of single windows, one a round.
  public var singleWindow: RoundTimes
  /// Many windows a call on the calling thread.
  public var oneThread: Throughput
  /// The same on all threads at once.
  public var allThreads: Throughput
  /// RAM.
  public var memory: Memory
  /// In the block's order. Timed on their own: the sum is near the block's time on one thread, not equal to it.
  public var stages: [Stage]
  /// Time of a fixed loop that does not use the engine, one value a round: how fast the machine was just then.
  public var calibration: RoundTimes
  /// The same on all threads at once, by the wall clock and of all threads together.
  public var calibrationAllThreads: RoundTimes
  /// Estimates, not measurements.
  public var devices: DeviceEstimates
}
