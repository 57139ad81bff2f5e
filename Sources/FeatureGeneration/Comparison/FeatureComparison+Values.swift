import NumPyFiles

extension FeatureComparison {
  /// Compares the values of all windows that both sets have.
  ///
  /// - Complexity: O(values); two blocks of `ComparedSet.blockValues`.
  func compareValues(
    _ alignment: RowAlignment, _ columns: ColumnAlignment, _ report: inout ComparisonReport, _ pairs: inout PairSample
  ) throws {
    let width = local.columns
    var pass = ValuePass(width: width, tolerance: tolerance, worstCount: options.worstCount)
    let block = max(1, ComparedSet.blockValues / max(1, width))
    let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3 * max(1, block * width))
    defer { room.deallocate() }
    guard let mine = room.baseAddress, width > 0 else { return }
    let theirs = mine + block * width
    let ordered = theirs + block * width
    var outsideBySample: [Int: Int] = [:]
    try alignment.forEach { segment in
      for first in stride(from: 0, to: segment.count, by: block) {
        let count = min(block, segment.count - first)
        try local.read(rows: segment.local + first, count: count, into: mine)
        try studio.read(rows: segment.studio + first, count: count, into: theirs)
        for row in 0..<count {
          let pair = RowPair(local: segment.local + first + row, studio: segment.studio + first + row)
          var wanted = theirs + row * width
          if columns.isPermuted {
            for column in 0..<width { ordered[column] = wanted[columns.studio[column]] }
            wanted = ordered
          }
          pairs.all.add(pair)
          guard pass.compare(mine + row * width, wanted, pair) else { continue }
          pairs.outside.add(pair)
          if let window = try local.window(pair.local) { outsideBySample[window.sample, default: 0] += 1 }
        }
      }
    }
    try finish(pass, columns, outsideBySample, &report)
  }

  private func finish(
    _ pass: ValuePass, _ columns: ColumnAlignment, _ outside: [Int: Int], _ report: inout ComparisonReport
  ) throws {
    report.values.compared = pass.rows * local.columns
    for (index, tally) in pass.tallies.enumerated() {
      report.values.within += tally.within
      report.values.outside += tally.outside
      report.values.nan += tally.nan
      report.features.append(
        ComparisonReport.Feature(
          index: index, name: columns.names[index], equal: pass.rows - tally.within - tally.outside,
          within: tally.within, outside: tally.outside, nan: tally.nan, maxAbsolute: tally.maxAbsolute,
          maxRelative: tally.maxRelative, maxULPs: tally.maxULPs))
    }
    report.values.equal = report.values.compared - report.values.within - report.values.outside
    report.worst = try pass.worst.map { try difference($0, columns) }
    report.firstDivergence = try pass.first.map { try difference($0, columns) }
    report.recordings = outside.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(100)
      .map {
        ComparisonReport.Recording(sampleId: $0.key, recording: recordingName($0.key), windowsOutside: $0.value)
      }
  }

  private func difference(_ found: ValuePass.Found, _ columns: ColumnAlignment) throws -> ComparisonReport.Difference {
    ComparisonReport.Difference(
      localRow: found.pair.local, studioRow: found.pair.studio,
      window: try local.window(found.pair.local).map { named($0.sample, $0.startMs) },
      feature: columns.names[found.column], local: found.value, studio: found.wanted)
  }
}

/// Sums of a pass over the values.
struct ValuePass {
  /// A value that differs.
  struct Found {
    var pair: RowPair
    var column: Int
    var value: Float
    var wanted: Float
    /// Relative to `1 + |wanted|`.
    var error: Double
  }

  private let width: Int
  private let tolerance: Double
  private let worstCount: Int
  private(set) var rows = 0
  private(set) var tallies: [FeatureTally]
  /// The worst value of each of the worst windows, the worst first.
  private(set) var worst: [Found] = []
  /// The first value outside the tolerance.
  private(set) var first: Found?

  init(width: Int, tolerance: Double, worstCount: Int) {
    self.width = width
    self.tolerance = tolerance
    self.worstCount = worstCount
    tallies = Array(repeating: FeatureTally(), count: width)
  }

  /// Compares a window; true where a value is outside the tolerance.
  mutating func compare(_ values: UnsafePointer<Float>, _ wanted: UnsafePointer<Float>, _ pair: RowPair) -> Bool {
    rows += 1
    var isOutside = false
    var worstHere: Found?
    for column in 0..<width {
      let (value, other) = (values[column], wanted[column])
      if value == other || (value != value && other != other) { continue }
      let outsideBefore = tallies[column].outside
      let error = tallies[column].add(value, other, tolerance: tolerance)
      let found = Found(pair: pair, column: column, value: value, wanted: other, error: error)
      if tallies[column].outside > outsideBefore {
        isOutside = true
        if first == nil { first = found }
      }
      if error > worstHere?.error ?? -1 { worstHere = found }
    }
    if let worstHere { keep(worstHere) }
    return isOutside
  }

  private mutating func keep(_ found: Found) {
    if worst.count == worstCount, let last = worst.last, found.error <= last.error { return }
    let place = worst.firstIndex { $0.error < found.error } ?? worst.count
    worst.insert(found, at: place)
    if worst.count > worstCount { worst.removeLast() }
  }
}
