import FeatureGeneration
import Foundation

/// A verification as `verify` prints it.
struct VerificationText {
  private let report: VerificationReport

  init(_ report: VerificationReport) { self.report = report }

  var text: String {
    var text = ""
    for finding in report.findings { text += line(finding) + "\n" }
    if !report.findings.isEmpty { text += "\n" }
    text += blocks + dataset
    let counts = [
      ("error", report.count(.error)), ("warning", report.count(.warning)), ("notice", report.count(.notice)),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)\($0.1 == 1 ? "" : "s")" }
    return text + (counts.isEmpty ? "nothing to complain about\n" : counts.joined(separator: ", ") + "\n")
  }

  private func line(_ finding: VerificationReport.Finding) -> String {
    let place = finding.place.isEmpty ? "" : "\(finding.place): "
    let file = finding.file + (finding.line.map { ":\($0)" } ?? "")
    return Terminal.line("\(finding.severity.rawValue): \(file): \(place)\(finding.message)")
  }

  private var blocks: String {
    if report.blocks.isEmpty { return "" }
    var table = TextTable(["block", "rows", "features", "bytes/window", "memory", "one window", "windows/s"])
    for block in report.blocks {
      table.rows.append([
        Terminal.line("\(block.id) \(block.name)"), Quantity.grouped(block.windowRows),
        Quantity.grouped(block.features), Quantity.grouped(block.bytesPerWindow), Quantity.bytes(block.memoryBytes),
        Self.short(block.latencySeconds),
        block.secondsPerWindow > 0 ? Quantity.grouped(Int(1 / block.secondsPerWindow)) : "-",
      ])
    }
    return table.text + "\n"
  }

  /// Seconds as `1.3 us` or `20 ms`.
  private static func short(_ seconds: Double) -> String {
    seconds < 0.001 ? "\(Quantity.oneDecimal(seconds * 1e6)) us" : "\(Quantity.oneDecimal(seconds * 1e3)) ms"
  }

  private var dataset: String {
    guard let data = report.dataset else { return "" }
    var table = TextTable(["label", "windows"])
    for (label, windows) in data.labels.sorted(by: { $0.key < $1.key }) {
      table.rows.append([label.isEmpty ? "(no label)" : Terminal.line(label), Quantity.grouped(windows)])
    }
    let categories = data.windows.sorted { $0.key < $1.key }.map { "\(Quantity.grouped($0.value)) \($0.key)" }
    var text = data.labels.isEmpty ? "" : table.text + "\n"
    text +=
      "\(Quantity.grouped(data.recordings)) recordings, \(Quantity.duration(data.seconds)) of which "
      + "\(Quantity.duration(data.lostSeconds)) are in no window; windows: "
      + (categories.isEmpty ? "none" : categories.joined(separator: ", ")) + "\n"
    return text + "output \(Quantity.bytes(data.outputBytes)), "
      + "about \(Quantity.duration(data.computeSeconds)) of computing on one thread\n\n"
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
  }

  /// Annotations of a GitHub workflow, a line each.
  ///
  /// - Parameter dataset: the folder that recordings are in, so that paths are those of the repository.
  func annotations(dataset: String?) -> String {
    func value(_ text: String) -> String {
      data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
    func data(_ text: String) -> String {
      text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }
    return report.findings.map { finding in
      let isImpulse = finding.file == report.impulse || finding.file == dataset
      let file = isImpulse ? finding.file : dataset.map { "\($0)/\(finding.file)" } ?? finding.file
      let line = finding.line.map { ",line=\($0)" } ?? ""
      let place = finding.place.isEmpty ? "" : "\(finding.place): "
      return "::\(finding.severity.rawValue) file=\(value(file))\(line),title=edgedsp verify%3A "
        + "\(value(finding.kind))::\(data(Terminal.line(place + finding.message)))\n"
    }.joined()
  }
}
