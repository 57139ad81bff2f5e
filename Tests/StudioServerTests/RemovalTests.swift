// A removal that a killed process has left at any of its steps is ended or undone by the next start: a recording is
// there with its file, or gone with it. Ids are given once, whatever was removed before the start.
// Steps are laid out by hand, as a kill would leave them, with `info.labels` and with Studio's list.
import Datasets
import Foundation
import Glibc
import OutputFiles
import Synchronization
import Testing

@testable import StudioServer

struct RemovalTests {
  private static func withDataset(listed: Bool, _ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "removal-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: ServerFixture.fixtures.appending(path: "dataset").path, toPath: folder)
    if listed {
      let samples = try Dataset.open(path: folder).entries.map {
        #"{"id": \#($0.sampleID), "filename": "\#($0.name)", "label": "x", "category": "\#($0.category.rawValue)"}"#
      }
      try "[\(samples.joined(separator: ","))]".write(
        toFile: "\(folder)/samples.json", atomically: true, encoding: .utf8)
    }
    try await body(folder)
  }

  private static func project(_ folder: String) throws -> LocalProject {
    try LocalProject(
      configuration: .init(
        dataset: folder, impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path))
  }

  /// The state after each step: noted, forgotten by the first label file, forgotten by all, file gone.
  @Test func aFolderThatIsALinkByNowIsNotFollowed() async throws {
    try await Self.withDataset(listed: false) { folder in
      let files = FileManager.default
      let first = try Self.project(folder)
      // All label files are there from now on.
      try await first.edit(1) { $0.metadata = ["a": "b"] }
      first.stop()
      let outside = folder + ".outside"
      defer { try? files.removeItem(atPath: outside) }
      try files.createDirectory(atPath: outside, withIntermediateDirectories: false)
      try Data("theirs".utf8).write(to: URL(filePath: "\(outside)/d.json"))
      try files.createSymbolicLink(atPath: "\(folder)/training/link", withDestinationPath: outside)
      var removal = try Removal(dataset: folder)
      try removal.add([(40, "training/link/d.json")], dataset: folder)
      #expect(removal.items.count == 1)
      let again = try Self.project(folder)
      again.stop()
      #expect(files.fileExists(atPath: "\(outside)/d.json"))
      #expect(!files.fileExists(atPath: "\(folder)/.edgedsp/removing.json"))
    }
  }

  @Test(arguments: [true, false], 0...3)
  func everyStepIsEndedOrUndone(listed: Bool, step: Int) async throws {
    try await Self.withDataset(listed: listed) { folder in
      let files = FileManager.default
      let first = try Self.project(folder)
      // All label files are there from now on.
      try await first.edit(1) { $0.metadata = ["a": "b"] }
      if listed {
        var labels = try LabelFile(folder: folder)
        try labels.update(first.contents.recordings.registered, removed: [])
        try labels.contents().write(to: URL(filePath: labels.path))
      }
      let gone = try first.contents.recordings.entry(12)
      let rest = first.contents.recordings.registered.filter { $0.id != 12 }
      first.stop()
      var removal = try Removal(dataset: folder)
      try removal.add([(12, gone.path)], dataset: folder)
      if step > 0, listed {
        var list = try #require(try SampleListFile(folder: folder, samplesFile: nil))
        list.update(rest, removed: [12])
        try list.contents().write(to: URL(filePath: list.path))
      }
      if step > 1 || step == 1 && !listed {
        var labels = try LabelFile(folder: folder)
        try labels.update(rest, removed: [gone.path])
        try labels.contents().write(to: URL(filePath: labels.path))
      }
      if step > 2 { try files.removeItem(atPath: gone.filePath) }
      let again = try Self.project(folder)
      let isThere = step == 0
      #expect(again.contents.recordings.all.contains { $0.sampleID == 12 } == isThere)
      #expect(files.fileExists(atPath: gone.filePath) == isThere)
      #expect(!files.fileExists(atPath: "\(folder)/.edgedsp/removing.json"))
      again.stop()
      // Nothing is left over that a dataset must not have.
      #expect(try Dataset.open(path: folder).entries.count == (isThere ? 32 : 31))
      #expect(try LabelFile(folder: folder).names(gone.path) == isThere)
    }
  }

