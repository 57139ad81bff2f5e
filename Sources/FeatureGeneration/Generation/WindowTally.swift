import ProcessingBlocks

/// Adds up what one block's windows show, over all recordings in their order.
struct WindowTally {
  /// A window, for people.
  struct Place {
    var path: String
    var startMs: Int

    var text: String { "\(path) at \(startMs) ms" }
  }

  /// Warnings that differ in numbers alone are the same one.
  private struct Kind: Hashable {
    let parameter: String
    let rule: String

    init(_ issue: ConfigurationIssue) {
      parameter = issue.parameter
      rule = issue.rule.filter { !$0.isNumber && $0 != "." }
    }
  }

  private struct Group {
    let first: ConfigurationIssue
    let place: Place
    let order: Int
    var windows = 1
  }

  /// Lines for values of windows that a report has room for.
  static let mostKinds = 10
  /// Rounded features may agree by chance in a few windows. All of them do not.
  static let fewestWindows = 16

  private let plan: any BlockPlan
  private var groups: [Kind: Group] = [:]
  private var windows = 0
  private var lookedAt = 0
  private var nonFinite = 0
  private var firstNonFinite: Place?
  private var firstRow: [Float] = []
  /// Features that are in all rows what they are in the first.
  private var constant: [Int] = []

  init(_ plan: any BlockPlan) { self.plan = plan }

  /// Adds consecutive windows of a recording.
  ///
  /// - Parameters:
  ///   - features: a row of the plan's features for each of `count` windows.
  ///   - place: of a window, as the recording numbers it.
  /// - Complexity: O(windows × features that have been constant so far).
  mutating func add(
    _ findings: WindowFindings, features: UnsafePointer<Float>, count: Int, place: (Int) -> Place
  ) {
    lookedAt += findings.lookedAt
    for (window, issue) in findings.issues {
      let kind = Kind(issue)
      let new = Group(first: issue, place: place(window), order: groups.count, windows: 0)
      groups[kind, default: new].windows += 1
    }
    nonFinite += findings.nonFinite.count
    if firstNonFinite == nil { firstNonFinite = findings.nonFinite.first.map(place) }
    compare(features, count: count)
    windows += count
  }

  private mutating func compare(_ features: UnsafePointer<Float>, count: Int) {
    // Pixels are as they are.
    if plan.input.image != nil { return }
    if windows == 0 {
      firstRow = Array(UnsafeBufferPointer(start: features, count: plan.featureCount))
      constant = Array(firstRow.indices)
    }
    for row in 0..<count where !constant.isEmpty {
      let values = features + row * plan.featureCount
      // Most rows change nothing. NaN differs from itself, and is another matter.
      if !constant.allSatisfy({ values[$0] == firstRow[$0] }) {
        constant.removeAll { values[$0] != firstRow[$0] }
      }
    }
  }

  /// A sentence for each kind of warning: those about values first, the most frequent in front.
  var warnings: [String] {
    let sorted = groups.values.sorted { $0.windows != $1.windows ? $0.windows > $1.windows : $0.order < $1.order }
    var lines = sorted.map { group in
      "\(group.first) (in \(group.windows) of \(lookedAt) windows looked at, first in \(group.place.text))"
    }
    if lines.count > Self.mostKinds {
      let rest = lines.count - Self.mostKinds + 1
      lines = lines.prefix(Self.mostKinds - 1) + ["… and \(rest) more warnings like these"]
    }
    if let firstNonFinite {
      lines.append(
        "\(nonFinite) of \(windows) windows have features that are NaN or infinite, first \(firstNonFinite.text); "
          + "repair or leave out the recordings")
    }
    if let first = constant.first, windows >= (constant.count == firstRow.count ? 2 : Self.fewestWindows) {
      lines.append(
        "\(constant.count) of \(firstRow.count) features are the same in all \(windows) windows and tell nothing apart, "
          + "first \(name(ofFeature: first)) = \(firstRow[first])")
    }
    return lines
  }

  /// Blocks that treat all axes alike name the features of one axis.
  private func name(ofFeature index: Int) -> String {
    let labels = plan.featureLabels
    let axes = plan.input.axes
    if labels.isEmpty || labels.count * axes.count != plan.featureCount { return "feature \(index)" }
    let label = labels[index % labels.count]
    return axes.count == 1 ? label : "\(axes[index / labels.count]) \(label)"
  }
}
