import ArgumentParser

struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Look at a dataset before it is used, or write it in another format.",
    subcommands: [DatasetScanCommand.self, DatasetConvertCommand.self])
}
