import Datasets
import Foundation
import Glibc
import OutputFiles
import StudioAPI

/// What a killed process has left of its uploads.
enum UnfinishedUploads {
  /// Removes staging folders whose process is gone, and with them recordings that were placed but not registered:
  /// nobody was told that these had arrived.
  ///
  /// Belongs before the dataset is read.
  /// - Complexity: O(1) where nothing is left; O(files) otherwise.
  static func clear(dataset: String, samplesFile: String?) {
    ReplacedFile.clear(dataset, isStart: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: dataset)) ?? []
    for name in names where name.hasPrefix(StagingFolder.prefix) {
      let folder = "\(dataset)/\(name)"
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || !isAbandoned(name) { continue }
      let staged = files(in: folder)
      let placed = staged.filter { $0.links > 1 }.map(\.identity)
      let registered = RegisteredPaths(dataset: dataset, samplesFile: samplesFile)
      let strays =
        unregistered(Set(placed), dataset, registered) + renamed(folder, Set(staged.map(\.name)), registered)
      // A name without a file would be an error of the dataset.
      guard registered.forget(strays) else { continue }
      for path in strays { unlink("\(dataset)/\(path)") }
      try? FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Whether the process that a folder is named after has ended. One of this process's number is an earlier one's:
  /// nothing has been uploaded yet.
  private static func isAbandoned(_ name: String) -> Bool {
    let digits = name.dropFirst(StagingFolder.prefix.count).prefix { $0 != "-" }
    guard let process = pid_t(digits), process > 0 else { return false }
    return process == getpid() || kill(process, 0) != 0 && errno == ESRCH
  }

  /// Recordings that were renamed out of a staging folder, as its notes tell, but not registered.
  private static func renamed(_ folder: String, _ staged: Set<String>, _ registered: RegisteredPaths) -> [String] {
    var paths: [String] = []
    for note in staged
    where note.hasSuffix(RecordingStore.noteSuffix)
      && !staged.contains(String(note.dropLast(RecordingStore.noteSuffix.count)))
    {
      guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(note)")) else { continue }
      let path = String(decoding: data, as: UTF8.self)
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, Datasets.Category(rawValue: String(parts[0])) != nil, parts[1] != "..",
        !registered.contains(path), !registered.contains("\(RecordingName.stem(fileName: path)).npy")
      else { continue }
      paths.append(path)
    }
    return paths
  }

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  /// Recordings that have a second name in a staging folder, but are not registered.
  private static func unregistered(
    _ placed: Set<Identity>, _ dataset: String, _ registered: RegisteredPaths
  ) -> [String] {
    if placed.isEmpty { return [] }
    var paths: [String] = []
    for category in Datasets.Category.allCases.map(\.rawValue) {
      for file in files(in: "\(dataset)/\(category)") where placed.contains(file.identity) {
        let path = "\(category)/\(file.name)"
        // An array's description goes with it.
        let stem = RecordingName.stem(fileName: path)
        if registered.contains(path) || registered.contains("\(stem).npy") { continue }
        paths.append(path)
      }
    }
    return paths
  }

  private static func files(in folder: String) -> [(name: String, identity: Identity, links: Int)] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap { name in
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return (
        name, Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)), Int(status.st_nlink)
      )
    }
  }
}

/// The paths of recordings, for files of which nobody knows whether they are some: those in Studio's list, which is the
/// last to name what is new, and without one those in the label file.
struct RegisteredPaths {
  /// Nil where a label file cannot be read: it may name anything.
  private let files: (labels: LabelFile, listed: Set<ByteKey>?)?

  init(dataset: String, samplesFile: String?) {
    do {
      let list = try SampleListFile(folder: dataset, samplesFile: samplesFile)
      files = (try LabelFile(folder: dataset), list?.paths)
    } catch {
      files = nil
    }
  }

  func contains(_ path: String) -> Bool {
    guard let files else { return true }
    return files.listed?.contains(ByteKey(path)) ?? files.labels.names(path)
  }

  /// Takes paths out of the label file, where it names them already.
  ///
  /// - Returns: whether it names none of them any more.
  func forget(_ paths: [String]) -> Bool {
    guard var labels = files?.labels, paths.contains(where: labels.names) else { return true }
    do {
      try labels.update([], removed: paths)
      try RegisterWrite([labels]).run()
      return true
    } catch {
      return false
    }
  }
}
