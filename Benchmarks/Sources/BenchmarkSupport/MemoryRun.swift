import Glibc
import ProcessingBlocks

/// A workload with its recording, plan and runner, ready to be run over and over from memory.
public final class MemoryRun {
  /// What is run.
  public let workload: Workload
  /// Its block, planned.
  public let plan: any BlockPlan
  /// Windows of the recording.
  public let windowCount: Int
  private let slab: Int
  private let runner: any BlockRunner
  private let samples: UnsafeMutableBufferPointer<Double>
  private let features: UnsafeMutableBufferPointer<Float>
  private let columns: [Int]

  /// Copies the recording.
  public init(_ workload: Workload, recording: [Double]) throws {
    self.workload = workload
    plan = try workload.makePlan()
    columns = Array(0..<workload.axes.count)
    windowCount = (recording.count / columns.count - workload.rows) / workload.hop + 1
    slab = workload.isAudio ? 32 : 512
    runner = plan.makeRunner(hop: workload.hop, windows: slab)
    samples = .allocate(capacity: recording.count)
    _ = samples.initialize(from: recording)
    features = .allocate(capacity: slab * plan.featureCount)
  }

  deinit {
    samples.deallocate()
    features.deallocate()
  }

  /// Computes all windows once; the features of a slab overwrite those before. Allocates nothing.
  public func run() {
    guard let samples = samples.baseAddress, let features = features.baseAddress else { return }
    for first in stride(from: 0, to: windowCount, by: slab) {
      runner.run(
        WindowSlab(
          samples: samples + first * workload.hop * columns.count, stride: columns.count, columns: columns,
          count: min(slab, windowCount - first)), into: features)
    }
  }

  /// Microseconds of CPU time a window, for one run over the whole recording.
  public func time() -> Double {
    let start = cpuSeconds()
    run()
    return (cpuSeconds() - start) * 1e6 / Double(windowCount)
  }

  /// `count` windows, evenly spread.
  public func windows(_ count: Int) -> [[Double]] {
    let wanted = min(count, windowCount)
    return (0..<wanted).map { index in
      let window = wanted > 1 ? index * (windowCount - 1) / (wanted - 1) : 0
      let start = window * workload.hop * columns.count
      return Array(samples[start..<start + workload.rows * columns.count])
    }
  }
}

/// CPU time of the calling thread: other processes on a shared machine do not count.
public func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
