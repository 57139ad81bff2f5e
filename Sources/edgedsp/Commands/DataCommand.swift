import ArgumentParser
import StudioAPI

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, upload, download and delete recordings of a project in Studio.",
    discussion: "The API key comes from EI_API_KEY or a configuration file; see `edgedsp studio --help`.",
    subcommands: [DataList.self, DataUpload.self, DataDownload.self, DataDelete.self])
}

/// Which recordings of a project.
struct DataSelection: ParsableArguments {
  enum CategoryChoice: String, ExpressibleByArgument, CaseIterable {
    case training, testing, validation
    case postProcessing = "post-processing"
  }

  @Argument(help: "Recordings (ids).")
  var ids: [Int] = []

  @Option(help: "Only this part of the dataset: training, testing, validation or post-processing.")
  var category: CategoryChoice?

  @Option(help: "Only recordings with this label; may be repeated.")
  var label: [String] = []

  @Option(help: "Only recordings with this name, with or without its extension.")
  var name: String?

  @Flag(help: "--name may be anywhere in the name.")
  var contained = false

  func validate() throws {
    if name?.isEmpty == true { throw ValidationError("--name must not be empty.") }
    if contained && name == nil { throw ValidationError("--contained needs --name.") }
  }

  /// Whether nothing is chosen, which means everything.
  var isEmpty: Bool { ids.isEmpty && category == nil && label.isEmpty && name == nil }

  /// - Throws: `StudioError`; `notFound` where an id is not among the recordings that the options leave.
  func recordings(_ project: StudioProject) async throws(StudioError) -> [SampleInfo] {
    let found = try await project.client.sampleIDs(
      project: project.id, fileName: name, match: contained ? .contained : .exact,
      category: category.map { Studio.RawDataCategory(rawValue: $0.rawValue) }, labels: label.isEmpty ? nil : label)
    if ids.isEmpty { return found }
    let wanted = Set(ids)
    if let missing = wanted.subtracting(found.map(\.id)).sorted().first {
      throw StudioError(.notFound, "project \(project.id) has no such recording with the id \(missing)")
    }
    return found.filter { wanted.contains($0.id) }
  }
}

/// Recordings as text.
enum DataTable {
  static func text(_ recordings: [SampleInfo], atMost limit: Int = .max) -> String {
    var table = TextTable(["name", "id", "category", "label"])
    for recording in recordings.prefix(limit) {
      table.rows.append(
        [recording.fileName, "\(recording.id)", recording.category.rawValue, recording.label].map(Terminal.line))
    }
    let rest = recordings.count - limit
    return table.text + (rest > 0 ? "… and \(Quantity.grouped(rest)) more\n" : "")
  }

  /// `1 recording`.
  static func count(_ count: Int) -> String { "\(Quantity.grouped(count)) recording\(count == 1 ? "" : "s")" }
}
