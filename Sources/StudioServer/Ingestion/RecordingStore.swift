import CSystemCalls
import Datasets
import Foundation
import Glibc
import OutputFiles
import Synchronization

/// Gives staged files their names in the dataset: `training/wave.1.json`.
///
/// A file gets its name by a second link, which never replaces another file. The first stays in the staging folder
/// until the recording is registered: one that a killed process has placed but not registered can so be told from the
/// dataset's own. Where a file system has no links, the file is renamed without replacing another, and a note in the
/// staging folder tells where it went. See `UnfinishedUploads`.
final class RecordingStore: Sendable {
  /// A recording that is to be placed.
  struct Item {
    var path: String
    /// The description of an array.
    var sidecar: String?
    var stem: String
    var fileExtension: String
  }

  private let dataset: String
  private let choosing = Mutex(())
  private let makeLink: MakeLink

  /// Gives a file a second name: 0, or -1 with `errno`.
  typealias MakeLink = @Sendable (_ source: String, _ target: String) -> CInt

  /// Ends the name of the note that tells where a staged file went.
  static let noteSuffix = ".placed"

  /// Names that mean something in a dataset folder.
  private static let reserved: Set<String> = [
    "x.npy", "x_raw.npy", "y.npy", "metadata.json", "labels.json", "samples.json", "readme.json", "readme.csv",
    "readme.txt",
  ]

  /// - Parameter makeLink: how a file gets its second name. Default: a hard link.
  init(dataset: String, makeLink: @escaping MakeLink = { Glibc.link($0, $1) }) {
    self.dataset = dataset
    self.makeLink = makeLink
  }

  /// Places a recording; its bytes are on disk then, its name only after `sync`.
  ///
  /// - Returns: its path relative to the dataset.
  /// - Throws: `OutputError`; nothing is placed then.
  func place(_ item: Item, in category: Datasets.Category) throws(OutputError) -> String {
    let folder = try folder(of: category)
    for path in [item.path, item.sidecar].compactMap({ $0 }) { try Self.sync(path) }
    return try choosing.withLock { _ throws(OutputError) in
      for stem in Self.candidates(item.stem) {
        guard isFree(stem, item.fileExtension, in: folder) else { continue }
        guard try put(item.path, "\(stem).\(item.fileExtension)", in: category) else { continue }
        if let sidecar = item.sidecar {
          var isPlaced = false
          defer {
            // Back to where it came from: the next name needs it there.
            if !isPlaced { rename("\(folder)/\(stem).\(item.fileExtension)", item.path) }
            // Two names of one file stay as they are.
            if !isPlaced { unlink("\(folder)/\(stem).\(item.fileExtension)") }
            if !isPlaced { unlink(item.path + Self.noteSuffix) }
          }
          isPlaced = try put(sidecar, "\(stem).json", in: category)
          if !isPlaced { continue }
        }
        return "\(category.rawValue)/\(stem).\(item.fileExtension)"
      }
      throw OutputError(kind: .exists, path: "\(folder)/\(item.stem).\(item.fileExtension)", reason: "no name is free")
    }
  }

  /// Writes the names in a category's folder to disk.
  func sync(_ category: Datasets.Category) throws(OutputError) {
    try SyncedFile.syncFolder("\(dataset)/\(category.rawValue)")
  }

  /// Takes a recording's files away again.
  func remove(_ path: String) {
    unlink("\(dataset)/\(path)")
    if path.hasSuffix(".npy") { unlink("\(dataset)/\(path.dropLast(4)).json") }
  }

  /// The folder of a category, made if need be.
  private func folder(of category: Datasets.Category) throws(OutputError) -> String {
    let folder = "\(dataset)/\(category.rawValue)"
    if mkdir(folder, 0o777) == 0 {
      try SyncedFile.syncFolder(dataset)
    } else if errno != EEXIST {
      throw .system(.cannotCreate, folder, "cannot create")
    }
    guard let root = RealPath(dataset), let real = RealPath(folder), root.contains(real) else {
      throw OutputError(kind: .cannotCreate, path: folder, reason: "it leads out of the dataset folder")
    }
    return folder
  }

  /// Whether no file has the name, or would describe the other: `NAME.json` beside `NAME.npy`.
  private func isFree(_ stem: String, _ fileExtension: String, in folder: String) -> Bool {
    if Self.reserved.contains("\(stem).\(fileExtension)".lowercased()) { return false }
    let partner = ["json": "npy", "npy": "json"][fileExtension]
    return ([fileExtension] + (partner.map { [$0] } ?? [])).allSatisfy {
      access("\(folder)/\(stem).\($0)", F_OK) != 0 && errno == ENOENT
    }
  }

  /// The name itself, with a number, or with random digits: many files may have the same name.
  private static func candidates(_ stem: String) -> some Sequence<String> {
    (1...100).lazy.map { number in
      switch number {
      case 1: stem
      case 2...9: "\(stem).\(number)"
      default: "\(stem).\(String(UInt64.random(in: 0 ... .max), radix: 32))"
      }
    }
  }

  /// False where the name is taken.
  private func put(_ source: String, _ fileName: String, in category: Datasets.Category) throws(OutputError) -> Bool {
    let target = "\(dataset)/\(category.rawValue)/\(fileName)"
    if makeLink(source, target) == 0 { return true }
    if errno == EEXIST { return false }
    guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(errno) else {
      throw .system(.cannotCreate, target, "cannot put in place")
    }
    // A file system without links: the file itself goes, and a note stays.
    let note = source + Self.noteSuffix
    try SyncedFile.create(note, shown: target, contents: Data("\(category.rawValue)/\(fileName)".utf8))
    if system_rename_new(source, target) == 0 { return true }
    let code = errno
    unlink(note)
    if code == EEXIST { return false }
    if code == EINVAL || code == ENOSYS {
      throw OutputError(
        kind: .cannotCreate, path: target,
        reason: "its file system has neither hard links nor renames that replace no other file, which uploads need")
    }
    throw .system(.cannotCreate, target, "cannot put in place", code: code)
  }

  private static func sync(_ path: String) throws(OutputError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.writeFailed, path, "cannot open") }
    defer { close(descriptor) }
    guard SyncedFile.sync(descriptor) else { throw .system(.writeFailed, path, "cannot sync") }
  }
}
