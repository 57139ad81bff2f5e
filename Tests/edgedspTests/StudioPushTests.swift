// `studio pull`, `diff` and `push` over HTTP, as users see them.
// What is pulled must be what `generate` reads and must hold fields without a name here; a diff of it is empty.
// A push sends the changed parameter and nothing else, and nothing at all after a refusal, a dry run or an unasked
// question. Every test ends with a search for the key in all output.
import Foundation
import Testing

@Suite(.onOwnThreads) struct StudioPushTests {
  private func pull(_ server: StudioProjectServer, _ folder: TemporaryFolder) throws {
    let outcome = try server.edgedsp("studio", "pull", "--impulse", "impulse.json", in: folder)
    #expect(outcome.code == 0, "\(outcome)")
  }

  /// Replaces a text in the pulled file, which must be there.
  private func edit(_ folder: TemporaryFolder, _ text: String, _ other: String) throws {
    let old = try folder.text("impulse.json")
    #expect(old.contains(text))
    try folder.write(old.replacing(text, with: other), to: "impulse.json")
  }

  @Test(arguments: [[], ["--groups"]])
  func whatIsPulledGenerates(flags: [String]) throws {
    try withProject { server, folder in
      // Names repeat in Studio, and cannot be told apart by a folder of recordings.
      server.state.withLock { $0.recordings[1].name = "wave.2" }
      let pull = ["studio", "pull", "--impulse", "p/impulse.json", "--project", "7"]
      try folder.write("", to: "p/README.txt")
      let environment = ["EI_API_KEY": StudioProjectServer.key, "EI_API_ENDPOINT": "\(server.url)/v1"]
      let outcome = try Tool.run(pull + flags, in: folder, environment: environment)
      #expect(
        outcome.code == 0
          && outcome.output == """
            wrote p/impulse.json: 2 processing blocks
            wrote p/samples.json: 4 recordings

            """,
        "\(outcome)")
      #expect(try folder.text("p/impulse.json").contains("\"futureField\""))
      for (name, rows) in [
        ("training/wave.1", 40), ("training/wave.2", 25), ("training/idle.1", 31), ("testing/idle.2", 20),
      ] {
        try folder.write(acquisition(edgedspTests.rows(rows)), to: "data/\(name).json")
      }
      let generated = try folder.edgedsp(
        "generate", "data", "--impulse", "p/impulse.json", "--samples", "p/samples.json", "-o", "out")
      #expect(generated.code == 0 && generated.output.contains("total"), "\(generated)")
    }
  }

  @Test func aFileThatDiffersIsNotReplacedUnasked() throws {
    try withProject { server, folder in
      try folder.write("mine", to: "impulse.json")
      let refused = try server.edgedsp("studio", "pull", "--impulse", "impulse.json", in: folder)
      #expect(refused.code == 73 && refused.errors.contains("--overwrite"), "\(refused)")
      let dry = try server.edgedsp("studio", "pull", "--impulse", "impulse.json", "--dry-run", in: folder)
      #expect(dry.code == 0 && dry.output.contains("would write impulse.json"), "\(dry)")
      #expect(try folder.text("impulse.json") == "mine")
      #expect(!FileManager.default.fileExists(atPath: folder.path("samples.json")))
      let replaced = try server.edgedsp("studio", "pull", "--impulse", "impulse.json", "--overwrite", in: folder)
      #expect(replaced.code == 0, "\(replaced)")
      try pull(server, folder)
    }
  }

  @Test(arguments: [["--impulse", "a.json", "--samples", "a.json"], ["--impulse", "samples.json"]])
  func twoFilesAreTwoFiles(arguments: [String]) throws {
    try withProject { server, folder in
      let environment = ["EI_API_KEY": StudioProjectServer.key, "EI_API_ENDPOINT": "\(server.url)/v1"]
      let outcome = try Tool.run(["studio", "pull"] + arguments, in: folder, environment: environment)
      #expect(outcome.code == 64 && outcome.errors.contains("another file"), "\(outcome)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test func devicesStayDevices() throws {
    try withProject { server, folder in
      #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
      let outcome = try server.edgedsp("studio", "pull", "--impulse", "pipe", "--overwrite", in: folder)
      #expect(outcome.code == 73 && outcome.errors.contains("is a device or a pipe"), "\(outcome)")
      var status = stat()
      #expect(stat(folder.path("pipe"), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
  }

  @Test func diffShowsThreeValues() throws {
    try withProject { server, folder in
      try pull(server, folder)
      let same = try server.edgedsp("studio", "diff", "--impulse", "impulse.json", in: folder)
      #expect(same.code == 0 && same.output.hasPrefix("equal: all "), "\(same)")
      try edit(folder, "\"average\" : \"false\"", "\"average\" : true")
      try edit(folder, "\"windowSizeMs\" : 100", "\"windowSizeMs\" : 200")
      let other = try server.edgedsp("studio", "diff", "--impulse", "impulse.json", in: folder)
      let words = other.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      #expect(other.code == 1 && words.contains("3 Flatten: average true false true"), "\(other)")
      #expect(words.contains("inputBlocks 1 windowSizeMs 200 100"), "\(other)")
      let json = try server.edgedsp("studio", "diff", "--impulse", "impulse.json", "--json", in: folder)
      struct Report: Decodable {
        struct Parameter: Decodable { let parameter: String, isDifferent: Bool }
        let isDifferent: Bool
        let parameters: [Parameter]
      }
      let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
      #expect(report.isDifferent && report.parameters.filter(\.isDifferent).map(\.parameter) == ["average"])
    }
  }

  @Test func pushSetsWhatChangedAndReadsItBack() throws {
    try withProject { server, folder in
      try pull(server, folder)
      let none = try server.edgedsp("studio", "push", "--impulse", "impulse.json", in: folder)
      #expect(none.code == 0 && none.output.contains("nothing to push"), "\(none)")
      try edit(folder, "\"average\" : \"false\"", "\"average\" : \"true\"")
      let dry = try server.edgedsp("studio", "push", "--impulse", "impulse.json", "--dry-run", in: folder)
      #expect(dry.code == 0 && dry.output.contains("would set 1 parameter"), "\(dry)")
      let unasked = try server.edgedsp("studio", "push", "--impulse", "impulse.json", in: folder)
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      #expect(server.bodies("dsp/3").isEmpty)
      let outcome = try server.edgedsp("studio", "push", "--impulse", "impulse.json", "--yes", in: folder)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(server.bodies("dsp/3") == [#"{"config":{"average":"true"}}"#] && server.bodies("dsp/2").isEmpty)
      #expect(try server.edgedsp("studio", "diff", "--impulse", "impulse.json", in: folder).code == 0)
    }
  }

  @Test func parametersThatOnlyStudioHasAreLeftAlone() throws {
    try withProject { server, folder in
      try pull(server, folder)
      // Studio gets a parameter after the pull, and one that no block here knows.
      server.state.withLock { $0.configurations[3]?["not-yet-known"] = "kept" }
      try edit(folder, "\"average\" : \"false\"", "\"average\" : \"true\"")
      let outcome = try server.edgedsp("studio", "push", "--impulse", "impulse.json", "--yes", in: folder)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(server.bodies("dsp/3") == [#"{"config":{"average":"true"}}"#])
      #expect(server.state.withLock { $0.configurations[3] } == ["average": "true", "not-yet-known": "kept"])
      let written = server.requests.filter { !$0.hasPrefix("GET") }
      #expect(written == ["POST dsp/3"])
    }
  }

  @Test func whatStudioDoesNotStoreIsNoticed() throws {
    try withProject { server, folder in
      try pull(server, folder)
      server.state.withLock { $0.frozen = ["average"] }
      try edit(folder, "\"average\" : \"false\"", "\"average\" : \"true\"")
      let outcome = try server.edgedsp("studio", "push", "--impulse", "impulse.json", "--yes", in: folder)
      #expect(outcome.code == 65 && outcome.errors.contains("reads back as false"), "\(outcome)")
    }
  }

  @Test func whatVerifyRefusesIsNotSent() throws {
    try withProject { server, folder in
      try pull(server, folder)
      let before = server.requests.count
      try edit(folder, "\"average\" : \"false\"", "\"average\" : \"perhaps\"")
      let outcome = try server.edgedsp("studio", "push", "--impulse", "impulse.json", "--yes", in: folder)
      #expect(outcome.code == 78 && outcome.errors.contains("average"), "\(outcome)")
      #expect(server.requests.count == before)
    }
  }

  @Test func failuresHaveTheirCodes() throws {
    try withProject { server, folder in
      let wrong = try server.edgedsp("studio", "pull", "--impulse", "i.json", in: folder, key: "ei_wrong")
      #expect(wrong.code == 77 && wrong.errors.contains("HTTP 401"), "\(wrong)")
      #expect(!wrong.errors.contains("ei_wrong"))
      let none = try server.edgedsp("studio", "pull", "--impulse", "i.json", in: folder, key: "")
      #expect(none.code == 78 && none.errors.contains("EI_API_KEY"), "\(none)")
      try folder.write("{\"apiKey\":\"\(StudioProjectServer.key.dropLast())\"}", to: "config.json")
      let open = try server.edgedsp(
        "studio", "pull", "--impulse", "i.json", "--studio-config", "config.json", in: folder, key: "")
      #expect(open.code == 78 && open.errors.contains("0600"), "\(open)")
      server.stop()
      let down = try server.edgedsp("studio", "pull", "--impulse", "i.json", in: folder)
      #expect(down.code == 69, "\(down)")
      #expect(!FileManager.default.fileExists(atPath: folder.path("i.json")))
    }
  }
}
