// Changes of recordings must be in the label files when the call returns, must read back through `Dataset.open` as the
// server shows them, and must leave what others have written. Ids stay as they were first given.
// The dataset is the fixture's, whose labels come from file names, or one with Studio's list.
import Datasets
import Foundation
import Testing

@testable import StudioServer

struct RegisterTests {
  private static func withProject(
    _ prepare: (URL) throws -> Void = { _ in }, _ body: (LocalProject, String) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "register-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: ServerFixture.fixtures.appending(path: "dataset"), to: folder)
    try prepare(folder)
    let project = try LocalProject(
      configuration: .init(
        dataset: folder.path, impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path))
    defer { project.stop() }
    try await body(project, folder.path)
  }

  /// What a fresh look at the folder gives.
  private static func reread(_ folder: String) throws -> [RegisteredRecording] {
    let dataset = try Dataset.open(path: folder)
    return dataset.entries.map { RegisteredRecording($0, isDisabled: false) }
      + dataset.disabled.map { RegisteredRecording($0, isDisabled: true) }
  }

  @Test func everyKindOfEditReadsBack() async throws {
    try await Self.withProject { project, folder in
      let before = project.contents.recordings.registered
      try await project.edit(3) { $0.name = "renamed \u{e9}" }
      try await project.edit(4) { $0.label = .single("other/label\"") }
      try await project.edit(5) {
        $0.label = .multi([.init(start: 0, end: 9, label: "a"), .init(start: 10, end: 20, label: "b")])
      }
      try await project.edit(6) { $0.category = .testing }
      try await project.edit(7) { $0.metadata = ["site": "north"] }
      try await project.edit(8) { $0.label = .unlabeled }
      try await project.edit(9) { $0.isDisabled = true }
      let shown = project.contents.recordings.registered
      #expect(try Self.reread(folder) == shown)
      #expect(shown.map(\.id).sorted() == before.map(\.id).sorted())
      #expect(shown.filter { (3...9).contains($0.id) } != before.filter { (3...9).contains($0.id) })
      #expect(shown.filter { !(3...9).contains($0.id) } == before.filter { !(3...9).contains($0.id) })
    }
  }

  @Test func aFolderForUploadsHidesNothing() async throws {
    // All recordings at the top, which Studio's list alone names.
    try await Self.withProject { folder in
      let files = FileManager.default
      for part in ["testing", "training"] {
        for name in try files.contentsOfDirectory(atPath: folder.appending(path: part).path) {
          try? files.moveItem(at: folder.appending(path: "\(part)/\(name)"), to: folder.appending(path: name))
        }
        try files.removeItem(at: folder.appending(path: part))
      }
      let samples = try Dataset.open(path: folder.path).entries.map {
        #"{"id": \#(100 + $0.sampleID), "filename": "\#($0.name)", "label": "x", "category": "training"}"#
      }
      try Data("[\(samples.joined(separator: ","))]".utf8).write(to: folder.appending(path: "samples.json"))
    } _: { project, folder in
      let before = project.contents.recordings.all
      try FileManager.default.createDirectory(atPath: "\(folder)/training", withIntermediateDirectories: false)
      try FileManager.default.copyItem(atPath: before[0].filePath, toPath: "\(folder)/training/new.json")
      _ = try await project.add([
        NewRecording(path: "training/new.json", name: "new", category: .training, label: .single("x"))
      ])
      #expect(before.count > 20 && project.contents.recordings.all.count == before.count + 1)
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
    }
  }

  @Test func removedRecordingsAreGoneAndIdsAreNotGivenTwice() async throws {
    try await Self.withProject { project, folder in
      let last = project.contents.recordings.all[0].sampleID
      let path = try project.contents.recordings.entry(2).filePath
      try await project.remove([2])
      #expect(!FileManager.default.fileExists(atPath: path))
      try FileManager.default.copyItem(
        atPath: try project.contents.recordings.entry(1).filePath, toPath: "\(folder)/training/new.json")
      let ids = try await project.add([
        NewRecording(path: "training/new.json", name: "new", category: .training, label: .single("idle"))
      ])
      #expect(ids == [last + 1])
      let shown = project.contents.recordings.registered
      #expect(try Self.reread(folder) == shown && shown[0].id == last + 1 && !shown.contains { $0.id == 2 })
    }
  }

