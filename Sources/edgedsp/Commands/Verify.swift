import ArgumentParser
import Datasets
import FeatureGeneration

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an impulse, and what a dataset does to it, before anything is computed or uploaded.",
    discussion: """
      Finds everything that Studio would refuse, all of it at once, and everything that silently damages features: \
      samples that no frame sees, filters next to the edge of the band, audio of another scale, and the like. Says how \
      many features a window has, how much memory `generate` takes, and how long a window takes here.

      With --dataset it reads all recordings: missing axes, other rates, recordings shorter than a window, seconds lost \
      after the last window, values that spoil features, and the same rows in training and testing.

      Exit codes: 0 nothing, or only warnings; 1 warnings, with --strict; 65 recordings that cannot be used; 66 input \
      missing; 78 errors in the impulse.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, github }

  @Option(help: "The impulse file: Studio's impulse, with dspBlockConfigs beside it.")
  var impulse: String

  @Option(help: "A dataset folder whose recordings are checked, too.")
  var dataset: String?

  @Option(help: "Studio's list of samples as JSON. Default: samples.json in the dataset.")
  var samples: String?

  @Flag(help: "Warnings fail too: exit code 1.")
  var strict = false

  @Option(help: "text for people, json for programs, github for annotations in a workflow.")
  var format: Format = .text

  @Flag(help: "The same as --format json.")
  var json = false

  @OptionGroup var files: ReadingFlags

  func validate() throws {
    if samples != nil && dataset == nil { throw ValidationError("--samples needs --dataset.") }
    if json && format == .github { throw ValidationError("--json and --format github exclude each other.") }
  }

  func run() throws {
    let contents = try dataset.map { path in
      try Dataset.scan(path: path, samplesFile: samples, reading: files.reading)
    }
    let report = try Verifier(impulseFile: impulse).verify(dataset: contents)
    let text = VerificationText(report)
    switch json ? .json : format {
    case .text: try Terminal.write(text.text)
    case .json: try Terminal.write(text.json)
    case .github: try Terminal.write(text.annotations(dataset: dataset))
    }
    let code = Self.code(report, strict: strict)
    if code != 0 { throw ExitCode(code) }
  }

  static func code(_ report: VerificationReport, strict: Bool) -> Int32 {
    let errors = report.findings.filter { $0.severity == .error }
    if errors.contains(where: { $0.kind == "configuration" }) { return Failure.Code.configuration }
    if !errors.isEmpty { return Failure.Code.badData }
    return strict && report.count(.warning) > 0 ? 1 : 0
  }
}
