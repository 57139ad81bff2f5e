extension Autotuner {
  /// The recordings that suggestions are made from.
  public struct Recordings: Sendable {
    let labels: [String?]
    let read: @Sendable (_ index: Int, _ rows: Int) throws -> [Double]

    /// Most recordings of a label that are looked at; of more, some at equal distances in the list. Unlabelled ones
    /// count as a label.
    public static let mostRecordings = 100
    /// Most rows of a recording that are looked at, from its beginning.
    public static let mostRows = 1 << 18

    /// Describes recordings.
    ///
    /// - Parameters:
    ///   - labels: of each recording; nil for those without.
    ///   - read: gives at most the first `rows` rows of recording `index`: row by row, the block's axes in their order,
    ///     at the impulse's rate. It may be asked for a recording more than once.
    public init(
      labels: [String?], read: @escaping @Sendable (_ index: Int, _ rows: Int) throws -> [Double]
    ) {
      self.labels = labels
      self.read = read
    }
  }
}

/// Part of a recording, as whole rows of finite values.
struct TuningSignal {
  /// Row by row.
  let values: [Double]
  let axes: Int
  /// Number of its label, from 0; nil for none.
  let label: Int?

  var rows: Int { values.count / axes }

  /// One axis; its first `rows` rows.
  func column(_ axis: Int, rows: Int? = nil) -> [Double] {
    (0..<min(rows ?? self.rows, self.rows)).map { values[$0 * axes + axis] }
  }
}

/// The recordings that are looked at, read one at a time.
struct TuningView {
  /// Names of the labels that recordings have, sorted.
  let labels: [String]
  let axes: Int
  private let recordings: Autotuner.Recordings
  private let chosen: [Int]
  private let isCancelled: () -> Bool

  init(_ recordings: Autotuner.Recordings, axes: Int, isCancelled: @escaping () -> Bool) {
    self.recordings = recordings
    self.axes = axes
    self.isCancelled = isCancelled
    labels = Set(recordings.labels.compactMap(\.self)).sorted()
    let groups = Dictionary(grouping: recordings.labels.indices) { recordings.labels[$0] }
    let most = Autotuner.Recordings.mostRecordings
    chosen = groups.values.flatMap { group in
      group.count <= most ? group : (0..<most).map { group[$0 * group.count / most] }
    }.sorted()
  }

  /// Hands each recording to `body`. Recordings without a row, and with values that are no finite numbers, are passed
  /// over, as the reference does with the latter.
  ///
  /// - Parameter rows: at most as many of each.
  func forEach(rows: Int = Autotuner.Recordings.mostRows, _ body: (TuningSignal) throws -> Void) throws {
    for index in chosen {
      if isCancelled() { throw AnalysisError.cancelled }
      var values = try recordings.read(index, rows)
      values.removeLast(max(values.count - rows * axes, values.count % axes))
      if values.isEmpty || !values.allSatisfy(\.isFinite) { continue }
      let label = recordings.labels[index].flatMap { labels.firstIndex(of: $0) }
      try body(TuningSignal(values: values, axes: axes, label: label))
    }
  }

  /// The same for recordings that have a label.
  func forEachLabelled(
    rows: Int = Autotuner.Recordings.mostRows, _ body: (TuningSignal, _ label: Int) throws -> Void
  ) throws {
    try forEach(rows: rows) { signal in if let label = signal.label { try body(signal, label) } }
  }

  /// Two labels are the least that can be told apart.
  func requireTwoLabels() throws(AnalysisError) {
    guard labels.count >= 2 else {
      throw AnalysisError(
        .unsuited, "autotuning needs recordings of one label each, of at least two labels, found \(labels.count)")
    }
  }
}
