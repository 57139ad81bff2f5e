import DSPKernels
import Datasets
import EngineThreads
import Foundation
import OutputFiles
import ProcessingBlocks

/// Turns a dataset into feature sets: the batch job.
public struct FeatureGenerator: Sendable {
  /// What to do, apart from dataset and impulse.
  public struct Options: Sendable {
    /// Only recordings of this category; nil for all.
    public var category: Datasets.Category? = .training
    /// Only a share of the recordings; nil for what the impulse's input block says. Labels keep the numbers that they
    /// have with all recordings.
    public var subset: DatasetSubset?
    /// Only blocks with these ids; empty for all.
    public var blockIDs: [Int] = []
    /// Writes the unprocessed windows too, as `X_raw.npy`.
    public var includesRaw = false
    /// Worker threads.
    public var threads = Machine.usableProcessors
    /// Leaves out recordings that cannot be used instead of giving up.
    public var keepsGoing = false
    /// What is resampled of recordings whose rate is not the impulse's. Default: the recording as a whole.
    public var resampling = ResamplingStage.recording
    /// The date that metadata gives. Studio wants one; a fixed one keeps the output reproducible.
    public var created = Date(timeIntervalSince1970: 0)
    /// Replaces feature sets that exist.
    public var overwrites = false

    /// Training recordings, all blocks, all cores.
    public init() {}
  }

  let impulse: Impulse
  let impulseFile: String
  let options: Options
  /// Most windows of a slab. Features do not depend on it; tests make it small.
  var slabLimit = SlabSize.mostWindows
  /// The blocks that are computed, at least one.
  public let blocks: [PreparedBlock]

  /// Checks the impulse and plans its blocks.
  ///
  /// - Parameter impulseFile: the file's name, for messages.
  /// - Throws: `ImpulseError` with everything that is wrong.
  public init(_ impulse: Impulse, impulseFile: String, options: Options = Options()) throws(ImpulseError) {
    self.impulse = impulse
    self.impulseFile = impulseFile
    self.options = options
    blocks = try impulse.prepare(
      blockIDs: options.blockIDs, includesRaw: options.includesRaw, file: impulseFile)
    guard let first = blocks.first?.block else {
      throw .problem(impulseFile, "impulse", "dspBlocks", "empty", "there is nothing to compute")
    }
    // One pass over a recording serves all blocks, so they must agree on its windows and labels.
    if let other = blocks.first(where: { !$0.block.input.hasSameWindows(as: first.input) }) {
      throw .problem(
        impulseFile, "block \(other.block.id) (\(other.block.name))", "input", "\(other.block.input.id)",
        "has other windows or labels than block \(first.id)", fix: "generate the blocks one at a time")
    }
    if scratchByteCount > SlabSize.mostScratchBytes {
      throw .problem(
        impulseFile, "impulse.inputBlocks", "windowSizeMs", "\(first.input.window.sizeMs)",
        "windows of \(first.input.window.rows) rows need \(scratchByteCount >> 20) MiB of memory for each thread, and "
          + "\(SlabSize.mostScratchBytes >> 20) is the most", fix: "use shorter windows, or fewer blocks at a time")
    }
  }

  /// Bytes of the runners of one thread.
  private var scratchByteCount: Int {
    blocks.reduce(0) { total, block in
      let window = block.block.input.window
      return total
        + block.outputs.reduce(0) {
          $0 + $1.plan.scratchByteCount(hop: window.hop, windows: slabWindows)
            + (options.resampling == .window
              ? $1.plan.scratchByteCount(hop: window.rows, windows: slabWindows) : 0)
        }
    }
  }

  /// Worker threads: as many as asked for, unless their scratch would fill the memory.
  var threads: Int {
    max(1, min(options.threads, slabsInFlight, 2 * SlabSize.mostScratchBytes / max(1, scratchByteCount)))
  }

  /// Worker threads that have something to do: a recording is at least one slab, and a byte of a file is seldom more
  /// than a value.
  func threads(for entries: [DatasetEntry]) -> Int {
    let window = blocks[0].block.input.window
    let bytes = entries.reduce(0) { $0.saturatingSum($1.byteCount) }
    return max(1, min(threads, entries.count.saturatingSum(bytes / max(1, slabWindows * min(window.hop, window.rows)))))
  }

  /// With as many threads as asked for.
  var slabsInFlight: Int { slabsInFlight(threads: options.threads) }

