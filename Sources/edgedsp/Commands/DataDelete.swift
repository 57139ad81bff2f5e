import ArgumentParser
import StudioAPI

struct DataDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete recordings of a project. They are gone for good.",
    discussion: "Shows them and asks first. Without a terminal it needs --yes. Everything goes only with --all.")

  @OptionGroup var selection: DataSelection

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Flag(help: "Delete every recording.")
  var all = false

  @Flag(name: .shortAndLong, help: "Do not ask. Needed where there is no terminal.")
  var yes = false

  @Flag(help: "Show what would be deleted, and delete nothing.")
  var dryRun = false

  func validate() throws {
    if all != selection.isEmpty {
      throw ValidationError(
        all
          ? "--all and a choice exclude each other." : "Say which recordings: ids, --category, --label, --name, --all.")
    }
  }

  func run() throws {
    let interruption = Interruption("interrupted; recordings deleted before are gone")
    defer { withExtendedLifetime(interruption) {} }
    let selection = selection
    let (id, recordings) = try studio.run { ($0.id, try await selection.recordings($0)) }
    try Terminal.write(DataTable.text(recordings, atMost: dryRun ? .max : 20))
    let count = DataTable.count(recordings.count)
    if recordings.isEmpty { return try Terminal.write("\nnothing to delete\n") }
    if dryRun { return try Terminal.write("\nwould delete \(count)\n") }
    try StudioConfirmation.ask("Delete \(count) of project \(id)", isGiven: yes)
    let progress = DatasetProgress("deleted")
    defer { progress.finish() }
    let deleted = try studio.run { project in
      var deleted = 0
      for (index, recording) in recordings.enumerated() {
        if try await project.client.deleteSampleIfPresent(project: project.id, sample: recording.id) { deleted += 1 }
        progress.show(index + 1, of: recordings.count)
      }
      return deleted
    }
    progress.finish()
    try Terminal.write("\ndeleted \(DataTable.count(deleted))\n")
  }
}
