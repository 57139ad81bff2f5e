import Datasets

/// How far a generation is.
public struct GenerationProgress: Sendable {
  public var recordings = 0
  public let recordingsTotal: Int
  /// Of recordings that are complete.
  public var bytes = 0
  public let bytesTotal: Int
  public var windows = 0

  init(recordingsTotal: Int, bytesTotal: Int) {
    self.recordingsTotal = recordingsTotal
    self.bytesTotal = bytesTotal
  }
}

/// What a generation has written.
public struct GenerationReport: Sendable, Encodable {
  /// One block's output.
  public struct FeatureSet: Sendable, Encodable {
    public var blockID: Int
    public var name: String
    public var type: String
    public var path: String
    public var featureCount: Int
    /// Values of all arrays, without headers.
    public var byteCount: Int
  }

  /// A label with its share of the dataset.
  public struct Label: Sendable, Encodable {
    public var label: String
    public var windows: Int
    public var recordings: Int
  }

  /// A recording that was left out.
  public struct Skipped: Sendable, Encodable {
    public var path: String
    public var reason: String
  }

  public var sets: [FeatureSet]
  /// In the order of their numbers; windows without a label come last, under the empty text.
  public var labels: [Label]
  public var windows: Int
  public var recordings: Int
  /// Wall time.
  public var seconds: Double
  public var threads: Int
  public var skipped: [Skipped]
  /// What may not be what the user wants, in words.
  public var warnings: [String]
}

/// Windows and recordings of each label.
struct LabelCounts {
  private var windows: [String: Int] = [:]
  private var recordings: [String: Int] = [:]

  mutating func add(_ label: String?) { windows[label ?? "", default: 0] += 1 }

  mutating func add(_ other: LabelCounts, recording: Bool) {
    for (label, count) in other.windows {
      windows[label, default: 0] += count
      recordings[label, default: 0] += 1
    }
  }

  var sorted: [GenerationReport.Label] {
    windows.keys.sorted {
      $0.isEmpty != $1.isEmpty ? !$0.isEmpty : $0.utf8.lexicographicallyPrecedes($1.utf8)
    }.map {
      GenerationReport.Label(label: $0, windows: windows[$0] ?? 0, recordings: recordings[$0] ?? 0)
    }
  }
}

extension GenerationReport {
  /// Notes on recordings that gave fewer windows than one might think.
  static func warnings(
    _ recordings: [(DatasetEntry, RecordingSummary)], window: SlidingWindow
  ) -> [String] {
    var warnings: [String] = []
    func warn(_ list: [(DatasetEntry, RecordingSummary)], _ one: String, _ several: String) {
      guard let first = list.first else { return }
      warnings.append(
        list.count == 1
          ? "\(first.0.path) \(one)" : "\(list.count) recordings \(several), for example \(first.0.path)")
    }
    warn(
      recordings.filter { $0.1.windows == 0 },
      "is shorter than a window (\(window.rows) rows) and gave none",
      "are shorter than a window (\(window.rows) rows) and gave none")
    warn(
      recordings.filter(\.1.isPadded),
      "is shorter than a window and was completed with zeros",
      "are shorter than a window and were completed with zeros")
    let dropped = recordings.reduce(0) { $0 + ($1.1.windows > 0 ? $1.1.droppedRows : 0) }
    let total = recordings.reduce(0) { $0 + $1.1.rows }
    if dropped * 100 > total {
      warnings.append(
        "\(dropped) of \(total) rows lie after the last whole window of their recording and are not used")
    }
    warn(
      recordings.filter { $0.0.label == .unlabeled }, "has no label; y has 0 for it",
      "have no label; y has 0 for them")
    return warnings
  }
}
