/// Names of the columns of a feature set.
public enum FeatureNames {
  /// A name for each of `count` columns.
  ///
  /// Blocks that treat all axes alike name the features of the first axis only; then the axis is put in front:
  /// `accX RMS`. Features of a low-frequency pass (`RMS LF` and all behind it) follow those of all axes. Columns that
  /// have no name are called by their number: `Feature 17`, and `accX row 3` for the values of a raw window.
  ///
  /// - Parameters:
  ///   - labels: of all columns, of the first axis, or none.
  ///   - axes: of the block, in its order.
  ///   - isRaw: whether the columns are the window itself, axes interleaved.
  public static func columns(_ labels: [String], axes: [String], count: Int, isRaw: Bool = false) -> [String] {
    if labels.count == count { return labels }
    if !axes.isEmpty && isRaw && count % axes.count == 0 {
      return (0..<count).map { "\(axes[$0 % axes.count]) row \($0 / axes.count)" }
    }
    guard !axes.isEmpty, !labels.isEmpty, labels.count.multipliedReportingOverflow(by: axes.count) == (count, false)
    else { return (0..<count).map { "Feature \($0 + 1)" } }
    let lowFrequency = labels.firstIndex { $0.hasSuffix(" LF") } ?? labels.count
    return [labels[..<lowFrequency], labels[lowFrequency...]].flatMap { part in
      axes.flatMap { axis in part.map { "\(axis) \($0)" } }
    }
  }
}
