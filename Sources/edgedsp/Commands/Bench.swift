import ArgumentParser
import FeatureGeneration
import Foundation

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure latency, throughput and RAM of an impulse's blocks on this machine.",
    discussion: """
      One window a call (latency) and many windows a call (throughput, as generate computes) are different things: \
      both are measured, in rounds that take turns. The signal is made up, the same in every run, and suits the block: \
      16-bit audio, motion or pictures. Stages are timed on their own, so their sum is only near the block's time.

      Figures of devices are estimates from operation counts, with the range in which they are expected.

      Example:
        edgedsp bench --impulse impulse.json --json > before.json
        edgedsp bench --impulse impulse.json --against before.json --tolerance 5

      With --against, the exit code is 1 when something is slower than before by more than the tolerance and by more \
      than noise explains. It stays 0 where the earlier report is of another processor or instruction set, which is said \
      on standard error. With --against and --json only the new report is printed: the comparison is the exit code.
      """)

  @Option(help: "The impulse file: Studio's impulse, with dspBlockConfigs beside it.")
  var impulse: String

  @Option(parsing: .unconditionalSingleValue, help: "Only this processing block (id); may be repeated.")
  var block: [Int] = []

  @Option(
    parsing: .unconditional,
    help: "Threads of the measurement on all threads. Default: one for each processor that this process may run on.")
  var threads: Int?

  @Option(parsing: .unconditional, help: "Measuring time of each block in seconds.")
  var seconds: Double = 2

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Option(help: "An earlier report (--json) to compare with.")
  var against: String?

  @Option(parsing: .unconditional, help: "How much slower than the earlier report is accepted, in percent.")
  var tolerance: Double = 5

  func validate() throws {
    try ThreadLimit.check(threads)
    if let id = block.enumerated().first(where: { block[..<$0.offset].contains($0.element) })?.element {
      throw ValidationError("--block \(id): is given twice.")
    }
    if !(0.05...3600).contains(seconds) { throw ValidationError("--seconds \(seconds): must be from 0.05 to 3600.") }
    if !(0...1000).contains(tolerance) { throw ValidationError("--tolerance \(tolerance): must be from 0 to 1000.") }
  }

  func run() throws {
    let earlier = try against.map(BenchmarkFile.read)
    var options = BlockProfiler.Options()
    options.blockIDs = block
    options.threads = threads ?? options.threads
    options.seconds = seconds
    let profiler = try BlockProfiler(Impulse(contentsOf: impulse), impulseFile: impulse, options: options)
    var report = profiler.run()
    var comparison = try compare(report, with: earlier)
    // What is slower must be slower again: a busy moment is no regression.
    for _ in 0..<2 where comparison?.isSlower == true {
      report = profiler.run()
      if let before = comparison { comparison = try compare(report, with: earlier)?.confirming(before) }
    }
    let summary = BenchmarkSummary(report, comparison)
    try Terminal.write(json ? summary.json : summary.text)
    if let comparison, !comparison.isComparable {
      for remark in comparison.remarks { Terminal.writeError("warning: \(Terminal.line(remark))\n") }
    }
    if comparison?.isSlower == true { throw ExitCode(1) }
  }

  private func compare(_ report: BenchmarkReport, with earlier: BenchmarkReport?) throws -> BenchmarkComparison? {
    do throws(BenchmarkComparison.Problem) {
      guard let earlier else { return nil }
      return try BenchmarkComparison(report, against: earlier, tolerance: tolerance)
    } catch {
      throw BenchmarkFileError(path: against ?? "", reason: error.description, isMissing: false)
    }
  }
}
