// `data list`, `upload`, `download` and `delete` over HTTP.
// What is deleted is what was chosen and nothing else; without a terminal nothing goes unless --yes is given.
// Uploads carry category, label and metadata; a file that is not there is told before anything is sent.
import Foundation
import Testing

@Suite(.onOwnThreads) struct DataCommandTests {
  @Test func listsWhatIsChosen() throws {
    try withProject { server, folder in
      let all = try server.edgedsp("data", "list", in: folder)
      #expect(all.code == 0 && all.output.contains("4 recordings"), "\(all)")
      let named = try server.edgedsp("data", "list", "--name", "wave.1", "--json", in: folder)
      struct Entry: Decodable { let id: Int }
      #expect(try JSONDecoder().decode([Entry].self, from: Data(named.output.utf8)).map(\.id) == [21, 22])
      let none = try server.edgedsp("data", "list", "99", in: folder)
      #expect(none.code == 66 && none.errors.contains("99"), "\(none)")
    }
  }

  @Test func deletesOnlyWhatIsChosenAndAsks() throws {
    try withProject { server, folder in
      #expect(try server.edgedsp("data", "delete", in: folder).code == 64)
      #expect(try server.edgedsp("data", "delete", "--all", "21", in: folder).code == 64)
      let unasked = try server.edgedsp("data", "delete", "22", in: folder)
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      let dry = try server.edgedsp("data", "delete", "--all", "--dry-run", in: folder)
      #expect(dry.code == 0 && dry.output.contains("would delete 4 recordings"), "\(dry)")
      #expect(!server.requests.contains { $0.hasPrefix("DELETE") })
      let one = try server.edgedsp("data", "delete", "22", "--yes", in: folder)
      #expect(one.code == 0 && one.output.contains("deleted 1 recording\n"), "\(one)")
      #expect(server.state.withLock { $0.recordings.map(\.id) } == [21, 23, 24])
      #expect(try server.edgedsp("data", "delete", "--category", "testing", "--yes", in: folder).code == 0)
      #expect(server.state.withLock { $0.recordings.map(\.id) } == [21, 23])
    }
  }

  @Test func downloadsIntoAnEmptyFolder() throws {
    try withProject { server, folder in
      let dry = try server.edgedsp("data", "download", "-o", "data", "--dry-run", in: folder)
      #expect(dry.code == 0 && !FileManager.default.fileExists(atPath: folder.path("data")), "\(dry)")
      let outcome = try server.edgedsp("data", "download", "-o", "data", "--category", "training", in: folder)
      #expect(outcome.code == 0 && outcome.output == "downloaded 3 recordings to data\n", "\(outcome)")
      #expect(folder.snapshot("data").count == 3)
      let again = try server.edgedsp("data", "download", "-o", "data", "24", in: folder)
      #expect(again.code == 73 && again.errors.contains("--overwrite"), "\(again)")
      #expect(try server.edgedsp("data", "download", "-o", "data", "24", "--overwrite", in: folder).code == 0)
      #expect(folder.snapshot("data").keys.contains("idle.2.json"))
    }
  }

  @Test func uploadsWithLabelAndMetadata() throws {
    try withProject { server, folder in
      try folder.write(acquisition(rows(10)), to: "data/a.json")
      try folder.write(acquisition(rows(20)), to: "b.json")
      func upload(_ arguments: String...) throws -> Outcome {
        let environment = ["EI_API_KEY": StudioProjectServer.key, "EI_INGESTION_ENDPOINT": server.url]
        return try Tool.run(["data", "upload"] + arguments, in: folder, environment: environment)
      }
      let dry = try upload("data", "b.json", "--dry-run")
      #expect(dry.code == 0 && dry.output.contains("would upload 2 recordings"), "\(dry)")
      #expect(try upload("data", "nowhere.json").code == 66)
      try folder.write("", to: "none/readme.txt")
      let none = try upload("none")
      #expect(none.code == 66 && none.errors.contains("none: expected recordings, found none"), "\(none)")
      #expect(server.state.withLock { $0.uploads.isEmpty })
      let outcome = try upload(
        "data", "b.json", "--category", "testing", "--label", "wave", "--metadata", "site=desk=1", "--workers", "1")
      #expect(outcome.code == 0 && outcome.output == "uploaded 2 recordings\n", "\(outcome)")
      let uploads = server.state.withLock { $0.uploads }
      #expect(uploads.count == 2 && uploads.allSatisfy { $0.path == "/api/testing/files" })
      #expect(uploads.allSatisfy { $0.headers["x-label"] == "wave" && $0.headers["x-disallow-duplicates"] == "1" })
      #expect(uploads.allSatisfy { $0.headers["x-metadata"] == #"{"site":"desk=1"}"# })
    }
  }
}
