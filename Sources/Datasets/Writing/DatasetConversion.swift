import EngineThreads
import Glibc
import OutputFiles
import Synchronization

/// Writes recordings in another format: those of a dataset with the label file that keeps what they show, or single
/// files.
public struct DatasetConversion: Sendable {
  /// A recording and the file that it becomes.
  struct Item: Sendable {
    let entry: DatasetEntry
    /// Relative to the output folder.
    let path: String
  }

  /// What has been done.
  public struct Report: Sendable {
    /// Recordings that were written.
    public var recordings = 0
    /// Their rows.
    public var rows = 0
    /// What the format has no place for, with the number of recordings that had it, in the order of the names.
    public var leftOut: [(part: String, recordings: Int)] = []
    /// Recordings that were not written, and why, in the order of the conversion.
    public var failures: [DatasetError] = []
  }

  let items: [Item]
  let format: WritableFormat
  let folder: String
  private let overwrites: Bool
  private let hasLabelFile: Bool
  /// How folders are brought to the disk.
  var sync: SyncedFile.Step = SyncedFile.sync

  /// Recordings of the conversion.
  public var count: Int { items.count }

  /// Names the files of a dataset's conversion.
  ///
  /// - Parameters:
  ///   - format: the format of all files.
  ///   - folder: where they will be, with the folders that they have in the dataset. It is created if need be.
  ///   - overwrites: whether files that are there may be replaced.
  /// - Throws: `DatasetErrors` where two recordings would become the same file, or one a file that means something
  ///   else; `OutputError` (`exists`, `cannotCreate`).
  public init(_ dataset: Dataset, format: WritableFormat, to folder: String, overwrites: Bool) throws {
    // Oldest first: read back, the list gives the same order.
    try self.init(
      dataset.entries.reversed().map { Item(entry: $0, path: ConvertedName.path(of: $0, format)) }, format, folder,
      overwrites: overwrites, hasLabelFile: true)
    if let root = RealPath(dataset.path), ConvertedName.isInside(folder, root) {
      throw OutputError(
        kind: .cannotCreate, path: folder,
        reason: "is inside the dataset, which would have its recordings twice; choose another folder")
    }
  }

  /// Names the files that single recordings become. A file that is cut becomes several.
  ///
  /// - Parameters:
  ///   - files: recordings, by their paths.
  ///   - output: a folder; or, for one recording, a file with the format's extension.
  /// - Throws: as above, and `DatasetError` for a file that cannot be opened.
  public init(
    files: [String], reading: ReadingOptions, format: WritableFormat, to output: String, overwrites: Bool
  ) throws {
    let entries = try files.flatMap { try ConvertedName.entries(ofFile: $0, reading) }
    if entries.count == 1, let file = ConvertedName.file(output, format) {
      try self.init(
        [Item(entry: entries[0], path: file.name)], format, file.folder, overwrites: overwrites, hasLabelFile: false)
    } else {
      let items = entries.map { entry in
        var named = entry
        named.path = RecordingName.fileName(path: entry.path)
        return Item(entry: entry, path: ConvertedName.path(of: named, format))
      }
      try self.init(items, format, output, overwrites: overwrites, hasLabelFile: false)
    }
  }

  private init(
    _ items: [Item], _ format: WritableFormat, _ folder: String, overwrites: Bool, hasLabelFile: Bool
  ) throws {
    self.items = items
    self.format = format
    self.folder = folder
    self.overwrites = overwrites
    self.hasLabelFile = hasLabelFile
    if let errors = DatasetErrors(ConvertedName.conflicts(items, format)) { throw errors }
    try checkPlaces()
  }

  /// Files that are there stay, unless they may be replaced; recordings that are read stay whatever happens.
  private func checkPlaces() throws {
    let sources = Set(items.compactMap { RealPath($0.entry.filePath).map { ByteKey($0.text) } })
    for item in items {
      let path = "\(folder)/\(item.path)"
      guard let real = RealPath(path)?.text else { continue }
      if sources.contains(ByteKey(real)) {
        throw OutputError(kind: .cannotCreate, path: path, reason: "is a recording that is read; choose another folder")
      }
    }
    if overwrites { return }
    for path in allFiles where access(path, F_OK) == 0 {
      throw OutputError(kind: .exists, path: path, reason: "is there already")
    }
  }

  /// The label file is one of them: it names the others, so it goes when they go.
  private var allFiles: [String] {
    items.flatMap { files(of: $0) } + (hasLabelFile ? ["\(folder)/\(InfoLabels.fileName)"] : [])
  }

  /// The file that a recording becomes, and what belongs to it.
  private func files(of item: Item) -> [String] {
    let path = "\(folder)/\(item.path)"
    return format == .npy ? [path, NumPySidecar.path(besides: path)] : [path]
  }

  /// Writes all files, then the label file of a dataset.
  ///
  /// - Parameters:
  ///   - threads: recordings that are converted at a time.
  ///   - keepsGoing: whether a recording that cannot be converted is left out; otherwise the first ends all.
  ///   - progress: called with the number of recordings done, by one thread at a time.
  /// - Throws: `DatasetErrors` with all that was found wrong until work ended, or `OutputError`. What this run has
  ///   written is gone then, except for files that replaced others.
  public func run(
    threads: Int, keepsGoing: Bool, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Report {
    var made: [String] = []
    // What was not there before is unfinished until all is there.
    let new = overwrites ? [] : allFiles
    do {
      for path in Set(items.map { RecordingName.components($0.path).dropLast().joined(separator: "/") }).sorted() {
        made += try MadeFolders.make(path.isEmpty ? folder : "\(folder)/\(path)")
      }
      for path in new { _ = UnfinishedOutput.make(path, by: { true }) }
      let report = try convert(threads, keepsGoing, progress)
      for path in new { UnfinishedOutput.remove(path) }
      return report
    } catch {
      for path in new {
        unlink(path)
        UnfinishedOutput.remove(path)
      }
      // Folders that hold something stay.
      for path in made.reversed() { rmdir(path) }
      throw error
    }
  }

  private func convert(_ threads: Int, _ keepsGoing: Bool, _ progress: @escaping @Sendable (Int) -> Void) throws
    -> Report
  {
    let state = Mutex(ConversionState(count: items.count, keepsGoing: keepsGoing))
    OwnThreads.run(max(1, min(threads, items.count))) {
      while let index = state.withLock({ $0.next() }) {
        let item = items[index]
        do {
          let reader = try item.entry.open()
          let rows = try reader.write(
            format, to: "\(folder)/\(item.path)", name: item.entry.path, label: item.entry.label, sync: sync)
          var leftOut = format.leavesOut(reader.header, label: hasLabelFile ? .unlabeled : item.entry.label)
          if !item.entry.labelMap.isEmpty { leftOut.append("label maps") }
          state.withLock { progress($0.note(index, rows: rows, leftOut: leftOut)) }
        } catch {
          state.withLock { $0.note(index, failure: error) }
        }
      }
    }
    let (report, written, failure) = state.withLock { ($0.report, $0.written, $0.failure) }
    if let failure { throw failure }
    if report.recordings == 0, let errors = DatasetErrors(report.failures) { throw errors }
    if hasLabelFile {
      try ReplacedFile(path: "\(folder)/\(InfoLabels.fileName)", sync: sync).write(
        InfoLabels.text(items.indices.filter(written.contains).map { (items[$0].path, items[$0].entry) }))
    }
    return report
  }
}