  @Test func manyAdditionsAtOnceGetDifferentIds() async throws {
    try await Self.withProject { project, folder in
      let source = try project.contents.recordings.entry(1).filePath
      let ids = try await withThrowingTaskGroup(of: [Int].self) { group in
        for index in 0..<40 {
          try FileManager.default.copyItem(atPath: source, toPath: "\(folder)/testing/new.\(index).json")
          group.addTask {
            try await project.add([
              NewRecording(
                path: "testing/new.\(index).json", name: "new.\(index)", category: .testing, label: .unlabeled)
            ])
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(Set(ids).count == 40)
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
    }
  }

  @Test func whatOthersWroteStays() async throws {
    try await Self.withProject { folder in
      try Data(
        """
        {"version": 1, "origin": "export", "files": [
        {"path": "training/idle.0.json", "category": "training", "label": {"type": "label", "label": "x"}, "attachments": ["a.txt"]},
        {"path": "./training//idle.1.cbor", "category": "training", "label": {"type": "unlabeled"}}]}
        """.utf8
      ).write(to: folder.appending(path: "info.labels"))
    } _: { project, folder in
      #expect(project.contents.recordings.all.count == 2)
      try await project.edit(1) { $0.name = "first" }
      let text = try String(contentsOfFile: "\(folder)/info.labels", encoding: .utf8)
      #expect(text.contains("\"attachments\":[\"a.txt\"]") && text.contains("\"origin\": \"export\""))
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
      #expect(project.contents.recordings.all.map(\.name) == ["idle.1", "first"])
    }
  }

  @Test func studiosListKeepsTheSay() async throws {
    try await Self.withProject { folder in
      try Data(
        """
        {"success": true, "samples": [
        {"id": 77, "filename": "idle.0", "label": "still", "category": "training", "device": "d1"},
        {"id": 99, "filename": "wave.1", "label": "wave", "category": "testing"}]}
        """.utf8
      ).write(to: folder.appending(path: "samples.json"))
    } _: { project, folder in
      #expect(project.contents.recordings.entries.map(\.sampleID) == [77, 99])
      try await project.edit(77) { $0.label = .single("calm") }
      try FileManager.default.copyItem(
        atPath: try project.contents.recordings.entry(77).filePath, toPath: "\(folder)/training/later.json")
      let ids = try await project.add([
        NewRecording(path: "training/later.json", name: "later", category: .training, label: .single("calm"))
      ])
      #expect(ids == [100])
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
      #expect(project.contents.recordings.entries.map(\.sampleID) == [100, 77, 99])
      let text = try String(contentsOfFile: "\(folder)/samples.json", encoding: .utf8)
      #expect(text.contains("\"device\" : \"d1\"") && !text.contains("still"))
      try await project.remove([99])
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
    }
  }

  /// Names that are others' names, files or paths, with and without `info.labels` beside the list.
  @Test(arguments: ["wave.1", "idle.1.json", "training/wave.2.json", "plain", "../x", "idle.0"], [true, false])
  func recordingsInAListKeepTheirFilesWhateverTheirNames(name: String, hasLabels: Bool) async throws {
    try await Self.withProject { folder in
      let entries = try Dataset.open(path: folder.path).entries
      let samples = entries.map {
        #"{"id": \#($0.sampleID), "filename": "\#($0.name)", "label": "x", "category": "\#($0.category.rawValue)", "#
          + #""coldstorageFilename": "7/training/\#($0.name).json.1.2.json"}"#
      }
      try Data("[\(samples.joined(separator: ","))]".utf8).write(to: folder.appending(path: "samples.json"))
      if hasLabels {
        var labels = try LabelFile(folder: folder.path)
        try labels.update(entries.map { RegisteredRecording($0, isDisabled: false) }, removed: [])
        try labels.contents().write(to: folder.appending(path: "info.labels"))
      }
    } _: { project, folder in
      let id = try #require(project.contents.recordings.all.first { $0.name == "idle.0" }?.sampleID)
      let files = project.contents.recordings.all.map(\.path)
      try await project.edit(id) { $0.name = name }
      #expect(try project.contents.recordings.entry(id).name == name)
      #expect(project.contents.recordings.all.map(\.path) == files)
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
      let text = try String(contentsOfFile: "\(folder)/samples.json", encoding: .utf8)
      #expect(text.contains("7/training/idle.0.json.1.2.json"))
      try await project.edit(id) { $0.name = "back" }
      try await project.remove([id])
      #expect(try Self.reread(folder) == project.contents.recordings.registered)
    }
  }

  @Test func readOnlyProjectsRefuse() async throws {
    var configuration = StudioServer.Configuration(
      dataset: ServerFixture.fixtures.appending(path: "dataset").path,
      impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path)
    configuration.isReadOnly = true
    let project = try LocalProject(configuration: configuration)
    defer { project.stop() }
    await #expect(throws: Refusal.self) { try await project.edit(1) { $0.name = "x" } }
    await #expect(throws: Refusal.self) { try await project.remove([1]) }
    await #expect(throws: Refusal.self) {
      try await project.add([NewRecording(path: "a", name: "a", category: .training, label: .unlabeled)])
    }
  }
}
