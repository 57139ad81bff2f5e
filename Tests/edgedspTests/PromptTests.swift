// Commands that change what cannot be brought back ask on a terminal: here a pseudo-terminal, with a test that types.
// Yes must do it and send exactly what was asked for; no, Return alone, the end of input and anything else must leave
// the project without a request that changes it. Where only input or only errors are a terminal, nobody is asked.
import Foundation
import Glibc
import Testing

@Suite(.onOwnThreads) struct PromptTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var question: String
    /// The request that does it.
    var request: String

    var testDescription: String { arguments.prefix(2).joined(separator: " ") }
  }

  static let cases = [
    Case(
      arguments: ["studio", "push", "--impulse", "impulse.json"], question: "Set 1 parameter in Studio? [y/N] ",
      request: "POST dsp/3"),
    Case(
      arguments: ["data", "delete", "22", "24"], question: "Delete 2 recordings of project 7? [y/N] ",
      request: "DELETE raw-data/22"),
    Case(
      arguments: ["studio", "clear", "--block", "2"], question: "Remove the features of block 2 from Studio? [y/N] ",
      request: "POST dsp/2/clear"),
    Case(
      arguments: ["studio", "generate", "--block", "2"], question: "Replace the features of block 2 in Studio? [y/N] ",
      request: "POST jobs/generate-features"),
    Case(
      arguments: ["studio", "run", "--block", "2", "--sample", "21", "--params", "{\"a\":1}", "--store"],
      question: "Store the parameters in block 2? [y/N] ", request: "POST dsp/2/raw-data/21/slice/run"),
  ]

  /// Runs a command, and types when it asks.
  ///
  /// - Returns: exit code and screen.
  private func run(
    _ arguments: [String], answering keys: String, _ server: StudioProjectServer, _ folder: TemporaryFolder
  ) throws -> (code: Int32, screen: String) {
    let terminal = try PseudoTerminal()
    let environment = [
      "EI_API_KEY": StudioProjectServer.key, "EI_API_ENDPOINT": "\(server.url)/v1", "HOME": folder.path,
    ]
    let process = try Tool.start(
      arguments + ["--project", "7"], in: folder, environment: environment, terminal: terminal.device)
    var screen = ""
    var isAnswered = false
    for _ in 0..<6000 where process.isRunning {
      screen += terminal.shown()
      if !isAnswered && screen.contains("[y/N] ") {
        isAnswered = true
        terminal.type(keys)
      }
      usleep(10_000)
    }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return (process.terminationStatus, screen + terminal.shown())
  }

  /// A project with an impulse file that differs from it in one parameter, and a job that succeeds.
  private func withChange(_ body: (StudioProjectServer, TemporaryFolder) throws -> Void) throws {
    try withProject { server, folder in
      #expect(try server.edgedsp("studio", "pull", "--impulse", "impulse.json", in: folder).code == 0)
      let text = try folder.text("impulse.json").replacing("\"average\" : \"false\"", with: "\"average\" : \"true\"")
      try folder.write(text, to: "impulse.json")
      server.state.withLock { $0.log = ["done\n"] }
      try body(server, folder)
    }
  }

  private func changes(_ server: StudioProjectServer) -> [String] { server.requests.filter { !$0.hasPrefix("GET") } }

  @Test(arguments: cases, ["y\n", "YES\n", " y \n"])
  func yesDoesIt(command: Case, keys: String) throws {
    try withChange { server, folder in
      let (code, screen) = try run(command.arguments, answering: keys, server, folder)
      // The server of the tests knows no runs; that it was asked to is enough.
      #expect(code == (command.arguments[1] == "run" ? 66 : 0), "\(screen)")
      #expect(screen.contains(command.question))
      #expect(changes(server).first == command.request)
      #expect(changes(server).count == (command.arguments[1] == "delete" ? 2 : 1))
    }
  }

  @Test(arguments: cases, ["n\n", "\n", "\u{4}", "yesterday\n"])
  func anythingElseDoesNot(command: Case, keys: String) throws {
    try withChange { server, folder in
      let (code, screen) = try run(command.arguments, answering: keys, server, folder)
      #expect(code == 1 && screen.contains(command.question), "\(code) \(screen)")
      #expect(screen.hasSuffix("nothing was changed\r\n"), "\(screen)")
      #expect(changes(server) == [])
    }
  }

  @Test(arguments: cases)
  func halfATerminalIsNone(command: Case) throws {
    try withChange { server, folder in
      let environment = [
        "EI_API_KEY": StudioProjectServer.key, "EI_API_ENDPOINT": "\(server.url)/v1", "HOME": folder.path,
      ]
      let arguments = command.arguments + ["--project", "7"]
      for side in ["input", "errors"] {
        let terminal = try PseudoTerminal()
        let process = try Tool.start(arguments, in: folder, environment: environment) { process in
          if side == "input" {
            process.standardInput = terminal.device
          } else {
            process.standardError = terminal.device
          }
        }
        terminal.type("y\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 64, "\(side)")
      }
      #expect(changes(server) == [])
    }
  }
}
