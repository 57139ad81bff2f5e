import Datasets
import NumPyFiles

/// Compares a local feature set with Studio's.
///
/// ```swift
/// let report = try FeatureComparison(local: FeatureSetFiles(path: "2-raw"), studio: FeatureSetFiles(path: "x.npy")).run()
/// ```
///
/// Two passes: y of both sets gives an index of a few bytes a recording, then X streams through two buffers of 1 MiB.
/// Memory grows with recordings and features, not with windows.
public struct FeatureComparison {
  /// How close is close enough, and what else may help to explain.
  public struct Options: Sendable {
    /// `|local - studio| ≤ tolerance · (1 + |studio|)`. Default: that of the block's golden cases where the set says
    /// which block it is from, else 1e-6.
    public var tolerance: Double?
    /// Worst windows to list.
    public var worstCount = 10
    /// The impulse that the local set is made with, for testing causes.
    public var impulse: Impulse?
    /// The recordings, with the ids that y has.
    public var dataset: Dataset?
    /// The block, where neither the local set nor the impulse leaves one.
    public var blockID: Int?

    /// Values alone.
    public init() {}
  }

  let local: ComparedSet
  let studio: ComparedSet
  let options: Options
  /// In force.
  public let tolerance: Double

  /// Opens both sets.
  ///
  /// - Throws: `NumPyError` and `DatasetError` where a file is missing or is not what its name says.
  public init(local: FeatureSetFiles, studio: FeatureSetFiles, options: Options = Options()) throws {
    self.local = try ComparedSet(local)
    self.studio = try ComparedSet(studio)
    self.options = options
    let block = self.local.description.block ?? self.studio.description.block
    tolerance = options.tolerance ?? block.flatMap { Self.tolerances[$0] } ?? 1e-6
  }

  /// Those of the golden cases; steps at the edges of a scale are not allowed for.
  static let tolerances = [
    "spectral-analysis": 1e-4, "mfe": 1e-6, "mfcc": 5e-4, "spectrogram": 1e-6, "flatten": 1e-7, "raw": 1e-7,
    "image": 1e-6,
  ]

  /// Compares everything.
  ///
  /// - Throws: `NumPyError` and `DatasetError` where a file cannot be read to its end.
  public func run() throws -> ComparisonReport {
    var report = ComparisonReport(
      verdict: .different, tolerance: tolerance, local: side(local), studio: side(studio), rowsBy: "")
    let alignment = RowAlignment(
      local: try index(local, &report), studio: try index(studio, &report), localRows: local.rows,
      studioRows: studio.rows)
    report.rowsBy = alignment.rule.rawValue
    noteWindows(alignment, &report)
    let columns =
      local.columns == studio.columns
      ? ColumnAlignment(local: local.description, studio: studio.description, count: local.columns) : nil
    report.columnsBy = columns?.rule.rawValue
    var pairs = PairSample()
    let labels = try compareLabels(alignment, &report)
    if let columns { try compareValues(alignment, columns, &report, &pairs) } else { collect(alignment, &pairs) }
    report.verdict = verdict(report, columns)
    if report.verdict == .different {
      report.notes += parameterNotes()
      let evidence = Evidence(
        comparison: self, alignment: alignment, columns: columns, pairs: pairs, labels: labels)
      report.causes = try evidence.causes(&report)
    }
    return report
  }

  private func verdict(_ report: ComparisonReport, _ columns: ColumnAlignment?) -> ComparisonReport.Verdict {
    guard let columns, !columns.isPermuted, report.values.outside == 0, report.labels.different == 0,
      report.windows.missing == 0, report.windows.extra == 0
    else { return .different }
    return report.values.within == 0 ? .equal : .withinTolerance
  }

  /// Parameters that the two sets say they were made with, where they differ: a set in Studio keeps its old ones until
  /// Studio generates it anew.
  private func parameterNotes() -> [String] {
    let (own, other) = (local.description.parameters, studio.description.parameters)
    return Set(own.keys).intersection(other.keys).sorted().compactMap { key in
      guard let a = own[key], let b = other[key], a != b else { return nil }
      if let a = Double(a), let b = Double(b), a == b { return nil }
      return "the local set was made with \(key) = \(a), Studio's with \(b)"
    }
  }

  private func side(_ set: ComparedSet) -> ComparisonReport.Side {
    ComparisonReport.Side(
      x: set.files.x, y: set.files.y, rows: set.rows, features: set.columns,
      elementType: set.x.header.elementType.descriptor)
  }

  /// Nil without a y that belongs to the X.
  private func index(_ set: ComparedSet, _ report: inout ComparisonReport) throws -> WindowIndex? {
    guard let y = set.y, let file = set.files.y else { return nil }
    guard y.header.rowCount == set.rows else {
      report.notes.append(
        "\(file) has \(y.header.rowCount) rows and \(set.files.x) has \(set.rows): y is not used")
      return nil
    }
    return try WindowIndex(set, y: y, file: file)
  }

  private static let exampleCount = 5

  private func noteWindows(_ alignment: RowAlignment, _ report: inout ComparisonReport) {
    report.windows.compared = alignment.paired
    report.windows.missing = max(0, studio.rows - alignment.paired)
    report.windows.extra = max(0, local.rows - alignment.paired)
    report.windows.sameOrder = alignment.keepsOrder
    if !alignment.keepsOrder { report.notes.append("windows come in another order: rows were paired by y") }
    guard alignment.rule == .window, let local = alignment.local, let studio = alignment.studio else {
      if alignment.local == nil || alignment.studio == nil {
        report.notes.append("without y of both sets, rows are paired by their order")
      } else {
        report.notes.append("the sets have no sample id in common: rows are paired by their order")
      }
      return
    }
    if report.windows.missing > 0 { report.windows.missingExamples = examples(of: studio, notIn: local) }
    if report.windows.extra > 0 { report.windows.extraExamples = examples(of: local, notIn: studio) }
  }

  private func examples(of index: WindowIndex, notIn other: WindowIndex) -> [ComparisonReport.Window] {
    var found: [ComparisonReport.Window] = []
    for run in index.runs {
      for window in 0..<run.count {
        let start = run.startMs + window * run.step
        if other.row(sample: run.sample, startMs: start) != nil { continue }
        found.append(named(run.sample, start))
        if found.count == Self.exampleCount { return found }
      }
    }
    return found
  }

  func named(_ sample: Int, _ startMs: Int) -> ComparisonReport.Window {
    ComparisonReport.Window(sampleId: sample, startMs: startMs, recording: recordingName(sample))
  }

  func recordingName(_ sample: Int) -> String? {
    local.description.recordings[sample] ?? studio.description.recordings[sample]
      ?? options.dataset?.entries.first { $0.sampleID == sample }?.path
  }

  /// Rows for tests of causes where values cannot be compared column by column.
  private func collect(_ alignment: RowAlignment, _ pairs: inout PairSample) {
    alignment.forEach { segment in
      for row in 0..<segment.count { pairs.all.add(RowPair(local: segment.local + row, studio: segment.studio + row)) }
    }
  }
}

/// A window by its rows in both sets.
struct RowPair {
  var local: Int
  var studio: Int
}

/// Some pairs of rows, to look at them again.
struct PairSample {
  static let limit = 256
  var all = SpreadSample<RowPair>(limit: limit)
  /// With a value outside the tolerance.
  var outside = SpreadSample<RowPair>(limit: limit)
}
