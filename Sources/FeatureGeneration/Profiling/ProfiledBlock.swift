import ProcessingBlocks

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

  /// Latencies that are kept in a round.
  private static let mostLatencies = 20_000

  private let prepared: PreparedBlock
  private let planCost: PlanCost
  private let signalKind: TestSignal
  private let signal: UnsafeMutableBufferPointer<Double>
  private let batch: BatchShape
  private let workers: [Worker]
  private let single: Worker
  /// Heap of the first runner, and of all with their features.
  private let measuredScratch: Int
  private let measuredWorkers: Int
  /// Highest in all rounds.
  private var processPeak = 0
  private var heapGrowth = 0
  private var latencies: [Double] = []
  private var singleRounds: [Double] = []
  private var oneThreadRounds: [Double] = []
  private var allThreadRounds: [Double] = []
  private var calibration: [Double] = []
  private var allThreadCalibration: [Double] = []
  private var stages: StageTimes
  /// Fewer than there are workers where the system has given no more.
  private var threadsAtWork: Int

  private var plan: any BlockPlan { prepared.plan }
  private var axes: Int { plan.input.axes.count }
  private var hop: Int { batch.hop }
  private var windowsPerBatch: Int { batch.windows }
  private var windows: Int { batch.signalWindows }

  init(_ prepared: PreparedBlock, _ batch: BatchShape, planCost: PlanCost, threads: Int) {
    self.prepared = prepared
    self.batch = batch
    self.planCost = planCost
    let plan = prepared.plan
    let shape = plan.input
    let axes = shape.axes.count
    signalKind = TestSignal(prepared.block.input.kind, frequency: shape.frequency, axes: shape.axes)
    signal = .allocate(capacity: ((batch.signalWindows - 1) * batch.hop + shape.rows) * axes)
    _ = signal.initialize(
      from: signalKind.values(rows: signal.count / axes, axes: axes, frequency: shape.frequency))
    // The first runner of a block sets up what is set up once, so that it is not the one that is measured.
    single = Self.worker(plan, hop: 1, windows: 1)
    let heap = ProcessMemory.heap
    let first = Self.worker(plan, hop: batch.hop, windows: batch.windows)
    measuredScratch = max(0, ProcessMemory.heap - heap - batch.featureBuffer)
    workers =
      [first] + (1..<batch.threads(threads)).map { _ in Self.worker(plan, hop: batch.hop, windows: batch.windows) }
    measuredWorkers = max(0, ProcessMemory.heap - heap)
    threadsAtWork = workers.count
    stages = StageTimes(plan, signal: UnsafeBufferPointer(signal), batch)
    latencies.reserveCapacity(BlockProfiler.rounds * Self.mostLatencies)
  }

  deinit {
    signal.deallocate()
    for worker in workers + [single] { worker.features.deallocate() }
  }

  private static func worker(_ plan: any BlockPlan, hop: Int, windows: Int) -> Worker {
    let features = UnsafeMutableBufferPointer<Float>.allocate(capacity: windows * plan.featureCount)
    features.initialize(repeating: 0)
    return Worker(runner: plan.makeRunner(hop: hop, windows: windows), features: features)
  }

  /// One round: calibration, single windows, batches on one thread, every stage, calibration and batches on all threads.
  func measureRound(seconds: Double) {
    let before = Machine.calibrate()
    measureSingleWindows(seconds: 0.25 * seconds)
    oneThreadRounds.append(medianMicrosecondsPerWindow(seconds: 0.25 * seconds))
    calibration.append((before + Machine.calibrate()) / 2)
    stages.measure()
    ProcessMemory.resetPeak()
    measureAllThreads(seconds: 0.25 * seconds)
    processPeak = max(processPeak, ProcessMemory.peak)
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

  /// The fixed loop and batches on all threads, each for so many seconds.
  private func measureAllThreads(seconds: Double) {
    guard let base = signal.baseAddress else { return }
    let samples = Samples(base: base)
    let columns = Array(0..<axes)
    let batches = windows / windowsPerBatch
    let (hop, axes, perBatch, workers) = (hop, axes, windowsPerBatch, workers)
    let places = workers.map { _ in Place() }
    let result = ParallelRound.run(threads: workers.count, seconds: seconds) { thread in
      let worker = workers[thread]
      guard let features = worker.features.baseAddress else { return 0 }
      let first = places[thread].next(of: batches) * perBatch
      worker.runner.run(
        WindowSlab(samples: samples.base + first * hop * axes, stride: axes, columns: columns, count: perBatch),
        into: features)
      return perBatch
    }
    threadsAtWork = min(threadsAtWork, result.threads)
    allThreadCalibration.append(result.loop)
    allThreadRounds.append(result.window)
    heapGrowth = max(heapGrowth, result.heapGrowth)
  }

  /// Where in the signal a thread is. A thread has it for itself.
  private final class Place: @unchecked Sendable {
    private var batch = 0

    func next(of count: Int) -> Int {
      defer { batch = batch + 1 < count ? batch + 1 : 0 }
      return batch
    }
  }

  /// Batches on the calling thread, as the median of their times: what interrupts one of them does not count.
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

  /// Puts everything together.
  func finish() -> BlockProfile {
    let block = prepared.block
    let shape = plan.input
    let windowBuffers = threadsAtWork * batch.windowBuffer
    return BlockProfile(
      blockId: block.id, name: block.name, type: block.type, implementationVersion: block.implementationVersion,
      configurationHash: prepared.configurationHash, features: plan.featureCount,
      input: .init(
        signal: signalKind.rawValue, rows: shape.rows, axes: axes, frequencyHz: shape.frequency,
        increaseRows: block.input.window.hop),
      firstPlan: planCost.first, plan: planCost.again, latency: LatencyDistribution(latencies),
      singleWindow: RoundTimes(rounds: singleRounds), oneThread: throughput(oneThreadRounds, threads: 1),
      allThreads: throughput(allThreadRounds, threads: threadsAtWork),
      memory: .init(
        plan: planCost.bytes, scratchPerThread: batch.scratch, measuredScratchPerThread: measuredScratch,
        windowBuffer: batch.windowBuffer, featureBuffer: batch.featureBuffer,
        measuredPeak: planCost.bytes + measuredWorkers + heapGrowth + windowBuffers, processPeak: processPeak),
      stages: stages.profiles, calibration: RoundTimes(rounds: calibration),
      calibrationAllThreads: RoundTimes(rounds: allThreadCalibration), devices: DeviceEstimates(plan))
  }
}
