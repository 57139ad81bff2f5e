import Datasets

/// What an impulse makes of a recording.
struct RecordingUse: Sendable {
  /// By label; nil stands for none.
  var windows: [ByteKey?: Int] = [:]
  /// Rows at the impulse's rate, where the recording is resampled as a whole.
  var resampledRows: Int?
  var problems: [(severity: DatasetProblem.Severity, message: String)] = []

  var windowCount: Int { windows.values.reduce(0, +) }
}

extension FeatureGenerator {
  /// Windows that generation makes of a recording; 0 for one that it leaves out.
  ///
  /// - Parameter facts: of the file, a picture as it is.
  package func windowCount(of entry: DatasetEntry, _ facts: RecordingFacts) -> Int {
    guard let input = blocks.first?.block.input, input.subset?.includes(name: entry.name) ?? true else { return 0 }
    if input.resizing != nil { return (try? check(facts.header, file: entry.path)) == nil ? 0 : 1 }
    // Labels do not change the number.
    var entry = entry
    entry.label = .unlabeled
    return (try? use(of: entry, facts).windowCount) ?? 0
  }

  /// Counts the windows of a recording as generation cuts them.
  ///
  /// - Throws: `DatasetError` where generation would.
  /// - Complexity: O(1), or O(windows) for a recording with several labels.
  func use(of entry: DatasetEntry, _ facts: RecordingFacts) throws(DatasetError) -> RecordingUse {
    try check(facts.header, file: entry.path)
    let input = blocks[0].block.input
    var use = RecordingUse()
    var window = input.window
    var resampling: Resampling?
    if input.kind == .timeSeries, !hasImpulseRate(facts.header) {
      let frequency = facts.header.frequencyHz
      switch options.resampling {
      case .window:
        window = SlidingWindow(
          sizeMs: window.sizeMs, increaseMs: window.increaseMs, frequency: frequency, padsZeros: window.padsZeros)
        try checkRatio(facts.header, rows: window.rows, resampledRows: input.window.rows, file: entry.path)
      case .recording:
        let rows = Resampling.rowCount(facts.rows, from: frequency, to: input.frequency) ?? .max
        try checkRatio(facts.header, rows: facts.rows, resampledRows: rows, file: entry.path)
        if rows != facts.rows {
          use.resampledRows = rows
          resampling = Resampling(frequency: frequency, stage: .recording, sourceRows: facts.rows, rows: rows)
        }
      }
      if let warning = RateRatio.warning(entry.path, from: frequency, to: input.frequency) {
        use.problems.append((.warning, warning))
      }
      use.problems.append((.notice, "\(frequency) Hz will be resampled to the impulse's \(input.frequency) Hz"))
    }
    if window.isWholeRecording, facts.rows != window.rows {
      throw DatasetError(
        file: entry.path,
        expected: "exactly \(window.rows) \(window.rows == 1 ? "row" : "rows"), as the impulse's "
          + "input block takes them", found: "\(facts.rows)")
    }
    let rows = use.resampledRows ?? facts.rows
    let count = window.windowCount(rows: rows)
    if count > input.window.firstWindowBeyondTime {
      let end = input.window.milliseconds(ofWindow: input.window.firstWindowBeyondTime).end
      throw DatasetError(
        file: entry.path, expected: "windows that end before 2^31 ms (24.8 days)",
        found: "one that ends at \(end) ms", kind: .unsupported)
    }
    if rows < window.rows {
      use.problems.append(
        count == 0
          ? (.warning, "it is shorter than a window (\(window.rows) rows) and will give none")
          : (.notice, "it is shorter than a window (\(window.rows) rows) and will be completed with zeros"))
    }
    switch entry.label {
    case .unlabeled: use.windows[nil] = count
    case .single(let label): use.windows[ByteKey(label)] = count
    case .multi:
      let timeline = LabelTimeline(entry.label)
      let cut = RecordingCut(window: window, resampling: resampling)
      for index in 0..<count {
        let source = cut.sourceRows(ofWindow: index, paddedFrom: rows < window.rows ? rows : nil)
        let label = input.labeling.label(of: timeline, first: source.first, last: source.last)
        use.windows[label.map { ByteKey($0) }, default: 0] += 1
      }
    }
    return use
  }
}
