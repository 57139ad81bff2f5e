import ArgumentParser
import Foundation
import OutputFiles
import StudioAPI

struct DataDownload: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download",
    abstract: "Download recordings of a project, all unless told otherwise.",
    discussion: """
      Time series become acquisition files (JSON), pictures, videos and audio files of their kind, tables of features \
      CSV. Files have the names of the recordings; a name that repeats gets the id.
      """)

  @OptionGroup var selection: DataSelection

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(name: .shortAndLong, help: "The folder for the files; it is created if need be.")
  var output: String

  @Option(help: "Recordings under way at a time.")
  var workers = 8

  @Flag(help: "Use a folder that is not empty; files with the names of recordings are replaced.")
  var overwrite = false

  @Flag(help: "Show what would be downloaded, and download nothing.")
  var dryRun = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
    if !(1...64).contains(workers) { throw ValidationError("--workers \(workers): must be from 1 to 64.") }
  }

  func run() throws {
    let interruption = Interruption("interrupted; files that are complete are in place")
    defer { withExtendedLifetime(interruption) {} }
    let (selection, output, workers) = (selection, output, workers)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []
    if !names.isEmpty && !overwrite && !dryRun {
      throw OutputError(kind: .exists, path: output, reason: "is not empty")
    }
    let recordings = try studio.run { try await selection.recordings($0) }
    if dryRun {
      return try Terminal.write(DataTable.text(recordings) + "\nwould download \(DataTable.count(recordings.count))\n")
    }
    try MadeFolders.make(output)
    let progress = DatasetProgress("downloaded")
    defer { progress.finish() }
    let report = try studio.run { project in
      await project.client.downloadSamples(
        project: project.id, ids: recordings.map(\.id), to: output, workers: workers
      ) { done, total in progress.show(done, of: total) }
    }
    progress.finish()
    try Terminal.write("downloaded \(DataTable.count(report.downloads.count)) to \(Terminal.line(output))\n")
    for (id, error) in report.failures.dropFirst() {
      Terminal.writeError("error: \(Terminal.line("sample \(id): \(error)"))\n")
    }
    if let first = report.failures.first { throw first.error }
  }
}
