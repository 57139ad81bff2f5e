import Foundation

/// Measures blocks on this machine: `edgedsp bench`.
public struct BlockProfiler: Sendable {
  /// What to measure, and for how long.
  public struct Options: Sendable {
    /// Ids of the blocks to measure; none means all.
    public var blockIDs: [Int] = []
    /// Threads of the measurement on all threads. Default: one for each processor that the process may run on.
    public var threads = Machine.usableProcessors
    /// Measuring time of each block, without its stages. Default: 2.
    public var seconds = 2.0

    /// The defaults.
    public init() {}
  }

  /// An odd number has a round in the middle.
  static let rounds = 9

  private let options: Options
  /// A block with its batches, and with what its first plan took in microseconds.
  private let subjects: [(block: PreparedBlock, batch: BatchShape, firstPlan: Double)]

  /// Plans the blocks of an impulse.
  ///
  /// - Throws: `ImpulseError` with the problems of all blocks, or for a block whose windows are too large: the limits
  ///   are those of `generate`.
  public init(_ impulse: Impulse, impulseFile: String, options: Options) throws(ImpulseError) {
    self.options = options
    var planned: [(block: PreparedBlock, firstPlan: Double)] = []
    let ids = options.blockIDs.isEmpty ? impulse.blocks.map(\.id) : options.blockIDs
    for id in ids {
      let start = monotonicSeconds()
      guard let prepared = try? impulse.prepare(blockIDs: [id], includesRaw: false, file: impulseFile) else {
        // The problems of all blocks at once.
        planned = try impulse.prepare(blockIDs: ids, includesRaw: false, file: impulseFile).map { ($0, 0) }
        break
      }
      let time = (monotonicSeconds() - start) * 1e6
      planned += prepared.map { ($0, time) }
    }
    var subjects: [(block: PreparedBlock, batch: BatchShape, firstPlan: Double)] = []
    for (block, time) in planned {
      let batch = BatchShape(block)
      try batch.check(block, threads: options.threads, impulseFile)
      subjects.append((block, batch, time))
    }
    self.subjects = subjects
  }

  /// Measures all blocks, in rounds that take turns, so that a slow moment of the machine hits all alike.
  ///
  /// - Complexity: O(blocks × `Options.seconds`), and the time of the stages, each of which runs 45 times at least.
  public func run() -> BenchmarkReport {
    // All plans exist by now: what they have in common is nobody's.
    let costs = subjects.map { PlanCost($0.block, first: $0.firstPlan) }
    let subjects = zip(subjects, costs).map { subject, cost in
      ProfiledBlock(subject.block, subject.batch, planCost: cost, threads: options.threads)
    }
    let slice = options.seconds / Double(Self.rounds)
    for _ in 0..<Self.rounds {
      for subject in subjects { subject.measureRound(seconds: slice) }
    }
    return BenchmarkReport(
      version: EdgeDSPVersion.current, date: ISO8601DateFormatter().string(from: Date()), machine: .current,
      threads: options.threads, blocks: subjects.map { $0.finish() })
  }
}
