import Datasets
import ProcessingBlocks

/// The features of all windows of one recording.
public struct RecordingFeatures: Sendable {
  /// One window.
  public struct Window: Sendable {
    /// As many as the block's plan says.
    public var features: [Float]
    /// Nil where nobody has labelled the window.
    public var label: String?
    /// Start in milliseconds, inclusive.
    public var startMs: Int
    /// End in milliseconds, exclusive.
    public var endMs: Int
  }

  /// How much of the recording was used.
  public var summary: RecordingSummary
  /// What in settings and windows makes features worth less than they look, in words, with the block's name.
  public var warnings: [String]
  /// In order of time.
  public var windows: [Window]
}

extension FeatureGenerator {
  /// Computes the features of one recording with one block.
  ///
  /// - Parameters:
  ///   - block: one of `blocks`.
  ///   - label: what the recording shows.
  ///   - reading: how the file is read where its format leaves room.
  /// - Throws: `DatasetError`, also when the recording gives no window, or one that the block has no features for.
  public func features(
    ofRecordingAt path: String, block: PreparedBlock, label: RecordingLabel, reading: ReadingOptions = ReadingOptions()
  ) throws(DatasetError) -> RecordingFeatures {
    let input = block.block.input
    let stream = try stream(name: path, recording: 0, label: label) {
      () throws(DatasetError) in try RecordingFile.open(path: path, displayName: path, options: self.reading(reading))
    }
    let runners = SlabRunners(
      [block], hop: input.window.hop, windows: slabWindows,
      sample: WindowSample(recordings: 1, blocks: [block]))
    let slab = Slab()
    let timeline = LabelTimeline(label)
    var windows: [RecordingFeatures.Window] = []
    var tally = WindowTally(block.plan)
    while true {
      stream.next(slab)
      runners.run(slab, header: stream.header)
      if slab.windowCount > 0 {
        if let refusal = slab.refusal(file: path, blocks: [block]) { throw refusal }
        tally.add(slab.findings[0], features: slab.features[0].base, count: slab.windowCount) {
          WindowTally.Place(path: path, startMs: input.window.milliseconds(ofWindow: $0).start)
        }
      }
      for index in 0..<slab.windowCount {
        let window = slab.firstWindow + index
        let rows = slab.sourceRows(ofWindow: window)
        let time = input.window.milliseconds(ofWindow: window)
        let count = block.plan.featureCount
        windows.append(
          RecordingFeatures.Window(
            features: Array(UnsafeBufferPointer(start: slab.features[0].base + index * count, count: count)),
            label: input.labeling.label(
              of: timeline, first: rows.first, last: rows.last),
            startMs: time.start, endMs: time.end))
      }
      switch slab.outcome {
      case nil: continue
      case .failed(let error): throw error
      case .complete(let summary):
        if windows.isEmpty {
          throw DatasetError(
            file: path, expected: "at least \(input.window.rows) rows (\(input.window.sizeMs) ms)",
            found: "\(summary.rowsText), so no window at all")
        }
        let rate = summary.resampling.flatMap { RateRatio.warning(path, from: $0.frequency, to: input.frequency) }
        return RecordingFeatures(
          summary: summary,
          warnings: block.named(block.plan.warnings.map(\.description) + tally.warnings)
            + [rate, summary.drift(input)].compactMap { $0.map { "\(path): \($0)" } },
          windows: windows)
      }
    }
  }
}
