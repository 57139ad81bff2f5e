import ArgumentParser
import Datasets
import Foundation
import ProcessingBlocks
import StudioAPI

struct StudioRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Let Studio run a processing block on one window, and print its answer as JSON.",
    discussion: """
      The window is a slice of a recording in Studio (--sample, and rows from --start on), or a JSON list of values, \
      axes interleaved (--values). Without --params a slice is processed with the block's stored parameters. With \
      --store the parameters become those of the block.
      """)

  @OptionGroup var target: StudioBlockOptions

  @Option(help: "A recording (id).")
  var sample: Int?

  @Option(help: "With --sample: the first row.")
  var start = 0

  @Option(help: "With --sample: the row after the last. Default: one window.")
  var end: Int?

  @Option(help: "A file with a JSON list of values.")
  var values: String?

  @Option(help: "Parameters: a JSON object, or a file that holds one.")
  var params: String?

  @Flag(help: "With --values: ask for graphs.")
  var graphs = false

  @Flag(help: "With --values: ask for latency and memory.")
  var performance = false

  @Flag(help: "With --sample and --params: store the parameters. Asks first.")
  var store = false

  @Flag(name: .shortAndLong, help: "Do not ask. Needed with --store where there is no terminal.")
  var yes = false

  @Flag(help: "With --store: say what would be stored, and send nothing.")
  var dryRun = false

  func validate() throws {
    if (sample == nil) == (values == nil) { throw ValidationError("Give either --sample or --values.") }
    if start < 0 { throw ValidationError("--start \(start): must be 0 or more.") }
    if let end, end <= start { throw ValidationError("--end \(end): must be more than --start.") }
    if sample == nil, end != nil || start != 0 || store {
      throw ValidationError("--start, --end and --store need --sample.")
    }
    if sample != nil, graphs || performance { throw ValidationError("--graphs and --performance need --values.") }
    if store && params == nil { throw ValidationError("--store needs --params.") }
    if dryRun && !store { throw ValidationError("--dry-run needs --store.") }
  }

  func run() throws {
    let parameters = try ParameterFile.read(params).mapValues(\.studioText)
    if let values {
      let numbers = try JSONFile(path: values, acceptsPipes: true).decode([Double].self)
      let (graphs, performance) = (graphs, performance)
      return try target.show { project, block in
        try await project.client.runDSP(
          project: project.id, block: block, on: numbers, parameters: parameters, graphs: graphs,
          performance: performance)
      }
    }
    guard let sample else { return }
    let (start, end, store) = (start, end, store)
    if params == nil {
      return try target.show { project, block in
        try await project.client.runDSPReadOnly(
          project: project.id, block: block, sample: sample, start: start, end: end)
      }
    }
    if dryRun {
      return try Terminal.write("would store \(parameters.count) parameters in block \(target.block)\n")
    }
    if store { try StudioConfirmation.ask("Store the parameters in block \(target.block)", isGiven: yes) }
    try target.show { project, block in
      try await project.client.runDSP(
        project: project.id, block: block, sample: sample, start: start, end: end, parameters: parameters,
        storesParameters: store)
    }
  }
}
