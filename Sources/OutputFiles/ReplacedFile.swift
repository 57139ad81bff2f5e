import Foundation
import NumPyFiles

/// A single file that is replaced in one step: built under another name beside it, then renamed.
public struct ReplacedFile: Sendable {
  private let path: String

  /// The file at `path`, which may exist.
  public init(path: String) { self.path = path }

  /// Replaces the file by an array.
  ///
  /// - Throws: `OutputError`; an old file is untouched then.
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
  /// - Throws: `OutputError`; an old file is untouched then.
  public func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

  /// Replaces the file by bytes.
  ///
  /// - Throws: `OutputError`; an old file is untouched then.
  public func write(_ bytes: [UInt8]) throws(OutputError) {
    try replace { temporary throws(OutputError) in
      try SyncedFile.create(temporary, shown: path, contents: Data(bytes))
    }
  }

  /// Replaces the file by what `build` leaves at the temporary path that it is given; nothing is there before.
  ///
  /// - Throws: what `build` throws, or `OutputError`; an old file is untouched then.
  public func write(building build: (_ temporary: String) throws -> Void) throws {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let temporary = "\(folder).edgedsp-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).tmp"
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
    guard rename(temporary, path) == 0 else {
      throw OutputError.system(.cannotCreate, path, "cannot put in place")
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
