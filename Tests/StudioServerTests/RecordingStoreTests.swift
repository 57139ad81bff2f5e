// Uploads where the file system lacks what the store would like to have, and label files that cannot be replaced: what
// is refused leaves nothing, what is stored replaces nothing, and what a kill leaves can be told from the dataset's own.
// Links that fail stand for file systems without them.
import Datasets
import Foundation
import Glibc
import OutputFiles
import Synchronization
import Testing

@testable import StudioServer

struct RecordingStoreTests {
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Sendable private static func noLink(_ source: String, _ target: String) -> CInt {
    errno = access(target, F_OK) == 0 ? EEXIST : EPERM
    return -1
  }

  private static func staged(_ folder: StagingFolder, _ name: String, _ text: String) throws -> String {
    try text.write(toFile: "\(folder.path)/\(name)", atomically: false, encoding: .utf8)
    return "\(folder.path)/\(name)"
  }

  @Test func filesAreRenamedWhereThereAreNoLinks() throws {
    try Self.withFolder { folder in
      let store = RecordingStore(dataset: folder, makeLink: Self.noLink)
      let staging = try StagingFolder(in: folder)
      var paths: [String] = []
      for (index, text) in ["one", "two"].enumerated() {
        let path = try Self.staged(staging, "\(index).json", text)
        paths.append(
          try store.place(.init(path: path, sidecar: nil, stem: "wave", fileExtension: "json"), in: .training))
      }
      let array = try Self.staged(staging, "a.npy", "array")
      let description = try Self.staged(staging, "a.json", "description")
      paths.append(
        try store.place(.init(path: array, sidecar: description, stem: "wave", fileExtension: "npy"), in: .testing))
      #expect(paths == ["training/wave.json", "training/wave.2.json", "testing/wave.npy"])
      let texts = try (paths + ["testing/wave.json"]).map {
        try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      }
      #expect(texts == ["one", "two", "array", "description"])
      staging.remove()
    }
  }

  @Test func aKillAfterARenameIsTold() throws {
    try Self.withFolder { folder in
      let store = RecordingStore(dataset: folder, makeLink: Self.noLink)
      let staging = try StagingFolder(in: folder)
      for name in ["kept", "lost"] {
        let path = try Self.staged(staging, "\(name).json", name)
        _ = try store.place(.init(path: path, sidecar: nil, stem: name, fileExtension: "json"), in: .training)
      }
      // Not renamed yet: a note, and the file still there; the dataset has one of this name of its own.
      let waiting = try Self.staged(staging, "own.json", "uploaded")
      try "training/own.json".write(toFile: waiting + RecordingStore.noteSuffix, atomically: false, encoding: .utf8)
      try "../outside.json".write(
        toFile: "\(staging.path)/x\(RecordingStore.noteSuffix)", atomically: false, encoding: .utf8)
      try "own".write(toFile: "\(folder)/training/own.json", atomically: false, encoding: .utf8)
      try #"{"version": 1, "files": [{"path": "training/kept.json"}]}"#.write(
        toFile: "\(folder)/info.labels", atomically: false, encoding: .utf8)
      let outside = "\(folder)/../outside.json"
      try "outside".write(toFile: outside, atomically: false, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: outside) }
      // The lock of a process that is gone is gone.
      let abandoned = "\(folder)/\(StagingFolder.prefix)1-x"
      try FileManager.default.copyItem(atPath: staging.path, toPath: abandoned)
      staging.remove()
      UnfinishedUploads.clear(dataset: folder, samplesFile: nil)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/training").sorted() == ["kept.json", "own.json"])
      #expect(!FileManager.default.fileExists(atPath: abandoned))
      #expect(FileManager.default.fileExists(atPath: outside))
    }
  }

  /// Other threads get the number of a closed descriptor at once: closing it again would close their file.
  @Test func aFolderThatCannotBeLockedIsClosedOnce() throws {
    try Self.withFolder { folder in
      let isDone = Atomic(false)
      let lost = Atomic(0)
      let finished = DispatchSemaphore(value: 0)
      for _ in 0..<2 {
        Thread {
          while !isDone.load(ordering: .relaxed) {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            sched_yield()
            if descriptor >= 0, close(descriptor) != 0 { lost.add(1, ordering: .relaxed) }
          }
          finished.signal()
        }.start()
      }
      for _ in 0..<3000 {
        #expect(throws: OutputError.self) {
          try StagingFolder(in: folder) { _ in
            errno = EWOULDBLOCK
            return -1
          }
        }
      }
      isDone.store(true, ordering: .relaxed)
      for _ in 0..<2 { finished.wait() }
      #expect(lost.load(ordering: .relaxed) == 0)
    }
  }

  @Test(arguments: [false, true])
  func refusedUploadsLeaveNothing(listed: Bool) async throws {
    try await ServerFixture.run {
      if listed {
        try #"[{"id": 5, "filename": "wave.0", "label": "a", "category": "training"}]"#.write(
          toFile: "\($0.dataset)/samples.json", atomically: true, encoding: .utf8)
      }
    } _: { server in
      let files = FileManager.default
      try? files.removeItem(atPath: "\(server.dataset)/info.labels")
      try files.createDirectory(atPath: "\(server.dataset)/info.labels/inside", withIntermediateDirectories: true)
      let before = server.paths()
      let answer = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(answer.json?["success"] == .bool(false) && answer.error?.contains("info.labels") == true)
      #expect(server.paths() == before)
      try files.removeItem(atPath: "\(server.dataset)/info.labels")
      let second = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(second.json?["success"] == .bool(true))
    }
  }

  @Test func ofTwoFilesNoneOrBothAreReplaced() throws {
    try Self.withFolder { folder in
      try #"{"version": 1, "files": []}"#.write(
        toFile: "\(folder)/info.labels", atomically: false, encoding: .utf8)
      // A list whose place takes no file.
      struct Broken: RegisterFile {
        let path: String
        func contents() throws -> Data { Data("x".utf8) }
      }
      var labels = try LabelFile(folder: folder)
      let before = try Data(contentsOf: URL(filePath: labels.path))
      try labels.update([], removed: [])
      #expect(throws: OutputError.self) {
        try RegisterWrite([labels, Broken(path: "\(folder)/nowhere/list")]).run()
      }
      #expect(try Data(contentsOf: URL(filePath: labels.path)) == before)
      try FileManager.default.removeItem(atPath: labels.path)
      let new = try LabelFile(folder: folder)
      #expect(throws: OutputError.self) {
        try RegisterWrite([new, Broken(path: "\(folder)/nowhere/list")]).run()
      }
      #expect(!FileManager.default.fileExists(atPath: new.path))
    }
  }
}
