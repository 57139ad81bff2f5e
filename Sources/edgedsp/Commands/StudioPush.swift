import ArgumentParser
import FeatureGeneration
import Foundation
import StudioAPI

struct StudioPush: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Set the parameters of a project's processing blocks to those of an impulse file.",
    discussion: """
      Verifies the file first, as `verify` does, and sends nothing where that finds an error. Shows what differs, asks, \
      sets the parameters that differ and no others, reads them back and compares. Windows, axes and blocks are not \
      changed: Studio would drop features and models with them.
      """)

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "The impulse file.")
  var impulse: String

  @Flag(name: .shortAndLong, help: "Do not ask. Needed where there is no terminal.")
  var yes = false

  @Flag(help: "Verify and show what would be set, and set nothing.")
  var dryRun = false

  func run() throws {
    let interruption = Interruption("interrupted; what was set before stays set")
    defer { withExtendedLifetime(interruption) {} }
    try verify()
    let local = try StudioLocalImpulse(impulse)
    let difference = local.difference(try studio.run { try await StudioImpulse($0) })
    try Terminal.write(difference.text(all: false))
    for field in difference.impulse {
      let line = "\(field.place) is not pushed: \(field.local) here, \(field.studio) in Studio"
      Terminal.writeError("warning: \(Terminal.line(line))\n")
    }
    let changes = difference.changes
    for change in changes where change.studio == nil || change.isReadOnly {
      throw StudioError(
        .configuration,
        "block \(change.blockId) (\(change.block)): \(change.parameter) "
          + (change.studio == nil ? "is unknown to Studio" : "cannot be changed in Studio"))
    }
    if changes.isEmpty { return try Terminal.write("nothing to push\n") }
    let count = changes.count == 1 ? "1 parameter" : "\(changes.count) parameters"
    if dryRun { return try Terminal.write("would set \(count)\n") }
    try StudioConfirmation.ask("Set \(count) in Studio", isGiven: yes)
    try studio.run { try await Self.set(changes, $0) }
    try Terminal.write(
      "set \(count), and read back the same; Studio's features stay as they are until it generates them anew\n")
  }

  /// - Throws: `ExitCode` with that of `verify` where there are errors.
  private func verify() throws {
    let report = try Verifier(impulseFile: impulse).verify()
    let code = Verify.code(report, strict: false)
    for finding in report.findings where finding.severity != .notice {
      let place = finding.place.isEmpty ? "" : "\(finding.place): "
      let file = finding.file + (finding.line.map { ":\($0)" } ?? "")
      Terminal.writeError("\(finding.severity.rawValue): \(Terminal.line("\(file): \(place)\(finding.message)"))\n")
    }
    if code != 0 { throw ExitCode(code) }
  }

  private static func set(_ changes: [StudioDifference.Parameter], _ project: StudioProject) async throws {
    for (block, changes) in Dictionary(grouping: changes, by: \.blockId).sorted(by: { $0.key < $1.key }) {
      let values = Dictionary(changes.map { ($0.parameter, $0.local) }, uniquingKeysWith: { $1 })
      try await project.client.setDSPConfiguration(project: project.id, block: block, values)
      let now = try await StudioImpulse.block(project, block, name: "")
      for change in changes {
        let value = now.value(change.parameter)
        if value.map({ StudioDifference.isSame($0, change.local) }) == true { continue }
        throw StudioError(
          .invalidAnswer,
          "block \(block): \(change.parameter) was set to \(change.local) and reads back as \(value ?? "nothing")")
      }
    }
  }
}
