import FeatureGeneration

/// A scan's report for people: totals, forecast, recordings, problems.
struct DatasetScanText {
  private let report: ScanReport
  private let listsAll: Bool

  /// Recordings and problems that are shown unless all are.
  private static let mostRecordings = 20
  private static let mostProblems = 30

  init(_ report: ScanReport, listsAll: Bool) {
    self.report = report
    self.listsAll = listsAll
  }

  /// - Parameter seconds: how long the scan has taken.
  func text(seconds: Double) -> String {
    let bytes = report.recordings.reduce(0) { $0 + $1.byteCount }
    let sections = [totals, forecast, recordings, problems].filter { !$0.isEmpty }
    return sections.joined(separator: "\n") + (sections.isEmpty ? "" : "\n") + """
      \(Self.count(report.errors, "error")), \(Self.count(report.warnings, "warning")), \
      \(Self.count(report.notices, "notice")); \(Self.count(report.recordings.count, "recording")) \
      (\(Quantity.bytes(bytes))) read in \(Quantity.duration(seconds)), \
      peak memory \(Quantity.bytes(Terminal.peakMemory))

      """
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(Quantity.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: Totals

  private var totals: String {
    if report.totals.isEmpty { return "" }
    let hasWindows = report.forecast != nil
    var table = TextTable(["label", "category", "recordings", "duration"] + (hasWindows ? ["windows"] : []))
    func add(_ label: String, _ category: String, _ recordings: Int, _ seconds: Double, _ windows: Int) {
      table.rows.append(
        [label, category, Quantity.grouped(recordings), Quantity.duration(seconds)]
          + (hasWindows ? [Quantity.grouped(windows)] : []))
    }
    for total in report.totals {
      add(
        total.label.isEmpty ? "(no label)" : Terminal.line(total.label), total.category, total.recordings,
        total.durationSeconds, total.windows ?? 0)
    }
    var categories: [String] = []
    for total in report.totals where categories.last != total.category { categories.append(total.category) }
    for category in categories + (categories.count > 1 ? [""] : []) {
      let parts = report.totals.filter { category.isEmpty || $0.category == category }
      if parts.count < 2 { continue }
      // A recording with several labels counts once here.
      add(
        "total", category, report.recordings.count { category.isEmpty || $0.category == category },
        parts.reduce(0) { $0 + $1.durationSeconds }, parts.reduce(0) { $0 + ($1.windows ?? 0) })
    }
    return table.text
  }

  // MARK: Forecast

  private var forecast: String {
    guard let forecast = report.forecast else { return "" }
    var table = TextTable(["feature set", "features", "size", "time on a thread"])
    for block in forecast.blocks {
      table.rows.append([
        Terminal.line(block.folder), Quantity.grouped(block.featureCount), Quantity.bytes(block.byteCount),
        Self.about(block.seconds),
      ])
    }
    let which = forecast.category == "all" ? "all recordings" : "recordings of category \(forecast.category)"
    return table.text
      + "generate takes \(Self.about(forecast.seconds)) on \(Self.count(forecast.threads, "thread")) for "
      + "\(Self.count(forecast.windows, "window")) of \(Self.count(forecast.recordings, "recording")) (\(which))\n"
  }

  private static func about(_ seconds: Double) -> String {
    seconds < 1e-3 ? "below 1 ms" : "about \(Quantity.duration(seconds))"
  }

  // MARK: Recordings

  private var recordings: String {
    if report.recordings.isEmpty { return "" }
    let hasWindows = report.forecast != nil
    var table = TextTable(
      ["recording", "format", "rows", "rate", "duration"] + (hasWindows ? ["windows"] : []) + ["category", "label"])
    let limit = listsAll ? report.recordings.count : Self.mostRecordings
    let shown = report.recordings.prefix(limit)
    for recording in shown {
      let labels = recording.labels.count > 3 ? recording.labels.prefix(2) + ["…"] : recording.labels[...]
      table.rows.append(
        [
          Terminal.line(recording.path), recording.format ?? "?", recording.rows.map(Quantity.grouped) ?? "-",
          recording.frequencyHz.map(Self.rate) ?? "-", recording.durationSeconds.map(Quantity.duration) ?? "-",
        ] + (hasWindows ? [recording.windows.map(Quantity.grouped) ?? "-"] : [])
          + [recording.category, labels.isEmpty ? "-" : Terminal.line(labels.joined(separator: ", "))])
    }
    let rest = report.recordings.count - shown.count
    let axes = axisSets
    return table.text + (rest > 0 ? "… and \(Quantity.grouped(rest)) more; --all lists them\n" : "") + axes
  }

  private static func rate(_ hertz: Double) -> String {
    "\(JSONText.number((hertz * 1000).rounded() / 1000)) Hz"
  }

  /// The sets of axes that occur, the commonest first.
  private var axisSets: String {
    let sets = Dictionary(grouping: report.recordings.compactMap(\.axes)) { $0 }.map { ($0.key, $0.value.count) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.lexicographicallyPrecedes($1.0) }
    let lines = sets.prefix(5).map { axes, count in
      let names = axes.prefix(8).joined(separator: ", ") + (axes.count > 8 ? " and \(axes.count - 8) more" : "")
      return "axes \(Terminal.line(names))" + (sets.count > 1 ? ": \(Self.count(count, "recording"))" : "") + "\n"
    }
    return lines.joined() + (sets.count > 5 ? "… and \(sets.count - 5) more sets of axes\n" : "")
  }

  // MARK: Problems

  /// Problems with the same words share a line.
  private var problems: String {
    struct Group {
      let severity: String
      let message: String
      var files: [String]
    }
    var groups: [Group] = []
    var places: [String: Int] = [:]
    let ignored = report.ignored.map { ("not used", $0.path, $0.reason) }
    for (severity, file, message) in report.problems.map({ ($0.severity, $0.file, $0.message) }) + ignored {
      let key = "\(severity)\u{0}\(message)"
      if !listsAll, let place = places[key] {
        groups[place].files.append(file)
      } else {
        places[key] = groups.count
        groups.append(Group(severity: severity, message: message, files: [file]))
      }
    }
    let shown = listsAll ? groups[...] : groups.prefix(Self.mostProblems)
    let lines = shown.map { group in
      let more = group.files.count > 1 ? " (and \(Self.count(group.files.count - 1, "more file")))" : ""
      return Terminal.line("\(group.severity): \(group.files[0])\(more): \(group.message)") + "\n"
    }
    let rest = groups.count - shown.count
    return lines.joined() + (rest > 0 ? "… and \(Quantity.grouped(rest)) more; --all lists them\n" : "")
  }
}
