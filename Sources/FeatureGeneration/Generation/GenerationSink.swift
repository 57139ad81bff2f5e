import Datasets
import Foundation
import OutputFiles
import ProcessingBlocks

/// Receives slabs in order: writes their features, keeps account of recordings and labels.
///
/// One thread at a time writes; the queue sees to that.
final class GenerationSink: @unchecked Sendable {
  private let writers: [FeatureSetWriter]
  private let dataset: Dataset
  /// Further lines about the dataset.
  private let notes: [String]
  private let entries: [DatasetEntry]
  private let labels: ClassLabels
  private let labeling: WindowLabeling
  private let window: SlidingWindow
  private let keepsGoing: Bool
  private let resampling: ResamplingStage
  private let progress: @Sendable (GenerationProgress) -> Void
  private let isCancelled: @Sendable () -> Bool

  private var summaries: [(entry: DatasetEntry, summary: RecordingSummary)] = []
  private var skipped: [(entry: DatasetEntry, error: DatasetError)] = []
  private var counts = LabelCounts()
  private var recordingLabels = LabelCounts()
  private var timeline = LabelTimeline(.unlabeled)
  private var state: GenerationProgress
  private var failure: (any Error)?
  private var rows: [Int32] = []
  private var tallies: [WindowTally]
  private var talliesAtRecordingStart: [WindowTally] = []
  /// Why the recording under way cannot be used: the rest of it is read and dropped.
  private var refusal: DatasetError?

