import DSPKernels

/// What becomes of an axis once it is scaled, decimated and filtered.
protocol AxisAnalysis: Sendable {
  /// Names of the features of an axis.
  var labels: [String] { get }
  /// Rows that a batch's memory must have; those behind the window are zero.
  var paddedRows: Int { get }
  /// Bytes of the scratch, apart from a few hundred.
  var scratchByteCount: Int { get }
  /// Makes the memory of one thread.
  func makeScratch() -> any AxisScratch
}

extension AxisAnalysis {
  var featureCount: Int { labels.count }
}

/// An analysis with the memory of one thread.
protocol AxisScratch: AnyObject {
  /// Where features go: a row of `laneCount` values for each.
  var features: LaneBuffer<Float> { get }
  /// Subtracts each window's mean from `x`, `paddedRows` rows of `laneCount` values, and leaves the features.
  func run(_ x: UnsafeMutablePointer<Float>)
  /// The same for decimated windows.
  func run(_ x: UnsafeMutablePointer<Double>)
}
