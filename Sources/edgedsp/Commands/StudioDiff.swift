import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import StudioAPI

struct StudioDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show where an impulse file and a project's impulse differ.",
    discussion: """
      Parameter by parameter: the value in the file (or the default where it has none), the one in Studio, and the \
      default. Windows, axes and versions of the impulse are compared where the file names them.

      Exit codes: 0 equal, 1 different.
      """)

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "The impulse file.")
  var impulse: String

  @Flag(help: "Show parameters that are equal, too.")
  var all = false

  @Flag(help: "Print JSON: all parameters, and what differs of the impulse itself.")
  var json = false

  func run() throws {
    let interruption = Interruption("interrupted")
    defer { withExtendedLifetime(interruption) {} }
    let local = try StudioLocalImpulse(impulse)
    let difference = local.difference(try studio.run { try await StudioImpulse($0) })
    try Terminal.write(json ? StudioJSONText.pretty(difference) : difference.text(all: all))
    if difference.isDifferent { throw ExitCode(1) }
  }
}

/// An impulse file, as features see it and as it is written.
struct StudioLocalImpulse: Sendable {
  let impulse: Impulse
  let document: JSONValue

  /// - Throws: `ImpulseError`.
  init(_ path: String) throws {
    impulse = try Impulse(contentsOf: path)
    document = try JSONDecoder().decode(JSONValue.self, from: JSONFile(path: path).data)
  }

  func difference(_ studio: StudioImpulse) -> StudioDifference {
    StudioDifference(local: impulse, document: document, studio: studio)
  }
}
