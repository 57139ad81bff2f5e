import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation

struct DatasetScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Read a dataset to its last row and tell what is in it and what is wrong.",
    discussion: """
      Every recording is read and checked; nothing is written. The report has recordings, duration and windows by \
      category and label, then the recordings with format, rows, axes and rate, then all problems at once:
        error    generate would stop at it (exit code 65)
        warning  a recording is missing or gives no window
        notice   nothing is lost, but it may not be what was meant

      With an impulse, the report says how many windows each label gets, how large the features will be and about how \
      long generate will take, before anything is computed.

      Example:
        edgedsp dataset scan gestures --impulse impulse.json
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(help: "The impulse file: count windows, and foretell what generate would write.")
  var impulse: String?

  @Option(help: "Which recordings the forecast is for: training, testing or all.")
  var category: Generate.CategoryChoice = .training

  @Option(help: "Only this processing block (id) in the forecast; may be repeated.")
  var block: [Int] = []

  @Option(help: "Recordings that are read at a time. Default: one a core. The report does not depend on it.")
  var threads: Int?

  @Option(help: "Studio's list of samples as JSON: ids, labels, order. Default: samples.json in the dataset.")
  var samples: String?

  @OptionGroup var data: DatasetOptions

  @Flag(help: ResampleWindows.help)
  var resampleWindows = false

  @Flag(help: "List every recording and every problem; otherwise the first of them.")
  var all = false

  @Flag(help: "Print the whole report as JSON, with every recording and every problem.")
  var json = false

  @OptionGroup var files: ReadingFlags

  func validate() throws {
    try ThreadLimit.check(threads)
  }

  private func generator(threads: Int) throws -> FeatureGenerator? {
    guard let impulse else { return nil }
    var options = FeatureGenerator.Options()
    options.category = category.category
    options.blockIDs = block
    options.subset = data.subset
    options.resampling = resampleWindows ? .window : .recording
    options.threads = threads
    return try FeatureGenerator(Impulse(contentsOf: impulse), impulseFile: impulse, options: options)
  }

  func run() throws {
    let started = DispatchTime.now().uptimeNanoseconds
    let threads = threads ?? Machine.usableProcessors
    let scan = DatasetScan(
      try .scan(path: dataset, samplesFile: samples, reading: files.reading, split: data.split),
      generator: try generator(threads: threads))
    let display = DatasetProgress("read")
    let report = scan.run(threads: threads) { progress in
      display.show(
        progress.recordings, of: progress.recordingsTotal,
        detail: ", \(Quantity.bytes(progress.bytes)) of \(Quantity.bytes(progress.bytesTotal))")
    }
    display.finish()
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try Terminal.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n")
    } else {
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
      try Terminal.write(DatasetScanText(report, listsAll: all).text(seconds: seconds))
    }
    if report.errors > 0 { throw ExitCode(Failure.Code.badData) }
  }
}
