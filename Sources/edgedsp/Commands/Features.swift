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
      Without it the label comes from the file name, and y is 1. Warnings go to standard error.
      """)

  @Argument(help: "The recording: acquisition format (JSON or CBOR), CSV or TXT.")
  var recording: String

  @Option(help: "The impulse file.")
  var impulse: String

  @Option(help: "The processing block (id). Default: the first one.")
  var block: Int?

  @Option(help: "The dataset folder that the recording belongs to.")
  var dataset: String?

  @Option(help: "Studio's list of samples for that dataset. Default: samples.json in it.")
  var samples: String?

  @Option(
    help: """
      What the recording shows. Default: from the dataset, or the letters, digits, blanks, - and _ that the file name \
      begins with.
      """)
  var label: String?

  @Option(help: "Sample id to put in the answer. Default: from the dataset, or 1.")
  var id: Int?

  @Flag(help: ResampleWindows.help)
  var resampleWindows = false

  @Option(
    help: "Which recording of a file that --csv-split-ms or --csv-split-rows cuts, from 1. Default: the only one.")
  var section: Int?

  @OptionGroup var files: ReadingFlags

  /// How the answer calls the recording.
  private struct Identity {
    var id: Int
    var name: String
    var label: RecordingLabel
    var classes: ClassLabels
  }

  func validate() throws {
    if let section, section < 1 { throw ValidationError("--section \(section): must be 1 or more.") }
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
    let part = try part()
    let identity = try identity(part)
    let result = try generator.features(
      ofRecordingAt: recording, block: prepared, label: identity.label, reading: part.reading)
    for warning in result.warnings { Terminal.writeError("warning: \(Terminal.line(warning))\n") }
    let data = result.windows.map { window in
      "{\"X\":\(JSONText.list(window.features)),\"y\":\(identity.classes.index(of: window.label)),"
        + "\"yLabel\":\(JSONText.string(window.label ?? "")),\"sample\":{\"id\":\(identity.id),"
        + "\"name\":\(JSONText.string(identity.name)),\"startMs\":\(window.startMs),\"endMs\":\(window.endMs)}}"
    }
    try Terminal.write(
      "{\"success\":true,\"totalSampleCount\":\(result.windows.count),\"data\":[\n"
        + data.joined(separator: ",\n") + "\n],\"skipFirstFeatures\":0}\n")
  }

  /// The recording in its file.
  private struct Part {
    var reading: ReadingOptions
    /// What the file itself says it shows.
    var label: RecordingLabel?
    /// Behind the recording's name.
    var suffix = ""
  }

  /// Looks into the file where the options cut it or name a column of labels.
  private func part() throws -> Part {
    var part = Part(reading: try files.reading)
    let options = part.reading.table
    if options.split == nil && options.labelColumn == nil {
      if let section, section > 1 { throw noSection(section, of: 1) }
      return part
    }
    let reader = try RecordingFile.open(path: recording, displayName: recording, options: part.reading)
    let sections = reader.sections
    guard sections.count > 1 else {
      if let section, section > 1 { throw noSection(section, of: 1) }
      part.label = reader.label
      return part
    }
    guard let section else {
      throw ValidationError("\(recording) holds \(sections.count) recordings: choose one with --section.")
    }
    guard section <= sections.count else { throw noSection(section, of: sections.count) }
    part.reading.section = sections[section - 1]
    part.label = sections[section - 1].label
    part.suffix = sections[section - 1].suffix
    return part
  }

  private func noSection(_ section: Int, of count: Int) -> ValidationError {
    ValidationError("--section \(section): \(recording) holds \(count == 1 ? "one recording" : "\(count) recordings").")
  }

  private func identity(_ part: Part) throws -> Identity {
    let fileName = RecordingName.fileName(path: recording)
    guard let dataset else {
      let shown = label.map { RecordingLabel.single($0) } ?? part.label ?? RecordingLabel(fileName: fileName)
      return Identity(
        id: id ?? 1, name: RecordingName.stem(fileName: fileName) + part.suffix, label: shown,
        classes: ClassLabels([shown]))
    }
    let contents = try Dataset.open(path: dataset, samplesFile: samples, reading: files.reading)
    let place = ByteKey(Self.resolved(recording))
    guard
      let entry = contents.entries.first(where: {
        ByteKey(Self.resolved($0.filePath)) == place
          && $0.reading.section?.number ?? 1 == part.reading.section?.number ?? 1
      })
    else {
      // One that cannot be opened at all has more to say.
      _ = try RecordingFile.open(path: recording, displayName: recording, options: part.reading)
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
