import CSystemCalls
import Foundation
import Glibc
import OutputFiles

/// A folder that receives feature sets all at once.
///
/// Sets are built in a hidden folder beside their final place. `commit` swaps each complete set with the old one in
/// a single step, so that at any moment, also after `kill -9`, a set is the complete old or the complete new one.
/// A build folder is locked as long as its process lives; abandoned ones are removed by the next run.
final class OutputFolder {
  private static let prefix = ".edgedsp-"

  /// Files that a set may have; anything else in a folder is somebody's own.
  private static let setFiles: Set<String> = ["X.npy", "X_raw.npy", "y.npy", "metadata.json", "labels.json"]

  /// Of an old set while it is being replaced.
  private static let asideSuffix = ".old"

  let path: String
  private let build: String
  private let lock: CInt
  /// Folders that were made for the output, outermost first.
  private let created: [String]
  private let overwrites: Bool
  private let names: [String]
  private let moves: Moves
  private var isOpen = true
  /// An old set could not be put back and is in the build folder, which stays.
  private var keepsOldSet = false

  /// How folders are moved; a file system may know neither of the first two.
  struct Moves {
    var renameNew: (String, String) -> CInt = { system_rename_new($0, $1) }
    var exchange: (String, String) -> CInt = { system_exchange_paths($0, $1) }
    var rename: (String, String) -> CInt = { Glibc.rename($0, $1) }
    /// Brings the folder to the disk once the sets are in place.
    var sync: SyncedFile.Step = SyncedFile.sync
  }

  /// Creates the folder if need be and checks that the sets may be written.
  ///
  /// - Parameters:
  ///   - names: folders of the sets, below `path`.
  ///   - overwrite: whether existing sets may be replaced. Anything that is not a feature set is never replaced.
  init(path: String, names: [String], overwrite: Bool, moves: Moves = Moves()) throws(OutputError) {
    self.path = path
    self.names = names
    self.moves = moves
    overwrites = overwrite
    for name in names {
      let target = "\(path)/\(name)"
      if Self.exists(target) { try Self.checkReplaceable(target, overwrite: overwrite) }
    }
    created = try MadeFolders.make(path, isProvisional: true)
    Self.removeAbandoned(path)
    do throws(OutputError) {
      (build, lock) = try Self.makeBuildFolder(path)
    } catch {
      // `deinit` does not run for an initializer that stops here.
      UnfinishedOutput.removeFolders(created)
      throw error
    }
    for name in names {
      let folder = "\(build)/\(name)"
      // The initializer is complete, so `deinit` clears away on a throw.
      guard mkdir(folder, 0o777) == 0 else { throw .system(.cannotCreate, finalPath(folder), "cannot create folder") }
    }
  }

