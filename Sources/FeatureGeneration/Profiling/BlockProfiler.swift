import Foundation
import ProcessingBlocks

/// Measures blocks on this machine: `edgedsp bench`.
public struct BlockProfiler: Sendable {
  /// What to measure, and for how long.
  public struct Options: Sendable {
    /// Ids of the blocks to measure; none means all.
    public var blockIDs: [Int] = []
    /// Threads of the measurement on all threads. Default: one a core.
    public var threads = ProcessInfo.processInfo.activeProcessorCount
    /// Measuring time of each block, without its stages. Default: 2.
    public var seconds = 2.0

    /// The defaults.
    public init() {}
  }

  /// An odd number has a round in the middle.
  static let rounds = 9

  private let options: Options
  private let blocks: [PreparedBlock]
  private let planTimes: [(first: Double, bytes: Int)]

  /// Plans the blocks of an impulse.
  ///
  /// - Throws: `ImpulseError` with the problems of all blocks.
  public init(_ impulse: Impulse, impulseFile: String, options: Options) throws(ImpulseError) {
    self.options = options
    var blocks: [PreparedBlock] = []
    var times: [(first: Double, bytes: Int)] = []
    let ids = options.blockIDs.isEmpty ? impulse.blocks.map(\.id) : options.blockIDs
    for id in ids {
      let heap = ProcessMemory.heap
      let start = monotonicSeconds()
      guard let prepared = try? impulse.prepare(blockIDs: [id], includesRaw: false, file: impulseFile) else {
        // The problems of all blocks at once.
        blocks = try impulse.prepare(blockIDs: ids, includesRaw: false, file: impulseFile)
        break
      }
      times.append(((monotonicSeconds() - start) * 1e6, max(0, ProcessMemory.heap - heap)))
      blocks += prepared
    }
    self.blocks = blocks
    planTimes = times
    for block in blocks { try Self.checkMemory(block, impulseFile) }
  }

  /// The limits of `generate`.
  private static func checkMemory(_ block: PreparedBlock, _ file: String) throws(ImpulseError) {
    let shape = block.plan.input
    let place = "block \(block.block.id) (\(block.block.name))"
    let values = shape.rows.multipliedReportingOverflow(by: shape.axes.count)
    if values.overflow || values.partialValue > SlabSize.mostValuesOfWindow {
      throw .problem(
        file, place, "window", "\(shape.rows) rows of \(shape.axes.count) axes",
        "a window has at most \(SlabSize.mostValuesOfWindow) values", fix: "use a shorter window")
    }
    let scratch = block.plan.scratchByteCount(hop: min(block.block.input.window.hop, shape.rows), windows: 1)
    if scratch > SlabSize.mostScratchBytes {
      throw .problem(
        file, place, "window", "\(shape.rows) rows",
        "needs \(scratch >> 20) MiB of memory a thread, and \(SlabSize.mostScratchBytes >> 20) is the most",
        fix: "use a shorter window")
    }
  }

  /// Measures all blocks, in rounds that take turns, so that a slow moment of the machine hits all alike.
  ///
  /// - Complexity: O(blocks × `Options.seconds`), and the time of the stages, each of which runs 45 times at least.
  public func run() -> BenchmarkReport {
    let subjects = zip(blocks, planTimes).map { ProfiledBlock($0, planTime: $1, threads: options.threads) }
    let slice = options.seconds / Double(Self.rounds)
    for _ in 0..<Self.rounds {
      for subject in subjects { subject.measureRound(seconds: slice) }
    }
    return BenchmarkReport(
      version: EdgeDSPVersion.current, date: ISO8601DateFormatter().string(from: Date()), machine: .current,
      threads: options.threads, blocks: subjects.map { $0.finish() })
  }
}
