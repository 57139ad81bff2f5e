import ArgumentParser
import Foundation
import StudioAPI

struct StudioFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Print features that Studio has, as JSON.",
    discussion: """
      With --sample those of every window of a recording, which is what `edgedsp features` computes here. With \
      --category three features of a sample of the windows, as Studio's feature explorer shows them. Without either the \
      names of the features.
      """)

  @OptionGroup var target: StudioBlockOptions

  @Option(help: "A recording (id).")
  var sample: Int?

  @Option(help: "Windows of a part of the dataset: training or testing.")
  var category: StudioDownload.CategoryChoice?

  @Option(help: "With --category: the numbers of three features, from 0.")
  var axes = "0,1,2"

  /// Nil where it is not three numbers.
  private var axisNumbers: (Int, Int, Int)? {
    let numbers = axes.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard numbers.count == 3, axes.count(where: { $0 == "," }) == 2, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    return (numbers[0], numbers[1], numbers[2])
  }

  func validate() throws {
    if sample != nil && category != nil { throw ValidationError("--sample and --category exclude each other.") }
    if axisNumbers == nil { throw ValidationError("--axes \(axes): must be three numbers, such as 0,1,2.") }
  }

  func run() throws {
    if let sample {
      return try target.show {
        try await $0.get("/api/\($0.id)/dsp/\($1)/features/get-graph/classification/\(sample)")
      }
    }
    if let category = category?.category, let axes = axisNumbers {
      return try target.show {
        try await $0.get(
          "/api/\($0.id)/dsp/\($1)/features/get-graph/\(category)",
          query: ["featureAx1": axes.0, "featureAx2": axes.1, "featureAx3": axes.2])
      }
    }
    try target.show { try await $0.get("/api/\($0.id)/dsp/\($1)/features/labels") }
  }
}
