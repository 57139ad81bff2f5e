import ArgumentParser
import FeatureGeneration

@main
struct EdgeDSP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edgedsp",
    abstract: "Edge Impulse features, computed offline: the same numbers as Studio, fast.",
    discussion: """
      Reads recordings and an impulse in Studio's own formats and writes X.npy and y.npy in Studio's layout.

      Exit codes: 0 done, 1 differences or `verify --strict` warnings, 64 usage, 65 bad data, 66 input missing, \
      69 Studio cannot be reached, 71 the system has run out of something, 73 output cannot be created, 74 output \
      cannot be written, 77 Studio does not accept the key, 78 bad impulse, parameter or configuration, 130 or 143 \
      interrupted.

      `edgedsp --version` prints the version.

      Example:
        edgedsp generate Fixtures/dataset --impulse Fixtures/impulses/motion.json --output features
      """,
    subcommands: [
      Generate.self, Features.self, DatasetCommand.self, Verify.self, Compare.self, StudioCommand.self,
      DataCommand.self, Serve.self, ServeBlock.self, Block.self, Bench.self,
    ])

  /// Ends with the exit code that belongs to an error, after one line for each thing that is wrong.
  static func main() {
    ProcessSetup.run()
    do {
      // Not the parser's own `version:`, which would take `--version` away from `block run`.
      if CommandLine.arguments.dropFirst() == ["--version"] {
        return try Terminal.write(EdgeDSPVersion.current + "\n")
      }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Interruption.giveWay()
      guard let failure = Failure(error) else { exit(withError: error) }
      Terminal.writeError(failure.lines.map { "error: \($0)\n" }.joined())
      exit(withError: ExitCode(failure.code))
    }
  }
}
