// Label files and the impulse file that are changed by hand while they are served: the change must show in the next
// answer, must survive the next edit, and a file that cannot be used must stay as it is, with an error that names it.
// Ids must stay with their recordings, also where the new file gives none.
// Files are replaced as editors do it, by another file of the same name, or written in place.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct HandEditTests {
  private static func names(_ server: ServerFixture) async throws -> [Int: String] {
    let answer = try await server.call("GET", "/v1/api/1/raw-data?category=all")
    let list = try JSONDecoder().decode(Studio.ListSamplesResponse.self, from: answer.body)
    return Dictionary(uniqueKeysWithValues: list.samples.map { ($0.id, $0.filename) })
  }

  @Test(arguments: [true, false])
  func labelFilesAreTakenUp(atomically: Bool) async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      #expect(try await server.post("/v1/api/1/raw-data/3/rename", "{\"name\": \"third\"}").error == nil)
      let before = try await Self.names(server)
      var text = try String(contentsOfFile: path, encoding: .utf8)
      text = text.replacing("\"name\":\"third\"", with: "\"name\":\"by hand\",\"note\":\"mine\"")
      try text.write(toFile: path, atomically: atomically, encoding: .utf8)
      #expect(try await Self.names(server)[3] == "by hand")
      #expect(try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}").error == nil)
      let after = try await Self.names(server)
      #expect(after == before.merging([3: "by hand", 4: "fourth"]) { $1 })
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"note\":\"mine\""))
    }
  }

  @Test func editsGoOnTopOfAHandEditThatNobodyHasRead() async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      #expect(try await server.post("/v1/api/1/raw-data/3/rename", "{\"name\": \"third\"}").error == nil)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("\"name\":\"third\"", with: "\"name\":\"by hand\"").write(
        toFile: path, atomically: true, encoding: .utf8)
      let answer = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(try ServerFixture.files(answer).first?.success == true)
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"name\":\"by hand\""))
      #expect(try await Self.names(server)[3] == "by hand")
    }
  }

  @Test(arguments: ["4", "2147483647", "-5", #""x""#])
  func wrongEntriesAreRefusedUntilTheyAreMended(id: String) async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      #expect(try await server.post("/v1/api/1/raw-data/3/rename", "{\"name\": \"third\"}").error == nil)
      let before = try await Self.names(server)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      // One that is there already, and ids that no recording can have; the path is none.
      let entry =
        "{\"path\": \"training/\(id == "4" ? "wave.0" : "none").json\", \"id\": \(id), \"category\": \"training\", "
        + "\"label\": {\"type\": \"unlabeled\"}}"
      try text.replacing("\"files\": [", with: "\"files\": [\(entry),").write(
        toFile: path, atomically: true, encoding: .utf8)
      #expect(try await Self.names(server) == before)
      let refused = try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}")
      #expect(refused.error?.contains("info.labels") == true, "\(refused.error ?? "")")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}").error == nil)
      let answer = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(try ServerFixture.files(answer).first?.sampleId == 33)
    }
  }

  @Test func idsOfEntriesTakenOutByHandAreNotGivenAgain() async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      let answer = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(try ServerFixture.files(answer).first?.sampleId == 33)
      let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
      let kept = lines.filter { !$0.contains("new.json") }.joined(separator: "\n")
      // The last entry may have gone.
      try kept.replacing("},\n]", with: "}\n]").write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await Self.names(server)[33] == nil)
      #expect(try String(contentsOfFile: "\(server.dataset)/.edgedsp/next-id", encoding: .utf8) == "34\n")
    }
  }

  @Test func aFolderThatIsGoneIsNotMadeAgain() async throws {
    try await ServerFixture.run { server in
      let aside = server.dataset + ".aside"
      try FileManager.default.moveItem(atPath: server.dataset, toPath: aside)
      let calls = [
        try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}"),
        try await server.call("DELETE", "/v1/api/1/raw-data/32"),
      ]
      for answer in calls {
        #expect(answer.json?["success"] == .bool(false), "\(answer)")
        #expect(answer.error?.contains("nothing is written") == true, "\(answer)")
      }
      #expect(!FileManager.default.fileExists(atPath: server.dataset))
      try FileManager.default.moveItem(atPath: aside, toPath: server.dataset)
      #expect(try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}").error == nil)
    }
  }

  @Test func idsStayWhereTheNewFileGivesNone() async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      #expect(try await server.call("DELETE", "/v1/api/1/raw-data/32").error == nil)
      let before = try await Self.names(server)
      let source = "\(server.dataset)/training/idle.0.json"
      try FileManager.default.copyItem(atPath: source, toPath: "\(server.dataset)/training/added.json")
      let text = try String(contentsOfFile: path, encoding: .utf8).replacing(/"id":[0-9]+,/, with: "").replacing(
        "\"files\": [",
        with: #""files": [{"path": "training/added.json", "category": "training", "label": {"type": "unlabeled"}},"#)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await Self.names(server) == before.merging([33: "added"]) { $1 })
    }
  }

  @Test(arguments: [
    "{", "", "{\"version\": 1}", "[]", "{\"version\": 2, \"files\": []}",
    "{\"__ndjson\":true}\n{\"__key\":\"files\",\"__item\":{\"path\"",
  ])
  func brokenLabelFilesAreNotReplaced(text: String) async throws {
    try await ServerFixture.run { server in
      let path = "\(server.dataset)/info.labels"
      #expect(try await server.post("/v1/api/1/raw-data/3/rename", "{\"name\": \"third\"}").error == nil)
      let before = try await Self.names(server)
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      #expect(try await Self.names(server) == before)
      let refused = try await server.post("/v1/api/1/raw-data/4/rename", "{\"name\": \"fourth\"}")
      #expect(refused.error?.contains("info.labels") == true && refused.error?.contains("was changed") == true)
      #expect(try await server.call("DELETE", "/v1/api/1/raw-data/4").error?.contains("info.labels") == true)
      let files = server.paths()
      let upload = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(upload.error?.contains("info.labels") == true)
      #expect(server.paths() == files)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
  }

  @Test func brokenLabelFilesAreNotReplacedAfterAStart() async throws {
    try await ServerFixture.run {
      try "{\"version\": 1, \"files\": [".write(toFile: "\($0.dataset)/info.labels", atomically: true, encoding: .utf8)
    } _: { server in
      let upload = try await server.upload([("new.json", UploadFixture.acquisition(1))])
      #expect(upload.error?.contains("info.labels") == true)
      #expect(!server.paths().contains("training/new.json"))
    }
  }

  @Test func samplesListIsTakenUp() async throws {
    try await ServerFixture.run {
      try #"[{"id": 5, "filename": "wave.0", "label": "a", "category": "training"}]"#.write(
        toFile: "\($0.dataset)/samples.json", atomically: true, encoding: .utf8)
    } _: { server in
      try #"[{"id": 5, "filename": "wave.0", "label": "b", "category": "training"}, "#.appending(
        #"{"id": 9, "filename": "wave.1", "label": "c", "category": "training"}]"#
      ).write(toFile: "\(server.dataset)/samples.json", atomically: false, encoding: .utf8)
      #expect(try await Self.names(server) == [5: "wave.0", 9: "wave.1"])
      #expect(try await server.post("/v1/api/1/raw-data/9/edit-label", "{\"label\": \"d\"}").error == nil)
      #expect(try await server.sample(5)?.label == "b")
      try "nothing".write(toFile: "\(server.dataset)/samples.json", atomically: false, encoding: .utf8)
      let refused = try await server.post("/v1/api/1/raw-data/9/edit-label", "{\"label\": \"e\"}")
      #expect(refused.error?.contains("samples.json") == true)
    }
  }

  @Test func impulseIsTakenUp() async throws {
    try await ServerFixture.run { server in
      let text = try String(contentsOfFile: server.impulse, encoding: .utf8)
      try text.replacing("\"name\": \"Motion\"", with: "\"name\": \"By hand\"").write(
        toFile: server.impulse, atomically: true, encoding: .utf8)
      #expect(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"]?["name"] == .string("By hand"))
      try text.replacing("\"name\": \"Motion\"", with: "\"name\": \"Again\"").write(
        toFile: server.impulse, atomically: false, encoding: .utf8)
      #expect(try await server.post("/v1/api/1/dsp/2", "{\"config\": {\"fft-length\": \"32\"}}").error == nil)
      let written = try String(contentsOfFile: server.impulse, encoding: .utf8)
      #expect(written.contains("Again"))
      try "{".write(toFile: server.impulse, atomically: true, encoding: .utf8)
      #expect(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"]?["name"] == .string("Again"))
      let refused = try await server.post("/v1/api/1/impulse/update", "{\"name\": \"lost\"}")
      #expect(refused.error?.contains(server.impulse) == true && refused.error?.contains("was changed") == true)
      #expect(try String(contentsOfFile: server.impulse, encoding: .utf8) == "{")
    }
  }
}
