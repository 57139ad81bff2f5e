/// A report against an earlier one: what has become slower by more than noise explains.
///
/// Each round's time is divided by the time of a fixed loop in the same round, on as many threads, so that a machine
/// that runs slower today, or has others to serve, is no regression. Compared are the medians of these quotients. A line
/// counts as slower when the change is above the tolerance even after two standard errors of both medians are taken
/// away.
public struct BenchmarkComparison: Sendable {
  /// What a line says.
  public enum Verdict: String, Sendable { case slower, same, faster }

  /// One measurement of one block.
  public struct Line: Sendable {
    /// Studio's id.
    public var blockId: Int
    /// As Studio shows it.
    public var name: String
    /// `one window`, `batch, 1 thread` or `batch, all threads`.
    public var measurement: String
    /// Microseconds a window.
    public var before: Double
    /// The same in the new report.
    public var now: Double
    /// Change of the calibrated time, in percent; above 0 is slower.
    public var change: Double
    /// Two standard errors of the change, in percent.
    public var noise: Double
    /// What follows for the tolerance.
    public var verdict: Verdict
  }

  /// Why reports cannot be compared.
  public struct Problem: Error, Sendable, CustomStringConvertible {
    /// For people, to stand behind the path of the earlier report.
    public var description: String
  }

  /// Three a block.
  public var lines: [Line]
  /// What makes the comparison weaker than it looks.
  public var remarks: [String]

  /// Whether both reports are of the same processor and instruction set. Otherwise the fixed loop, which has another
  /// mix of operations than the blocks, does not make their times comparable.
  public let isComparable: Bool

  /// Whether anything is slower, in reports that are comparable.
  public var isSlower: Bool { isComparable && lines.contains { $0.verdict == .slower } }

  /// - Parameter tolerance: in percent.
  /// - Throws: where a report is damaged (see `BenchmarkReport.check`), or a block of the new report is missing in the
  ///   old one, or is configured in another way there.
  public init(_ now: BenchmarkReport, against before: BenchmarkReport, tolerance: Double) throws(Problem) {
    try before.check()
    lines = []
    remarks = []
    isComparable = before.machine.isComparable(with: now.machine)
    if !isComparable {
      remarks.append(
        "the earlier report is of another processor or instruction set (\(before.machine.processor), "
          + "\(before.machine.instructionSet)): no change can be called slower, and the exit code is 0")
    } else if before.machine != now.machine {
      remarks.append("the earlier report is of \(before.machine.cores) cores, not \(now.machine.cores)")
    }
    for block in now.blocks {
      guard let old = before.blocks.first(where: { $0.blockId == block.blockId }) else {
        throw Problem(description: "has no block \(block.blockId)")
      }
      guard old.configurationHash == block.configurationHash else {
        throw Problem(description: "has block \(block.blockId) with other settings, which cannot be compared")
      }
      func add(
        _ name: String, _ before: RoundTimes, _ now: RoundTimes,
        by calibration: KeyPath<BlockProfile, RoundTimes> = \.calibration
      ) {
        lines.append(
          Self.line(
            block, name, before, old[keyPath: calibration], now, block[keyPath: calibration], tolerance: tolerance))
      }
      add("one window", old.singleWindow, block.singleWindow)
      add("batch, 1 thread", old.oneThread.microsecondsPerWindow, block.oneThread.microsecondsPerWindow)
      if old.allThreads.threads == block.allThreads.threads {
        add(
          "batch, all threads", old.allThreads.microsecondsPerWindow, block.allThreads.microsecondsPerWindow,
          by: \.calibrationAllThreads)
      } else {
        remarks.append("block \(block.blockId): other numbers of threads are not compared")
      }
    }
  }

  /// The comparison with only those lines slower that were slower before too: a busy moment is no regression.
  public func confirming(_ earlier: Self) -> Self {
    var confirmed = self
    for index in lines.indices where lines[index].verdict == .slower {
      let line = lines[index]
      let wasSlower = earlier.lines.contains {
        $0.blockId == line.blockId && $0.measurement == line.measurement && $0.verdict == .slower
      }
      if !wasSlower { confirmed.lines[index].verdict = .same }
    }
    return confirmed
  }

  private static func line(
    _ block: BlockProfile, _ name: String, _ before: RoundTimes, _ calibrationBefore: RoundTimes,
    _ now: RoundTimes, _ calibrationNow: RoundTimes, tolerance: Double
  ) -> Line {
    let old = calibrated(before, calibrationBefore)
    let new = calibrated(now, calibrationNow)
    let ratio = old.median > 0 ? new.median / old.median : 1
    let change = 100 * (ratio - 1)
    let error = (old.relativeError * old.relativeError + new.relativeError * new.relativeError).squareRoot()
    let noise = 200 * error * ratio
    let verdict: Verdict =
      change - noise > tolerance ? .slower : change + noise < -tolerance ? .faster : .same
    return Line(
      blockId: block.blockId, name: block.name, measurement: name, before: before.median, now: now.median,
      change: change, noise: noise, verdict: verdict)
  }

  private static func calibrated(_ times: RoundTimes, _ calibration: RoundTimes) -> RoundTimes {
    RoundTimes(rounds: zip(times.rounds, calibration.rounds).map { $0 / $1 })
  }
}
