import ArgumentParser
import Foundation
import StudioAPI

struct StudioGenerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Let Studio generate the features of a block, and show its log.",
    discussion: """
      Starts the job in Studio and waits for its end. The features that Studio has for the block are replaced, so it asks \
      first. An interrupt ends the waiting and not the job.

      Exit codes: 0 the job has succeeded, 65 it has failed or was refused.

      Example:
        edgedsp studio generate --project 7 --block 2 --yes && edgedsp studio check --project 7
      """)

  @OptionGroup var target: StudioBlockOptions

  @Flag(help: "Calculate how important each feature is, too.")
  var importance = false

  @Flag(help: "Leave out the feature explorer, which takes long for many windows.")
  var skipExplorer = false

  @Flag(name: .shortAndLong, help: "Do not ask. Needed where there is no terminal.")
  var yes = false

  @Flag(help: "Show no log.")
  var quiet = false

  @Flag(help: "Say what would run, and run nothing.")
  var dryRun = false

  func run() throws {
    if dryRun { return try Terminal.write("would generate the features of block \(target.block)\n") }
    let interruption = Interruption("interrupted; a job that was started runs on in Studio")
    defer { withExtendedLifetime(interruption) {} }
    try StudioConfirmation.ask("Replace the features of block \(target.block) in Studio", isGiven: yes)
    let request = Studio.GenerateFeaturesRequest(
      dspId: target.block, calculateFeatureImportance: importance ? true : nil,
      skipFeatureExplorer: skipExplorer ? true : nil)
    let log = quiet ? nil : StudioLog { try Terminal.write($0) }
    let job = try target.studio.run { project in
      let id = try await project.client.generateFeatures(project: project.id, request).id
      return try await project.client.followJob(project: project.id, job: id) { try log?.take($0.data) }
    }
    try log?.finish()
    guard job.finishedSuccessful == true else { throw StudioError(.refused, "job \(job.id) failed") }
    try Terminal.write("generated the features of block \(target.block) (job \(job.id))\n")
  }
}
