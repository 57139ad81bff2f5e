import Datasets

extension DatasetPass {
  typealias Finding = VerificationReport.Finding

  private static let mostListed = 50
  /// A label with fewer windows than this share of the largest one's is worth a note.
  private static let imbalance = 10

  /// Adds what was found to a report.
  func report(into report: inout VerificationReport, blocks: [VerificationReport.Block]) {
    addNumbers(to: &report, blocks)
    report.findings += refused() + values() + rates() + lengths() + remarks() + labels() + leakage()
  }

  private func finding(
    _ severity: Finding.Severity, _ kind: String, _ file: String, _ message: String
  ) -> Finding {
    Finding(severity: severity, kind: kind, file: file, line: nil, place: "", parameter: "", message: message)
  }

  /// A sentence about one recording, or about several with an example.
  private func about(
    _ severity: Finding.Severity, _ kind: String, _ list: [RecordingFacts], _ one: String, _ several: String,
    because reason: String = ""
  ) -> [Finding] {
    guard let first = list.first else { return [] }
    if list.count == 1 { return [finding(severity, kind, first.entry.path, one)] }
    return [
      finding(
        severity, kind, dataset.path,
        "\(list.count) recordings \(several), for example \(first.entry.path)\(reason.isEmpty ? "" : ": \(reason)")")
    ]
  }

  private func addNumbers(to report: inout VerificationReport, _ blocks: [VerificationReport.Block]) {
    var data = report.dataset ?? VerificationReport.Data(path: dataset.path)
    let isFirst = report.dataset == nil
    var windows = 0
    for facts in recordings {
      guard let summary = facts.summary else { continue }
      windows += summary.windows
      // With several kinds of windows, the first one's numbers are shown.
      if !isFirst { continue }
      if summary.windows > 0 { data.recordings += 1 }
      data.windows[facts.entry.category.rawValue, default: 0] += summary.windows
      data.labels.merge(facts.labels) { $0 + $1 }
      guard input.frequency > 0 else { continue }
      data.seconds += Double(summary.cutRows) / input.frequency
      data.lostSeconds += Double(lostRows(summary) + skippedRows(summary)) / input.frequency
    }
    for block in blocks {
      data.outputBytes = data.outputBytes.saturatingSum(windows * block.bytesPerWindow)
      data.computeSeconds += Double(windows) * block.secondsPerWindow
    }
    report.dataset = data
  }

  /// Rows in no window that lie after the last one.
  private func lostRows(_ summary: RecordingSummary) -> Int {
    summary.windows == 0 ? summary.cutRows : summary.isPadded ? 0 : summary.droppedRows
  }

  /// Rows in no window that lie between two.
  private func skippedRows(_ summary: RecordingSummary) -> Int {
    max(0, summary.windows - 1) * max(0, input.window.hop - input.window.rows)
  }

  // MARK: Recordings

  /// One line for all recordings that are refused for the same reason.
  private func refused() -> [Finding] {
    var order: [String] = []
    var groups: [String: [RecordingFacts]] = [:]
    for facts in recordings {
      guard let message = facts.error?.message else { continue }
      if groups[message] == nil { order.append(message) }
      groups[message, default: []].append(facts)
    }
    var findings = order.prefix(Self.mostListed).flatMap { message in
      about(.error, "recording", groups[message] ?? [], message, "cannot be used", because: message)
    }
    if order.count > Self.mostListed {
      findings.append(
        finding(.error, "recording", dataset.path, "\(order.count - Self.mostListed) more reasons like these"))
    }
    return findings
  }

  private func values() -> [Finding] {
    warnings.map { warning in
      Finding(
        severity: warning.issue.severity == .error ? .error : .warning, kind: "values", file: warning.entry.path,
        line: nil, place: "block \(warning.block.block.id) (\(warning.block.block.name))",
        parameter: warning.issue.parameter,
        message: "\(warning.windows) of \(windowsLookedAt) windows looked at, the first at \(warning.startMs) ms: "
          + "\(warning.issue)")
    }
  }

  private func rates() -> [Finding] {
    let resampled = recordings.filter { $0.summary?.resampling != nil }
    return Dictionary(grouping: resampled, by: { $0.summary?.resampling?.frequency ?? 0 }).sorted { $0.key < $1.key }
      .flatMap { rate, list in
        let effect =
          rate < input.frequency
          ? "nothing above \(rate / 2) Hz is real then" : "what is above \(input.frequency / 2) Hz is lost"
        let text = "of \(rate) Hz, resampled to the impulse's \(input.frequency) Hz: \(effect)"
        return about(.warning, "rate", list, "is \(text)", "are \(text)")
      }
  }

