import ArgumentParser
import FeatureGeneration
import Foundation
import OutputFiles
import StudioAPI

struct StudioPull: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Write a project's impulse and its list of samples to files.",
    discussion: """
      The impulse file is what `generate --impulse` reads: Studio's answer as it came, with the parameters of each \
      processing block beside it. samples.json is what `generate --samples` reads.

      Example:
        edgedsp studio pull --project 7 --impulse impulse.json
      """)

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "The impulse file to write.")
  var impulse: String

  @Option(help: "The list of samples to write. Default: samples.json beside the impulse file.")
  var samples: String?

  @Flag(help: "Write parameters in Studio's groups, with titles and help, instead of as a map.")
  var groups = false

  @Flag(help: "Replace files that exist and differ.")
  var overwrite = false

  @Flag(help: "Say what would be written, and write nothing.")
  var dryRun = false

  func validate() throws {
    if impulse.isEmpty { throw ValidationError("--impulse must not be empty.") }
    if samples == impulse || (samples == nil && Self.beside(impulse) == impulse) {
      throw ValidationError("--samples must be another file than --impulse.")
    }
    if samples?.isEmpty == true { throw ValidationError("--samples must not be empty.") }
  }

  func run() throws {
    let interruption = Interruption()
    defer { withExtendedLifetime(interruption) {} }
    let (content, list) = try studio.run { project in
      (try await StudioImpulse(project), try await project.samples())
    }
    let samples = samples ?? Self.beside(impulse)
    let files = [
      (impulse, try content.file(groups: groups), Self.count(content.blocks.count, "processing block")),
      (samples, try StudioSampleList.text(list), Self.count(list.count, "recording")),
    ]
    // Either both can be written or none is.
    for (path, text, _) in files { try StudioFile.check(path, text, overwrite: overwrite || dryRun) }
    for (path, text, what) in files {
      if !dryRun { try ReplacedFile(path: path).write(text) }
      try Terminal.write("\(dryRun ? "would write" : "wrote") \(Terminal.line(path)): \(what)\n")
    }
    if dryRun { return }
    // Studio's impulse is written whatever it is; what `generate` would refuse is better known now.
    do throws(ImpulseError) {
      _ = try Impulse(contentsOf: impulse)
    } catch {
      for problem in error.problems {
        Terminal.writeError("warning: \(Terminal.line("\(error.file): \(problem)"))\n")
      }
    }
  }

  private static func count(_ count: Int, _ what: String) -> String {
    "\(Quantity.grouped(count)) \(what)\(count == 1 ? "" : "s")"
  }

  private static func beside(_ path: String) -> String {
    (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + "samples.json"
  }
}

/// Studio's list of samples as a file.
enum StudioSampleList {
  static func text(_ samples: [JSONValue]) throws -> String {
    try StudioJSONText.pretty(
      JSONValue.object([
        "success": .bool(true), "samples": .array(samples), "totalCount": .integer(samples.count),
      ]))
  }
}

/// Files that must not be replaced unasked.
enum StudioFile {
  /// - Throws: `OutputError` (`exists`) where a file is there that would change.
  static func check(_ path: String, _ text: String? = nil, overwrite: Bool) throws(OutputError) {
    guard !overwrite, FileManager.default.fileExists(atPath: path) else { return }
    if let text, FileManager.default.contents(atPath: path) == Data(text.utf8) { return }
    throw OutputError(kind: .exists, path: path, reason: "exists already")
  }
}
