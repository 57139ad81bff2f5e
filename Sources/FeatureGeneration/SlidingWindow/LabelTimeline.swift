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

  /// Between two neighbouring ends of spans the label does not change. The last span paints its pieces first, and
  /// a painted piece is never looked at again: `next` leads past it.
  private static func runs(_ spans: [LabelSpan]) -> [Run] {
    let spans = spans.filter { $0.start >= 0 && $0.start <= $0.end }
    let limits = Set(spans.flatMap { [$0.start, end($0)] } + [0, .max]).sorted()
    let places = Dictionary(uniqueKeysWithValues: limits.enumerated().map { ($1, $0) })
    var labels = [String?](repeating: nil, count: limits.count)
    var next = Array(0...limits.count)
    func unpainted(from place: Int) -> Int {
      var last = place
      while next[last] != last { last = next[last] }
      var place = place
      while next[place] != last { (next[place], place) = (last, next[place]) }
      return last
    }
    for span in spans.reversed() {
      guard let first = places[span.start], let end = places[end(span)] else { continue }
      var place = unpainted(from: first)
      while place < end {
        labels[place] = span.label
        next[place] = place + 1
        place = unpainted(from: place + 1)
      }
    }
    var runs: [Run] = []
    for (place, start) in limits.dropLast().enumerated() {
      if let last = runs.indices.last, runs[last].label == labels[place] {
        runs[last].end = limits[place + 1]
      } else {
        runs.append(Run(start: start, end: limits[place + 1], label: labels[place]))
      }
    }
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