  /// On a thread of its own: servers of other tests need those of Swift's pool.
  @Test(arguments: [true, false])
  func removalsAreWholeAfterAKill(listed: Bool) async throws {
    try await Self.withDataset(listed: listed) { folder in
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        Thread { continuation.resume(with: Result { try Self.killAndCompare(folder) }) }.start()
      }
    }
  }

  private static func killAndCompare(_ folder: String) throws {
    let impulse = ServerFixture.fixtures.appending(path: "impulses/motion.json").path
    var gone = Set<Int>()
    var next = 32
    for round in 0..<3 {
      let server = try UploadCrashTests.Served(dataset: folder, impulse: impulse)
      let port = server.port
      let first = next
      let process = server.process.processIdentifier
      // While removals go on: some are acknowledged, and another is under way.
      let acknowledged = Atomic(0)
      let killer = Thread {
        for _ in 0..<30_000 where acknowledged.load(ordering: .relaxed) <= round { usleep(1000) }
        usleep(UInt32(round * 1700))
        kill(process, SIGKILL)
      }
      killer.start()
      // One after the other, until nobody answers.
      while next > 0 {
        let head = "DELETE /v1/api/1/raw-data/\(next) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        guard let answer = try? RawConnection(port: port).exchange(Data(head.utf8)), answer.status == 200 else { break }
        gone.insert(next)
        acknowledged.add(1, ordering: .relaxed)
        next -= 1
      }
      #expect(acknowledged.load(ordering: .relaxed) > round && next > 0, "round \(round)")
      while !killer.isFinished { usleep(1000) }
      server.process.waitUntilExit()
      // What was under way is removed or there.
      try Self.project(folder).stop()
      let entries = try Dataset.open(path: folder).entries
      let left = Set(entries.map(\.sampleID))
      #expect(left.isDisjoint(with: gone) && left.isSuperset(of: Set(1..<max(1, next))), "round \(round)")
      let listed = Set(entries.map(\.path))
      let stray = try ["training", "testing"].flatMap { part in
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").map { "\(part)/\($0)" }
      }.filter { !listed.contains($0) }
      #expect(stray.isEmpty, "round \(round), from \(first)")
      if !left.contains(next) { next -= 1 }
    }
  }

  @Test func aFileThatCameLaterStays() async throws {
    try await Self.withDataset(listed: false) { folder in
      let first = try Self.project(folder)
      let gone = try first.contents.recordings.entry(12)
      try await first.remove([12])
      first.stop()
      try "other".write(toFile: gone.filePath, atomically: true, encoding: .utf8)
      var removal = try Removal(dataset: folder)
      try removal.add([(12, gone.path)], dataset: folder)
      try "newer one".write(toFile: gone.filePath, atomically: true, encoding: .utf8)
      try Self.project(folder).stop()
      #expect(try String(contentsOfFile: gone.filePath, encoding: .utf8) == "newer one")
    }
  }

  /// A file that could not be removed stays noted, whatever becomes of the next removal.
  @Test func aRefusedRemovalLeavesOlderNotes() async throws {
    try await Self.withDataset(listed: false) { folder in
      let sync = UnsyncedTests.Sync()
      let project = try LocalProject(
        configuration: .init(
          dataset: folder, impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path),
        sync: sync.step)
      let first = try project.contents.recordings.entry(12)
      try await project.remove([12])
      // As if it could not be removed.
      try "left".write(toFile: first.filePath, atomically: true, encoding: .utf8)
      var removal = try Removal(dataset: folder)
      try removal.add([(12, first.path)], dataset: folder)
      let noted = removal.items
      sync.fail(0..<1)
      await #expect(throws: OutputError.self) { try await project.remove([13]) }
      #expect(try Removal(dataset: folder).items == noted)
      #expect(project.contents.recordings.all.contains { $0.sampleID == 13 })
      try await project.remove([14])
      #expect(!FileManager.default.fileExists(atPath: first.filePath))
      #expect(FileManager.default.fileExists(atPath: try project.contents.recordings.entry(13).filePath))
      project.stop()
    }
  }

  @Test func aNoteThatCannotBeReadIsNotReplaced() async throws {
    try await Self.withDataset(listed: false) { folder in
      let project = try Self.project(folder)
      try await project.edit(1) { $0.name = "x" }
      let note = "\(folder)/.edgedsp/removing.json"
      try FileManager.default.createDirectory(atPath: "\(folder)/.edgedsp", withIntermediateDirectories: true)
      try "{".write(toFile: note, atomically: false, encoding: .utf8)
      let error = await #expect(throws: OutputError.self) { try await project.remove([12]) }
      #expect(error?.path == note)
      #expect(try String(contentsOfFile: note, encoding: .utf8) == "{")
      #expect(FileManager.default.fileExists(atPath: try project.contents.recordings.entry(12).filePath))
      project.stop()
      #expect(throws: OutputError.self) { try Self.project(folder) }
      try FileManager.default.removeItem(atPath: note)
      try FileManager.default.createDirectory(atPath: note, withIntermediateDirectories: true)
      #expect(throws: OutputError.self) { try Self.project(folder) }
    }
  }

  @Test func notesLeadNowhereElse() async throws {
    try await Self.withDataset(listed: false) { folder in
      let first = try Self.project(folder)
      try await first.edit(1) { $0.name = "x" }
      first.stop()
      let outside = "\(folder)-outside"
      defer { try? FileManager.default.removeItem(atPath: outside) }
      try "kept".write(toFile: outside, atomically: true, encoding: .utf8)
      let name = URL(filePath: outside).lastPathComponent
      var removal = try Removal(dataset: folder)
      try removal.add([(99, "../\(name)"), (98, "training/../../\(name)")], dataset: folder)
      #expect(removal.items.count == 2)
      try Self.project(folder).stop()
      #expect(FileManager.default.fileExists(atPath: outside))
    }
  }

  /// A disabled sample needs no file, and an entry may be spoiled: their ids are theirs.
  @Test(arguments: [true, false])
  func idsOfWhatCannotBeUsedAreTaken(listed: Bool) async throws {
    try await Self.withDataset(listed: listed) { folder in
      let first = try Self.project(folder)
      try await first.edit(1) { $0.name = "x" }
      first.stop()
      let (path, old, new) =
        listed
        ? (
          "\(folder)/samples.json", "[",
          #"[{"id": 40, "filename": "gone", "category": "training", "isDisabled": true},"#
        )
        : (
          "\(folder)/info.labels", "\"files\": [",
          #""files": [{"path": "training/gone.json", "id": 40, "category": "odd", "label": {"type": "unlabeled"}},"#
        )
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let range = try #require(text.range(of: old))
      try text.replacingCharacters(in: range, with: new).write(toFile: path, atomically: true, encoding: .utf8)
      let second = try Self.project(folder)
      try FileManager.default.copyItem(
        atPath: "\(folder)/training/idle.0.json", toPath: "\(folder)/training/new.json")
      let ids = try await second.add([
        NewRecording(path: "training/new.json", name: "new", category: .training, label: .unlabeled)
      ])
      #expect(ids == [41])
      second.stop()
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("gone"))
    }
  }

  @Test(arguments: [true, false])
  func idsAreNotGivenAgainAfterAStart(listed: Bool) async throws {
    try await Self.withDataset(listed: listed) { folder in
      func add(_ project: LocalProject, _ name: String) async throws -> [Int] {
        try FileManager.default.copyItem(
          atPath: ServerFixture.fixtures.appending(path: "dataset/training/idle.0.json").path,
          toPath: "\(folder)/training/\(name).json")
        return try await project.add([
          NewRecording(path: "training/\(name).json", name: name, category: .training, label: .unlabeled)
        ])
      }
      let first = try Self.project(folder)
      #expect(try await add(first, "one") == [33])
      try await first.remove([33])
      first.stop()
      let second = try Self.project(folder)
      #expect(try await add(second, "two") == [34])
      try await second.remove([32, 34])
      second.stop()
      let third = try Self.project(folder)
      #expect(try await add(third, "three") == [35])
      try await third.remove(third.contents.recordings.all.map(\.sampleID))
      third.stop()
      let fourth = try Self.project(folder)
      #expect(try await add(fourth, "one") == [36])
      fourth.stop()
      try "none".write(toFile: "\(folder)/.edgedsp/next-id", atomically: true, encoding: .utf8)
      #expect(throws: ServerError.self) { try Self.project(folder) }
    }
  }
}
