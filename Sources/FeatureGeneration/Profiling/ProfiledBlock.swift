import DSPKernels
import EngineThreads
import Glibc
import ProcessingBlocks
import Synchronization

/// A block while it is measured: its signal, its runners, and what the rounds have given.
final class ProfiledBlock {
  /// What one thread needs. A thread has it for itself while it runs.
  private struct Worker: @unchecked Sendable {
    let runner: any BlockRunner
    let features: UnsafeMutableBufferPointer<Float>
  }

  /// The signal, which all threads read.
  private struct Samples: @unchecked Sendable {
    let base: UnsafePointer<Double>
  }

  /// Bytes of the test signal, as long as they hold a batch.
  private static let signalBytes = 1 << 25
  /// Latencies that are kept in a round.
  private static let mostLatencies = 20_000

  private let prepared: PreparedBlock
  private let planTime: (first: Double, bytes: Int)
  private let signalKind: TestSignal
  private let signal: UnsafeMutableBufferPointer<Double>
  private let hop: Int
  /// Windows of a batch, and of the whole signal.
  private let windowsPerBatch: Int
  private let windows: Int
  private let workers: [Worker]
  private let single: Worker
  private let measuredScratch: Int
  private var peak = (process: 0, growth: 0)
  private var latencies: [Double] = []
  private var singleRounds: [Double] = []
  private var oneThreadRounds: [Double] = []
  private var allThreadRounds: [Double] = []
  private var calibration: [Double] = []
  private var stages: StageTimes
  /// Fewer than there are workers where the system has given no more.
  private var threadsAtWork: Int

  private var plan: any BlockPlan { prepared.plan }
  private var axes: Int { plan.input.axes.count }

  init(_ prepared: PreparedBlock, planTime: (first: Double, bytes: Int), threads: Int) {
    self.prepared = prepared
    self.planTime = planTime
    let plan = prepared.plan
    let shape = plan.input
    let axes = shape.axes.count
    // Windows that do not meet cost the same however far apart they are.
    let hop = min(prepared.block.input.window.hop, shape.rows)
    self.hop = hop
    windowsPerBatch = SlabSize.windows(
      window: prepared.block.input.window, axes: axes, featuresPerWindow: plan.featureCount,
      atMost: SlabSize.mostWindows)
    let rowsOfSignal = max(1, Self.signalBytes / (8 * axes))
    let batches = max(1, min(16, rowsOfSignal / max(1, hop * windowsPerBatch)))
    let forStages = (StageSignal.windowCount * hop + shape.rows) * axes * MemoryLayout<Double>.stride
    windows = max(batches * windowsPerBatch, forStages <= 1 << 28 ? StageSignal.windowCount : 1)
    signalKind = TestSignal(prepared.block.input.kind, frequency: shape.frequency, axes: shape.axes)
    signal = .allocate(capacity: ((windows - 1) * hop + shape.rows) * axes)
    _ = signal.initialize(
      from: signalKind.values(rows: signal.count / axes, axes: axes, frequency: shape.frequency))
    let heap = ProcessMemory.heap
    let first = Self.worker(plan, hop: hop, windows: windowsPerBatch)
    measuredScratch = max(
      0, ProcessMemory.heap - heap - windowsPerBatch * plan.featureCount * MemoryLayout<Float>.stride)
    let scratch = max(1, plan.scratchByteCount(hop: hop, windows: windowsPerBatch))
    let count = max(1, min(threads, 2 * SlabSize.mostScratchBytes / scratch))
    let windowsPerBatch = windowsPerBatch
    workers = [first] + (1..<count).map { _ in Self.worker(plan, hop: hop, windows: windowsPerBatch) }
    threadsAtWork = workers.count
    single = Self.worker(plan, hop: shape.rows, windows: 1)
    stages = StageTimes(plan, signal: UnsafeBufferPointer(signal), hop: hop)
    latencies.reserveCapacity(BlockProfiler.rounds * Self.mostLatencies)
  }

  deinit {
    signal.deallocate()
    for worker in workers + [single] { worker.features.deallocate() }
  }

  private static func worker(_ plan: any BlockPlan, hop: Int, windows: Int) -> Worker {
    Worker(
      runner: plan.makeRunner(hop: hop, windows: windows), features: .allocate(capacity: windows * plan.featureCount))
  }

  /// One round: calibration, single windows, batches on one thread, every stage, batches on all threads.
  func measureRound(seconds: Double) {
    calibration.append(Machine.calibrate())
    measureSingleWindows(seconds: 0.3 * seconds)
    oneThreadRounds.append(medianMicrosecondsPerWindow(seconds: 0.35 * seconds))
    stages.measure()
    let before = ProcessMemory.resident
    ProcessMemory.resetPeak()
    allThreadRounds.append(microsecondsPerWindow(workers, seconds: 0.35 * seconds))
    let process = ProcessMemory.peak
    peak = (max(peak.process, process), max(peak.growth, process - before))
  }

