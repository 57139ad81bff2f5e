/// One axis of a run of overlapping windows, rearranged so that neighbouring windows are neighbours in memory.
///
/// Row `r` of window `w` is row `w * hop + r` of the recording. Written `r = q * hop + phase`, it is element `w + q`
/// of the phase: each value is stored once, and the same row of neighbouring windows is one plain vector load, however
/// much the windows overlap.
///
/// Source of the idea: polyphase decomposition, as in P. P. Vaidyanathan, Multirate Systems and Filter Banks, §4.3.
public struct WindowSplit: Sendable {
  /// Rows in a window.
  public let rows: Int
  /// Rows from one window to the next.
  public let hop: Int
  /// Windows that fit.
  public let windows: Int
  /// Elements of one phase, padded to whole batches of lanes.
  public let phaseStride: Int
  /// Phases that windows touch: fewer than `hop` where windows do not meet.
  public let phases: Int
  /// Where row `r` of window 0 lies: `phase * phaseStride + q`.
  let offsets: [Int]

  /// A layout for up to `windows` windows of `rows` rows, `hop` rows apart. All are at least 1.
  public init(rows: Int, hop: Int, windows: Int) {
    precondition(rows > 0 && hop > 0 && windows > 0, "a split needs rows, a hop and windows")
    self.rows = rows
    self.hop = hop
    self.windows = windows
    phases = min(hop, rows)
    let stride = Self.phaseStride(rows: rows, hop: hop, windows: windows)
    phaseStride = stride
    offsets = (0..<rows).map { ($0 % hop) * stride + $0 / hop }
  }

  /// Elements that a destination needs.
  public var count: Int { phases * phaseStride }

  /// Checks that a batch of lanes that begins with window `first` lies inside a destination.
  func checkBatch(first: Int) {
    precondition(first >= 0 && first < windows && first % laneCount == 0, "a batch begins at a multiple of the lanes")
  }

  /// Bytes of a split and of its destination, without making either.
  ///
  /// - Parameter elementSize: bytes of one element.
  public static func byteCount(rows: Int, hop: Int, windows: Int, elementSize: Int) -> Int {
    min(hop, rows) * phaseStride(rows: rows, hop: hop, windows: windows) * elementSize
      + rows * MemoryLayout<Int>.stride
  }

  /// Elements of one phase: the windows, the overlap behind them, and the last batch's unused lanes.
  private static func phaseStride(rows: Int, hop: Int, windows: Int) -> Int {
    (windows + laneCount - 1) / laneCount * laneCount + (rows - 1) / hop
  }

  /// Fills `destination` from a row-major recording: value of row `i` is `source[i * stride]`, cast and scaled as
  /// Studio does (rounded to Float, then multiplied in Float).
  ///
  /// - Parameter windows: how many windows the source holds, at most as many as fit; lanes beyond keep older values,
  ///   which is harmless.
  public func fill(
    _ destination: UnsafeMutablePointer<Float>, from source: UnsafePointer<Double>, stride: Int, windows: Int,
    scale: Float
  ) {
    fill(destination, from: source, stride: stride, windows: windows) { Float($0) * scale }
  }

  /// The same in Double: value times scale.
  public func fill(
    _ destination: UnsafeMutablePointer<Double>, from source: UnsafePointer<Double>, stride: Int,
    windows: Int,
    scale: Double
  ) {
    fill(destination, from: source, stride: stride, windows: windows) { $0 * scale }
  }

  @inline(__always)
  private func fill<Scalar>(
    _ destination: UnsafeMutablePointer<Scalar>, from source: UnsafePointer<Double>, stride: Int, windows: Int,
    _ cast: (Double) -> Scalar
  ) {
    precondition(windows <= self.windows, "more windows than the split is made for")
    if windows < 1 { return }
    let last = (windows - 1) * hop + rows
    // Blocks of 64 columns by 16 phases: what one phase leaves of a cache line, the next one still finds there.
    for block in Swift.stride(from: 0, to: (last + hop - 1) / hop, by: 64) {
      for first in Swift.stride(from: 0, to: phases, by: 16) {
        for phase in first..<min(first + 16, phases) {
          let end = min(block + 64, (last - phase + hop - 1) / hop)
          let to = destination + phase * phaseStride
          var from = source + (block * hop + phase) * stride
          var column = block
          while column < end {
            to[column] = cast(from.pointee)
            from += hop * stride
            column += 1
          }
        }
      }
    }
  }
}
