import FeatureGeneration
import Foundation

/// A comparison as `compare` prints it.
struct ComparisonText {
  private let report: ComparisonReport

  init(_ report: ComparisonReport) { self.report = report }

  private static let mostFeatures = 10

  /// The answer in one line.
  var headline: String {
    switch report.verdict {
    case .equal: "equal: \(reason)"
    case .withinTolerance: "within tolerance: \(reason)"
    case .different: "different: \(reason)"
    }
  }

  /// What the answer rests on.
  var reason: String {
    let values = report.values
    switch report.verdict {
    case .equal:
      return "all \(Quantity.grouped(values.compared)) values of \(Quantity.grouped(report.windows.compared)) windows"
    case .withinTolerance:
      return "\(Quantity.grouped(values.equal)) of \(Quantity.grouped(values.compared)) values are equal, all are "
        + "within \(report.tolerance)"
    case .different: return differences.joined(separator: "; ")
    }
  }

  private var differences: [String] {
    let (values, windows) = (report.values, report.windows)
    var parts: [String] = []
    if report.columnsBy == nil {
      parts.append("\(report.local.features) features a window locally, \(report.studio.features) in Studio's set")
    }
    if values.outside > 0 {
      parts.append(
        "\(Quantity.grouped(values.outside)) of \(Quantity.grouped(values.compared)) values are outside \(report.tolerance)"
      )
    }
    if windows.missing > 0 { parts.append("\(Quantity.grouped(windows.missing)) windows are missing locally") }
    if windows.extra > 0 { parts.append("\(Quantity.grouped(windows.extra)) windows are not in Studio's set") }
    if report.labels.different > 0 {
      parts.append("\(Quantity.grouped(report.labels.different)) windows have another label number")
    }
    return parts.isEmpty ? ["features come in another order"] : parts
  }

  /// A number in a few digits.
  static func short(_ value: Double) -> String {
    if value == 0 { return "0" }
    if value >= 1e-3 && value < 1e5 { return "\((value * 1e4).rounded() / 1e4)" }
    guard value.isFinite else { return "\(value)" }
    let exponent = Int(log10(value).rounded(.down))
    return "\((value / pow(10, Double(exponent)) * 10).rounded() / 10)e\(exponent)"
  }

  /// A feature's value, with all digits that it has.
  static func exact(_ value: Float) -> String { value.isNaN ? "NaN" : "\(value)" }

  /// Where a value is: its recording and time, or its row.
  static func place(_ difference: ComparisonReport.Difference) -> String {
    guard let window = difference.window else { return "row \(difference.localRow)" }
    return place(window)
  }

  static func place(_ window: ComparisonReport.Window) -> String {
    Terminal.line(window.recording ?? "sample \(window.sampleId)") + " at \(window.startMs) ms"
  }

  var text: String {
    var text = headline + "\n"
    text += "\nwindows paired by \(report.rowsBy)"
    if let columns = report.columnsBy { text += ", features by \(columns)" }
    text += "; tolerance \(report.tolerance)\n"
    for cause in report.causes {
      text +=
        "\n\(cause.id == report.causes.first?.id ? "probable cause" : "or")"
        + ": \(cause.title) (\(cause.recomputed ? "recomputed" : "from the values"), "
        + "\(Int((cause.explains * 100).rounded(.down))) %)\n  \(Terminal.line(cause.explanation))\n"
    }
    text += features + worst
    for (name, windows) in [("missing", report.windows.missingExamples), ("extra", report.windows.extraExamples)]
    where !windows.isEmpty {
      text += "\n\(name): " + windows.map(Self.place).joined(separator: ", ") + "\n"
    }
    for label in report.labels.examples {
      text += "\nlabel of \(Self.place(label.window)): \(label.local) locally, \(label.studio) in Studio's set"
    }
    if !report.labels.examples.isEmpty { text += "\n" }
    if !report.notes.isEmpty { text += "\n" }
    for note in report.notes { text += "note: \(Terminal.line(note))\n" }
    return text
  }

  private var features: String {
    let different = report.features.filter { $0.within + $0.outside > 0 }
      .sorted { $0.outside != $1.outside ? $0.outside > $1.outside : $0.index < $1.index }
    if different.isEmpty { return "" }
    var table = TextTable(["feature", "outside", "within", "equal", "max abs", "max rel", "max ULP", "NaN"])
    for feature in different.prefix(Self.mostFeatures) {
      table.rows.append([
        Terminal.line(feature.name), Quantity.grouped(feature.outside), Quantity.grouped(feature.within),
        Quantity.grouped(feature.equal), Self.short(feature.maxAbsolute), Self.short(feature.maxRelative),
        Quantity.grouped(feature.maxULPs), "\(feature.nan)",
      ])
    }
    let rest = different.count - Self.mostFeatures
    return "\n" + table.text + (rest > 0 ? "… and \(rest) more features that differ\n" : "")
  }

  private var worst: String {
    guard let first = report.firstDivergence ?? report.worst.first else { return "" }
    var table = TextTable(["worst windows", "feature", "local", "studio"])
    for difference in report.worst.prefix(5) {
      table.rows.append([
        Self.place(difference), Terminal.line(difference.feature), Self.exact(difference.local),
        Self.exact(difference.studio),
      ])
    }
    let divergence =
      report.firstDivergence == nil
      ? "" : "\nfirst divergence: row \(first.localRow), \(Self.place(first)), \(Terminal.line(first.feature))\n"
    return divergence + "\n" + table.text
  }

  /// The same as one JSON object. Numbers that JSON has not are texts: `NaN`, `Infinity`.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
      return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
  }
}
