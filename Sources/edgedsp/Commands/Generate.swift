import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import OutputFiles

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Generate the features of a whole dataset.",
    discussion: """
      For each processing block of the impulse a folder <id>-<name> is written into the output folder:
        X.npy          features, float32, one row a window
        y.npy          int32: label number (from 1), sample id, start ms, end ms
        metadata.json  Studio's metadata, and where the features come from
        labels.json    names of the features and of the classes

      The dataset is a folder that Studio exported (info.labels), or one with training/ and testing/. Labels then \
      come from the file names: wave.1.json is a "wave". With a samples.json (Studio's list of samples) ids, \
      labels and order are Studio's.

      A folder is replaced only when the new one is complete; on an error before that the old one stays.
      """)

  enum CategoryChoice: String, ExpressibleByArgument, CaseIterable {
    case training, testing, all

    /// Nil for all.
    var category: Datasets.Category? { Datasets.Category(rawValue: rawValue) }
  }

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(help: "The impulse file: Studio's impulse, with dspBlockConfigs beside it.")
  var impulse: String

  @Option(name: .shortAndLong, help: "Folder for the feature sets; it is created if need be.")
  var output: String

  @Option(help: "Which recordings: training, testing or all.")
  var category: CategoryChoice = .training

  @Option(help: "Only this processing block (id); may be repeated.")
  var block: [Int] = []

  @Flag(help: "Write the unprocessed windows too, as X_raw.npy.")
  var raw = false

  @Option(help: "Worker threads. Default: one a core. The output does not depend on it.")
  var threads: Int?

  @Option(help: "Studio's list of samples as JSON: ids, labels, order. Default: samples.json in the dataset.")
  var samples: String?

  @OptionGroup var data: DatasetOptions

  @Flag(help: ResampleWindows.help)
  var resampleWindows = false

  @Flag(help: "Leave out recordings that cannot be used, list them at the end and exit with 65.")
  var keepGoing = false

  @Flag(help: "Replace feature sets that exist.")
  var overwrite = false

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Flag(help: "Print no progress, no report and no warnings; --json still prints.")
  var quiet = false

  @OptionGroup var files: ReadingFlags

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
    try ThreadLimit.check(threads)
  }

  /// `SOURCE_DATE_EPOCH`, the custom for reproducible output: seconds since 1970. Default: 1970.
  private static var creationDate: Date {
    get throws {
      guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else {
        return Date(timeIntervalSince1970: 0)
      }
      guard let seconds = Int(text), (0..<253_402_300_800).contains(seconds) else {
        throw ValidationError(
          "SOURCE_DATE_EPOCH is \"\(text)\": must be whole seconds since 1970, before the year 10000.")
      }
      return Date(timeIntervalSince1970: TimeInterval(seconds))
    }
  }

  /// With `--keep-going`, wrong entries of label files are left out as wrong recordings are.
  private func readDataset() throws -> Dataset {
    let reading = try files.reading
    if keepGoing {
      let scanned = try Dataset.scan(path: dataset, samplesFile: samples, reading: reading, split: data.split)
      // Where nothing is left, what is wrong is all there is to say.
      if !scanned.entries.isEmpty { return scanned }
    }
    return try .open(path: dataset, samplesFile: samples, reading: reading, split: data.split)
  }

  func run() throws {
    var options = FeatureGenerator.Options()
    options.category = category.category
    options.blockIDs = block
    options.includesRaw = raw
    options.threads = threads ?? options.threads
    options.subset = data.subset
    options.keepsGoing = keepGoing
    options.overwrites = overwrite
    options.resampling = resampleWindows ? .window : .recording
    options.created = try Self.creationDate

    let generator = try FeatureGenerator(
      Impulse(contentsOf: impulse), impulseFile: impulse, options: options)
    let dataset = try readDataset()
    let display = quiet ? nil : ProgressDisplay()
    let report: GenerationReport
    do {
      let interruption = Interruption(late: "interrupted; all feature sets are written")
      defer { withExtendedLifetime(interruption) {} }
      report = try generator.generate(dataset, to: output) { display?.show($0) }
      display?.finish()
    } catch {
      display?.finish()
      throw error
    }
    if json || !quiet {
      let summary = GenerationSummary(report)
      let text = json ? try summary.json : summary.text
      do throws(OutputError) {
        try Terminal.write(text)
      } catch {
        var error = error
        error.reason += "; all feature sets are complete in \(output)"
        throw error
      }
    }
    for skipped in report.skipped { Terminal.writeError("skipped: \(Terminal.line(skipped.reason))\n") }
    if !report.skipped.isEmpty { throw ExitCode(Failure.Code.badData) }
  }
}
