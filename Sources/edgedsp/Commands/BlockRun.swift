import ArgumentParser
import FeatureGeneration
import Foundation
import NumPyFiles
import OutputFiles
import ProcessingBlocks

struct BlockRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a block on one window.",
    discussion: """
      The window is a .npy file of any number type: 1-D with the axes interleaved (x0, y0, z0, x1, …), or 2-D with \
      a row for each sample time and a column for each axis. A picture is 1-D: width, height, then pixels as \
      0xRRGGBB. Features go to standard output as JSON, or to a file: \
      .npy (float32, 1-D) or .json; a file that exists is replaced.

      Values count as they are in the file: a float32 window gives other last digits than the recording, in \
      float64, that it was cut from. Keys of parameters may be spelt with - or _.

      Example:
        edgedsp block run spectral-analysis --frequency 62.5 --axes accX,accY,accZ \\
          --params '{"fft-length": 64, "filter-type": "low"}' window.npy
      """)

  @Argument(help: "The block's name; `edgedsp block list` shows all.")
  var name: String

  @Argument(help: "The window, a .npy file.")
  var input: String

  @Option(help: "Implementation version. Default: the latest.")
  var version: Int?

  @Option(help: "Sampling rate in Hz. Required, but for pictures.")
  var frequency: Double?

  @Option(help: "Names of the axes, separated by commas. Required, but for pictures.")
  var axes: String?

  @Option(
    help: """
      Parameters, as JSON or in a file that holds it: an object of keys and values, Studio's groups of parameters, or \
      what `block show --json` prints. Studio's text values and native ones both work.
      """)
  var params: String?

  @Option(name: .shortAndLong, help: "Write to this file, .npy or .json, instead of printing.")
  var output: String?

  @Option(
    help: """
      Draw what the block does to the window: a picture a graph (.svg, .png), and all of them as Studio's graphs.json, \
      in this folder. It is made if need be; files of the same names are replaced.
      """)
  var graphs: String?

  func validate() throws {
    if let output, !output.hasSuffix(".npy"), !output.hasSuffix(".json") {
      throw ValidationError("--output \(output): must end in .npy or .json.")
    }
    if graphs?.isEmpty == true { throw ValidationError("--graphs must not be empty.") }
    let names = (axes ?? "image").split(separator: ",", omittingEmptySubsequences: false)
    if names.contains("") || Set(names).count < names.count {
      throw ValidationError("--axes \(axes ?? ""): must be names that differ, separated by commas.")
    }
    if let frequency, !(frequency.isFinite && frequency > 0) {
      throw ValidationError("--frequency \(frequency): must be above 0.")
    }
    if BlockRegistry.block(type: name)?.takesImages == false {
      for (option, isMissing) in [("--frequency", frequency == nil), ("--axes", axes == nil)] where isMissing {
        throw ValidationError("Missing expected argument '\(option) <\(option.dropFirst(2))>'")
      }
    }
  }

  func run() throws {
    let block = try BlockRegistry.required(name)
    let axes = (axes ?? "image").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let parameters = try ParameterFile.read(params)
    let array = try NumPyArray(contentsOf: input, limit: min(1 << 27, SignalShape.longestWindow * axes.count + 2))
    let (window, shape) = block.takesImages ? try picture(array) : (array.values, try timeSeries(array, axes: axes))
    let plan = try block.makePlan(parameters, version: version ?? block.versions.upperBound, input: shape)
    if let refusal = plan.refusal(ofWindow: window) { throw ConfigurationError([refusal]) }
    for warning in plan.warnings + plan.warnings(forWindow: window) {
      Terminal.writeError("warning: \(Terminal.line(warning.description))\n")
    }
    let features = plan.features(ofWindow: window)
    if let warning = Self.warning(ofFeatures: features, window: window) {
      Terminal.writeError("warning: \(Terminal.line(warning))\n")
    }
    if let output {
      let file = ReplacedFile(path: output)
      if output.hasSuffix(".npy") {
        try file.write(features, shape: [features.count])
      } else {
        try file.write(describe(features, plan))
      }
    } else {
      try Terminal.write(describe(features, plan))
    }
    if let graphs { try GraphFolder(path: graphs).write(plan.graphs(ofWindow: window)) }
  }

  /// What is wrong with features that are no numbers, why, and what would cure it; nil for sound ones.
  private static func warning(ofFeatures features: [Float], window: [Double]) -> String? {
    let strange = features.count { !$0.isFinite }
    if strange == 0 { return nil }
    let holds = window.allSatisfy(\.isFinite)
    let cause = holds ? "the block's sums of such large values overflow" : "values of the window are NaN or infinite"
    return "\(strange) of \(features.count) features are not finite, and JSON has null for them: \(cause); "
      + (holds ? "scale the recording down" : "repair or leave out the recording")
  }

  private func wrongShape(_ window: NumPyArray, _ expected: String) -> NumPyError {
    NumPyError(
      reason: .malformed, file: input, expected: expected,
      found: "shape (" + window.shape.map(String.init).joined(separator: ", ") + ")")
  }

  /// A picture in Studio's form: width, height, then pixels.
  private func picture(_ array: NumPyArray) throws -> ([Double], SignalShape) {
    guard array.shape.count == 1, array.values.count > 2 else {
      throw wrongShape(array, "one dimension: width, height, then at least one pixel")
    }
    guard let width = Int(exactly: array.values[0]), let height = Int(exactly: array.values[1]) else {
      throw NumPyError(
        reason: .malformed, file: input, expected: "width and height as whole numbers in front",
        found: "\(array.values[0]) and \(array.values[1])")
    }
    let pixels = Array(array.values.dropFirst(2))
    return (pixels, SignalShape(image: ImageSize(width: width, height: height), pixels: pixels.count))
  }

  private func timeSeries(_ window: NumPyArray, axes: [String]) throws -> SignalShape {
    func wrong(_ expected: String) -> NumPyError { wrongShape(window, expected) }
    switch window.shape.count {
    case 1:
      guard window.values.count % axes.count == 0 else {
        throw wrong("a length that the \(axes.count) axes divide")
      }
      if window.values.isEmpty { throw wrong("at least one value") }
    case 2:
      guard window.shape[1] == axes.count else { throw wrong("a column for each of the \(axes.count) axes") }
      if window.values.isEmpty { throw wrong("at least one row") }
    default: throw wrong("one dimension (axes interleaved) or two (rows, axes)")
    }
    return SignalShape(frequency: frequency ?? 1, rows: window.values.count / axes.count, axes: axes)
  }

  private func describe(_ features: [Float], _ plan: any BlockPlan) -> String {
    return "{\"features\":\(JSONText.list(features)),\n\"labels\":\(JSONText.list(plan.featureLabels)),\n"
      + "\"output_config\":\(plan.outputConfiguration.studioJSON),\n\"fft_used\":\(JSONText.list(plan.fftUsed))}\n"
  }
}
