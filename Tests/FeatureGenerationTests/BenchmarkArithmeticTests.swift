// Arithmetic of `edgedsp bench`; no test here looks at a time that was measured.
// 1. Medians, quantiles, error of a median and histograms of numbers that are given.
// 2. The device model: cycles and milliseconds worked out by hand, the range, Studio's field names.
// 3. Comparison: slower, same and faster, the machine's speed and load taken out, noise, and reports that do not fit or
//    are damaged.
// 4. A profile of a real impulse: complete, and unharmed by JSON.

import Foundation
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

struct BenchmarkArithmeticTests {
  @Test func mediansAndQuantiles() {
    #expect(RoundTimes(rounds: []).median == 0)
    #expect(RoundTimes(rounds: [3, 1, 2]).median == 2)
    #expect(RoundTimes(rounds: [4, 1, 2, 3]).median == 2.5)
    #expect(RoundTimes.quantile(Array(0...100).map(Double.init), 0.95) == 95)
    #expect(RoundTimes(rounds: [5, 5, 5]).relativeError == 0)
    // Distances to the median 10 are 1, 1, 0, 1, 90: their median is 1.
    let error = RoundTimes(rounds: [9, 11, 10, 9, 100]).relativeError
    #expect(abs(error - 1.2533 * 1.4826 / 5.0.squareRoot() / 10) < 1e-12)
  }

  @Test(arguments: [[1.0], [1, 2, 3, 4, 1000], Array(repeating: 7, count: 500), [0, 0, 5]])
  func histogramsHoldEveryWindow(latencies: [Double]) {
    let distribution = LatencyDistribution(latencies)
    let buckets = distribution.histogram
    #expect(buckets.reduce(0) { $0 + $1.count } == latencies.count)
    #expect(buckets.dropLast().allSatisfy { $0.to != nil })
    #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.to == $1.from })
    #expect(distribution.minimum == latencies.min() && distribution.maximum == latencies.max())
    #expect(distribution.median <= distribution.p95 && distribution.p95 <= distribution.p99)
  }

  static let model = DeviceModel(
    name: "Test 10MHz", megahertz: 10, arithmetic: 1, memory: 2, division: 14, squareRoot: 15, logarithm: 100,
    comparison: 3, uncertainty: 4)

  @Test func cyclesAreCountsTimesPrices() {
    let operations = OperationCount(
      arithmetic: 1000, memory: 500, divisions: 10, squareRoots: 4, logarithms: 7, comparisons: 20)
    let cycles = 1000.0 + 1000 + 140 + 60 + 700 + 60
    #expect(Self.model.cycles(operations) == cycles)
    #expect(abs(Self.model.milliseconds(operations) - cycles / 10_000) < 1e-12)
    let device = DeviceEstimates.Device(Self.model, operations: operations * 100, ram: 77)
    #expect(device.latency == 30 && device.ram == 77 && device.isEstimate)
    #expect(abs(device.lowMs - device.latencyMs / 4) < 1e-12 && abs(device.highMs - device.latencyMs * 4) < 1e-12)
  }

  @Test func knownDevicesArePlausible() {
    #expect(Set(DeviceModel.all.map(\.name)).count == DeviceModel.all.count)
    for device in DeviceModel.all {
      let prices = [
        device.arithmetic, device.memory, device.division, device.squareRoot, device.logarithm, device.comparison,
      ]
      #expect(prices.allSatisfy { $0 > 0 } && device.uncertainty > 1 && device.megahertz > 1, "\(device.name)")
      #expect(device.division >= device.arithmetic && device.logarithm >= device.division, "\(device.name)")
    }
  }

