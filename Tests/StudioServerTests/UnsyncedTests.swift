// A label file or an impulse that is in place but cannot be synced must not count as "not replaced": the change that is
// refused is gone from the disk, and the project shows what the disk has. Where it cannot be undone either, the disk has
// the say, and no file that a label file may name is removed.
// Folders that cannot be synced are played by the step that syncs them: one call of it fails, or all from one on.
import Datasets
import Foundation
import Glibc
import OutputFiles
import Synchronization
import Testing

@testable import StudioServer

struct UnsyncedTests {
  /// Fails while it is told to.
  final class Sync: Sendable {
    private let failing = Mutex<Range<Int>>(0..<0)

    /// The next calls to fail, counted from the one that comes now.
    func fail(_ calls: Range<Int>) { failing.withLock { $0 = calls } }

    func step(_ descriptor: CInt) -> Bool {
      let fails = failing.withLock { calls in
        defer { calls = max(0, calls.lowerBound - 1)..<max(0, calls.upperBound - 1) }
        return calls.contains(0)
      }
      if fails { errno = EIO }
      return !fails && SyncedFile.sync(descriptor)
    }
  }

  /// What the files that name recordings hold; nil for one that is not there.
  private static func labelFiles(_ folder: String) -> [Data?] {
    ["info.labels", "samples.json"].map { FileManager.default.contents(atPath: "\(folder)/\($0)") }
  }

  private static func withProject(
    listed: Bool, _ body: (LocalProject, Sync, _ folder: String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "unsynced-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: ServerFixture.fixtures.appending(path: "dataset"), to: folder)
    try FileManager.default.copyItem(
      at: ServerFixture.fixtures.appending(path: "impulses/motion.json"), to: folder.appending(path: "motion.json"))
    if listed {
      let samples = try Dataset.open(path: folder.path).entries.filter { $0.name != "motion" }.map {
        #"{"id": \#($0.sampleID), "filename": "\#($0.name)", "label": "x", "category": "\#($0.category.rawValue)"}"#
      }
      try Data("[\(samples.joined(separator: ","))]".utf8).write(to: folder.appending(path: "samples.json"))
    }
    let sync = Sync()
    let project = try LocalProject(
      configuration: .init(dataset: folder.path, impulseFile: folder.appending(path: "motion.json").path),
      sync: sync.step)
    defer { project.stop() }
    if listed {
      // Both files are there from now on.
      var labels = try LabelFile(folder: folder.path)
      try labels.update(project.contents.recordings.registered, removed: [])
      try labels.contents().write(to: URL(filePath: labels.path))
      await project.takeUpHandEdits()
    }
    try await body(project, sync, folder.path)
  }

  /// What a start finds is what the project shows.
  private static func expectAgreement(_ project: LocalProject, _ folder: String) async throws {
    await project.takeUpHandEdits()
    let dataset = try Dataset.scan(path: folder)
    let read = dataset.entries.filter { $0.name != "motion" }.map { RegisteredRecording($0, isDisabled: false) }
    #expect(read == project.contents.recordings.registered)
  }

  /// Each of the two files is the one that cannot be synced.
  @Test(arguments: [(false, 0), (true, 0), (true, 1)])
  func aRefusedRecordingIsNamedNowhere(listed: Bool, call: Int) async throws {
    try await Self.withProject(listed: listed) { project, sync, folder in
      for isFirst in [true, false] {
        if !isFirst { try await project.edit(1) { $0.name = "renamed" } }
        let before = Self.labelFiles(folder)
        let shown = project.contents.recordings.registered
        let path = "training/new.json"
        try FileManager.default.copyItem(atPath: "\(folder)/training/idle.0.json", toPath: "\(folder)/\(path)")
        sync.fail(call..<call + 1)
        let error = await #expect(throws: OutputError.self) {
          try await project.add([NewRecording(path: path, name: "new", category: .training, label: .unlabeled)])
        }
        #expect(error?.kind == .writeFailed)
        #expect(Self.labelFiles(folder) == before)
        // As an upload does that is refused.
        try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
        #expect(project.contents.recordings.registered == shown)
        try await Self.expectAgreement(project, folder)
      }
    }
  }

  @Test(arguments: [(false, 0), (true, 0), (true, 1)])
  func aRefusedEditIsOnDiskNeither(listed: Bool, call: Int) async throws {
    try await Self.withProject(listed: listed) { project, sync, folder in
      try await project.edit(3) { $0.name = "third" }
      let before = Self.labelFiles(folder)
      sync.fail(call..<call + 1)
      await #expect(throws: OutputError.self) { try await project.edit(3) { $0.name = "lost" } }
      #expect(Self.labelFiles(folder) == before)
      #expect(try project.contents.recordings.entry(3).name == "third")
      // What is kept in memory of the label file has not the refused name either.
      try await project.edit(4) { $0.name = "fourth" }
      #expect(try project.contents.recordings.entry(3).name == "third")
      try await Self.expectAgreement(project, folder)
    }
  }

  /// Undoing fails too: the project shows what the disk has, whichever that is.
  @Test(arguments: [(false, 0), (true, 0), (true, 1)])
  func whatCannotBeUndoneIsReadAgain(listed: Bool, call: Int) async throws {
    try await Self.withProject(listed: listed) { project, sync, folder in
      try await project.edit(3) { $0.name = "third" }
      sync.fail(call..<100)
      await #expect(throws: RegisterWrite.Torn.self) { try await project.edit(3) { $0.name = "torn" } }
      sync.fail(0..<0)
      try await Self.expectAgreement(project, folder)
      try await project.edit(4) { $0.name = "fourth" }
      try await Self.expectAgreement(project, folder)
    }
  }

  @Test(arguments: [(false, 0), (true, 0), (true, 1)], [true, false])
  func aRefusedRemovalRemovesNothing(place: (listed: Bool, call: Int), isTorn: Bool) async throws {
    try await Self.withProject(listed: place.listed) { project, sync, folder in
      try await project.edit(1) { $0.name = "first" }
      let gone = try project.contents.recordings.entry(12)
      sync.fail(place.call..<(isTorn ? 100 : place.call + 1))
      await #expect(throws: (any Error).self) { try await project.remove([12]) }
      sync.fail(0..<0)
      #expect(FileManager.default.fileExists(atPath: gone.filePath))
      try await Self.expectAgreement(project, folder)
      // The next removal ends its own alone.
      try await project.remove([13])
      let isThere = project.contents.recordings.all.contains { $0.sampleID == 12 }
      #expect(isThere || isTorn)
      #expect(FileManager.default.fileExists(atPath: gone.filePath) == isThere)
      try await Self.expectAgreement(project, folder)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/.edgedsp/removing.json"))
    }
  }

  @Test func aRefusedImpulseIsOnDiskNeither() async throws {
    try await Self.withProject(listed: false) { project, sync, _ in
      let before = FileManager.default.contents(atPath: project.impulseFile)
      let change: ImpulseSettings.Change = { $0["name"] = .string("lost") }
      sync.fail(0..<1)
      await #expect(throws: OutputError.self) { try await project.changeImpulse(change) }
      #expect(FileManager.default.contents(atPath: project.impulseFile) == before)
      #expect(project.contents.impulse.document["impulse"]?["name"] == .string("Motion"))
      sync.fail(0..<100)
      await #expect(throws: RegisterWrite.Torn.self) { try await project.changeImpulse(change) }
      sync.fail(0..<0)
      await project.takeUpHandEdits()
      let read = try ImpulseSettings(file: project.impulseFile).document
      #expect(project.contents.impulse.document == read)
    }
  }
}