  private func measureSingleWindows(seconds: Double) {
    guard let samples = signal.baseAddress, let features = single.features.baseAddress else { return }
    let columns = Array(0..<axes)
    let end = monotonicSeconds() + seconds
    let first = latencies.count
    var window = 0
    func slab(_ index: Int) -> WindowSlab {
      WindowSlab(samples: samples + index % windows * hop * axes, stride: axes, columns: columns, count: 1)
    }
    for index in 0..<3 { single.runner.run(slab(index), into: features) }
    var now = monotonicSeconds()
    repeat {
      let slab = slab(window)
      let start = monotonicSeconds()
      single.runner.run(slab, into: features)
      now = monotonicSeconds()
      latencies.append((now - start) * 1e6)
      window += 1
    } while now < end && latencies.count - first < Self.mostLatencies
    singleRounds.append(RoundTimes.quantile(latencies[first...].sorted(), 0.5))
  }

  /// Runs batches on some threads until the time is over; each computes at least one behind a first one to warm up.
  private func microsecondsPerWindow(_ workers: [Worker], seconds: Double) -> Double {
    guard let base = signal.baseAddress else { return 0 }
    let samples = Samples(base: base)
    let columns = Array(0..<axes)
    let rate = Mutex(0.0)
    let next = Atomic(0)
    let batches = windows / windowsPerBatch
    let (hop, axes, perBatch) = (hop, axes, windowsPerBatch)
    let atWork = OwnThreads.run(workers.count) {
      let worker = workers[next.add(1, ordering: .relaxed).oldValue]
      guard let features = worker.features.baseAddress else { return }
      var batch = 0
      func step() {
        let first = batch % batches * perBatch
        worker.runner.run(
          WindowSlab(samples: samples.base + first * hop * axes, stride: axes, columns: columns, count: perBatch),
          into: features)
        batch += 1
      }
      step()
      let start = monotonicSeconds()
      var now = start
      repeat {
        step()
        now = monotonicSeconds()
      } while now - start < seconds
      let own = Double((batch - 1) * perBatch) / max(now - start, 1e-9)
      rate.withLock { $0 += own }
    }
    threadsAtWork = min(threadsAtWork, atWork)
    return 1e6 / rate.withLock { $0 }
  }

  /// The same on the calling thread, as the median of batches: what interrupts one of them does not count.
  private func medianMicrosecondsPerWindow(seconds: Double) -> Double {
    guard let samples = signal.baseAddress, let features = workers[0].features.baseAddress else { return 0 }
    let columns = Array(0..<axes)
    let batches = windows / windowsPerBatch
    var times: [Double] = []
    var batch = 0
    let begin = monotonicSeconds()
    var now = begin
    repeat {
      let slab = WindowSlab(
        samples: samples + batch % batches * windowsPerBatch * hop * axes, stride: axes, columns: columns,
        count: windowsPerBatch)
      let start = monotonicSeconds()
      workers[0].runner.run(slab, into: features)
      now = monotonicSeconds()
      times.append(now - start)
      batch += 1
    } while now - begin < seconds || batch < 3
    // The first warms up.
    return RoundTimes(rounds: Array(times.dropFirst())).median * 1e6 / Double(windowsPerBatch)
  }

  private func throughput(_ rounds: [Double], threads: Int) -> BlockProfile.Throughput {
    let measurement = RoundTimes(rounds: rounds)
    let rate = 1e6 / measurement.median
    let frequency = prepared.block.input.frequency
    let isTime = signalKind != .pixels && !prepared.block.input.window.isWholeRecording && frequency > 0
    return BlockProfile.Throughput(
      threads: threads, windowsPerBatch: windowsPerBatch, microsecondsPerWindow: measurement, windowsPerSecond: rate,
      realTimeFactor: isTime ? rate * Double(prepared.block.input.window.hop) / frequency : nil)
  }

  /// Times plans and stages, and puts everything together.
  func finish() -> BlockProfile {
    let block = prepared.block
    let shape = plan.input
    let scratch = plan.scratchByteCount(hop: hop, windows: windowsPerBatch)
    return BlockProfile(
      blockId: block.id, name: block.name, type: block.type, implementationVersion: block.implementationVersion,
      configurationHash: prepared.configurationHash, features: plan.featureCount,
      input: .init(
        signal: signalKind.rawValue, rows: shape.rows, axes: axes, frequencyHz: shape.frequency,
        increaseRows: block.input.window.hop),
      firstPlan: planTime.first, plan: medianPlanTime(), latency: LatencyDistribution(latencies),
      singleWindow: RoundTimes(rounds: singleRounds), oneThread: throughput(oneThreadRounds, threads: 1),
      allThreads: throughput(allThreadRounds, threads: threadsAtWork),
      memory: .init(
        plan: planTime.bytes, scratchPerThread: scratch, measuredScratchPerThread: measuredScratch,
        windowBuffer: ((windowsPerBatch - 1) * hop + shape.rows) * axes * MemoryLayout<Double>.stride,
        featureBuffer: windowsPerBatch * plan.featureCount * MemoryLayout<Float>.stride,
        processPeak: peak.process, peakGrowth: peak.growth),
      stages: stages.profiles, calibration: RoundTimes(rounds: calibration), devices: DeviceEstimates(plan))
  }

  private func medianPlanTime() -> Double {
    let block = prepared.block
    let times = (0..<7).map { _ -> Double in
      let start = monotonicSeconds()
      _ = try? PreparedBlock(block, includesRaw: false)
      return (monotonicSeconds() - start) * 1e6
    }
    return RoundTimes(rounds: times).median
  }
}
