import Foundation
import OutputFiles

/// A file in which recordings are registered, as it is to be.
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
  /// Some files were replaced, some not, and it could not be undone.
  struct Torn: Error {
    let cause: any Error
  }

  private let files: [any RegisterFile]

  /// - Parameter files: the first is replaced first.
  init(_ files: [any RegisterFile]) { self.files = files }

  /// - Throws: `Torn`, or what kept a file from being replaced; all are as they were then.
  func run() throws {
    let contents = try files.map { Array(try $0.contents()) }
    // The last one is replaced or is not: only those before it may have to be undone.
    let originals = try files.dropLast().map { try type(of: $0).read($0.path) }
    for (index, file) in files.enumerated() {
      do {
        try ReplacedFile(path: file.path).write(contents[index])
      } catch {
        for index in (0..<index).reversed() { try Self.undo(files[index].path, originals[index], error) }
        throw error
      }
    }
  }

  private static func undo(_ path: String, _ original: Data?, _ cause: any Error) throws {
    do {
      if let original {
        try ReplacedFile(path: path).write(Array(original))
      } else if unlink(path) != 0 && errno != ENOENT {
        throw cause
      }
    } catch {
      throw Torn(cause: cause)
    }
  }
}
