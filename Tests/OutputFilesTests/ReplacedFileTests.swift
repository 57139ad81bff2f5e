// An error must say which of two files is in place, the old one or the new one, and no third may be left beside them.
// A folder that cannot be synced is played by the step that syncs it; the other errors are real.
import Foundation
import Glibc
import OutputFiles
import Testing

struct ReplacedFileTests {
  private static func withFile(_ body: (_ folder: String, _ path: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "replaced-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "old".write(toFile: "\(folder)/file", atomically: false, encoding: .utf8)
    try body(folder, "\(folder)/file")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
  }

  private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Whatever the reason: that the file is in place is what the caller must know.
  @Test(arguments: [EIO, ENOSPC, ENOMEM, EMFILE])
  func aFileThatIsInPlaceAndNotSyncedIsTold(code: CInt) throws {
    try Self.withFile { folder, path in
      let file = ReplacedFile(path: path) { _ in
        errno = code
        return false
      }
      let error = try #require(throws: OutputError.self) { try file.write("new") }
      #expect(error.kind == .unsynced && error.path == path)
      #expect(try Self.text(path) == "new")
    }
  }

  @Test func foldersThatCannotBeSyncedByTheirNatureAreNoError() throws {
    try Self.withFile { _, path in
      try ReplacedFile(path: path) { _ in
        errno = EINVAL
        return false
      }.write("new")
      #expect(try Self.text(path) == "new")
    }
  }

  @Test func theFolderIsSyncedOnceTheFileIsInPlace() throws {
    try Self.withFile { folder, path in
      try ReplacedFile(path: path) { descriptor in
        var (status, expected) = (stat(), stat())
        return fstat(descriptor, &status) == 0 && stat(folder, &expected) == 0 && status.st_ino == expected.st_ino
          && (try? Self.text(path)) == "new"
      }.write("new")
    }
  }

  @Test func anOldFileIsUntouchedByOtherErrors() throws {
    struct Failure: Error {}
    try Self.withFile { _, path in
      #expect(throws: Failure.self) {
        try ReplacedFile(path: path).write { temporary in
          try "half".write(toFile: temporary, atomically: false, encoding: .utf8)
          throw Failure()
        }
      }
      let error = try #require(throws: OutputError.self) { try ReplacedFile(path: path).write { _ in } }
      #expect(error.kind == .cannotCreate)
      #expect(try Self.text(path) == "old")
    }
  }

  @Test func aFolderIsRefusedBeforeAnythingIsBuilt() throws {
    try Self.withFile { folder, _ in
      let error = try #require(throws: OutputError.self) {
        try ReplacedFile(path: folder).write { _ in Issue.record("it was built") }
      }
      #expect(error.kind == .cannotCreate && error.reason == "cannot put in place: Is a directory")
    }
  }
}
