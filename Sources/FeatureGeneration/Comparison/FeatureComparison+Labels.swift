import NumPyFiles

/// What label numbers the two sets give to the same windows.
struct LabelPairs: Sendable {
  /// Pairs that occur, local and Studio's, with their windows; the first few kinds.
  var counts: [LabelPair: Int] = [:]

  /// The difference that all windows share; nil where there is none.
  var shift: Int? {
    guard let first = counts.keys.first.map({ $0.studio - $0.local }), first != 0 else { return nil }
    return counts.keys.allSatisfy { $0.studio - $0.local == first } ? first : nil
  }

  /// Whether each number has one partner: the labels are the same, numbered in another order.
  var isRenumbering: Bool {
    Set(counts.keys.map(\.local)).count == counts.count && Set(counts.keys.map(\.studio)).count == counts.count
      && counts.count > 1
  }
}

/// Two numbers for one window.
struct LabelPair: Sendable, Hashable {
  var local: Int
  var studio: Int
}

extension FeatureComparison {
  private static let mostKinds = 4096

  /// Compares label numbers of all windows that both sets have.
  func compareLabels(_ alignment: RowAlignment, _ report: inout ComparisonReport) throws -> LabelPairs {
    var labels = LabelPairs()
    guard let mine = local.y, let theirs = studio.y, mine.header.rowCount == local.rows,
      theirs.header.rowCount == studio.rows
    else { return labels }
    let block = 16_384
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: block * 8)
    defer { room.deallocate() }
    guard let a = room.baseAddress else { return labels }
    let b = a + block * 4
    var (compared, different) = (0, 0)
    var examples: [ComparisonReport.LabelDifference] = []
    try alignment.forEach { segment in
      for first in stride(from: 0, to: segment.count, by: block) {
        let count = min(block, segment.count - first)
        try mine.read(rows: segment.local + first, count: count, into: a)
        try theirs.read(rows: segment.studio + first, count: count, into: b)
        compared += count
        for row in 0..<count {
          guard let mine = Int(exactly: a[row * 4]), let theirs = Int(exactly: b[row * 4]) else { continue }
          let pair = LabelPair(local: mine, studio: theirs)
          if labels.counts[pair] != nil || labels.counts.count < Self.mostKinds {
            labels.counts[pair, default: 0] += 1
          }
          if mine == theirs { continue }
          different += 1
          if examples.count < 5 {
            let window = named(Int(exactly: a[row * 4 + 1]) ?? 0, Int(exactly: a[row * 4 + 2]) ?? 0)
            examples.append(ComparisonReport.LabelDifference(window: window, local: mine, studio: theirs))
          }
        }
      }
    }
    report.labels = ComparisonReport.Labels(compared: compared, different: different, examples: examples)
    return labels
  }
}
