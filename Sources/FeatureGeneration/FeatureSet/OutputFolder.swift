import CSystem
import Foundation

/// A folder that receives feature sets all at once.
///
/// Sets are built in a hidden folder beside their final place. `commit` swaps each complete set with the old one in
/// a single step, so that at any moment, also after `kill -9`, a set is the complete old or the complete new one.
/// A build folder is locked as long as its process lives; abandoned ones are removed by the next run.
final class OutputFolder {
  private static let prefix = ".edgedsp-"

  let path: String
  private let build: String
  private let lock: CInt
  private var isOpen = true

  /// Creates the folder if need be and checks that the sets may be written.
  ///
  /// - Parameters:
  ///   - names: folders of the sets, below `path`.
  ///   - overwrite: whether existing sets may be replaced. Anything that is not a feature set is never replaced.
  init(path: String, names: [String], overwrite: Bool) throws(OutputError) {
    self.path = path
    try Self.create(path)
    for name in names {
      let target = "\(path)/\(name)"
      guard Self.exists(target) else { continue }
      if !overwrite {
        throw OutputError(
          kind: .cannotCreate, path: target, reason: "exists already; use --overwrite to replace it")
      }
      if !Self.mayBeReplaced(target) {
        throw OutputError(
          kind: .cannotCreate, path: target,
          reason: "is not a feature set (no metadata.json) and is not replaced; move it away")
      }
    }
    Self.removeAbandoned(path)
    build = "\(path)/\(Self.prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    guard mkdir(build, 0o777) == 0 else { throw .system(.cannotCreate, build, "cannot create folder") }
    lock = open(build, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let error = OutputError.system(.cannotCreate, build, "cannot lock folder")
      if lock >= 0 { close(lock) }
      rmdir(build)
      throw error
    }
    for name in names {
      let folder = "\(build)/\(name)"
      guard mkdir(folder, 0o777) == 0 else {
        let error = OutputError.system(.cannotCreate, folder, "cannot create folder")
        discard()
        throw error
      }
    }
  }

  deinit { discard() }

  /// Where files of a set are built.
  func buildPath(_ name: String, _ file: String) -> String { "\(build)/\(name)/\(file)" }

  /// Writes a small file of a set and syncs it.
  func write(_ data: Data, _ name: String, _ file: String) throws(OutputError) {
    let target = buildPath(name, file)
    let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(.cannotCreate, target, "cannot create") }
    defer { close(descriptor) }
    var written = 0
    while written < data.count {
      let count = data.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, data.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .system(.writeFailed, target, "cannot write \(data.count) bytes")
      }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw .system(.writeFailed, target, "cannot sync") }
  }

  /// Puts all sets in place.
  func commit(_ names: [String]) throws(OutputError) {
    for name in names { try Self.sync("\(build)/\(name)") }
    for name in names { try replace(name) }
    try Self.sync(path)
    discard()
  }

  /// Removes what was built; the old output stays as it was.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    try? FileManager.default.removeItem(atPath: build)
    close(lock)
  }

  private func replace(_ name: String) throws(OutputError) {
    let source = "\(build)/\(name)"
    let target = "\(path)/\(name)"
    if !Self.exists(target) {
      guard rename(source, target) == 0 else { throw .system(.writeFailed, target, "cannot put in place") }
      return
    }
    if system_exchange_paths(source, target) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else { throw .system(.writeFailed, target, "cannot replace") }
    // A file system without exchange: the set is incomplete (no metadata) for as long as its files change.
    unlink("\(target)/metadata.json")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: source)) ?? []
    for file in files.filter({ $0 != "metadata.json" }).sorted() + ["metadata.json"] {
      guard rename("\(source)/\(file)", "\(target)/\(file)") == 0 else {
        throw .system(.writeFailed, "\(target)/\(file)", "cannot put in place")
      }
    }
  }

  // MARK: File system

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private static func mayBeReplaced(_ path: String) -> Bool {
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: path) else { return false }
    return files.isEmpty || files.contains("metadata.json")
  }

  private static func create(_ path: String) throws(OutputError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      var status = stat()
      if stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR {
        throw OutputError(kind: .cannotCreate, path: path, reason: "is not a folder")
      }
      let code = ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)?.code ?? Int(errno)
      throw .system(.cannotCreate, path, "cannot create folder", code: Int32(code))
    }
  }

  private static func sync(_ path: String) throws(OutputError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(.writeFailed, path, "cannot open") }
    defer { close(descriptor) }
    // Some file systems cannot sync folders; their renames are durable by themselves.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(.writeFailed, path, "cannot sync") }
  }

  private static func removeAbandoned(_ path: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let folder = "\(path)/\(name)"
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor < 0 { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: folder) }
      close(descriptor)
    }
  }
}
