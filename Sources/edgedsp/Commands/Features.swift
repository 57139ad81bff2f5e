import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation

struct Features: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the features of one recording.",
    discussion: """
      Answers what Studio's get-features-for-sample call answers, as JSON: for each window X (the features), y and \
      yLabel, and the sample's id, name and time range. A value that is not finite is null. \
      y counts the labels of the dataset that --labels names; without it the recording's own label is 1.
      """)

  @Argument(help: "The recording: acquisition format, JSON or CBOR.")
  var recording: String

  @Option(help: "The impulse file.")
  var impulse: String

  @Option(help: "The processing block (id). Default: the first one.")
  var block: Int?

  @Option(help: "What the recording shows. Default: from the file name, up to the first dot.")
  var label: String?

  @Option(help: "A labels.json or metadata.json of a generation: y is then the label's number there.")
  var labels: String?

  @Option(help: "Sample id to put in the answer.")
  var id: Int = 1

  func run() throws {
    let impulse = try Impulse(contentsOf: self.impulse)
    var options = FeatureGenerator.Options()
    // One block only: what another needs must not refuse the recording.
    options.blockIDs = [block ?? impulse.blocks.first?.id].compactMap { $0 }
    let generator = try FeatureGenerator(impulse, impulseFile: self.impulse, options: options)
    guard let prepared = generator.blocks.first else { return }
    let fileName = RecordingName.fileName(path: recording)
    let shown = label.map { RecordingLabel.single($0) } ?? RecordingLabel(fileName: fileName)
    let result = try generator.features(ofRecordingAt: recording, block: prepared, label: shown)
    let classes = try labels.map(LabelsFile.read) ?? ClassLabels([shown])
    let data = result.windows.map { window in
      "{\"X\":\(JSONText.list(window.features)),\"y\":\(classes.index(of: window.label)),"
        + "\"yLabel\":\(JSONText.string(window.label ?? "")),\"sample\":{\"id\":\(id),"
        + "\"name\":\(JSONText.string(RecordingName.stem(fileName: fileName))),"
        + "\"startMs\":\(window.startMs),\"endMs\":\(window.endMs)}}"
    }
    try Terminal.write(
      "{\"success\":true,\"totalSampleCount\":\(result.windows.count),\"data\":[\n"
        + data.joined(separator: ",\n") + "\n],\"skipFirstFeatures\":0}\n")
  }
}
