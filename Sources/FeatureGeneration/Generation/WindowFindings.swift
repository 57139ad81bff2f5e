import Datasets
import ProcessingBlocks

/// What one block's windows of a slab show. Windows are numbered as in the recording.
struct WindowFindings {
  /// Windows whose values were looked at.
  var lookedAt = 0
  var issues: [(window: Int, issue: ConfigurationIssue)] = []
  /// Windows with a feature that is NaN or infinite, in order; counted, not sampled.
  var nonFinite: [Int] = []
  /// The first window that the reference refuses.
  var refusal: (window: Int, issue: ConfigurationIssue)?
}

extension WindowFindings {
  /// Looks at the windows of a slab.
  ///
  /// - Parameters:
  ///   - features: a row of the plan's features for each window.
  ///   - sampled: the windows whose values are looked at, as the recording numbers them.
  ///   - values: the values of a window, as the recording numbers it, in the order of the plan's axes.
  /// - Complexity: O(features), and what the plan takes for each window that is looked at or not finite.
  init(
    plan: any BlockPlan, windows: Range<Int>, features: UnsafePointer<Float>, sampled: [Int],
    values: (Int) -> [Double]
  ) {
    // A picture of one colour, or with a black border, is a picture.
    if plan.input.image == nil {
      lookedAt = sampled.count
      for window in sampled { issues += plan.warnings(forWindow: values(window)).map { (window, $0) } }
    }
    let width = plan.featureCount
    if Self.areFinite(features, count: windows.count * width) { return }
    for (row, window) in windows.enumerated() where !Self.areFinite(features + row * width, count: width) {
      nonFinite.append(window)
      // The reference refuses windows only where it has no finite features for them.
      if refusal == nil { refusal = plan.problem(inWindow: values(window)).map { (window, $0) } }
    }
  }

  /// One more than the exponent of NaN and infinity carries into the sign: integers vectorise where Float does not.
  private static func areFinite(_ values: UnsafePointer<Float>, count: Int) -> Bool {
    var carries: UInt32 = 0
    for index in 0..<count { carries |= (values[index].bitPattern & 0x7f80_0000) &+ 0x0080_0000 }
    return carries >> 31 == 0
  }
}

extension Slab {
  /// Why the recording cannot be used, where the reference refuses one of the slab's windows.
  func refusal(file: String, blocks: [PreparedBlock]) -> DatasetError? {
    let refusals = zip(blocks, findings).compactMap { block, findings in findings.refusal.map { (block.block, $0) } }
    guard let (block, (window, issue)) = refusals.min(by: { $0.1.window < $1.1.window }) else { return nil }
    return DatasetError(
      file: file, position: .row(sourceRows(ofWindow: window).first),
      expected: "a window that block \(block.id) (\(block.name)) has features for",
      found: "\(issue.value) in the window that begins there, at "
        + "\(block.input.window.milliseconds(ofWindow: window).start) ms; counted from there, " + issue.rule)
  }
}
