import DSPKernels

/// What becomes of an axis once it is scaled, decimated and filtered.
protocol AxisAnalysis: Sendable {
  /// Names of the features of an axis.
  var labels: [String] { get }
  /// Rows that a batch's memory must have; those behind the window are zero.
  var paddedRows: Int { get }
  /// Bytes of the scratch, apart from a few hundred.
  var scratchByteCount: Int { get }
  /// Whether there are no features for windows with values that are not finite.
  var needsFiniteValues: Bool { get }
  /// Makes the memory of one thread.
  func makeScratch() -> any AxisScratch
}

extension AxisAnalysis {
  var featureCount: Int { labels.count }
  var needsFiniteValues: Bool { false }
}

/// An analysis with the memory of one thread.
protocol AxisScratch: AnyObject {
  /// Where features go: a row of `laneCount` values for each.
  var features: LaneBuffer<Float> { get }
  /// Subtracts each window's mean from `x`, `paddedRows` rows of `laneCount` values, and leaves the features.
  ///
  /// - Parameter windows: lanes that hold a window, from the first on; the others' features are anything.
  func run(_ x: UnsafeMutablePointer<Float>, windows: Int)
  /// The same for decimated windows.
  func run(_ x: UnsafeMutablePointer<Double>, windows: Int)

  /// The spectrum of the first lane after a run, all bins whether they are features or not; nil where there is none.
  func spectrum() -> [Double]?
  /// The deepest wavelet approximation of the first lane of what `run` has centred; nil where there is none.
  func approximation(of x: UnsafeMutablePointer<Float>) -> [Double]?
  /// The same of decimated windows.
  func approximation(of x: UnsafeMutablePointer<Double>) -> [Double]?
}

extension AxisScratch {
  func spectrum() -> [Double]? { nil }
  func approximation(of x: UnsafeMutablePointer<Float>) -> [Double]? { nil }
  func approximation(of x: UnsafeMutablePointer<Double>) -> [Double]? { nil }
}
