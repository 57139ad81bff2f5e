// Ids stay with their recordings while the folder is served, whichever label file changes, and those that no file of
// features can hold are never given: such recordings are left out, and no job ends the process.
// Label files are written by hand, with and without ids, at the top and in the parts of the dataset.
import Datasets
import Foundation
import Testing

@testable import StudioServer

struct RecordingIDTests {
  private static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ids-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: ServerFixture.fixtures.appending(path: "dataset").path, toPath: folder)
    try await body(folder)
  }

  private static func project(_ folder: String) throws -> LocalProject {
    try LocalProject(
      configuration: .init(
        dataset: folder, impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path))
  }

  private static func ids(_ project: LocalProject) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: project.contents.recordings.all.map { ($0.path, $0.sampleID) })
  }

  /// Entries of a label file, some with ids.
  private static func labels(_ entries: [(path: String, id: Int?)]) -> String {
    let files = entries.map { entry in
      #"{"path": "\#(entry.path)", "category": "training", "label": {"type": "unlabeled"}\#(entry.id.map { #", "id": \#($0)"# } ?? "")}"#
    }
    return #"{"version": 1, "files": [\#(files.joined(separator: ","))]}"#
  }

  @Test func idsStayWithoutALabelFileToo() async throws {
    try await Self.withFolder { folder in
      let project = try Self.project(folder)
      defer { project.stop() }
      let before = Self.ids(project)
      // The first by name, so that numbering anew would move all others.
      try FileManager.default.copyItem(
        atPath: "\(folder)/training/idle.0.json", toPath: "\(folder)/training/aaa.json")
      try #"{"version": 1, "structuredLabels": {}}"#.write(
        toFile: "\(folder)/structured_labels.labels", atomically: true, encoding: .utf8)
      await project.takeUpHandEdits()
      #expect(Self.ids(project) == before.merging(["training/aaa.json": 33]) { $1 })
    }
  }

  @Test func idsStayWithTheLabelFileOfAPart() async throws {
    try await Self.withFolder { folder in
      let project = try Self.project(folder)
      defer { project.stop() }
      let before = Self.ids(project)
      let names = before.keys.filter { $0.hasPrefix("training/") }.map { String($0.dropFirst(9)) }.sorted()
      func write(_ entries: [(path: String, id: Int?)]) async throws {
        try Self.labels(entries).write(toFile: "\(folder)/training/info.labels", atomically: true, encoding: .utf8)
        await project.takeUpHandEdits()
      }
      try await write(names.reversed().map { ($0, nil) })
      #expect(Self.ids(project) == before)
      // One gets an id of its own, and a new one a higher id.
      try FileManager.default.copyItem(
        atPath: "\(folder)/training/idle.0.json", toPath: "\(folder)/training/aaa.json")
      try await write([("aaa.json", nil)] + names.map { ($0, $0 == names[3] ? 50 : nil) })
      #expect(
        Self.ids(project) == before.merging(["training/\(names[3])": 50, "training/aaa.json": 51]) { $1 })
    }
  }

  @Test func idsThatNoFileHoldsAreNotGiven() async throws {
    try await ServerFixture.run {
      let entries = try Dataset.open(path: $0.dataset).entries.map { ($0.path, Int?.none) }
      try Self.labels(entries + [("training/gone.json", Int(Int32.max))]).write(
        toFile: "\($0.dataset)/info.labels", atomically: true, encoding: .utf8)
    } _: { server in
      let upload = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(upload.error?.contains("no ids left") == true)
      #expect(!server.paths().contains("training/new.json"))
      let job = try await server.post("/v1/api/1/jobs/generate-features", #"{"dspId": 2}"#)
      guard case .integer(let id)? = job.json?["id"] else { return #expect(job.error != nil) }
      var isFinished = false
      for _ in 0..<500 where !isFinished {
        let status = try await server.call("GET", "/v1/api/1/jobs/\(id)/status")
        isFinished = status.json?["job"]?["finished"] != nil
        if !isFinished { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(isFinished)
      #expect(try await server.call("GET", "/v1/api/1/raw-data?category=all").json?.list("samples").isEmpty == true)
    }
  }

  @Test func recordingsWithoutAnIDAreTold() async throws {
    try await Self.withFolder { folder in
      let entries = try Dataset.open(path: folder).entries.map { ($0.path, Int?.none) }
      try Self.labels(entries + [("training/gone.json", Int(Int32.max) - 2)]).write(
        toFile: "\(folder)/info.labels", atomically: true, encoding: .utf8)
      let project = try Self.project(folder)
      defer { project.stop() }
      let recordings = project.contents.recordings
      #expect(recordings.all.map(\.sampleID) == [Int(Int32.max), Int(Int32.max) - 1])
      #expect(recordings.problems.count == 30 && recordings.problems.allSatisfy { $0.severity == .error })
      // An edit leaves what the label file says of the others.
      try await project.edit(Int(Int32.max)) { $0.name = "last" }
      #expect(try entries.allSatisfy { try LabelFile(folder: folder).names($0.0) })
    }
  }

  @Test(arguments: [("2147483648", true), ("2147483649", false), ("9999999999", false), ("0", false)])
  func theNextIDIsOneThatFilesHold(text: String, isUsed: Bool) async throws {
    try await Self.withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/.edgedsp", withIntermediateDirectories: true)
      try text.write(toFile: "\(folder)/.edgedsp/next-id", atomically: true, encoding: .utf8)
      if isUsed {
        try Self.project(folder).stop()
      } else {
        #expect(throws: ServerError.self) { try Self.project(folder) }
      }
    }
  }
}
