import Datasets

/// Which label a window gets when its recording has several.
public enum WindowLabeling: Sendable, Hashable {
  /// The label of the window's last row.
  case endOfWindow
  /// One of these labels if it occurs in the window, the one with most rows (on a tie the one that comes first in
  /// the list); else the label of the last row.
  case anywhereInWindow([String])

  /// The label of rows `first ... last`, or nil where nobody has labelled them.
  ///
  /// - Complexity: O(log n + runs in the window) for n runs of labels.
  public func label(of timeline: LabelTimeline, first: Int, last: Int) -> String? {
    if case .anywhereInWindow(let wanted) = self {
      var counts: [ByteKey: Int] = [:]
      for run in timeline.runs[timeline.run(of: first)...] {
        if run.start > last { break }
        if let label = run.label {
          counts[ByteKey(label), default: 0] += min(last + 1, run.end) - max(first, run.start)
        }
      }
      var best: (label: String, rows: Int)?
      for label in wanted {
        if let rows = counts[ByteKey(label)], rows > best?.rows ?? 0 { best = (label, rows) }
      }
      if let best { return best.label }
    }
    return timeline.runs[timeline.run(of: last)].label
  }
}

/// The labels of a dataset with the numbers that y uses: 1 for the first in code-point order; 0 means unlabeled.
public struct ClassLabels: Sendable {
  /// All labels, sorted.
  public let labels: [String]
  private let indices: [ByteKey: Int32]

  /// Collects the labels that the recordings of a dataset use, whatever their category.
  public init(_ recordings: some Sequence<RecordingLabel>) {
    var used: Set<ByteKey> = []
    for label in recordings {
      switch label {
      case .unlabeled: break
      case .single(let label): used.insert(ByteKey(label))
      case .multi(let spans): used.formUnion(spans.map { ByteKey($0.label) })
      }
    }
    // UTF-8 bytes sort like code points.
    labels = used.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    indices = Dictionary(uniqueKeysWithValues: labels.enumerated().map { (ByteKey($1), Int32($0 + 1)) })
  }

  /// The number of a label; 0 for nil or an unknown one.
  public func index(of label: String?) -> Int32 { label.flatMap { indices[ByteKey($0)] } ?? 0 }
}
