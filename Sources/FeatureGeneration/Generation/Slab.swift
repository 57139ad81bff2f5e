import DSPKernels
import Datasets
import ProcessingBlocks

/// Consecutive windows of one recording, with room for their features: the unit of work.
///
/// Passed from the thread that decodes and computes to the one that writes, and used again; one thread at a time
/// has it.
final class Slab: @unchecked Sendable {
  /// Row-major values of the rows that the windows cover.
  private(set) var samples = LaneBuffer<Double>(count: 0)
  /// One for each output of each block.
  private(set) var features: [LaneBuffer<Float>] = []

  /// Place of the recording in the generation's list.
  var recording = 0
  /// Place of the slab in the recording.
  var sequence = 0
  /// First window in the recording.
  var firstWindow = 0
  var windowCount = 0
  /// Values a row.
  var stride = 0
  /// Bytes of the recording that have been read so far.
  var bytesRead = 0
  /// Set on a recording's last slab: how it ended.
  var outcome: Outcome?

  /// How a recording ended.
  enum Outcome {
    case complete(RecordingSummary)
    case failed(DatasetError)
  }

  /// Last row of a window that the recording has: zeros that complete a window belong to no row.
  func lastRow(ofWindow index: Int, _ window: SlidingWindow) -> Int {
    let last = index * window.hop + window.rows - 1
    if case .complete(let summary)? = outcome, summary.isPadded { return min(last, summary.rows - 1) }
    return last
  }

  /// Makes room for `count` samples and for `windows` windows of each output; memory only ever grows.
  func reserve(samples count: Int) {
    if samples.count < count { samples = LaneBuffer(count: count) }
  }

  func reserve(featureCounts: [Int]) {
    if features.count == featureCounts.count && zip(features, featureCounts).allSatisfy({ $0.count >= $1 }) {
      return
    }
    features = featureCounts.map { LaneBuffer(count: $0) }
  }
}

/// What a recording contributed.
public struct RecordingSummary: Sendable {
  /// Rows of the recording.
  public var rows: Int
  /// Windows that it gave.
  public var windows: Int
  /// Rows after the last whole window.
  public var droppedRows: Int
  /// Completed with zeros because it is shorter than a window.
  public var isPadded: Bool
  /// Of the file's bytes, 64 lower-case hex digits.
  public var sha256: String
  /// What is odd about the file, a sentence each.
  public var remarks: [String]
}
