import DSPKernels

/// How much one slab holds: enough for the kernels to run at full speed, little enough that the slabs in flight
/// stay a few megabytes.
enum SlabSize {
  /// Samples of a slab, as long as they hold a batch of lanes.
  static let sampleBytes = 1 << 20
  /// Samples of a slab whose windows are so far apart that a batch of lanes needs more.
  static let wideSampleBytes = 1 << 23
  static let featureBytes = 1 << 21
  static let mostWindows = 512
  /// Scratch memory of one thread; all threads together get twice as much.
  static let mostScratchBytes = 1 << 31
  /// Slabs under way at one time, all together.
  static let mostBytesInFlight = 1 << 30
  /// Rows times axes of a window, 256 MiB: a window is in memory as a whole, with all axes that its recording has.
  static let mostValuesOfWindow = 1 << 25

  /// Windows whose samples fit a slab.
  static func windows(hop: Int, rowBytes: Int) -> Int {
    let (product, overflows) = hop.multipliedReportingOverflow(by: rowBytes)
    let bytes = overflows ? Int.max : max(1, product)
    let usual = sampleBytes / bytes
    return usual >= laneCount ? usual : max(1, min(laneCount, wideSampleBytes / bytes))
  }

  /// Windows of a slab for a window and the features of all outputs together.
  static func windows(window: SlidingWindow, axes: Int, featuresPerWindow: Int, atMost limit: Int) -> Int {
    let bySamples = Self.windows(hop: window.hop, rowBytes: axes * MemoryLayout<Double>.stride)
    let byFeatures = featureBytes / max(1, featuresPerWindow * MemoryLayout<Float>.stride)
    let windows = min(mostWindows, bySamples, byFeatures)
    // Whole batches of lanes where possible.
    return min(limit, windows >= laneCount ? windows / laneCount * laneCount : max(1, windows))
  }
}
