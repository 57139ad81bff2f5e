// The commands that our client serves, as processes, against the local server: `studio check` above all, which must find
// the features equal that were generated here and there, and must find them different when they are.
// What commands write is read back from the folder, the impulse file and the files that the engine writes.
import Datasets
import FeatureGeneration
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientCommandTests {
  private struct Outcome: Sendable {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs the tool against a server, in the scratch folder.
  private static func edgedsp(_ live: LiveStudio, _ arguments: String...) async throws -> Outcome {
    let (address, scratch) = (live.server.address, live.scratch)
    return try await LiveStudio.aside {
      let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
      let places = ([tests] + CommandLine.arguments).map {
        URL(filePath: $0).deletingLastPathComponent().appending(path: "edgedsp")
      }
      guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
        throw ServerError("the tool is not beside the tests")
      }
      let process = Process()
      process.executableURL = program
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: scratch)
      let inherited = ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
      process.environment = inherited.merging([
        "EI_API_KEY": "test", "EI_API_ENDPOINT": "\(address)/v1", "EI_INGESTION_ENDPOINT": address, "HOME": scratch,
        "TMPDIR": scratch,
      ]) { $1 }
      process.standardInput = FileHandle.nullDevice
      // Files, since a full pipe would wait for its reader.
      let paths = ["out", "err"].map { "\(scratch)/\($0)-\(UUID().uuidString)" }
      for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
      process.standardOutput = try FileHandle(forWritingTo: URL(filePath: paths[0]))
      process.standardError = try FileHandle(forWritingTo: URL(filePath: paths[1]))
      try process.run()
      process.waitUntilExit()
      let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
      return Outcome(code: process.terminationStatus, output: texts[0], errors: texts[1])
    }
  }

  @Test func checkSaysEqualAndThenNot() async throws {
    try await LiveStudio.run { live in
      let early = try await Self.edgedsp(live, "studio", "check", "--cache", "cache")
      #expect(early.code == 65 && early.errors.contains("No features have been generated"), "\(early)")
      for block in ["2", "3", "4"] {
        let made = try await Self.edgedsp(live, "studio", "generate", "--block", block, "--yes")
        #expect(made.code == 0 && (made.output + made.errors).contains("Created 2424 windows"), "\(made)")
      }
      for category in ["training", "testing"] {
        let equal = try await Self.edgedsp(live, "studio", "check", "--cache", "cache", "--category", category)
        #expect(equal.code == 0, "\(equal)")
        #expect(
          equal.output.split(separator: "\n").map { $0.prefix { $0 != "," }.components(separatedBy: ": ").prefix(2) }
            == [
              ["2 Spectral features", "equal"], ["3 Flatten", "equal"], ["4 Raw data", "equal"],
            ], "\(equal)")
      }
      // Other parameters here than those that the features were made with.
      try await live.client.setDSPConfiguration(project: live.project, block: 2, ["scale-axes": "2"])
      let other = try await Self.edgedsp(live, "studio", "check", "--cache", "cache", "--block", "2")
      #expect(other.code == 1 && other.output.hasPrefix("2 Spectral features: different"), "\(other)")
      try await live.generate(2)
      let again = try await Self.edgedsp(live, "studio", "check", "--cache", "cache", "--block", "2")
      #expect(again.code == 0, "\(again)")
    }
  }

  @Test func impulsesArePulledAndPushed() async throws {
    try await LiveStudio.run { live in
      let pulled = try await Self.edgedsp(live, "studio", "pull", "--impulse", "pulled.json")
      #expect(pulled.code == 0, "\(pulled)")
      let (here, there) = (
        try Impulse(contentsOf: "\(live.scratch)/pulled.json"), try Impulse(contentsOf: live.server.impulse)
      )
      #expect(here.blocks.map(\.id) == there.blocks.map(\.id) && here.blocks.map(\.type) == there.blocks.map(\.type))
      let list = try JSONDecoder().decode(
        JSONValue.self, from: Data(contentsOf: URL(filePath: "\(live.scratch)/samples.json")))
      // The newest of each part first.
      let ids = Array((1...24).reversed()) + Array((25...32).reversed())
      #expect(list.list("samples").map { $0["id"] } == ids.map { .integer($0) })
      let equal = try await Self.edgedsp(live, "studio", "diff", "--impulse", "pulled.json")
      #expect(equal.code == 0, "\(equal)")
      let path = "\(live.scratch)/pulled.json"
      var fields = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: path))).fields
      fields["dspBlockConfigs"] = .array(
        JSONValue.object(fields).list("dspBlockConfigs").map { configuration in
          guard configuration["blockId"] == .integer(3) else { return configuration }
          var parameters = configuration["config"]?.fields ?? [:]
          parameters["skewness"] = .string("false")
          return .object(configuration.fields.merging(["config": .object(parameters)]) { $1 })
        })
      try JSONEncoder().encode(JSONValue.object(fields)).write(to: URL(filePath: path))
      let different = try await Self.edgedsp(live, "studio", "diff", "--impulse", "pulled.json")
      #expect(different.code == 1 && different.output.contains("skewness"), "\(different)")
      let pushed = try await Self.edgedsp(live, "studio", "push", "--impulse", "pulled.json", "--yes")
      #expect(pushed.code == 0, "\(pushed)")
      let written = try live.impulseFile().list("dspBlockConfigs").first { $0["blockId"] == .integer(3) }
      #expect(written?["config"]?["skewness"] == .string("false"))
      let settled = try await Self.edgedsp(live, "studio", "diff", "--impulse", "pulled.json")
      #expect(settled.code == 0, "\(settled)")
    }
  }

  @Test func recordingsGoBothWays() async throws {
    try await LiveStudio.run { live in
      for (name, seed) in [("one.json", 21), ("two.json", 22)] {
        try UploadFixture.acquisition(seed).write(to: URL(filePath: "\(live.scratch)/\(name)"))
      }
      let sent = try await Self.edgedsp(
        live, "data", "upload", "one.json", "two.json", "--category", "training", "--label", "sent", "--metadata", "k=v"
      )
      #expect(sent.code == 0, "\(sent)")
      let stored = try await live.dataset().entries.filter { $0.label == .single("sent") }
      #expect(stored.map(\.name).sorted() == ["one", "two"] && stored.allSatisfy { $0.metadata == ["k": "v"] })
      let listed = try await Self.edgedsp(live, "data", "list", "--label", "sent", "--json")
      #expect(listed.code == 0 && stored.allSatisfy { listed.output.contains("\($0.sampleID)") }, "\(listed)")
      let fetched = try await Self.edgedsp(live, "data", "download", "--label", "sent", "--output", "down")
      #expect(fetched.code == 0, "\(fetched)")
      for (name, seed) in [("one.json", 21), ("two.json", 22)] {
        let recording = try Recording(path: "\(live.scratch)/down/\(name)")
        #expect(recording.rows == (0..<20).flatMap { [Double(seed), Double($0 % 7)] })
      }
      let deleted = try await Self.edgedsp(live, "data", "delete", "--label", "sent", "--yes")
      #expect(deleted.code == 0, "\(deleted)")
      let left = try await live.dataset().entries
      #expect(left.count == 32 && !left.contains { $0.label == .single("sent") })
    }
  }
}