  init(
    blocks: [PreparedBlock], folder: OutputFolder, dataset: Dataset, entries: [DatasetEntry],
    labels: ClassLabels, notes: [String], keepsGoing: Bool,
    resampling: ResamplingStage, progress: @escaping @Sendable (GenerationProgress) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(OutputError) {
    var writers: [FeatureSetWriter] = []
    for block in blocks { writers.append(try FeatureSetWriter(block, in: folder)) }
    self.writers = writers
    tallies = blocks.map { WindowTally($0.plan) }
    self.entries = entries
    self.dataset = dataset
    self.labels = labels
    self.notes = notes
    self.keepsGoing = keepsGoing
    self.resampling = resampling
    self.progress = progress
    self.isCancelled = isCancelled
    labeling = blocks[0].block.input.labeling
    window = blocks[0].block.input.window
    state = GenerationProgress(
      recordingsTotal: entries.count, bytesTotal: entries.reduce(0) { $0.saturatingSum($1.byteCount) })
  }

  /// Writes a slab; false when generation must stop.
  func write(_ slab: Slab) -> Bool {
    do {
      if isCancelled() { throw CancellationError() }
      if slab.sequence == 0 {
        for writer in writers { writer.beginRecording() }
        recordingLabels = LabelCounts()
        timeline = LabelTimeline(entries[slab.recording].label)
        if keepsGoing { talliesAtRecordingStart = tallies }
        refusal = nil
      }
      if slab.windowCount > 0 && refusal == nil {
        refusal = slab.refusal(file: entries[slab.recording].path, blocks: writers.map(\.block))
        if let refusal, !keepsGoing { throw DatasetErrors(refusal) }
        if refusal == nil { try append(slab) }
      }
      switch slab.outcome {
      case nil: break
      case .complete(let summary):
        if let refusal { try leaveOut(slab.recording, refusal) } else { complete(slab.recording, summary) }
      case .failed(let error):
        try leaveOut(slab.recording, error.kind == .system ? error : refusal ?? error)
      }
      var progress = state
      if slab.outcome == nil { progress.bytes = progress.bytes.saturatingSum(slab.bytesRead) }
      self.progress(progress)
      return failure == nil
    } catch {
      failure = error
      return false
    }
  }

  private func append(_ slab: Slab) throws {
    let entry = entries[slab.recording]
    guard let id = Int32(exactly: entry.sampleID) else {
      throw DatasetErrors(
        DatasetError(
          file: entry.path, position: .none, expected: "a sample id below 2^31, as y.npy holds it",
          found: "\(entry.sampleID)"))
    }
    rows.removeAll(keepingCapacity: true)
    // Labels change seldom: they are looked up once for each run of windows that share one.
    var label: (text: String?, index: Int32) = (nil, 0)
    var windows = 0
    for window in slab.firstWindow..<slab.firstWindow + slab.windowCount {
      if windows == 0 || timeline.runs.count > 1 {
        let source = slab.sourceRows(ofWindow: window)
        let text = labeling.label(of: timeline, first: source.first, last: source.last)
        if windows == 0 || text.map({ ByteKey($0) }) != label.text.map({ ByteKey($0) }) {
          if windows > 0 { recordingLabels.add(label.text, count: windows) }
          label = (text, labels.index(of: text))
          windows = 0
        }
      }
      windows += 1
      let time = self.window.milliseconds(ofWindow: window)
      rows.append(label.index)
      rows.append(id)
      rows.append(Int32(time.start))
      rows.append(Int32(time.end))
    }
    if windows > 0 { recordingLabels.add(label.text, count: windows) }
    var index = 0
    for (block, writer) in writers.enumerated() {
      let outputs = writer.block.outputs
      let bytes = outputs.enumerated().map { offset, output in
        UnsafeRawBufferPointer(
          start: slab.features[index + offset].base,
          count: slab.windowCount * output.plan.featureCount * MemoryLayout<Float>.stride)
      }
      tallies[block].add(slab.findings[block], features: slab.features[index].base, count: slab.windowCount) {
        WindowTally.Place(path: entry.path, startMs: self.window.milliseconds(ofWindow: $0).start)
      }
      index += outputs.count
      try writer.append(bytes, rows: rows)
    }
    state.windows += slab.windowCount
  }

  private func complete(_ recording: Int, _ summary: RecordingSummary) {
    let entry = entries[recording]
    summaries.append((entry, summary))
    counts.add(recordingLabels)
    note(entry)
  }

  private func leaveOut(_ recording: Int, _ error: DatasetError) throws {
    // What the system refuses says nothing about the recording: leaving it out would lose good data.
    guard keepsGoing, error.kind != .system else { throw DatasetErrors(error) }
    let entry = entries[recording]
    for writer in writers { try writer.rollBack() }
    tallies = talliesAtRecordingStart
    state.windows = writers[0].windowCount
    skipped.append((entry, error))
    note(entry)
  }

  private func note(_ entry: DatasetEntry) {
    state.recordings += 1
    state.bytes = state.bytes.saturatingSum(entry.byteCount)
  }

  /// Throws what stopped the generation, or that nothing came of it.
  func rethrow() throws {
    if let failure { throw failure }
    precondition(summaries.count + skipped.count == entries.count, "a recording got lost between threads")
    if writers[0].windowCount > 0 { return }
    if let errors = DatasetErrors(skipped.map(\.error)) { throw errors }
    let longest = summaries.max { $0.summary.cutRows < $1.summary.cutRows }
    throw DatasetErrors(
      DatasetError(
        file: longest?.entry.path ?? "", position: .none,
        expected: "a recording of at least \(window.rows) rows (\(window.sizeMs) ms)",
        found: "\(longest?.summary.rowsText ?? "0 rows") in the longest of \(summaries.count), so no window at all"))
  }

  /// What the settings and the windows of each block do that nobody would want.
  private var warnings: [[String]] {
    zip(writers, tallies).map { $0.block.plan.warnings.map(\.description) + $1.warnings }
  }

  /// What is odd about the dataset and its recordings.
  private var datasetWarnings: [String] {
    GenerationReport.warnings(
      summaries.map { ($0.entry, $0.summary) }, input: writers[0].block.block.input, labels: labels)
      + GenerationReport.warnings(problems: dataset.problems) + GenerationReport.warnings(ignored: dataset.ignored)
      + notes
  }

  /// Recordings that were left out, and what the dataset's listing had to leave out.
  private var leftOut: [Provenance.Skipped] {
    skipped.map { .init(id: $0.entry.sampleID, path: $0.entry.path, reason: "\($0.error)") }
      + dataset.problems.filter { $0.severity == .error }.map {
        .init(id: nil, path: $0.file, reason: "\($0.file): \($0.message)")
      }
  }

  /// Completes all feature sets.
  func finish(category: String, created: Date, subset: Provenance.Subset?) throws(OutputError) {
    let datasetWarnings = datasetWarnings
    for (writer, warnings) in zip(writers, warnings) {
      let block = writer.block
      let included = summaries.filter { $0.summary.windows > 0 }
      let provenance = Provenance(
        version: EdgeDSPVersion.current, configurationHash: block.configurationHash(resampling: resampling),
        precision: "studio",
        block: block.block.type, blockId: block.block.id,
        implementationVersion: block.block.implementationVersion, axes: block.block.axes, category: category,
        subset: subset,
        recordings: summaries.map {
          .init(
            id: $0.entry.sampleID, path: $0.entry.path, fingerprint: $0.summary.fingerprint,
            sidecarFingerprint: $0.summary.sidecarFingerprint, rows: $0.summary.rows,
            windowCount: $0.summary.windows, resampled: $0.summary.resampling.map(Provenance.Resampled.init))
        },
        skipped: leftOut, warnings: warnings, datasetWarnings: datasetWarnings, resampling: resampling,
        tableOptions: entries.first?.reading.table.provenance ?? [:])
      try writer.finish(
        FeatureSetMetadata(
          created: FeatureSetMetadata.text(of: created), generated: true, dspConfig: block.studioConfiguration,
          labels: labels.labels,
          featureLabels: block.plan.featureLabels.isEmpty ? nil : block.plan.featureLabels,
          windowCount: writer.windowCount, featureCount: block.plan.featureCount,
          includedSamples: included.map { .init(id: $0.entry.sampleID, windowCount: $0.summary.windows) },
          windowSizeMs: window.sizeMs, windowIncreaseMs: window.increaseMs, padZeros: window.padsZeros,
          frequency: block.block.input.frequency, outputConfig: .init(block.plan.outputConfiguration),
          fftUsed: block.plan.fftUsed, edgedsp: provenance))
    }
  }

  func report(output: String, seconds: Double, threads: Int) -> GenerationReport {
    GenerationReport(
      sets: writers.map { writer in
        GenerationReport.FeatureSet(
          blockID: writer.block.block.id, name: writer.block.block.name, type: writer.block.block.type,
          path: "\(output)/\(writer.block.block.folderName)", featureCount: writer.block.plan.featureCount,
          byteCount: writer.block.outputs.reduce(16 * writer.windowCount) {
            $0 + 4 * writer.windowCount * $1.plan.featureCount
          })
      },
      labels: counts.sorted, windows: writers[0].windowCount, recordings: summaries.count,
      resampled: summaries.count { $0.summary.resampling != nil },
      resampledFrom: Set(summaries.compactMap(\.summary.resampling?.frequency)).sorted(), seconds: seconds,
      threads: threads, skipped: leftOut.map { .init(path: $0.path, reason: $0.reason) },
      warnings: zip(writers, warnings).flatMap { $0.block.named($1) } + datasetWarnings)
  }
}

extension FeatureSetMetadata.Output {
  init(_ configuration: OutputConfiguration) {
    type = configuration.type
    shape = Dictionary(uniqueKeysWithValues: configuration.shape.map { ($0.name, $0.value) })
  }
}
