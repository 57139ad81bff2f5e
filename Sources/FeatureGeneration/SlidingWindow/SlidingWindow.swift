/// How a recording is cut into windows.
///
/// Window `k` holds rows `k * hop ..< k * hop + rows`. What remains after the last whole window is dropped. A
/// recording that is shorter than one window gives none, or one that is completed with zeros at its end.
public struct SlidingWindow: Sendable, Hashable {
  /// Length in milliseconds.
  public let sizeMs: Int
  /// From one window's start to the next, in milliseconds.
  public let increaseMs: Int
  /// Rows of a window: `floor(sizeMs * frequency / 1000)`.
  public let rows: Int
  /// Rows from one window to the next: `floor(increaseMs * frequency / 1000)`, at least 1.
  public let hop: Int
  /// Whether a recording shorter than a window is completed with zeros.
  public let padsZeros: Bool
  /// Whether recordings have exactly `rows` rows, so that each is one window.
  public let isWholeRecording: Bool

  /// - Parameters:
  ///   - sizeMs: above 0; `rows` is 0 when it is shorter than a row.
  ///   - increaseMs: above 0.
  ///   - frequency: in Hz, finite and above 0.
  public init(sizeMs: Int, increaseMs: Int, frequency: Double, padsZeros: Bool) {
    self.sizeMs = sizeMs
    self.increaseMs = increaseMs
    self.padsZeros = padsZeros
    isWholeRecording = false
    rows = Self.wholeRows(sizeMs, frequency)
    hop = max(1, Self.wholeRows(increaseMs, frequency))
  }

  /// One window for recordings of exactly `rows` rows without a time axis. Each row counts as 1 ms, as Studio's
  /// metadata of such models does.
  ///
  /// - Parameter rows: above 0.
  public init(wholeRecordingOf rows: Int) {
    self.rows = rows
    hop = rows
    sizeMs = rows
    increaseMs = rows
    padsZeros = false
    isWholeRecording = true
  }

  /// Windows in a recording of `count` rows.
  public func windowCount(rows count: Int) -> Int {
    if count >= rows { return (count - rows) / hop + 1 }
    return padsZeros && count > 0 ? 1 : 0
  }

  /// Start (inclusive) and end (exclusive) of a window in milliseconds, as Studio writes them to y.
  public func milliseconds(ofWindow index: Int) -> (start: Int, end: Int) {
    (index * increaseMs, index * increaseMs + sizeMs)
  }

  /// The first window that ends at 2^31 ms or later, which y cannot hold.
  var firstWindowBeyondTime: Int { max(0, (Int(Int32.max) - sizeMs) / increaseMs + 1) }

  /// Beyond the length of any recording, and small enough to be multiplied by a row's bytes.
  private static let mostRows = 0x1p40

  /// A product that is whole but for rounding must not lose a row, as 3 s at 1000 / 9.09 Hz would.
  private static func wholeRows(_ milliseconds: Int, _ frequency: Double) -> Int {
    let exact = Double(milliseconds) * frequency / 1000
    let nearest = exact.rounded()
    let rows = abs(exact - nearest) <= 1e-11 * max(1, nearest) ? nearest : exact.rounded(.down)
    return Int(exactly: min(rows, mostRows)) ?? 0
  }
}
