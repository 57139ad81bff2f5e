import Foundation
import NumPyFiles
import Synchronization

/// A single file that is replaced in one step: built under another name beside it, then renamed.
///
/// An error says which of two files is there. With the kind `unsynced` it is the new one, whole, though a power cut may
/// bring the old one back; with all others it is the old one, untouched.
public struct ReplacedFile: Sendable {
  private let path: String
  private let sync: SyncedFile.Step

  /// The file at `path`, which may exist.
  public init(path: String) { self.init(path: path, sync: SyncedFile.sync) }

  /// - Parameter sync: how the folder is brought to the disk once the file is in place.
  package init(path: String, sync: @escaping SyncedFile.Step) {
    self.path = path
    self.sync = sync
  }

  /// Replaces the file by an array.
  ///
  /// - Throws: `OutputError`; an old file is untouched then, unless its kind is `unsynced`.
  public func write(_ values: [Float], shape: [Int]) throws(OutputError) {
    try replace { temporary throws(OutputError) in
      do throws(NumPyError) {
        try NumPyWriter.write(values, shape: shape, to: temporary)
      } catch {
        throw OutputError(error, path: path)
      }
    }
  }

  /// Replaces the file by a text.
  ///
  /// - Throws: `OutputError`; an old file is untouched then, unless its kind is `unsynced`.
  public func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

  /// Replaces the file by bytes.
  ///
  /// - Throws: `OutputError`; an old file is untouched then, unless its kind is `unsynced`.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    try replace { temporary throws(OutputError) in
      try SyncedFile.create(temporary, shown: path, contents: Data(bytes))
    }
  }

  /// Replaces the file by what `build` leaves at the temporary path that it is given; nothing is there before.
  ///
  /// - Throws: what `build` throws, or `OutputError`; an old file is untouched then, unless its kind is `unsynced`.
  public func write(building build: (_ temporary: String) throws -> Void) throws {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    try Self.checkPlace(path)
    // A folder that may be written into but not listed cannot be synced; the file is in place all the same. One that
    // can be is opened now: after the rename nothing but the sync itself fails.
    let parent = folder.isEmpty ? "." : folder
    let opened = try access(parent, R_OK) == 0 ? SyncedFolder(parent) : nil
    Self.removeAbandoned(folder.isEmpty ? "." : folder)
    let temporary = "\(folder)\(Self.prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))\(Self.suffix)"
    // A place that takes no file at all is another error than a disk that fills up.
    let isMade = UnfinishedOutput.make(temporary) {
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      return descriptor >= 0 && close(descriptor) == 0
    }
    guard isMade else { throw OutputError.system(.cannotCreate, path, "cannot create") }
    unlink(temporary)
    defer {
      unlink(temporary)
      UnfinishedOutput.remove(temporary)
    }
    try build(temporary)
    try UnfinishedOutput.commit(temporary) { () throws(OutputError) in
      guard rename(temporary, path) == 0 else { throw .system(.cannotCreate, path, "cannot put in place") }
    }
    if opened?.sync(by: sync) == false {
      throw OutputError.system(.unsynced, path, "is in place, but its folder cannot be synced")
    }
  }

  /// A device or a pipe would be gone, and a file in its place; a folder takes none.
  private static func checkPlace(_ path: String) throws(OutputError) {
    var status = stat()
    // A link to a folder is replaced as any link is.
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .system(.cannotCreate, path, "cannot put in place", code: EISDIR)
    }
    guard stat(path, &status) == 0 else { return }
    let kind = status.st_mode & S_IFMT
    if [S_IFCHR, S_IFBLK, S_IFIFO, S_IFSOCK].contains(kind) {
      throw OutputError(kind: .cannotCreate, path: path, reason: "is a device or a pipe, which a file cannot replace")
    }
  }

  private static let prefix = ".edgedsp-"
  private static let suffix = ".tmp"
  /// Folders that have been looked through: a conversion writes thousands of files into one.
  private static let cleared = Mutex<Set<String>>([])

  /// Removes temporary files whose process has died, once for each folder.
  private static func removeAbandoned(_ folder: String) {
    guard cleared.withLock({ $0.insert(folder).inserted }) else { return }
    clear(folder)
  }

  /// Removes temporary files whose process has died.
  ///
  /// - Parameter isStart: nothing has been written into the folder by this process yet, so files of its number are of
  ///   an earlier one: in a container all have the same. Default: false.
  package static func clear(_ folder: String, isStart: Bool = false) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
      let numbers = name.dropFirst(prefix.count).dropLast(suffix.count).split(
        separator: "-", omittingEmptySubsequences: false)
      guard numbers.count == 2, UInt32(numbers[1]) != nil, let process = pid_t(numbers[0]), process > 0 else {
        continue
      }
      let isGone = process == getpid() ? isStart : kill(process, 0) != 0 && errno == ESRCH
      if isGone { unlink("\(folder)/\(name)") }
    }
  }

  private func replace(_ build: (String) throws(OutputError) -> Void) throws(OutputError) {
    do {
      try write(building: build)
    } catch let error as OutputError {
      throw error
    } catch {
      throw OutputError(kind: .writeFailed, path: path, reason: "\(error)")
    }
  }
}
