import ArgumentParser
import Datasets
import Foundation
import StudioAPI

struct DataUpload: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload",
    abstract: "Upload recordings to the project of the key.",
    discussion: """
      A folder that Studio exported (info.labels) keeps its categories, labels, boxes and metadata. Of any other folder \
      every jpg, png, mp4, avi, wav, cbor, json and csv file is sent. Without --label Studio takes it from the file name.

      A recording that Studio has already is refused, unless --allow-duplicates. Without that flag, uploads that fail \
      on the way are tried again.
      """)

  enum CategoryChoice: String, ExpressibleByArgument, CaseIterable {
    case split, training, testing, anomaly

    var category: Datasets.Category {
      switch self {
      case .split: .split
      case .training: .training
      case .testing: .testing
      case .anomaly: .anomaly
      }
    }
  }

  @Argument(help: "Files and folders.")
  var paths: [String]

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "Part of the dataset: split (Studio decides), training, testing or anomaly.")
  var category: CategoryChoice = .split

  @Option(help: "The label of all recordings.")
  var label: String?

  @Option(help: "Metadata of all recordings: KEY=VALUE; may be repeated.")
  var metadata: [String] = []

  @Flag(help: "Let Studio take recordings that it has already.")
  var allowDuplicates = false

  @Option(help: "Recordings under way at a time.")
  var workers = 8

  @Flag(help: "Show what would be sent, and send nothing.")
  var dryRun = false

  func validate() throws {
    if !(1...64).contains(workers) { throw ValidationError("--workers \(workers): must be from 1 to 64.") }
    for pair in metadata where pair.first == "=" || !pair.contains("=") {
      throw ValidationError("--metadata \(pair): must be KEY=VALUE.")
    }
    if paths.contains("") { throw ValidationError("A path must not be empty.") }
    if studio.project != nil { throw ValidationError("--project: uploads go to the project of the key.") }
  }

  private func samples() throws(StudioError) -> [UploadSample] {
    let pairs = metadata.map { ($0.prefix { $0 != "=" }.description, $0.drop { $0 != "=" }.dropFirst().description) }
    let fields = Dictionary(pairs, uniquingKeysWith: { $1 })
    var samples: [UploadSample] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw StudioError(.notFound, "\(path): expected a file or a folder, found nothing there")
      }
      if isFolder.boolValue {
        samples += try UploadSample.samples(
          inFolder: path, category: category.category, label: label, metadata: fields)
      } else {
        var sample = UploadSample(file: path)
        sample.category = category.category
        sample.label = label
        sample.metadata = fields
        samples.append(sample)
      }
    }
    return samples
  }

  func run() throws {
    let interruption = Interruption("interrupted; recordings sent before are in Studio")
    defer { withExtendedLifetime(interruption) {} }
    let samples = try samples()
    if samples.isEmpty {
      throw StudioError(.notFound, "\(paths.joined(separator: ", ")): expected recordings, found none")
    }
    if dryRun {
      var table = TextTable(["file", "category", "label"])
      for sample in samples {
        table.rows.append([sample.fileName, sample.category.rawValue, sample.label ?? ""].map(Terminal.line))
      }
      return try Terminal.write(table.text + "\nwould upload \(DataTable.count(samples.count))\n")
    }
    let client = try studio.client()
    let progress = DatasetProgress("uploaded")
    defer { progress.finish() }
    let options = UploadOptions(allowsDuplicates: allowDuplicates, workers: workers) { done, total in
      progress.show(done, of: total)
    }
    let report = try StudioTask.run { await client.upload(samples, options: options) }
    progress.finish()
    try Terminal.write("uploaded \(DataTable.count(report.successes.count))\n")
    for failure in report.failures.dropFirst().prefix(29) {
      Terminal.writeError("error: \(Terminal.line("\(failure.fileName): \(failure.error)"))\n")
    }
    if report.failures.count > 30 { Terminal.writeError("… and \(report.failures.count - 30) more like these\n") }
    guard let first = report.failures.first else { return }
    var error = first.error
    error.message = "\(first.fileName): \(error.message)"
    throw error
  }
}
