import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import OutputFiles

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare local features with Studio's.",
    discussion: """
      Each set is a folder with X.npy (and y.npy, metadata.json, labels.json), or an .npy file of features with its y \
      beside it: y_train.npy for x_train.npy, else y.npy. Or it is fetched: studio:7/2 is what Studio has for block 2 \
      of project 7, and studio:2 that of the project of --project or of the key, which comes from EI_API_KEY as for \
      `studio`. Fetched files are kept in the folder for temporary files (TMPDIR) as long as the command runs.

      Windows are paired by sample id and start, or by order; features by name, or by order.

      With --impulse and --dataset, a sample of windows is computed again in other ways, to find out which setting \
      makes the difference.

      Example:
        edgedsp compare features/2-raw studio:7/2

      Exit codes: 0 equal or within the tolerance, 1 different, 65 bad data, 66 input missing, 69 Studio cannot be \
      reached, 77 the key is not accepted, 78 bad impulse.
      """)

  @Argument(help: "The local feature set, or a block in Studio.")
  var local: String

  @Argument(help: "Studio's feature set, or a block in Studio.")
  var studio: String

  @Option(help: "The local y, where it does not lie beside its X.")
  var localY: String?

  @Option(help: "Studio's y, where it does not lie beside its X.")
  var studioY: String?

  @Option(help: "Which windows to fetch from Studio: training or testing.")
  var category: StudioDownload.CategoryChoice = .training

  @Option(
    help: """
      Values pass where |local - studio| is at most this times (1 + |studio|). Default: that of the block's golden \
      cases (1e-4 spectral analysis, 5e-4 MFCC, else 1e-6 or 1e-7).
      """)
  var tolerance: Double?

  @Option(help: "The impulse that the local set was made with, to test causes.")
  var impulse: String?

  @Option(help: "The recordings, to test causes.")
  var dataset: String?

  @Option(help: "Studio's list of samples as JSON. Default: samples.json in the dataset.")
  var samples: String?

  @Option(help: "The processing block (id) that the sets are from, where the local set does not say.")
  var block: Int?

  @Option(help: "Write the report as a web page, too; a file that exists is replaced.")
  var html: String?

  @Flag(help: "Print the report as JSON.")
  var json = false

  @OptionGroup(title: "Studio, for studio: sets") var connection: StudioOptions

  func validate() throws {
    if let tolerance, !(tolerance.isFinite && tolerance >= 0) {
      throw ValidationError("--tolerance \(tolerance): must be 0 or more.")
    }
    if (impulse == nil) != (dataset == nil) {
      throw ValidationError("--impulse and --dataset go together: causes are tested with both.")
    }
    if samples != nil && dataset == nil { throw ValidationError("--samples needs --dataset.") }
    if html?.isEmpty == true { throw ValidationError("--html must not be empty.") }
    for (set, y, flag) in [(local, localY, "--local-y"), (studio, studioY, "--studio-y")] {
      if try ComparedSource(set).isStudio, y != nil {
        throw ValidationError("\(flag): \(set) is fetched with its y.")
      }
    }
  }

  func run() throws {
    var options = FeatureComparison.Options()
    options.tolerance = tolerance
    options.blockID = block
    options.impulse = try impulse.map { path in try Impulse(contentsOf: path) }
    options.dataset = try dataset.map { path in try Dataset.open(path: path, samplesFile: samples) }
    if let block, let impulse = options.impulse, !impulse.blocks.contains(where: { $0.id == block }) {
      throw ValidationError(
        "--block \(block): the impulse has blocks \(impulse.blocks.map { "\($0.id)" }.joined(separator: ", ")).")
    }
    let report = try compare(options)
    let text = ComparisonText(report)
    if let html { try ReplacedFile(path: html).write(ComparisonPage(report).html) }
    try Terminal.write(json ? text.json : text.text)
    if report.verdict == .different { throw ExitCode(1) }
  }

  private func compare(_ options: FeatureComparison.Options) throws -> ComparisonReport {
    let sources = (local: try ComparedSource(local), studio: try ComparedSource(studio))
    let interruption =
      sources.local.isStudio || sources.studio.isStudio ? Interruption("interrupted; what was fetched is removed") : nil
    defer { withExtendedLifetime(interruption) {} }
    let local = try ComparedFiles(sources.local, y: localY, category: category.category, studio: connection)
    defer { local.discard() }
    let studio = try ComparedFiles(sources.studio, y: studioY, category: category.category, studio: connection)
    defer { studio.discard() }
    do {
      var report = try FeatureComparison(local: local.files, studio: studio.files, options: options).run()
      report.rename(local: local, studio: studio)
      return report
    } catch {
      throw local.error(error) ?? studio.error(error) ?? error
    }
  }
}