  /// A folder that no other process takes for abandoned.
  private static func makeBuildFolder(_ path: String) throws(OutputError) -> (String, CInt) {
    var code: CInt = 0
    for _ in 0..<16 {
      let build = "\(path)/\(prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
      guard UnfinishedOutput.make(build, by: { mkdir(build, 0o777) == 0 }) else {
        throw .system(.cannotCreate, path, "cannot create a folder inside")
      }
      let lock = open(build, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if lock >= 0 {
        // Another process may have removed it between the two steps above; then it is locked but gone.
        if flock(lock, LOCK_EX | LOCK_NB) == 0 && exists(build) { return (build, lock) }
        code = errno
        close(lock)
      } else {
        code = errno
      }
      rmdir(build)
      UnfinishedOutput.remove(build)
    }
    throw .system(.cannotCreate, path, "cannot lock a folder inside", code: code)
  }

  deinit { discard() }

  /// Where files of a set are built.
  func buildPath(_ name: String, _ file: String) -> String { "\(build)/\(name)/\(file)" }

  /// A path as the user knows it: the place where a file that is being built will be.
  func finalPath(_ path: String) -> String {
    path.hasPrefix("\(build)/") ? self.path + path.dropFirst(build.count) : path
  }

  /// Writes a small file of a set and syncs it.
  func write(_ data: Data, _ name: String, _ file: String) throws(OutputError) {
    try SyncedFile.create(buildPath(name, file), shown: "\(path)/\(name)/\(file)", contents: data)
  }

  /// Puts all sets in place, one after the other, each in a single step.
  ///
  /// - Throws: `OutputError`; with the kind `unsynced` all new sets are in place.
  func commit(_ names: [String]) throws(OutputError) {
    for name in names { try SyncedFile.syncFolder("\(build)/\(name)") }
    let folder = try SyncedFolder(path)
    // A signal between two sets would leave one new and one old.
    try UnfinishedOutput.commit(build) { () throws(OutputError) in
      for name in names { try replace(name) }
    }
    UnfinishedOutput.keepFolders(created)
    discard(committed: true)
    guard folder.sync(by: moves.sync) else {
      throw .system(.unsynced, path, "the feature sets are in place, but the folder cannot be synced")
    }
  }

  /// Removes what was built; the old output stays as it was, and folders made for the output go.
  func discard(committed: Bool = false) {
    guard isOpen else { return }
    isOpen = false
    UnfinishedOutput.remove(build)
    if !keepsOldSet { removeBuild() }
    close(lock)
    if !committed { UnfinishedOutput.removeFolders(created) }
  }

  /// Removes the build folder by the names that it holds: to list it takes a descriptor, which there may be none of.
  private func removeBuild() {
    for name in names {
      for folder in ["\(build)/\(name)", "\(build)/\(name)\(Self.asideSuffix)"] where Self.exists(folder) {
        for file in Self.setFiles { unlink("\(folder)/\(file)") }
        rmdir(folder)
      }
    }
    if rmdir(build) != 0 { try? FileManager.default.removeItem(atPath: build) }
  }

  private func replace(_ name: String) throws(OutputError) {
    let source = "\(build)/\(name)"
    let target = "\(path)/\(name)"
    if moves.renameNew(source, target) == 0 { return }
    let canTell = errno == EEXIST
    guard canTell || Self.isUnsupported(errno) else { throw .system(.writeFailed, target, "cannot put in place") }
    if !canTell && !Self.exists(target) {
      guard moves.rename(source, target) == 0 else { throw .system(.writeFailed, target, "cannot put in place") }
      return
    }
    // Somebody else may have written here since the start.
    try Self.checkReplaceable(target, overwrite: overwrites)
    if moves.exchange(source, target) == 0 { return }
    guard Self.isUnsupported(errno) else { throw .system(.writeFailed, target, "cannot replace") }
    // A file system without exchange: between two renames there is no set under the name. Should the process end
    // there, the next run finds the old set and puts it back.
    let aside = source + Self.asideSuffix
    guard moves.rename(target, aside) == 0 else { throw .system(.writeFailed, target, "cannot replace") }
    guard moves.rename(source, target) == 0 else {
      let error = OutputError.system(.writeFailed, target, "cannot put in place")
      if moves.rename(aside, target) == 0 { throw error }
      keepsOldSet = true
      throw OutputError(kind: error.kind, path: target, reason: error.reason + "; the old set is in \(aside)")
    }
  }

  // MARK: File system

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func isUnsupported(_ code: CInt) -> Bool {
    code == EINVAL || code == ENOSYS || code == EOPNOTSUPP
  }

  private static func checkReplaceable(_ target: String, overwrite: Bool) throws(OutputError) {
    if !overwrite { throw OutputError(kind: .exists, path: target, reason: "exists already") }
    if let foreign = foreignFile(target) {
      throw OutputError(
        kind: .cannotCreate, path: target, reason: "holds \(foreign) and is not replaced; move it away")
    }
  }

  /// What in a folder is not a feature set's; nil when the folder may be replaced.
  private static func foreignFile(_ path: String) -> String? {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: path) else { return "no feature set" }
    if let foreign = files.filter({ !setFiles.contains($0) }).min() { return foreign }
    return files.isEmpty || files.contains("metadata.json") ? nil : "no metadata.json"
  }

  private static func removeAbandoned(_ path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let folder = "\(path)/\(name)"
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor < 0 { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 && restoreSets(asideIn: folder, to: path) {
        try? FileManager.default.removeItem(atPath: folder)
      }
      close(descriptor)
    }
  }

  /// Puts back old sets that an abandoned replacement has left aside; false when one cannot be.
  private static func restoreSets(asideIn folder: String, to path: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(asideSuffix) }.allSatisfy { name in
      let target = "\(path)/\(name.dropLast(asideSuffix.count))"
      // What is there but no set is somebody else's, and the old set the only one.
      return exists(target) ? foreignFile(target) == nil : rename("\(folder)/\(name)", target) == 0
    }
  }
}
