import Datasets
import Foundation
import Glibc
import OutputFiles

/// Files of recordings that are being removed, noted in the hidden folder `.edgedsp` before the label files forget them.
///
/// A process that is killed in between leaves the note. The next start then removes what label files name no more:
/// a recording is removed as a whole, or not at all.
struct Removal: Codable, Sendable {
  /// A file, told from others that get its name later.
  struct Item: Codable, Sendable, Equatable {
    var id: Int
    /// Of the recording, as label files have it.
    var recording: String
    /// Relative to the dataset: the recording's, or that of its description.
    var path: String
    var size: Int
    var modified: Date

    fileprivate init?(id: Int, recording: String, path: String, in folder: String) {
      guard let identity = FileIdentity(path: "\(folder)/\(path)") else { return nil }
      (self.id, self.recording, self.path) = (id, recording, path)
      (size, modified) = (identity.size, identity.modified)
    }

    /// Whether the file is there as it was.
    fileprivate func isPresent(in folder: String) -> Bool {
      self == Item(id: id, recording: recording, path: path, in: folder)
    }
  }

  private(set) var items: [Item] = []
  /// As noted before something was added.
  private var before: [Item] = []

  private enum CodingKeys: CodingKey {
    case items
  }

  private static func path(_ folder: String) -> String { "\(folder)/.edgedsp/removing.json" }

  /// What is noted in a dataset; nothing where there is no note.
  ///
  /// - Throws: `OutputError` for a note that cannot be read: another would replace it, and its files would stay.
  init(dataset folder: String) throws(OutputError) {
    let path = Self.path(folder)
    guard let data = try Self.read(path) else { return }
    guard let noted = try? JSONDecoder().decode(Removal.self, from: data) else {
      throw OutputError(
        kind: .cannotCreate, path: path, reason: "is no list of files that are being removed; move it away")
    }
    // The note is nobody's to write, and still must not lead out of the folder.
    items = noted.items.filter { item in
      !item.path.hasPrefix("/") && !item.path.split(separator: "/").contains("..")
    }
    before = items
  }

  private static func read(_ path: String) throws(OutputError) -> Data? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw .system(.cannotCreate, path, "cannot be opened")
    }
    do {
      return try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).readToEnd() ?? Data()
    } catch {
      throw OutputError(kind: .cannotCreate, path: path, reason: "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Notes the files of recordings, besides those that are noted already.
  ///
  /// - Parameter named: paths of all recordings that there are, those to be removed too. One that is noted and still
  ///   there was not removed: what is noted of it counts no more.
  /// - Throws: `OutputError`.
  mutating func add(
    _ recordings: [(id: Int, path: String)], named: Set<ByteKey> = [], dataset folder: String
  ) throws {
    items.removeAll { named.contains(ByteKey($0.recording)) }
    before = items
    for (id, path) in recordings {
      // A link goes, and what it leads to stays.
      var paths = [path]
      // An array's description goes with it.
      if path.hasSuffix(".npy") { paths.append("\(path.dropLast(4)).json") }
      items += paths.compactMap { Item(id: id, recording: path, path: $0, in: folder) }
    }
    try MadeFolders.make("\(folder)/.edgedsp")
    try write(folder)
  }

  private func write(_ folder: String) throws {
    try ReplacedFile(path: Self.path(folder)).write(Array(try JSONEncoder().encode(self)))
  }

  /// Removes the files and the note. Files that cannot be removed stay noted.
  mutating func finish(dataset folder: String) {
    let root = RealPath(folder)
    // A folder may be a link by now. That of a recording goes itself.
    items.removeAll { item in
      let parent = RealPath(URL(filePath: "\(folder)/\(item.path)").deletingLastPathComponent().path)
      return parent.map { root?.contains($0) != true } ?? false
    }
    for item in items where item.isPresent(in: folder) { unlink("\(folder)/\(item.path)") }
    items.removeAll { !$0.isPresent(in: folder) }
    if items.isEmpty { unlink(Self.path(folder)) }
  }

  /// Forgets what was added last: nothing of it has been removed.
  ///
  /// A note that cannot be replaced names recordings that are there, for which it does not count.
  mutating func cancel(dataset folder: String) {
    items = before
    if items.isEmpty { unlink(Self.path(folder)) } else { try? write(folder) }
  }

  /// Ends what a killed process has begun. Belongs before the dataset is read.
  ///
  /// - Throws: `OutputError` where a label file cannot be read or replaced.
  static func recover(dataset folder: String, samplesFile: String?) throws {
    var removal = try Removal(dataset: folder)
    if removal.items.isEmpty { return }
    var labels = try LabelFile(folder: folder)
    let list = try SampleListFile(folder: folder, samplesFile: samplesFile)
    // The first label file of all was not written yet: nothing has been removed.
    if list == nil && FileIdentity(path: labels.path) == nil {
      removal.items = []
      return removal.finish(dataset: folder)
    }
    let ids = list.map { Set($0.ids) }
    // Studio's list has the say, and forgets first.
    removal.items.removeAll { ids?.contains($0.id) ?? labels.names($0.recording) }
    let named = Set(removal.items.map(\.recording)).filter(labels.names)
    if !named.isEmpty {
      try labels.update([], removed: Array(named))
      try RegisterWrite([labels]).run()
    }
    removal.finish(dataset: folder)
  }
}
