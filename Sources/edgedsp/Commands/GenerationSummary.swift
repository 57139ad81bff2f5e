import Datasets
import FeatureGeneration
import Foundation

/// A generation's report as `generate` prints it.
struct GenerationSummary {
  private let report: GenerationReport

  init(_ report: GenerationReport) { self.report = report }

  private var rate: Double { report.seconds > 0 ? Double(report.windows) / report.seconds : 0 }

  var text: String {
    var labels = TextTable(["label", "windows", "recordings"])
    for label in report.labels {
      labels.rows.append([
        label.label.isEmpty ? "(no label)" : Terminal.line(label.label), Quantity.grouped(label.windows),
        Quantity.grouped(label.recordings),
      ])
    }
    labels.rows.append([
      "total", Quantity.grouped(report.windows), Quantity.grouped(report.recordings),
    ])
    var sets = TextTable(["feature set", "features", "size"])
    for set in report.sets {
      sets.rows.append([Terminal.line(set.path), Quantity.grouped(set.featureCount), Quantity.bytes(set.byteCount)])
    }
    var text = labels.text + "\n" + sets.text + "\n"
    text +=
      "\(Quantity.grouped(report.windows)) windows in \(Quantity.duration(report.seconds)) on \(report.threads) "
      + "\(report.threads == 1 ? "thread" : "threads"): \(Quantity.grouped(Int(rate))) windows/s, "
      + "peak memory \(Quantity.bytes(Terminal.peakMemory))\n"
    if report.resampled > 0 {
      text +=
        "\(Quantity.grouped(report.resampled)) recording\(report.resampled == 1 ? " was" : "s were") resampled "
        + "to the impulse's rate, from \(Self.rates(report.resampledFrom))\n"
    }
    for warning in report.warnings { text += "warning: \(Terminal.line(warning))\n" }
    let skipped = report.skipped.count
    if skipped > 0 { text += "\(skipped) recording\(skipped == 1 ? " was" : "s were") left out.\n" }
    return text
  }

  /// `50.0 Hz`, or `50.0, 62.5 Hz`; of many the first and the last.
  private static func rates(_ rates: [Double]) -> String {
    let texts = rates.map { "\($0)" }
    let shown = texts.count > 5 ? texts.prefix(3) + ["…"] + texts.suffix(1) : texts[...]
    return shown.joined(separator: ", ") + " Hz"
  }

  /// The same as one JSON object.
  var json: String {
    get throws {
      struct Document: Encodable {
        let report: GenerationReport
        let windowsPerSecond: Double
        let peakMemoryBytes: Int
        /// All of them, those about files that are not used too.
        let warnings: [String]
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        report: report, windowsPerSecond: rate, peakMemoryBytes: Terminal.peakMemory, warnings: report.warnings)
      return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
  }
}
