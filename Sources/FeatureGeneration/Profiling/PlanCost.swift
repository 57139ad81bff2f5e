import ProcessingBlocks

/// What planning a block costs.
struct PlanCost {
  /// Plans that are made again, all of which are kept: memory that one gives back would hide what the next one takes.
  private static let repeats = 9
  /// Larger plans are made again only once.
  private static let mostBytes = 1 << 20

  /// Microseconds of the block's first plan.
  let first: Double
  /// Median of making it again, in microseconds.
  let again: Double
  /// Heap of a plan that is made again.
  let bytes: Int

  /// - Parameter first: of the plan that there is.
  init(_ block: PreparedBlock, first: Double) {
    self.first = first
    var kept: [PreparedBlock] = []
    kept.reserveCapacity(Self.repeats)
    var times: [Double] = []
    var growths: [Double] = []
    repeat {
      let heap = ProcessMemory.heap
      let start = monotonicSeconds()
      if let plan = try? PreparedBlock(block.block, includesRaw: false) { kept.append(plan) }
      times.append((monotonicSeconds() - start) * 1e6)
      growths.append(Double(max(0, ProcessMemory.heap - heap)))
    } while times.count < Self.repeats && growths[0] <= Double(Self.mostBytes)
    again = RoundTimes(rounds: times).median
    bytes = Int(exactly: RoundTimes(rounds: growths).median.rounded()) ?? 0
    withExtendedLifetime(kept) {}
  }
}
