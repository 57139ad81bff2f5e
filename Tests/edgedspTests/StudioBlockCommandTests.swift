// The thin commands of `studio`: each sends its one call, prints what comes, and asks before it destroys anything.
// The server plays a project; a dry run and an unasked question must leave it without a request that changes it.
// An interrupted download must leave nothing behind, and end with the signal's code.
import Foundation
import HTTPTestServer
import Testing

@Suite(.onOwnThreads) struct StudioBlockCommandTests {
  @Test func answersArePrintedAsTheyCome() throws {
    try withProject { server, folder in
      let names = try server.edgedsp("studio", "features", "--block", "2", in: folder)
      struct Names: Decodable { let labels: [String] }
      #expect(try JSONDecoder().decode(Names.self, from: Data(names.output.utf8)).labels == ["a", "b"])
      for (arguments, request) in [
        (["features", "--sample", "21"], "GET dsp/2/features/get-graph/classification/21"),
        (["features", "--category", "training"], "GET dsp/2/features/get-graph/training"),
        (["importance"], "GET dsp/2/features/importance"), (["performance"], "GET dsp/2/performance"),
        (["autotune", "--start"], "POST jobs/autotune-dsp"),
        (["profile", "--params", "{\"a\":1}"], "POST dsp/2/profile"),
        (["run", "--sample", "21"], "GET dsp/2/raw-data/21/slice/run/readonly"),
        (
          ["run", "--sample", "21", "--params", "{\"scale-axes\":2}", "--store", "--yes"],
          "POST dsp/2/raw-data/21/slice/run"
        ),
      ] {
        // The server does not know these calls.
        let environment = ["EI_API_KEY": StudioProjectServer.key, "EI_API_ENDPOINT": "\(server.url)/v1"]
        let outcome = try Tool.run(
          ["studio"] + arguments + ["--block", "2", "--project", "7"], in: folder, environment: environment)
        #expect(outcome.code == 66 && outcome.errors.contains("no such call"), "\(arguments) \(outcome)")
        #expect(server.requests.last == request)
      }
      #expect(server.bodies("dsp/2/raw-data/21/slice/run") == [#"{"params":{"scale-axes":"2"},"store":true}"#])
      try folder.write("[1, 2.5]", to: "values.json")
      _ = try server.edgedsp("studio", "run", "--block", "2", "--values", "values.json", in: folder)
      #expect(server.bodies("dsp/2/run").first?.contains("\"features\":[1,2.5]") == true)
    }
  }

  @Test func clearingAsks() throws {
    try withProject { server, folder in
      let unasked = try server.edgedsp("studio", "clear", "--block", "2", in: folder)
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      #expect(try server.edgedsp("studio", "clear", "--block", "2", "--dry-run", in: folder).code == 0)
      #expect(server.requests.isEmpty)
      #expect(try server.edgedsp("studio", "clear", "--block", "2", "-y", in: folder).code == 0)
      #expect(server.requests == ["POST dsp/2/clear"])
    }
  }

  @Test(arguments: [false, true])
  func generatingFollowsTheJob(fails: Bool) throws {
    try withProject { server, folder in
      let unasked = try server.edgedsp("studio", "generate", "--block", "2", in: folder)
      #expect(unasked.code == 64 && unasked.errors.contains("--yes"), "\(unasked)")
      #expect(try server.edgedsp("studio", "generate", "--block", "2", "--dry-run", in: folder).code == 0)
      #expect(server.requests.isEmpty)
      server.state.withLock { state in
        // Entries are no lines: one ends within a line, and one writes over itself.
        state.log = ["Creating ", "features...\n10 %\r100 %\nrest\u{1B}[31m"]
        state.jobsFail = fails
      }
      let outcome = try server.edgedsp("studio", "generate", "--block", "2", "--importance", "-y", in: folder)
      #expect(outcome.code == (fails ? 65 : 0), "\(outcome)")
      #expect(outcome.output.hasPrefix("Creating features...\n100 %\nrest") && !outcome.output.contains("\u{1B}"))
      #expect(outcome.output.contains("generated the features of block 2 (job 31)\n") != fails)
      #expect(outcome.errors == (fails ? "error: job 31 failed\n" : ""))
      #expect(
        server.bodies("jobs/generate-features") == [#"{"calculateFeatureImportance":true,"dspId":2}"#])
    }
  }

  @Test(arguments: [false, true])
  func autotuningShowsTheJobBesideItsResults(fails: Bool) throws {
    try withProject { server, folder in
      server.state.withLock {
        ($0.log, $0.jobsFail) = (["Looking ", "at 3 recordings\r\n1 %\r2 %\r", "\n\nlast words"], fails)
      }
      let outcome = try server.edgedsp("studio", "autotune", "--block", "2", "--start", in: folder)
      #expect(outcome.code == (fails ? 65 : 0), "\(outcome)")
      #expect(
        outcome.errors == "Looking at 3 recordings\n2 %\n\nlast words\n" + (fails ? "error: job 31 failed\n" : ""))
      #expect(outcome.output.contains("\"results\"") != fails)
      #expect(server.requests.last == (fails ? "GET jobs/31/stdout" : "GET dsp/2/get-autotuner-results"))
    }
  }

  @Test func anInterruptedDownloadLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let server = try RecordingServer { _ in
        Reply(steps: [
          .bytes(Reply.head(200, type: "application/octet-stream", length: 1 << 20)), .zeros(1 << 16), .pause(20),
        ])
      }
      defer { server.stop() }
      let process = try Tool.start(
        ["studio", "download", "--project", "7", "--block", "2", "--data", "-o", "out"], in: folder,
        environment: ["EI_API_KEY": "ei_x", "EI_API_ENDPOINT": "\(server.url)/v1"])
      while server.requests.isEmpty && process.isRunning { usleep(1000) }
      usleep(100_000)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      #expect(folder.snapshot("out").isEmpty)
    }
  }
}
