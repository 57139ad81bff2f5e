import Datasets

extension DatasetScan {
  /// Puts the findings together, in the order of the dataset's recordings.
  func report(_ findings: [Finding], threads: Int) -> ScanReport {
    var problems = dataset.problems + findings.flatMap(\.problems)
    let forecast = generator.map { self.forecast($0, findings, threads: threads, &problems) }
    if dataset.entries.isEmpty {
      problems.append(DatasetProblem(severity: .error, file: dataset.path, message: "expected recordings, found none"))
    }
    // Sorting keeps the order in which problems of one file were found.
    problems.sort {
      $0.severity != $1.severity
        ? $0.severity < $1.severity : $0.file.utf8.lexicographicallyPrecedes($1.file.utf8)
    }
    return ScanReport(
      dataset: dataset.path, recordings: zip(dataset.entries, findings).map(Self.recording),
      totals: totals(findings), forecast: forecast,
      problems: problems.map { .init(severity: $0.severity.rawValue, file: $0.file, message: $0.message) },
      ignored: dataset.ignored.map { .init(path: $0.path, reason: $0.reason) },
      errors: problems.count { $0.severity == .error }, warnings: problems.count { $0.severity == .warning },
      notices: problems.count { $0.severity == .notice })
  }

  private static func recording(_ entry: DatasetEntry, _ finding: Finding) -> ScanReport.Recording {
    let facts = finding.facts
    let header = facts?.header
    let isTimed = header?.imageSize == nil
    var seen: Set<ByteKey> = []
    return ScanReport.Recording(
      path: entry.path, name: entry.name, sampleID: entry.sampleID, category: entry.category.rawValue,
      labels: entry.label.names.filter { seen.insert(ByteKey($0)).inserted }, byteCount: entry.byteCount,
      format: facts?.format, rows: facts?.rows, axes: header?.sensors.map(\.name), units: header?.sensors.map(\.units),
      intervalMs: isTimed ? header?.intervalMs : nil, frequencyHz: isTimed ? header?.frequencyHz : nil,
      durationSeconds: facts?.durationSeconds, windows: finding.use?.windowCount,
      resampledRows: finding.use?.resampledRows)
  }

  // MARK: Totals

  private struct Key: Hashable {
    let category: Int
    /// Nil for none.
    let label: ByteKey?
  }

  private func totals(_ findings: [Finding]) -> [ScanReport.Total] {
    let categories = Category.allCases
    var totals: [Key: ScanReport.Total] = [:]
    func add(_ entry: DatasetEntry, _ label: ByteKey?, _ change: (inout ScanReport.Total) -> Void) {
      let key = Key(category: categories.firstIndex(of: entry.category) ?? 0, label: label)
      change(
        &totals[
          key,
          default: ScanReport.Total(
            category: entry.category.rawValue, label: label?.text ?? "", recordings: 0, durationSeconds: 0,
            windows: generator == nil ? nil : 0)])
    }
    for (entry, finding) in zip(dataset.entries, findings) {
      for (label, rows) in entry.label.rows(of: finding.facts?.rows ?? 0) {
        let interval = finding.facts.map { $0.header.imageSize == nil ? $0.header.intervalMs : 0 } ?? 0
        add(entry, label) {
          $0.recordings += 1
          $0.durationSeconds += Double(rows) * interval / 1000
        }
      }
      for (label, count) in finding.use?.windows ?? [:] {
        add(entry, label) { $0.windows = ($0.windows ?? 0) + count }
      }
    }
    return totals.sorted { left, right in
      if left.key.category != right.key.category { return left.key.category < right.key.category }
      guard let a = left.key.label, let b = right.key.label else { return left.key.label != nil }
      return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }.map(\.value)
  }
}

extension RecordingFacts {
  /// Rows times interval; nil for pictures.
  var durationSeconds: Double? { header.imageSize == nil ? Double(rows) * header.intervalMs / 1000 : nil }
}

extension RecordingLabel {
  /// In the order of the rows.
  fileprivate var names: [String] {
    switch self {
    case .unlabeled: []
    case .single(let label): [label]
    case .multi(let spans): spans.map(\.label)
    }
  }

  /// Rows of each label in a recording of `count` rows, each label once; nil stands for none.
  fileprivate func rows(of count: Int) -> [ByteKey?: Int] {
    var rows: [ByteKey?: Int] = [:]
    switch self {
    case .unlabeled: rows[nil] = count
    case .single(let label): rows[ByteKey(label)] = count
    case .multi(let spans):
      for span in spans {
        rows[ByteKey(span.label), default: 0] += max(0, min(span.end + 1, count) - min(span.start, count))
      }
      let rest = count - rows.values.reduce(0, +)
      if rest > 0 { rows[nil] = rest }
    }
    return rows
  }
}
