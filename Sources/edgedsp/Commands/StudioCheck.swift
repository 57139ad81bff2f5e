import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import OutputFiles
import StudioAPI

struct StudioCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Prove that local features equal Studio's: pull, download, generate, compare.",
    discussion: """
      Fetches the impulse and all recordings of a project, generates the features of each processing block here, \
      downloads those that Studio has, and compares them as `compare` does, with a search for the cause of any \
      difference. Nothing in Studio changes.

      The cache holds project-N/ with impulse.json, recordings/ (and samples.json), local/ and studio/. A recording is \
      fetched again only when its content changes.

      Exit codes: 0 equal or within the tolerance, 1 different, 65 Studio has no features.
      """)

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "Only this processing block (id); may be repeated.")
  var block: [Int] = []

  @Option(help: "Which recordings' features: training or testing.")
  var category: StudioDownload.CategoryChoice = .training

  @Option(
    name: [.long, .customLong("impulse-cache")],
    help: "Folder for what is fetched. Default: edgedsp in XDG_CACHE_HOME or ~/.cache.")
  var cache: String?

  @Option(help: "As that of `compare`.")
  var tolerance: Double?

  @Flag(help: "Print the report as JSON.")
  var json = false

  func validate() throws {
    if cache?.isEmpty == true { throw ValidationError("--cache must not be empty.") }
    if let tolerance, !(tolerance.isFinite && tolerance >= 0) {
      throw ValidationError("--tolerance \(tolerance): must be 0 or more.")
    }
  }

  func run() throws {
    let interruption = Interruption("interrupted; recordings that are complete stay in the cache")
    defer { withExtendedLifetime(interruption) {} }
    let (id, content, samples) = try studio.run { project in
      (project.id, try await StudioImpulse(project), try await project.samples())
    }
    let folder = "\(cache ?? Self.defaultCache)/project-\(id)"
    try MadeFolders.make(folder)
    let impulseFile = "\(folder)/impulse.json"
    try ReplacedFile(path: impulseFile).write(content.file(groups: false))
    let impulse = try Impulse(contentsOf: impulseFile)
    var options = FeatureGenerator.Options()
    options.category = category == .training ? .training : .testing
    options.blockIDs = block
    options.overwrites = true
    let generator = try FeatureGenerator(impulse, impulseFile: impulseFile, options: options)

    let recordings = StudioRecordings(folder: "\(folder)/recordings")
    try recordings.update(samples, studio)
    let dataset = try Dataset.open(path: recordings.folder)
    try generate(generator, dataset, to: "\(folder)/local")

    var reports: [Report.Block] = []
    for block in generator.blocks.map(\.block) {
      let fetched = "\(folder)/studio/\(block.folderName)"
      try fetch(block, to: fetched)
      var options = FeatureComparison.Options()
      options.tolerance = tolerance
      options.impulse = impulse
      options.dataset = dataset
      options.blockID = block.id
      let comparison = try FeatureComparison(
        local: FeatureSetFiles(path: "\(folder)/local/\(block.folderName)"), studio: FeatureSetFiles(path: fetched),
        options: options)
      var report = try comparison.run()
      report.rename(recordings: StudioRecordings.names(samples))
      reports.append(Report.Block(blockId: block.id, name: block.name, report: report))
    }
    let report = Report(reports)
    try Terminal.write(json ? StudioJSONText.pretty(report) : report.text)
    if report.verdict == .different { throw ExitCode(1) }
  }

  private static var defaultCache: String {
    StudioOptions.folder("XDG_CACHE_HOME", ".cache", ProcessInfo.processInfo.environment) + "/edgedsp"
  }

  private func generate(_ generator: FeatureGenerator, _ dataset: Dataset, to output: String) throws {
    let display = Terminal.showsProgress ? ProgressDisplay() : nil
    defer { display?.finish() }
    let report = try generator.generate(dataset, to: output) { display?.show($0) }
    display?.finish()
    for warning in report.warnings { Terminal.writeError("warning: \(Terminal.line(warning))\n") }
  }

  private func fetch(_ block: ImpulseBlock, to folder: String) throws {
    try MadeFolders.make(folder)
    let category = category.category
    try studio.run { project in
      let set = StudioFeatureSet(project: project, block: block.id, category: category)
      _ = try await set.download([.metadata, .features, .labels], to: folder)
    }
  }

  /// What was found, block by block.
  private struct Report: Encodable {
    struct Block: Encodable {
      var blockId: Int
      var name: String
      var report: ComparisonReport
    }
    /// The worst one.
    var verdict: ComparisonReport.Verdict
    var blocks: [Block]

    init(_ blocks: [Block]) {
      self.blocks = blocks
      let verdicts = blocks.map(\.report.verdict)
      verdict =
        verdicts.contains(.different)
        ? .different : verdicts.contains(.withinTolerance) ? .withinTolerance : .equal
    }

    var text: String {
      blocks.map { block in
        let text = ComparisonText(block.report)
        let body = block.report.verdict == .different ? text.text : text.headline + "\n"
        return Terminal.line("\(block.blockId) \(block.name)") + ": " + body
      }.joined()
    }
  }
}
