import Datasets

/// How far a generation is.
public struct GenerationProgress: Sendable {
  /// Recordings that are complete.
  public var recordings = 0
  /// Recordings of the generation.
  public let recordingsTotal: Int
  /// Of recordings that are complete.
  public var bytes = 0
  /// Bytes of all recordings.
  public let bytesTotal: Int
  /// Windows that have been written.
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
    /// Studio's id.
    public var blockID: Int
    /// The block's name.
    public var name: String
    /// The block's type string.
    public var type: String
    /// The folder, or the recording.
    public var path: String
    /// Features of a window.
    public var featureCount: Int
    /// Values of all arrays, without headers.
    public var byteCount: Int
  }

  /// A label with its share of the dataset.
  public struct Label: Sendable, Encodable {
    /// As y numbers it; empty for windows without one.
    public var label: String
    /// Windows.
    public var windows: Int
    /// Recordings.
    public var recordings: Int
  }

  /// A recording that was left out.
  public struct Skipped: Sendable, Encodable {
    /// The folder, or the recording.
    public var path: String
    /// What is wrong with it.
    public var reason: String
  }

  /// One for each block.
  public var sets: [FeatureSet]
  /// In the order of their numbers; windows without a label come last, under the empty text.
  public var labels: [Label]
  /// Windows.
  public var windows: Int
  /// Recordings.
  public var recordings: Int
  /// Those of them that were resampled, or whose windows were, because their rate is not the impulse's.
  public var resampled: Int
  /// The rates that they had, in Hz, ascending.
  public var resampledFrom: [Double]
  /// Wall time.
  public var seconds: Double
  /// Threads that took part.
  public var threads: Int
  /// Recordings that were left out.
  public var skipped: [Skipped]
  /// What may not be what the user wants, in words.
  public var warnings: [String]

  /// All but the warnings, which a caller shows together with its own.
  private enum CodingKeys: CodingKey {
    case sets, labels, windows, recordings, resampled, resampledFrom, seconds, threads, skipped
  }
}

/// Windows and recordings of each label.
struct LabelCounts {
  private var windows: [ByteKey: Int] = [:]
  private var recordings: [ByteKey: Int] = [:]

  mutating func add(_ label: String?, count: Int) { windows[ByteKey(label ?? ""), default: 0] += count }

  /// Adds the windows of a recording.
  mutating func add(_ other: LabelCounts) {
    for (label, count) in other.windows {
      windows[label, default: 0] += count
      recordings[label, default: 0] += 1
    }
  }

  var sorted: [GenerationReport.Label] {
    windows.keys.sorted {
      $0.text.isEmpty != $1.text.isEmpty
        ? !$0.text.isEmpty : $0.text.utf8.lexicographicallyPrecedes($1.text.utf8)
    }.map {
      GenerationReport.Label(label: $0.text, windows: windows[$0] ?? 0, recordings: recordings[$0] ?? 0)
    }
  }
}

extension GenerationReport {
  /// Notes on recordings that gave fewer windows than one might think.
  static func warnings(
    _ recordings: [(DatasetEntry, RecordingSummary)], input: InputBlock, labels: ClassLabels
  ) -> [String] {
    let window = input.window
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
    let total = recordings.reduce(0) { $0 + $1.1.cutRows }
    if dropped * 100 > total {
      let isAfter = recordings.contains { $0.1.resampling?.stage == .recording }
      warnings.append(
        "\(dropped) of \(total) rows\(isAfter ? " (after resampling)" : "") lie after the last whole window of their recording and are not used"
      )
    }
    warn(
      recordings.filter { $0.0.label == .unlabeled }, "has no label; y has 0 for it",
      "have no label; y has 0 for them")
    let far = recordings.compactMap { entry, summary in
      summary.resampling.flatMap { RateRatio.warning(entry.path, from: $0.frequency, to: input.frequency) }.map {
        (remark: $0, path: entry.path)
      }
    }
    warnings += grouped(far)
    warnings += grouped(
      recordings.compactMap { entry, summary in
        summary.drift(input).map { (remark: $0, path: entry.path) }
      })
    if case .anywhereInWindow(let wanted) = input.labeling {
      warnings += wanted.filter { labels.index(of: $0) == 0 }.map {
        "labelingMethodMultiLabel.labels names \(DatasetError.quoted($0)), which no recording has"
      }
    }
    return warnings + remarks(recordings)
  }

  /// What the dataset's listing found odd. Its errors are no warnings: they tell of what was left out.
  static func warnings(problems: [DatasetProblem]) -> [String] {
    grouped(
      problems.filter { $0.severity != .error }.map { (remark: $0.message, path: $0.file) }, of: "files")
  }

  /// A line about files that are not used, if there are any.
  static func warnings(ignored: [IgnoredFile]) -> [String] {
    guard let first = ignored.first else { return [] }
    return [
      ignored.count == 1
        ? "\(first.path) is not used: \(first.reason)"
        : "\(ignored.count) files are not used, for example \(first.path): \(first.reason)"
    ]
  }

  /// Files with the same oddity share a line; a report has room for so many.
  private static let mostRemarks = 20

  private static func remarks(_ recordings: [(DatasetEntry, RecordingSummary)]) -> [String] {
    grouped(recordings.flatMap { entry, summary in summary.remarks.map { (remark: $0, path: entry.path) } })
  }

  private static func grouped(
    _ pairs: [(remark: String, path: String)], of kind: String = "recordings"
  ) -> [String] {
    let groups = Dictionary(grouping: pairs, by: \.remark).sorted {
      $0.value.count != $1.value.count
        ? $0.value.count > $1.value.count : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    let lines = groups.map { remark, files in
      files.count == 1
        ? "\(files[0].path): \(remark)" : "\(files.count) \(kind), for example \(files[0].path): \(remark)"
    }
    if lines.count <= mostRemarks { return lines }
    return lines.prefix(mostRemarks - 1) + ["… and \(lines.count - mostRemarks + 1) more remarks like these"]
  }
}

extension Int {
  /// The sum, or the largest number: sparse files can claim more bytes than a number holds.
  func saturatingSum(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