  private func lengths() -> [Finding] {
    let usable = recordings.filter { $0.summary != nil }
    let window = input.window
    let text = "shorter than a window (\(window.rows) rows, \(window.sizeMs) ms)"
    var findings = about(
      .warning, "short", usable.filter { $0.summary?.windows == 0 }, "is \(text) and gives none",
      "are \(text) and give none")
    findings += about(
      .warning, "short", usable.filter { $0.summary?.isPadded == true }, "is \(text) and is completed with zeros",
      "are \(text) and are completed with zeros")
    guard input.frequency > 0 else { return findings }
    let total = usable.reduce(0) { $0 + ($1.summary?.cutRows ?? 0) }
    let lost = usable.compactMap(\.summary).filter { $0.windows > 0 }.reduce(0) { $0 + lostRows($1) }
    if lost > 0 {
      let share = Double(lost) / Double(max(1, total))
      findings.append(
        finding(
          share > 0.01 ? .warning : .notice, "tail", dataset.path,
          "\(seconds(lost)) of \(seconds(total)) (\((share * 1000).rounded() / 10) %) lie after the last whole window of "
            + "their recording and are not used"))
    }
    return findings
  }

  private func seconds(_ rows: Int) -> String {
    "\((Double(rows) / input.frequency * 100).rounded() / 100) s"
  }

  private func remarks() -> [Finding] {
    let pairs = recordings.flatMap { facts in (facts.summary?.remarks ?? []).map { (remark: $0, facts: facts) } }
    return Dictionary(grouping: pairs, by: \.remark).sorted { $0.key < $1.key }.prefix(Self.mostListed)
      .flatMap { remark, list in
        list.count == 1
          ? [finding(.warning, "recording", list[0].facts.entry.path, remark)]
          : [
            finding(
              .warning, "recording", dataset.path,
              "\(list.count) recordings, for example \(list[0].facts.entry.path): \(remark)")
          ]
      }
  }

  // MARK: Labels

  private func labels() -> [Finding] {
    var findings = about(
      .warning, "labels", recordings.filter { $0.summary != nil && $0.entry.label == .unlabeled },
      "has no label; y has 0 for it", "have no label; y has 0 for them")
    var counts: [Category: [String: Int]] = [:]
    for facts in recordings { counts[facts.entry.category, default: [:]].merge(facts.labels) { $0 + $1 } }
    let training = counts[.training] ?? [:]
    let testing = counts[.testing] ?? [:]
    for label in testing.keys.sorted() where training[label] == nil && !training.isEmpty && !label.isEmpty {
      findings.append(
        finding(.warning, "labels", dataset.path, "the label \(label) is in testing and nowhere in training"))
    }
    let named = training.filter { !$0.key.isEmpty }
    if let most = named.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      let least = named.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
      least.value * Self.imbalance < most.value
    {
      findings.append(
        finding(
          .notice, "labels", dataset.path,
          "classes are uneven: \(most.value) windows of \(most.key) and \(least.value) of \(least.key) in training"))
    }
    return findings
  }

  // MARK: Leakage

  /// The same content, or parts of one recording, in training and in testing: results on it prove nothing.
  private func leakage() -> [Finding] {
    let usable = recordings.filter { $0.summary != nil }
    var findings: [Finding] = []
    var told: Set<String> = []
    func tell(_ first: RecordingFacts, _ second: RecordingFacts, _ text: String) {
      let pair = [first.entry.path, second.entry.path].sorted().joined(separator: "\u{0}")
      guard told.insert(pair).inserted, findings.count < Self.mostListed else { return }
      findings.append(
        finding(
          .warning, "leakage", first.entry.path,
          "\(text) \(second.entry.path), but is \(first.entry.category.rawValue), and that is "
            + "\(second.entry.category.rawValue)"))
    }
    func across(_ key: (RecordingFacts) -> String?, _ text: String) {
      var groups: [String: [RecordingFacts]] = [:]
      for facts in usable { if let key = key(facts) { groups[key, default: []].append(facts) } }
      for (_, list) in groups.sorted(by: { $0.key < $1.key }) {
        for other in list.dropFirst() where other.entry.category != list[0].entry.category {
          tell(list[0], other, text)
        }
      }
    }
    across({ $0.summary?.fingerprint.isEmpty == false ? $0.summary?.fingerprint : nil }, "has the same bytes as")
    for pair in shared.pairs where !recordings[pair.first].entry.path.isEmpty {
      let (first, second) = (recordings[pair.first], recordings[pair.second])
      if first.summary == nil || second.summary == nil { continue }
      tell(first, second, "shares about \(seconds(pair.rows)) of rows, so overlapping windows, with")
    }
    across({ Self.source($0.entry) }, "is cut from the same recording as")
    return findings
  }

  /// What a recording was cut from: `wave.json.s1` and `wave.json.s2` are one; nil for whole ones.
  private static func source(_ entry: DatasetEntry) -> String? {
    if entry.reading.section != nil { return entry.filePath }
    let name = RecordingName.fileName(path: entry.path)
    guard let dot = name.lastIndex(of: "."), name[dot...].dropFirst().first == "s" else { return nil }
    let number = name[dot...].dropFirst(2)
    return !number.isEmpty && number.allSatisfy(\.isNumber) ? String(name[..<dot]) : nil
  }
}
