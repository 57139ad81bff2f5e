import Datasets
import ProcessingBlocks

/// Reads every recording of a dataset once, cuts it as `generate` would, and notes what harms.
///
/// What is needed of the recordings is small and all in `RecordingFacts`, so that another reader of datasets can
/// provide it.
struct DatasetPass {
  /// What a recording turned out to be.
  struct RecordingFacts {
    var entry: DatasetEntry
    var summary: RecordingSummary?
    /// Why it cannot be used.
    var error: DatasetError?
    /// Windows by label; those without one under the empty text.
    var labels: [String: Int] = [:]
  }

  /// A warning about values, with how many windows have it.
  struct WindowWarning {
    var issue: ConfigurationIssue
    var block: PreparedBlock
    var entry: DatasetEntry
    var startMs: Int
    var windows: Int
  }

  let generator: FeatureGenerator
  let dataset: Dataset
  private(set) var recordings: [RecordingFacts] = []
  private(set) var warnings: [WindowWarning] = []
  private(set) var windowsLookedAt = 0
  private(set) var shared: SharedRows

  var input: InputBlock { generator.blocks[0].block.input }

  /// Windows whose values are looked at, all blocks together: each costs as much as its features.
  private static let mostWindows = 2000
  private static let windowsOfRecording = 2

  init(_ generator: FeatureGenerator, _ dataset: Dataset) {
    self.generator = generator
    self.dataset = dataset
    let all = Category.allCases
    shared = SharedRows(categories: dataset.entries.map { entry in all.firstIndex(of: entry.category) ?? 0 })
  }

  /// - Complexity: O(bytes of the recordings); one slab, and a table of some megabytes.
  mutating func run() {
    let slab = Slab()
    let step = max(1, dataset.entries.count * Self.windowsOfRecording * generator.blocks.count / Self.mostWindows)
    for (index, entry) in dataset.entries.enumerated() {
      var entry = entry
      entry.reading = generator.reading(entry.reading)
      var facts = RecordingFacts(entry: entry)
      do throws(DatasetError) {
        let stream = try generator.stream(name: entry.path, recording: index, label: entry.label) {
          () throws(DatasetError) in try entry.open()
        }
        shared.begin(index)
        facts.summary = try read(stream, slab, &facts, looksAtValues: index % step == 0)
      } catch {
        facts.error = error
      }
      recordings.append(facts)
    }
  }

  private mutating func read(
    _ stream: RecordingStream, _ slab: Slab, _ facts: inout RecordingFacts, looksAtValues: Bool
  ) throws(DatasetError) -> RecordingSummary {
    let timeline = LabelTimeline(facts.entry.label)
    let window = input.window
    var nextRow = 0
    var isFirst = true
    while true {
      stream.next(slab)
      if slab.windowCount > 0 {
        // Rows that this slab shares with the one before have been taken.
        let firstRow = slab.firstWindow * window.hop
        let end = firstRow + (slab.windowCount - 1) * window.hop + window.rows
        let from = max(firstRow, nextRow)
        if from < end && !window.isWholeRecording {
          shared.add(
            slab.samples.base + (from - firstRow) * slab.stride, rows: end - from, width: slab.stride)
        }
        nextRow = end
        for index in 0..<slab.windowCount {
          let rows = slab.sourceRows(ofWindow: slab.firstWindow + index)
          let label = input.labeling.label(of: timeline, first: rows.first, last: rows.last)
          facts.labels[label ?? "", default: 0] += 1
        }
        if looksAtValues && isFirst {
          for index in Set([0, slab.windowCount / 2]).sorted() { look(at: index, slab, stream.header, facts.entry) }
        }
        isFirst = false
      }
      switch slab.outcome {
      case nil: continue
      case .failed(let error): throw error
      case .complete(let summary): return summary
      }
    }
  }

  /// Asks all blocks what they think of a window's values.
  private mutating func look(at index: Int, _ slab: Slab, _ header: RecordingHeader, _ entry: DatasetEntry) {
    windowsLookedAt += 1
    let window = input.window
    for block in generator.blocks {
      let columns = block.block.axes.compactMap { axis in header.sensors.firstIndex { $0.name == axis } }
      guard columns.count == block.block.axes.count else { continue }
      let base = slab.samples.base + index * window.hop * slab.stride
      var values: [Double] = []
      values.reserveCapacity(window.rows * columns.count)
      for row in 0..<window.rows { for column in columns { values.append(base[row * slab.stride + column]) } }
      let issues = block.plan.problem(inWindow: values).map { [$0] } ?? block.plan.warnings(forWindow: values)
      for issue in issues {
        let known = warnings.firstIndex {
          $0.block.block.id == block.block.id && $0.issue.parameter == issue.parameter && $0.issue.rule == issue.rule
        }
        if let known {
          warnings[known].windows += 1
        } else {
          warnings.append(
            WindowWarning(
              issue: issue, block: block, entry: entry,
              startMs: window.milliseconds(ofWindow: slab.firstWindow + index).start, windows: 1))
        }
      }
    }
  }
}
