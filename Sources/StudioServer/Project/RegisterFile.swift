import Foundation
import OutputFiles

/// A file of the project, label file or impulse, as it is to be.
protocol RegisterFile {
  /// Absolute, or relative to the process's folder.
  var path: String { get }
  /// What is to be written.
  func contents() throws -> Data
}

extension RegisterFile {
  /// The bytes of a file; nil where there is none.
  ///
  /// - Throws: `OutputError` for what is there and cannot be read.
  static func read(_ path: String) throws(OutputError) -> Data? {
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      if FileIdentity(path: path) == nil { return nil }
      throw OutputError(kind: .system, path: path, reason: "cannot be read, and so is not replaced")
    }
  }
}

/// Replaces files one after the other: all of them, or none.
struct RegisterWrite {
  /// Files were replaced, and it could not be undone: what is on disk must be read again.
  struct Torn: Error {
    let cause: any Error
  }

  private let files: [any RegisterFile]
  private let sync: SyncedFile.Step

  /// - Parameters:
  ///   - files: the first is replaced first.
  ///   - sync: how folders are brought to the disk.
  init(_ files: [any RegisterFile], sync: @escaping SyncedFile.Step = SyncedFile.sync) {
    self.files = files
    self.sync = sync
  }

  /// - Throws: `Torn`, or what kept a file from being replaced; all are as they were then, on disk too.
  func run() throws {
    let contents = try files.map { Array(try $0.contents()) }
    // Open, since a file that is replaced can be read on only so. Nothing is read where nothing goes wrong.
    let originals = try files.map { try Self.open($0.path) }
    for (index, file) in files.enumerated() {
      do throws(OutputError) {
        try ReplacedFile(path: file.path, sync: sync).write(contents[index])
      } catch {
        // One that could not be synced is in place, and nobody knows for how long.
        let replaced = error.kind == .unsynced ? index + 1 : index
        do {
          for index in (0..<replaced).reversed() { try undo(files[index].path, originals[index]) }
        } catch let second {
          throw Torn(cause: OutputError(kind: error.kind, path: error.path, reason: "\(error.reason); \(second)"))
        }
        if error.kind != .unsynced { throw error }
        throw OutputError(
          kind: .writeFailed, path: error.path, reason: "its folder could not be synced; it is as before")
      }
    }
  }

  /// Nil where there is no file.
  private static func open(_ path: String) throws(OutputError) -> FileHandle? {
    if let handle = FileHandle(forReadingAtPath: path) { return handle }
    if FileIdentity(path: path) == nil { return nil }
    throw OutputError(kind: .system, path: path, reason: "cannot be read, and so is not replaced")
  }

  private func undo(_ path: String, _ original: FileHandle?) throws {
    if let original {
      try ReplacedFile(path: path, sync: sync).write(Array(try original.readToEnd() ?? Data()))
    } else {
      guard unlink(path) == 0 || errno == ENOENT else {
        throw OutputError.system(.writeFailed, path, "cannot be removed again")
      }
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      try SyncedFile.syncFolder(folder, by: sync)
    }
  }
}
