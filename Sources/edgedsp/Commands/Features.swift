import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation

struct Features: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the features of one recording.",
    discussion: """
      Answers what Studio's get-features-for-sample call answers, as JSON: for each window X (the features), y and \
      yLabel, and the sample's id, name and time range. A value that is not finite is null.

      With --dataset, labels, id, name and y are those of the recording in that dataset, as `generate` writes them. \
      Without it the label comes from the file name, and y is 1.
      """)

  @Argument(help: "The recording: acquisition format, JSON or CBOR.")
  var recording: String

  @Option(help: "The impulse file.")
  var impulse: String

  @Option(help: "The processing block (id). Default: the first one.")
  var block: Int?

  @Option(help: "The dataset folder that the recording belongs to.")
  var dataset: String?

  @Option(help: "Studio's list of samples for that dataset. Default: samples.json in it.")
  var samples: String?

  @Option(help: "What the recording shows. Default: from the dataset, or the file name up to the first dot.")
  var label: String?

  @Option(help: "Sample id to put in the answer. Default: from the dataset, or 1.")
  var id: Int?

  @Flag(help: ResampleWindows.help)
  var resampleWindows = false

  /// How the answer calls the recording.
  private struct Identity {
    var id: Int
    var name: String
    var label: RecordingLabel
    var classes: ClassLabels
  }

  func validate() throws {
    if samples != nil && dataset == nil { throw ValidationError("--samples needs --dataset.") }
  }

  func run() throws {
    let impulse = try Impulse(contentsOf: self.impulse)
    var options = FeatureGenerator.Options()
    // One block only: what another needs must not refuse the recording.
    options.blockIDs = [block ?? impulse.blocks.first?.id].compactMap { $0 }
    options.resampling = resampleWindows ? .window : .recording
    let generator = try FeatureGenerator(impulse, impulseFile: self.impulse, options: options)
    guard let prepared = generator.blocks.first else { return }
    let identity = try identity()
    let result = try generator.features(ofRecordingAt: recording, block: prepared, label: identity.label)
    let data = result.windows.map { window in
      "{\"X\":\(JSONText.list(window.features)),\"y\":\(identity.classes.index(of: window.label)),"
        + "\"yLabel\":\(JSONText.string(window.label ?? "")),\"sample\":{\"id\":\(identity.id),"
        + "\"name\":\(JSONText.string(identity.name)),\"startMs\":\(window.startMs),\"endMs\":\(window.endMs)}}"
    }
    try Terminal.write(
      "{\"success\":true,\"totalSampleCount\":\(result.windows.count),\"data\":[\n"
        + data.joined(separator: ",\n") + "\n],\"skipFirstFeatures\":0}\n")
  }

  private func identity() throws -> Identity {
    let fileName = RecordingName.fileName(path: recording)
    guard let dataset else {
      let shown = label.map { RecordingLabel.single($0) } ?? RecordingLabel(fileName: fileName)
      return Identity(
        id: id ?? 1, name: RecordingName.stem(fileName: fileName), label: shown, classes: ClassLabels([shown]))
    }
    let contents = try Dataset.open(path: dataset, samplesFile: samples)
    let place = Self.resolved(recording)
    guard let entry = contents.entries.first(where: { Self.resolved($0.filePath) == place }) else {
      throw DatasetErrors(
        DatasetError(
          file: recording, expected: "a recording of the dataset \(dataset)", found: "none of its recordings",
          kind: .missing))
    }
    let shown = label.map { RecordingLabel.single($0) } ?? entry.label
    return Identity(
      id: id ?? entry.sampleID, name: entry.name, label: shown,
      classes: ClassLabels(contents.entries.map(\.label) + [shown]))
  }

  private static func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
