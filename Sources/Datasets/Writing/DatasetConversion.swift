import EngineThreads
import Glibc
import OutputFiles
import Synchronization

/// Writes the recordings of a dataset in another format, with the label file that keeps what they show.
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
    /// Recordings that were not, and why.
    public var failures: [any Error] = []
  }

  let items: [Item]
  let format: WritableFormat
  private let folder: String

  /// Names the files of a conversion.
  ///
  /// - Parameters:
  ///   - format: the format of all files.
  ///   - folder: where they will be, with the folders that they have in the dataset. It is created if need be.
  ///   - overwrites: whether files that are there may be replaced.
  /// - Throws: `DatasetErrors` where two recordings would become the same file; `OutputError` (`exists`).
  public init(_ dataset: Dataset, format: WritableFormat, to folder: String, overwrites: Bool) throws {
    self.format = format
    self.folder = folder
    // Oldest first: read back, the list gives the same order.
    items = dataset.entries.reversed().map { Item(entry: $0, path: Self.target($0, format)) }
    var first: [ByteKey: String] = [:]
    let errors = items.compactMap { item -> DatasetError? in
      guard let other = first.updateValue(item.entry.path, forKey: ByteKey(item.path)) else { return nil }
      return DatasetError(
        file: item.entry.path, expected: "a name of its own without its extension",
        found: "\(DatasetError.quoted(other)), which becomes \(DatasetError.quoted(item.path)) too")
    }
    if let errors = DatasetErrors(errors) { throw errors }
    if overwrites { return }
    for path in items.map(\.path) + [InfoLabels.fileName] where access("\(folder)/\(path)", F_OK) == 0 {
      throw OutputError(kind: .exists, path: "\(folder)/\(path)", reason: "is there already")
    }
  }

  /// The file name without its extension, with the split number that exports append.
  private static func target(_ entry: DatasetEntry, _ format: WritableFormat) -> String {
    let folder = RecordingName.components(entry.path).dropLast().map { $0 + "/" }.joined()
    let name = RecordingName.fileName(path: entry.path)
    let known = RecordingName.fileExtension(fileName: name)
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if let index = parts.lastIndex(where: { $0.lowercased() == known }), index > 0 { parts.remove(at: index) }
    return folder + parts.joined(separator: ".") + "." + format.fileExtension
  }

  /// Writes all files, then the label file.
  ///
  /// - Parameters:
  ///   - threads: recordings that are converted at a time.
  ///   - keepsGoing: whether a recording that cannot be converted is left out; otherwise the first ends all.
  ///   - progress: called now and then with the number of recordings done, by one thread at a time.
  /// - Throws: `DatasetError`, `OutputError`. Files that are complete stay.
  public func run(
    threads: Int, keepsGoing: Bool, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Report {
    for path in Set(items.map { "\(folder)/\($0.path)" }.map { $0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.endIndex) })
    {
      try MadeFolders.make(String(path))
    }
    let state = Mutex(State())
    OwnThreads.run(max(1, min(threads, items.count))) {
      while let index = state.withLock({ $0.next(of: items.count) }) {
        let item = items[index]
        do {
          let rows = try item.entry.open().write(format, to: "\(folder)/\(item.path)", label: item.entry.label)
          state.withLock {
            $0.report.recordings += 1
            $0.report.rows += rows
            $0.written.insert(index)
            progress($0.report.recordings)
          }
        } catch {
          state.withLock {
            $0.failures[index] = error
            $0.isStopped = !keepsGoing
          }
        }
      }
    }
    var (report, written) = state.withLock { ($0.report, $0.written) }
    report.failures = state.withLock { state in state.failures.sorted { $0.key < $1.key }.map(\.value) }
    if !keepsGoing, let error = report.failures.first { throw error }
    try ReplacedFile(path: "\(folder)/\(InfoLabels.fileName)").write(
      InfoLabels.text(items.indices.filter(written.contains).map { (items[$0].path, items[$0].entry) }))
    return report
  }

  private struct State {
    var report = Report()
    var written: Set<Int> = []
    var failures: [Int: any Error] = [:]
    var isStopped = false
    private var begun = 0

    mutating func next(of count: Int) -> Int? {
      guard begun < count, !isStopped else { return nil }
      begun += 1
      return begun - 1
    }
  }
}
