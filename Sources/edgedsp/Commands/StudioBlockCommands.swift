import ArgumentParser
import FeatureGeneration
import Foundation
import ProcessingBlocks
import StudioAPI

/// Which processing block of a project.
struct StudioBlockOptions: ParsableArguments {
  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "The processing block (id).")
  var block: Int

  func validate() throws {
    if block < 1 { throw ValidationError("--block \(block): must be 1 or more.") }
  }

  /// Prints what a call answers, as JSON.
  func show<Answer: Encodable & Sendable>(
    _ call: @escaping @Sendable (StudioProject, _ block: Int) async throws -> Answer
  ) throws {
    let interruption = Interruption("interrupted")
    defer { withExtendedLifetime(interruption) {} }
    let block = block
    try Terminal.write(StudioJSONText.pretty(studio.run { try await call($0, block) }))
  }
}

struct StudioImportance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "importance", abstract: "Print how much each feature tells about each label, as JSON.")

  @OptionGroup var target: StudioBlockOptions

  func run() throws {
    try target.show { try await $0.get("/api/\($0.id)/dsp/\($1)/features/importance") }
  }
}

struct StudioPerformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "performance", abstract: "Print Studio's latency and memory of a block on each processor, as JSON.")

  @OptionGroup var target: StudioBlockOptions

  func run() throws {
    try target.show { try await $0.get("/api/\($0.id)/dsp/\($1)/performance") }
  }
}

struct StudioAutotune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "autotune", abstract: "Print what the autotuner of a block suggests, as JSON.",
    discussion: "With --start the autotuner runs first; the command waits for it and shows its log on standard error.")

  @OptionGroup var target: StudioBlockOptions

  @Flag(help: "Run the autotuner first.")
  var start = false

  @Flag(help: "With --start: say what would run, and run nothing.")
  var dryRun = false

  func validate() throws {
    if dryRun && !start { throw ValidationError("--dry-run needs --start.") }
  }

  func run() throws {
    if dryRun { return try Terminal.write("would run the autotuner of block \(target.block)\n") }
    let start = start
    try target.show { project, block in
      if start {
        let request = Studio.AutotuneDSPRequest(dspId: block)
        let job = try await project.client.autotune(project: project.id, request).id
        try await project.finish(job: job)
      }
      return try await project.get("/api/\(project.id)/dsp/\(block)/get-autotuner-results")
    }
  }
}

struct StudioClear: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Remove the features that Studio has generated for a block.")

  @OptionGroup var target: StudioBlockOptions

  @Flag(name: .shortAndLong, help: "Do not ask. Needed where there is no terminal.")
  var yes = false

  @Flag(help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  func run() throws {
    if dryRun { return try Terminal.write("would remove the features of block \(target.block)\n") }
    let interruption = Interruption("interrupted")
    defer { withExtendedLifetime(interruption) {} }
    let block = target.block
    try StudioConfirmation.ask("Remove the features of block \(block) from Studio", isGiven: yes)
    try target.studio.run { project in
      _ = try await project.client.clearDSPBlock(project: project.id, block: block)
    }
    try Terminal.write("removed the features of block \(block)\n")
  }
}

struct StudioProfile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Profile a custom block, and print the block's performance as JSON.",
    discussion: "Starts a job in Studio, waits for it, and shows its log on standard error.")

  @OptionGroup var target: StudioBlockOptions

  @Option(help: "Parameters: a JSON object, or a file that holds one. Default: none.")
  var params: String?

  @Flag(help: "Say what would run, and run nothing.")
  var dryRun = false

  func run() throws {
    let parameters = try ParameterFile.read(params).mapValues(\.studioText)
    if dryRun { return try Terminal.write("would profile block \(target.block)\n") }
    try target.show { project, block in
      let client = project.client
      let job = try await client.profileCustomBlock(project: project.id, block: block, parameters: parameters).id
      try await project.finish(job: job)
      return try await project.get("/api/\(project.id)/dsp/\(block)/performance")
    }
  }
}
