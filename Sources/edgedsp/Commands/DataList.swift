import ArgumentParser
import StudioAPI

struct DataList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List recordings of a project, all unless told otherwise.")

  @OptionGroup var selection: DataSelection

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Flag(help: "Print JSON.")
  var json = false

  private struct Entry: Encodable {
    var id: Int
    var name: String
    var category: String
    var label: String
  }

  func run() throws {
    let interruption = Interruption("interrupted")
    defer { withExtendedLifetime(interruption) {} }
    let selection = selection
    let recordings = try studio.run { try await selection.recordings($0) }
    if json {
      let entries = recordings.map {
        Entry(id: $0.id, name: $0.fileName, category: $0.category.rawValue, label: $0.label)
      }
      return try Terminal.write(StudioJSONText.pretty(entries))
    }
    try Terminal.write(DataTable.text(recordings) + "\n\(DataTable.count(recordings.count))\n")
  }
}