  /// The plan's RAM: window, features and the largest stage, 4 bytes a value.
  @Test func estimatesHaveStudiosShape() throws {
    let block = try #require(BlockRegistry.block(type: "raw"))
    let plan = try block.makePlan([:], version: 1, input: SignalShape(frequency: 100, rows: 50, axes: ["x", "y"]))
    let estimates = DeviceEstimates(plan)
    #expect(estimates.success && estimates.performance.allSatisfy { $0.ram == 4 * (100 + 100) })
    let json = try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(estimates)) as? [String: Any])
    let first = try #require((json["performance"] as? [[String: Any]])?.first)
    #expect(json["success"] as? Bool == true)
    #expect(first["mcu"] is String && first["latency"] is Int && first["ram"] is Int)
    #expect(first["isEstimate"] as? Bool == true)
  }

  static let report = try? {
    var options = BlockProfiler.Options()
    options.seconds = 0.05
    options.threads = 2
    let file = Fixture.path("impulses/motion.json")
    return try BlockProfiler(Impulse(contentsOf: file), impulseFile: file, options: options).run()
  }()

  /// The report with all times of blocks, and of the calibration, multiplied.
  private func scaled(_ factor: Double, calibration: Double = 1, spread: Double = 0) throws -> BenchmarkReport {
    var report = try #require(Self.report)
    func steady(_ value: Double) -> RoundTimes {
      RoundTimes(rounds: (0..<9).map { round -> Double in value * (1 + spread * Double(round % 3 - 1)) })
    }
    for index in report.blocks.indices {
      report.blocks[index].singleWindow = steady(10 * factor)
      report.blocks[index].oneThread.microsecondsPerWindow = steady(2 * factor)
      report.blocks[index].allThreads.microsecondsPerWindow = steady(1 * factor)
      report.blocks[index].calibration = RoundTimes(rounds: Array(repeating: 100 * calibration, count: 9))
      report.blocks[index].calibrationAllThreads = RoundTimes(rounds: Array(repeating: 50 * calibration, count: 9))
    }
    return report
  }

  @Test(arguments: [
    (1.04, 1.0, BenchmarkComparison.Verdict.same), (1.06, 1, .slower), (0.9, 1, .faster),
    // Everything takes twice as long, the fixed loop too.
    (2, 2, .same), (2, 1.5, .slower),
  ])
  func verdicts(factor: Double, calibration: Double, verdict: BenchmarkComparison.Verdict) throws {
    let comparison = try BenchmarkComparison(
      scaled(factor, calibration: calibration), against: scaled(1), tolerance: 5)
    #expect(comparison.lines.count == 9)
    #expect(comparison.lines.allSatisfy { $0.verdict == verdict })
    #expect(comparison.isSlower == (verdict == .slower))
  }

  /// Others use the machine: on all threads everything takes twice as long, the fixed loop there too.
  @Test func loadIsNoRegression() throws {
    func report(block: Double, loop: Double) throws -> BenchmarkReport {
      var report = try scaled(1)
      report.blocks[0].allThreads.microsecondsPerWindow = RoundTimes(rounds: Array(repeating: block, count: 9))
      report.blocks[0].calibrationAllThreads = RoundTimes(rounds: Array(repeating: 50 * loop, count: 9))
      return report
    }
    let before = try scaled(1)
    #expect(try !BenchmarkComparison(report(block: 2, loop: 2), against: before, tolerance: 5).isSlower)
    let slower = try BenchmarkComparison(report(block: 2.2, loop: 2), against: before, tolerance: 5)
    #expect(slower.lines.filter { $0.verdict == .slower }.map(\.measurement) == ["batch, all threads"])
  }

  /// A line must be slower each time that it is measured.
  @Test func whatIsNotSlowerAgainIsTheSame() throws {
    var single = try scaled(1)
    single.blocks[0].singleWindow = RoundTimes(rounds: Array(repeating: 20, count: 9))
    let all = try BenchmarkComparison(scaled(2), against: scaled(1), tolerance: 5)
    let one = try BenchmarkComparison(single, against: scaled(1), tolerance: 5)
    let same = try BenchmarkComparison(scaled(1), against: scaled(1), tolerance: 5)
    #expect(all.confirming(one).lines.filter { $0.verdict == .slower }.map(\.measurement) == ["one window"])
    #expect(one.confirming(all).isSlower && !one.confirming(same).isSlower && !same.confirming(one).isSlower)
  }

  @Test func anotherMachineDecidesNothing() throws {
    for key in [\Machine.processor, \Machine.instructionSet] {
      var before = try scaled(1)
      before.machine[keyPath: key] = "another"
      let comparison = try BenchmarkComparison(scaled(3), against: before, tolerance: 5)
      #expect(!comparison.isComparable && !comparison.isSlower && comparison.remarks.count == 1)
      #expect(comparison.lines.contains { $0.verdict == .slower })
    }
    var before = try scaled(1)
    before.machine.cores += 1
    #expect(try BenchmarkComparison(scaled(3), against: before, tolerance: 5).isSlower)
  }

  static let damages: [[Double]] = [
    [], [1], Array(repeating: 1, count: 8), Array(repeating: 1, count: 10), Array(repeating: 0, count: 9),
    [1, 1, 1, -1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, .nan], Array(repeating: .infinity, count: 9),
    Array(repeating: 1e308, count: 9), Array(repeating: 1e-300, count: 9),
  ]

  @Test(arguments: damages)
  func damagedReportsAreRefused(rounds: [Double]) throws {
    let now = try scaled(1)
    let places: [(WritableKeyPath<BlockProfile, RoundTimes>, String)] = [
      (\.singleWindow, "singleWindow"), (\.oneThread.microsecondsPerWindow, "oneThread.microsecondsPerWindow"),
      (\.allThreads.microsecondsPerWindow, "allThreads.microsecondsPerWindow"), (\.calibration, "calibration"),
      (\.calibrationAllThreads, "calibrationAllThreads"),
    ]
    for (path, name) in places {
      var before = now
      before.blocks[1][keyPath: path] = RoundTimes(rounds: rounds)
      let error = #expect(throws: BenchmarkComparison.Problem.self) { try before.check() }
      #expect(error?.description.hasPrefix("blocks[1].\(name).rounds") == true, "\(error?.description ?? "")")
      #expect(throws: BenchmarkComparison.Problem.self) { try BenchmarkComparison(now, against: before, tolerance: 5) }
    }
    try now.check()
  }

  @Test func noiseIsNoRegression() throws {
    let before = try scaled(1, spread: 0.3)
    #expect(try !BenchmarkComparison(scaled(1.2, spread: 0.3), against: before, tolerance: 5).isSlower)
    #expect(try BenchmarkComparison(scaled(3, spread: 0.3), against: before, tolerance: 5).isSlower)
  }

  @Test func reportsThatDoNotFitAreRefused() throws {
    let now = try scaled(1)
    var other = now
    other.blocks[1].configurationHash = "another"
    #expect(throws: BenchmarkComparison.Problem.self) { try BenchmarkComparison(now, against: other, tolerance: 5) }
    other = now
    other.blocks.removeLast()
    #expect(throws: BenchmarkComparison.Problem.self) { try BenchmarkComparison(now, against: other, tolerance: 5) }
    #expect(throws: Never.self) { try BenchmarkComparison(other, against: now, tolerance: 5) }
    other = now
    other.schema = "edgedsp-bench-0"
    #expect(throws: BenchmarkComparison.Problem.self) { try BenchmarkComparison(now, against: other, tolerance: 5) }
  }

  @Test func profilesAreComplete() throws {
    let report = try #require(Self.report)
    #expect(report.blocks.map(\.blockId) == [2, 3, 4] && report.threads == 2)
    for block in report.blocks {
      #expect(block.input.signal == "motion" && block.input.rows == 125 && block.input.axes == 3)
      #expect(block.singleWindow.rounds.count == BlockProfiler.rounds && block.latency.windows > 0)
      #expect(block.oneThread.windowsPerSecond > 0 && block.allThreads.windowsPerSecond > 0)
      #expect(block.oneThread.realTimeFactor == block.oneThread.windowsPerSecond * 5 / 62.5)
      #expect(block.memory.featureBuffer == block.oneThread.windowsPerBatch * block.features * 4)
      #expect(!block.devices.performance.isEmpty)
      #expect(!block.stages.isEmpty && block.stages.allSatisfy { ($0.microsecondsPerWindow ?? 0) > 0 })
      // Other tests move the heap, so that only the share that is not measured is certain.
      #expect(block.memory.measuredPeak >= 2 * block.memory.windowBuffer)
    }
    let encoded = try JSONEncoder().encode(report)
    let decoded = try JSONDecoder().decode(BenchmarkReport.self, from: encoded)
    #expect(decoded.blocks.map(\.latency) == report.blocks.map(\.latency))
    #expect(decoded.blocks.map(\.stages.count) == report.blocks.map(\.stages.count))
  }

  @Test(arguments: [TestSignal.audio, .motion, .pixels])
  func signalsAreTheSameInEveryRun(signal: TestSignal) {
    let axes = signal == .motion ? 3 : 1
    let first = signal.values(rows: 2000, axes: axes, frequency: 1000)
    #expect(first.count == 2000 * axes && first == signal.values(rows: 2000, axes: axes, frequency: 1000))
    #expect(Set(first).count > 100)
    switch signal {
    case .audio: #expect(first.allSatisfy { $0 == $0.rounded() && abs($0) <= 32768 })
    case .motion: #expect(first.allSatisfy { $0 == Double(Float($0)) && abs($0) < 100 })
    case .pixels: #expect(first.allSatisfy { $0 == $0.rounded() && (0..<16_777_216).contains($0) })
    }
  }
}
