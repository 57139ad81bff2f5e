extension BenchmarkReport {
  /// Microseconds a window that can have been measured: a picosecond to eleven days.
  private static let times = 1e-6...1e12
  /// Microseconds of the fixed loop.
  private static let loops = 1e-2...1e8

  /// Finds out whether a report can be compared with: has this version's schema, and in every measurement as many
  /// rounds as `bench` makes, all of them times.
  ///
  /// - Throws: what is wrong, with the path of its key.
  public func check() throws(BenchmarkComparison.Problem) {
    guard schema == Self.currentSchema else {
      throw .init(description: "schema: expected \(Self.currentSchema), found \(schema)")
    }
    for (index, block) in blocks.enumerated() {
      let place = "blocks[\(index)]"
      try Self.check(block.singleWindow, "\(place).singleWindow", Self.times)
      try Self.check(block.oneThread.microsecondsPerWindow, "\(place).oneThread.microsecondsPerWindow", Self.times)
      try Self.check(block.allThreads.microsecondsPerWindow, "\(place).allThreads.microsecondsPerWindow", Self.times)
      try Self.check(block.calibration, "\(place).calibration", Self.loops)
      try Self.check(block.calibrationAllThreads, "\(place).calibrationAllThreads", Self.loops)
    }
  }

  private static func check(
    _ times: RoundTimes, _ place: String, _ range: ClosedRange<Double>
  ) throws(BenchmarkComparison.Problem) {
    guard times.rounds.count == BlockProfiler.rounds else {
      throw .init(
        description: "\(place).rounds: expected \(BlockProfiler.rounds) times, found \(times.rounds.count)")
    }
    for (index, time) in times.rounds.enumerated() where !range.contains(time) {
      throw .init(
        description:
          "\(place).rounds[\(index)]: expected microseconds from \(range.lowerBound) to \(range.upperBound), "
          + "found \(time)")
    }
  }
}
