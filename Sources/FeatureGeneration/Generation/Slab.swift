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
  /// Where windows are resampled one by one: these, one behind the other.
  private(set) var resampled = LaneBuffer<Double>(count: 0)
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
  /// How the recording is cut; nil as long as the slab has held no windows.
  var cut: RecordingCut?
  /// Bytes of the recording that have been read so far.
  var bytesRead = 0
  /// What the windows show, one for each block; valid for a slab that has windows.
  var findings: [WindowFindings] = []
  /// Set on a recording's last slab: how it ended.
  var outcome: Outcome?

  /// How a recording ended.
  enum Outcome {
    case complete(RecordingSummary)
    case failed(DatasetError)
  }

  /// First and last row of the recording that a window comes from: zeros that complete a window belong to no row.
  func sourceRows(ofWindow index: Int) -> (first: Int, last: Int) {
    guard let cut else { return (0, 0) }
    if case .complete(let summary)? = outcome, summary.isPadded {
      return cut.sourceRows(ofWindow: index, paddedFrom: summary.cutRows)
    }
    return cut.sourceRows(ofWindow: index, paddedFrom: nil)
  }

  /// Whether windows lie one behind the other in `resampled`, whatever they have in common.
  var hasSeparateWindows: Bool { cut?.resampling?.stage == .window }

  /// Makes room for `count` samples and for `windows` windows of each output; memory only ever grows.
  func reserve(samples count: Int) {
    if samples.count < count { samples = LaneBuffer(count: count) }
  }

  func reserve(resampled count: Int) {
    if resampled.count < count { resampled = LaneBuffer(count: count) }
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
  /// Rows of the recording as it is in the file.
  public var rows: Int
  /// Rows that windows were cut from: those after resampling where the recording was resampled as a whole, else
  /// `rows`.
  public var cutRows: Int
  /// Windows that it gave.
  public var windows: Int
  /// Those of `cutRows` that lie after the last whole window.
  public var droppedRows: Int
  /// Completed with zeros because it is shorter than a window.
  public var isPadded: Bool
  /// How it came to the impulse's rate; nil where nothing was resampled.
  public var resampling: Resampling?
  /// Hash of the file's bytes: `xxh128:` and 32 lower-case hex digits.
  public var fingerprint: String
  /// The same of the file beside it that belongs to it; nil where there is none.
  public var sidecarFingerprint: String?
  /// What is odd about the file, a sentence each.
  public var remarks: [String]
}
