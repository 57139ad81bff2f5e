import NumPyFiles

/// Looks for the reason why two sets differ.
///
/// First at what the values themselves tell; then, with the impulse and the recordings, by computing some windows again
/// in other ways.
struct Evidence {
  let comparison: FeatureComparison
  let alignment: RowAlignment
  let columns: ColumnAlignment?
  let pairs: PairSample
  let labels: LabelPairs

  typealias Cause = ComparisonReport.Cause

  /// Causes that are shown, at the most.
  private static let mostCauses = 5

  /// The most probable first.
  func causes(_ report: inout ComparisonReport) throws -> [Cause] {
    var causes = labelCauses(report) + windowCauses(report)
    if columns != nil, report.values.outside > 0 || report.values.within > 0 {
      causes += try valueCauses(report)
    }
    if let columns, columns.isPermuted, report.values.outside == 0 {
      causes.append(columnOrder(columns.studio))
    }
    if columns == nil { causes += shapeCauses() }
    if report.values.outside > 0 || columns == nil || (report.windows.compared == 0 && comparison.studio.rows > 0) {
      causes += try recomputedCauses(&report)
    }
    return Self.ranked(causes)
  }

  /// One of each kind, the best explanation first; what was recomputed counts more than what values suggest.
  private static func ranked(_ causes: [Cause]) -> [Cause] {
    var best: [String: (order: Int, cause: Cause)] = [:]
    for (order, cause) in causes.enumerated() {
      if let known = best[cause.id], known.cause.recomputed || !cause.recomputed { continue }
      best[cause.id] = (best[cause.id]?.order ?? order, cause)
    }
    return best.values.sorted { left, right in
      let (a, b) = (left.cause, right.cause)
      if a.explains != b.explains { return a.explains > b.explains }
      if a.recomputed != b.recomputed { return a.recomputed }
      return left.order < right.order
    }.prefix(mostCauses).map(\.cause)
  }

  /// Some rows of both sets in memory, Studio's columns in the local order.
  func matrices() throws -> (local: [[Float]], studio: [[Float]]) {
    let chosen = pairs.outside.elements.isEmpty ? pairs.all.elements : pairs.outside.elements
    let most = max(2, (1 << 21) / max(1, comparison.local.columns))
    var (local, studio): ([[Float]], [[Float]]) = ([], [])
    for pair in chosen.prefix(most) {
      local.append(try comparison.local.row(pair.local))
      let row = try comparison.studio.row(pair.studio)
      studio.append(columns.map { columns in columns.studio.map { row[$0] } } ?? row)
    }
    return (local, studio)
  }

  /// Axes of the block, as far as anything names them.
  var axes: [String] {
    let known = comparison.local.description.axes
    return known.isEmpty ? comparison.studio.description.axes : known
  }

  // MARK: Labels and windows

  private func labelCauses(_ report: ComparisonReport) -> [Cause] {
    guard report.labels.different > 0 else { return [] }
    let share = report.values.outside == 0 ? 1.0 : 0.5
    if let shift = labels.shift {
      return [
        Cause(
          id: "label-base", title: "Label numbers begin elsewhere",
          explanation: "every label number of Studio's set is \(abs(shift)) \(shift > 0 ? "more" : "less") than the "
            + "local one; y counts from 1 in the order of the labels, and 0 means unlabeled",
          explains: share, recomputed: false)
      ]
    }
    if labels.isRenumbering {
      let list = labels.counts.keys.sorted { $0.local < $1.local }.prefix(8).map { "\($0.local) is \($0.studio)" }
      return [
        Cause(
          id: "label-numbering", title: "The same labels, numbered in another order",
          explanation: "each local label number has one of Studio's: " + list.joined(separator: ", ")
            + "; the label lists differ in length or order", explains: share, recomputed: false)
      ]
    }
    return [
      Cause(
        id: "labels", title: "Recordings are labelled differently",
        explanation: "\(report.labels.different) of \(report.labels.compared) windows have another label, and no "
          + "renumbering explains it: labels were changed after one of the sets was made, or windows of recordings "
          + "with several labels are labelled by another rule",
        explains: share / 2, recomputed: false)
    ]
  }

  private func windowCauses(_ report: ComparisonReport) -> [Cause] {
    guard report.windows.missing > 0 || report.windows.extra > 0 else { return [] }
    guard alignment.rule == .window, let local = alignment.local, let studio = alignment.studio else {
      return [
        Cause(
          id: "window-count", title: "Another number of windows",
          explanation: "the local set has \(comparison.local.rows) windows and Studio's \(comparison.studio.rows); "
            + "with y of both sets the missing ones could be named", explains: 0.1, recomputed: false)
      ]
    }
    let share = report.values.outside == 0 && columns != nil ? 1.0 : 0.5
    var causes: [Cause] = []
    if local.sizes != studio.sizes, let mine = local.sizes.min(), let theirs = studio.sizes.min() {
      causes.append(
        Cause(
          id: "window-size", title: "Another window size",
          explanation: "windows last \(mine) ms locally and \(theirs) ms in Studio's set", explains: share,
          recomputed: false))
    }
    if let mine = local.commonStep, let theirs = studio.commonStep, mine != theirs {
      causes.append(
        Cause(
          id: "window-increase", title: "Another window increase",
          explanation: "windows begin every \(mine) ms locally and every \(theirs) ms in Studio's set; the "
            + "\(report.windows.compared) windows that both have "
            + (report.values.outside == 0 ? "are the same" : "differ, too"),
          explains: share, recomputed: false))
    }
    return causes.isEmpty ? tailCauses(local, studio, share) : causes
  }

  private func tailCauses(_ local: WindowIndex, _ studio: WindowIndex, _ share: Double) -> [Cause] {
    let (mine, theirs) = (local.extents, studio.extents)
    let onlyStudio = theirs.keys.filter { mine[$0] == nil }.count
    let onlyLocal = mine.keys.filter { theirs[$0] == nil }.count
    var causes: [Cause] = []
    if onlyStudio > 0 || onlyLocal > 0 {
      causes.append(
        Cause(
          id: "recordings", title: "Not the same recordings",
          explanation: "\(onlyStudio) of Studio's recordings are missing locally, and \(onlyLocal) local ones are not "
            + "in Studio's set: the dataset has changed, another category was chosen, or recordings are disabled",
          explains: share, recomputed: false))
    }
    let more = theirs.filter { sample, extent in (mine[sample]?.count ?? .max) < extent.count }.count
    let fewer = theirs.filter { sample, extent in (mine[sample]?.count ?? 0) > extent.count }.count
    if more + fewer > 0 {
      causes.append(
        Cause(
          id: "window-rule", title: "Another rule for the last windows",
          explanation: "\(more) recordings have more windows in Studio's set and \(fewer) have fewer, at the same size "
            + "and increase: recordings were cut or cropped, zeros complete short ones in one of the sets "
            + "(padZeros), or rows were counted differently",
          explains: share, recomputed: false))
    }
    return causes
  }
}
