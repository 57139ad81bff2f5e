import FeatureGeneration
import Foundation

/// A benchmark report as `bench` prints it.
struct BenchmarkSummary {
  private let report: BenchmarkReport
  private let comparison: BenchmarkComparison?

  init(_ report: BenchmarkReport, _ comparison: BenchmarkComparison?) {
    self.report = report
    self.comparison = comparison
  }

  /// The report alone: a comparison's result is the exit code, and what `--against` prints for people.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
  }

  var text: String {
    var text =
      "EdgeDSP \(report.version), \(report.date), \(Terminal.line(report.machine.processor)), "
      + "\(report.machine.cores) \(report.machine.cores == 1 ? "core" : "cores"), \(report.machine.instructionSet)\n"
    for block in report.blocks { text += "\n" + Self.text(block) }
    if let comparison { text += "\n" + Self.text(comparison) }
    return text
  }

  private static func text(_ block: BlockProfile) -> String {
    let input = block.input
    var text =
      "block \(block.blockId) (\(Terminal.line(block.name))): \(block.type) v\(block.implementationVersion), "
      + "\(Quantity.grouped(input.rows)) rows x \(input.axes) \(input.axes == 1 ? "axis" : "axes") "
      + "-> \(Quantity.grouped(block.features)) features, \(input.signal) signal\n\n"
    let latency = block.latency
    text += "  one window a call: median \(time(latency.median)), p95 \(time(latency.p95)), p99 \(time(latency.p99)) "
    text += "(\(Quantity.grouped(latency.windows)) windows)\n" + histogram(latency) + "\n"
    var table = TextTable(["  batches", "windows a call", "us a window", "windows/s", "x real time"])
    for throughput in [block.oneThread, block.allThreads] {
      table.rows.append([
        "  \(throughput.threads) \(throughput.threads == 1 ? "thread" : "threads")",
        Quantity.grouped(throughput.windowsPerBatch), number(throughput.microsecondsPerWindow.median),
        Quantity.grouped(whole(throughput.windowsPerSecond)),
        throughput.realTimeFactor.map { Quantity.grouped(whole($0)) } ?? "-",
      ])
    }
    return text + table.text + "\n" + stages(block) + "\n" + memory(block) + "\n" + devices(block)
  }

  private static func histogram(_ latency: LatencyDistribution) -> String {
    let most = latency.histogram.map(\.count).max() ?? 0
    guard most > 0 else { return "" }
    return rows(latency.histogram).map { bucket in
      let label = bucket.to == nil ? ">= \(time(bucket.from))" : "< \(time(bucket.to ?? 0))"
      let bar = String(repeating: "#", count: bucket.count == 0 ? 0 : max(1, bucket.count * 40 / most))
      let blanks = String(repeating: " ", count: max(0, 14 - label.count))
      return "  \(blanks)\(label)  \(bar) \(Quantity.grouped(bucket.count))\n"
    }.joined()
  }

  /// All buckets, also those without a window; neighbours together where they are more than fit a screen.
  private static func rows(_ buckets: [LatencyDistribution.Bucket]) -> [LatencyDistribution.Bucket] {
    var rows = buckets
    while rows.count > 16 {
      let tail = rows.last?.to == nil ? 1 : 0
      let pairs = stride(from: 0, to: rows.count - tail, by: 2).map { index -> LatencyDistribution.Bucket in
        var row = rows[index]
        if index + 1 < rows.count - tail {
          row.to = rows[index + 1].to
          row.count += rows[index + 1].count
        }
        return row
      }
      rows = pairs + rows.suffix(tail)
    }
    return rows
  }

  private static func stages(_ block: BlockProfile) -> String {
    let total = block.oneThread.microsecondsPerWindow.median
    var table = TextTable(["  stage", "us a window", "share", "operations"])
    var sum = 0.0
    for stage in block.stages {
      let operations = stage.operations
      let count =
        operations.arithmetic + operations.divisions + operations.squareRoots + operations.logarithms
        + operations.comparisons
      sum += stage.microsecondsPerWindow ?? 0
      table.rows.append([
        "  \(stage.name)", stage.microsecondsPerWindow.map(number) ?? "-",
        stage.microsecondsPerWindow.map { percent($0 / total) } ?? "-", Quantity.grouped(count),
      ])
    }
    // Below 0 where stages take longer alone than one after the other.
    let rest = total - sum
    let sign = rest < 0 ? "-" : ""
    table.rows.append(["  rest (block less stages)", sign + number(abs(rest)), sign + percent(abs(rest / total)), ""])
    table.rows.append(["  block", number(total), percent(1), ""])
    return table.text
  }

  private static func memory(_ block: BlockProfile) -> String {
    let memory = block.memory
    return "  plan \(time(block.plan)) (the first \(time(block.firstPlan))), \(Quantity.bytes(memory.plan))\n"
      + "  RAM: scratch \(Quantity.bytes(memory.scratchPerThread)) a thread "
      + "(measured \(Quantity.bytes(memory.measuredScratchPerThread))), windows \(Quantity.bytes(memory.windowBuffer)), "
      + "features \(Quantity.bytes(memory.featureBuffer))\n"
      + "  measured peak \(Quantity.bytes(memory.measuredPeak)) with \(block.allThreads.threads) "
      + "\(block.allThreads.threads == 1 ? "thread" : "threads"), whole process "
      + "\(Quantity.bytes(memory.processPeak))\n"
  }

  private static func devices(_ block: BlockProfile) -> String {
    var table = TextTable(["  estimate, one window", "latency", "expected range", "RAM"])
    for device in block.devices.performance {
      table.rows.append([
        "  \(device.mcu)", time(1000 * device.latencyMs),
        "\(time(1000 * device.lowMs)) to \(time(1000 * device.highMs))",
        Quantity.bytes(device.ram),
      ])
    }
    return table.text
  }

  private static func text(_ comparison: BenchmarkComparison) -> String {
    var table = TextTable(["compared with the earlier report", "before", "now", "change", "noise", ""])
    for line in comparison.lines {
      table.rows.append([
        "block \(line.blockId), \(line.measurement)", time(line.before), time(line.now), signed(line.change),
        "± \(number(line.noise)) %", line.verdict.rawValue,
      ])
    }
    return table.text + comparison.remarks.map { "remark: \(Terminal.line($0))\n" }.joined()
      + "Changes are corrected for the machine's speed at the time.\n"
  }

  private static func signed(_ percent: Double) -> String { (percent < 0 ? "-" : "+") + number(abs(percent)) + " %" }
  private static func percent(_ share: Double) -> String { share.isFinite ? number(100 * share) + " %" : "-" }
  private static func whole(_ value: Double) -> Int { Int(exactly: min(value, 1e15).rounded()) ?? 0 }

  /// Three digits that matter.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    if value >= 99.95 { return Quantity.grouped(whole(value)) }
    let digits = value >= 9.995 ? 10.0 : value >= 0.9995 ? 100 : 1000
    return "\((value * digits).rounded() / digits)"
  }

  /// Microseconds in the unit that suits.
  private static func time(_ microseconds: Double) -> String {
    if microseconds < 999.5 { return "\(number(microseconds)) us" }
    if microseconds < 999_500 { return "\(number(microseconds / 1000)) ms" }
    return "\(number(microseconds / 1e6)) s"
  }
}