  /// Slabs under way at one time: enough to keep all threads busy, unless they would fill the memory.
  func slabsInFlight(threads: Int) -> Int {
    let window = blocks[0].block.input.window
    // Resampled windows do not share rows, and take room beside those that they come from.
    let rows =
      options.resampling == .window
      ? 2 * slabWindows * max(window.hop, window.rows) : (slabWindows - 1) * window.hop + window.rows
    let features = blocks.flatMap(\.outputs).reduce(0) { $0 + $1.plan.featureCount }
    let bytes = rows * blockAxes * MemoryLayout<Double>.stride + slabWindows * features * MemoryLayout<Float>.stride
    return max(1, min(2 * threads + 2, SlabSize.mostBytesInFlight / max(1, bytes)))
  }

  /// Axes that any block uses.
  private var blockAxes: Int { Set(blocks.flatMap(\.block.axes)).count }

  /// Generates all feature sets into `output`, a folder for each block.
  ///
  /// - Parameters:
  ///   - progress: called now and then, by one thread at a time.
  ///   - isCancelled: asked now and then; true ends the generation, with nothing written.
  /// - Returns: what was written, and what deserves attention. With `keepsGoing` it lists recordings that were
  ///   left out.
  /// - Throws: `DatasetErrors`, `OutputError`, or `CancellationError` when told to end. Sets that were there before are
  ///   untouched then, unless putting the new ones in place is what failed: each set by itself is the old or the new
  ///   one. With an `OutputError` of the kind `unsynced` all new ones are in place.
  public func generate(
    _ dataset: Dataset, to output: String, progress: @escaping @Sendable (GenerationProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> GenerationReport {
    let started = DispatchTime.now().uptimeNanoseconds
    let recordings = dataset.entries.filter { !isImpulse($0) }
    let all = recordings.filter { options.category == nil || $0.category == options.category }
    if all.isEmpty { throw DatasetErrors(noRecordings(dataset)) }
    let subset = options.subset ?? blocks[0].block.input.subset
    let entries = subset.map { subset in all.filter { subset.includes(name: $0.name) } } ?? all
    if let subset, entries.isEmpty {
      throw DatasetErrors(
        DatasetError(
          file: dataset.path, expected: "recordings in a subset of \(subset.includePercentage) %",
          found: "none of \(all.count)", kind: .missing))
    }
    let names = blocks.map(\.block.folderName)
    let folder = try OutputFolder(path: output, names: names, overwrite: options.overwrites)
    // A worker may hold the folder a moment longer than it works, so its end is not left to reference counts.
    defer { folder.discard() }
    let sink = try GenerationSink(
      blocks: blocks, folder: folder, dataset: dataset, entries: entries,
      labels: ClassLabels(recordings.map(\.label)),
      notes: dataset.entries.filter(isImpulse).map { "\($0.path) is not used: it is the impulse" },
      keepsGoing: options.keepsGoing,
      resampling: options.resampling, progress: progress, isCancelled: isCancelled)
    let wanted = threads(for: entries)
    let run = GenerationRun(
      generator: self, entries: entries, sink: sink, slabsInFlight: slabsInFlight(threads: wanted))
    let threads = OwnThreads.run(wanted) { run.work() }
    try sink.rethrow()
    let category = options.category?.rawValue ?? "all"
    try sink.finish(
      category: category, created: options.created,
      subset: subset.map {
        Provenance.Subset(
          includePercentage: $0.includePercentage, seed: $0.seed, included: entries.count, total: all.count)
      })
    try folder.commit(names)
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
    return sink.report(output: output, seconds: seconds, threads: threads)
  }

  /// Whether a file of the dataset is the impulse itself, which many keep beside their recordings.
  private func isImpulse(_ entry: DatasetEntry) -> Bool {
    guard entry.filePath.hasSuffix(".json") else { return false }
    var (own, other) = (stat(), stat())
    return stat(impulseFile, &own) == 0 && stat(entry.filePath, &other) == 0 && own.st_ino == other.st_ino
      && own.st_dev == other.st_dev
  }

  private func noRecordings(_ dataset: Dataset) -> DatasetError {
    let counts = Dictionary(grouping: dataset.entries, by: \.category).map { "\($0.value.count) \($0.key)" }
    return DatasetError(
      file: dataset.path, expected: options.category.map { "recordings of category \($0)" } ?? "recordings",
      found: counts.isEmpty ? "none at all" : counts.sorted().joined(separator: ", "), kind: .missing)
  }

  var slabWindows: Int {
    guard let first = blocks.first?.block else { return 1 }
    // Room for a second window lets the reader see the end of a recording that is one window.
    let limit = first.input.window.isWholeRecording ? min(2, slabLimit) : slabLimit
    return SlabSize.windows(
      window: first.input.window, axes: blockAxes,
      featuresPerWindow: blocks.flatMap(\.outputs).reduce(0) { $0 + $1.plan.featureCount }, atMost: limit)
  }
}
