import ArgumentParser
import Foundation
import OutputFiles
import StudioAPI

struct StudioDownload: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "download",
    abstract: "Download the features of a processing block, as Studio has generated them.",
    discussion: """
      Writes into the output folder what is asked for, or without any of the four flags all but the unprocessed windows:
        X.npy          --data      features
        X_raw.npy      --raw       unprocessed windows
        y.npy          --labels    label number, sample id, start ms, end ms
        metadata.json  --metadata  Studio's metadata

      `compare` reads such a folder. Each file is replaced in one step, when it is complete and checked.
      """)

  enum CategoryChoice: String, ExpressibleByArgument, CaseIterable {
    case training, testing

    var category: Studio.RawDataCategory { self == .training ? .training : .testing }
  }

  @OptionGroup(title: "Studio") var studio: StudioOptions

  @Option(help: "The processing block (id).")
  var block: Int

  @Flag(help: "Download the features.")
  var data = false

  @Flag(help: "Download the unprocessed windows.")
  var raw = false

  @Flag(help: "Download label numbers, sample ids and times.")
  var labels = false

  @Flag(help: "Download the metadata.")
  var metadata = false

  @Option(help: "Which recordings: training or testing.")
  var category: CategoryChoice = .training

  @Option(name: .shortAndLong, help: "The folder for the files; it is created if need be.")
  var output: String

  @Flag(help: "Replace files that exist.")
  var overwrite = false

  @Flag(help: "Say what would be written, and download nothing.")
  var dryRun = false

  func validate() throws {
    if block < 1 { throw ValidationError("--block \(block): must be 1 or more.") }
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
  }

  private var parts: [StudioFeatureSet.Part] {
    let chosen: [(Bool, StudioFeatureSet.Part)] = [
      (data, .features), (raw, .raw), (labels, .labels), (metadata, .metadata),
    ]
    let parts = chosen.filter(\.0).map(\.1)
    return parts.isEmpty ? [.features, .labels, .metadata] : parts
  }

  func run() throws {
    let interruption = Interruption("interrupted; files that are complete are in place")
    defer { withExtendedLifetime(interruption) {} }
    let (parts, block, category, output) = (parts, block, category.category, output)
    for part in parts { try StudioFile.check("\(output)/\(part.rawValue)", overwrite: overwrite) }
    if dryRun {
      for part in parts { try Terminal.write("would write \(Terminal.line("\(output)/\(part.rawValue)"))\n") }
      return
    }
    try MadeFolders.make(output)
    let sizes = try studio.run { project in
      try await StudioFeatureSet(project: project, block: block, category: category).download(parts, to: output)
    }
    for (part, size) in zip(parts, sizes) {
      try Terminal.write("wrote \(Terminal.line("\(output)/\(part.rawValue)")): \(Quantity.bytes(size))\n")
    }
  }
}

/// A block's features in Studio.
struct StudioFeatureSet: Sendable {
  /// A file of the set, by its name.
  enum Part: String, Sendable {
    case features = "X.npy"
    case raw = "X_raw.npy"
    case labels = "y.npy"
    case metadata = "metadata.json"
  }

  let project: StudioProject
  let block: Int
  let category: Studio.RawDataCategory

  /// Downloads files into a folder, which must exist.
  ///
  /// - Returns: the size of each, in bytes.
  func download(_ parts: [Part], to folder: String) async throws -> [Int] {
    var sizes: [Int] = []
    for part in parts { sizes.append(try await download(part, to: "\(folder)/\(part.rawValue)")) }
    return sizes
  }

  /// Writes the names of the features as `labels.json`, for metadata without them; nothing where Studio has none.
  func downloadNames(to path: String) async throws {
    do {
      let names = try await project.client.featureLabels(project: project.id, block: block).labels
      try ReplacedFile(path: path).write(StudioJSONText.pretty(["featureLabels": names]))
    } catch let error as StudioError where error.kind == .refused || error.kind == .notFound {
      return
    }
  }

  private func download(_ part: Part, to path: String) async throws -> Int {
    let (client, id) = (project.client, project.id)
    switch part {
    case .features:
      return try await client.downloadFeatures(project: id, block: block, category: category, to: path).byteCount
    case .raw:
      return try await client.downloadFeatures(project: id, block: block, category: category, raw: true, to: path)
        .byteCount
    case .labels:
      return try await client.downloadLabels(project: id, block: block, category: category, to: path).byteCount
    case .metadata:
      let answer = try await project.get("/api/\(id)/dsp/\(block)/metadata", query: ["category": category])
      let text = try StudioJSONText.pretty(answer)
      try ReplacedFile(path: path).write(text)
      return text.utf8.count
    }
  }
}
