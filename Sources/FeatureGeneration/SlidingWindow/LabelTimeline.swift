import Datasets

/// Which row of a recording has which label, ready for many questions.
///
/// Spans may overlap (the later entry wins) and leave gaps; here they are runs of rows that do neither.
public struct LabelTimeline: Sendable {
  /// Consecutive rows with one label; nil where nobody has labelled them.
  struct Run: Sendable, Equatable {
    var start: Int
    /// Exclusive.
    var end: Int
    var label: String?
  }

  /// In the order of their rows; together they cover all rows from 0.
  let runs: [Run]

  /// - Complexity: O(n log n) for n spans.
  public init(_ label: RecordingLabel) {
    switch label {
    case .unlabeled: runs = [Run(start: 0, end: .max, label: nil)]
    case .single(let label): runs = [Run(start: 0, end: .max, label: label)]
    case .multi(let spans): runs = Self.runs(spans)
    }
  }

  /// Spans that neither overlap nor touch with the same label, and the unlabelled rows between them.
  private static func runs(_ spans: [LabelSpan]) -> [Run] {
    var runs: [Run] = []
    var next = 0
    for span in LabelSpan.flattened(spans) {
      if span.start > next { runs.append(Run(start: next, end: span.start, label: nil)) }
      runs.append(Run(start: span.start, end: end(span), label: span.label))
      next = end(span)
    }
    if next < .max { runs.append(Run(start: next, end: .max, label: nil)) }
    return runs
  }

  private static func end(_ span: LabelSpan) -> Int { span.end < .max ? span.end + 1 : .max }

  /// The run that holds a row.
  func run(of row: Int) -> Int {
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if runs[middle].start <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
