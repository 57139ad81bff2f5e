import DSPKernels
import Datasets

/// What is resampled where a recording has another rate than the impulse.
public enum ResamplingStage: String, Sendable, Codable, CaseIterable {
  /// The recording as a whole, before it is cut. Windows do not show it; only the recording's two ends do, beyond
  /// which the filter sees zeros.
  case recording
  /// Each window by itself, cut at the recording's own rate. The filter sees zeros beyond both ends of each window.
  case window
}

/// How one recording came to the impulse's rate.
public struct Resampling: Sendable, Equatable {
  /// The recording's rate in Hz.
  public let frequency: Double
  /// What was resampled.
  public let stage: ResamplingStage
  /// Rows before: of the recording, or of a window.
  public let sourceRows: Int
  /// Rows after.
  public let rows: Int

  /// The row of the recording that row `row` of the result begins with: `floor(row * sourceRows / rows)`.
  public func sourceRow(of row: Int) -> Int {
    let product = row.multipliedFullWidth(by: sourceRows)
    return rows.dividingFullWidth(product).quotient
  }

  /// Rows of a recording of `count` rows at another rate: `ceil(to / from * count)`, at least 1; the quotient of the
  /// rates is rounded first, as in Studio's reference blocks. Nil beyond `PolyphaseResampler.mostRows`.
  static func rowCount(_ count: Int, from: Double, to: Double) -> Int? {
    let rows = (to / from * Double(count)).rounded(.up)
    guard rows <= Double(PolyphaseResampler.mostRows) else { return nil }
    return max(1, Int(rows))
  }
}

/// How the rows of one recording become windows, and which of its rows a window comes from.
struct RecordingCut: Sendable {
  /// Cuts rows as they are read: the resampled ones where the recording is resampled as a whole, else its own.
  let window: SlidingWindow
  /// Nil where nothing is resampled.
  let resampling: Resampling?

  /// The first and the last row of a recording that a window comes from.
  ///
  /// - Parameter rows: rows that windows are cut from, if zeros complete the window: these belong to no row.
  func sourceRows(ofWindow index: Int, paddedFrom rows: Int?) -> (first: Int, last: Int) {
    let first = index * window.hop
    var last = first + window.rows - 1
    if let rows { last = min(last, rows - 1) }
    guard let resampling, resampling.stage == .recording else { return (first, last) }
    return (resampling.sourceRow(of: first), resampling.sourceRow(of: last))
  }
}
