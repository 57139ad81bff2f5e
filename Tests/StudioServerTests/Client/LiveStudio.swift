import Datasets
import FeatureGeneration
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

/// Our own client and the server that it talks to, for the time of a test.
struct LiveStudio: Sendable {
  let server: ServerFixture
  let client: StudioClient
  /// Id of the one project.
  let project = 1
  /// An empty folder that goes away with the test.
  let scratch: String

  /// Starts a server, runs `body`, and ends it.
  ///
  /// - Parameter prepare: changes the settings, and the files before they are read.
  static func run(
    prepare: @Sendable (inout StudioServer.Configuration) throws -> Void = { _ in },
    _ body: @Sendable @escaping (LiveStudio) async throws -> Void
  ) async throws {
    try await ServerFixture.run(prepare: prepare) { server in
      let scratch = URL(filePath: server.dataset).deletingLastPathComponent().appending(path: "scratch").path
      try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
      try await body(LiveStudio(server: server, client: try server.client(), scratch: scratch))
    }
  }

  /// Runs what waits or computes on a thread of its own: the shared ones carry the server too.
  static func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try body() }) }.start()
    }
  }

  /// The error that a call throws.
  func failure(_ body: () async throws -> Void) async -> StudioError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? StudioError
    }
  }

  /// Generates features and waits for the end.
  @discardableResult
  func generate(_ block: Int, importance: Bool = false) async throws -> Studio.Job {
    let started = try await client.generateFeatures(
      project: project, Studio.GenerateFeaturesRequest(dspId: block, calculateFeatureImportance: importance))
    return try await client.waitForJob(project: project, job: started.id, interval: 0.02)
  }

  // MARK: What must come

  /// The recordings of the folder, as a fresh look at it finds them.
  func dataset() async throws -> Dataset {
    let path = server.dataset
    return try await Self.aside { try Dataset.open(path: path) }
  }

  /// A recording as a fresh look at the folder finds it; nil for one that is not there, or is disabled.
  func entry(_ sample: Int?) async throws -> DatasetEntry? {
    try await dataset().entries.first { $0.sampleID == sample }
  }

  /// A recording with its values, by its own reader.
  func recording(_ sample: Int) async throws -> Recording {
    let path = try #require(try await entry(sample)).filePath
    return try await Self.aside { try Recording(path: path) }
  }

  /// What the engine generates for a block from the same files, without the server.
  func generated(_ block: Int, _ category: Datasets.Category) async throws -> GeneratedFolder {
    let output = "\(scratch)/generated-\(block)-\(category.rawValue)"
    let (dataset, impulse) = (server.dataset, server.impulse)
    let folder = try await Self.aside {
      var options = FeatureGenerator.Options()
      (options.category, options.blockIDs, options.includesRaw) = (category, [block], true)
      options.overwrites = true
      let generator = try FeatureGenerator(Impulse(contentsOf: impulse), impulseFile: impulse, options: options)
      _ = try generator.generate(try Dataset.open(path: dataset), to: output)
      return "\(output)/\(generator.blocks[0].block.folderName)"
    }
    return GeneratedFolder(path: folder)
  }

  /// The windows that the engine makes of a recording, without the server.
  func windows(_ block: Int, _ sample: Int) async throws -> [RecordingFeatures.Window] {
    let entry = try #require(try await entry(sample))
    let impulse = server.impulse
    return try await Self.aside {
      var options = FeatureGenerator.Options()
      options.blockIDs = [block]
      let generator = try FeatureGenerator(Impulse(contentsOf: impulse), impulseFile: impulse, options: options)
      return try generator.features(ofRecordingAt: entry.filePath, block: generator.blocks[0], label: entry.label)
        .windows
    }
  }

  /// An entry of `info.labels`, as it is written; by the path in the dataset.
  func labelEntry(_ path: String) throws -> [String: JSONValue] {
    let data = try Data(contentsOf: URL(filePath: "\(server.dataset)/info.labels"))
    let document = try JSONDecoder().decode(JSONValue.self, from: data)
    return try #require(document.list("files").first { $0["path"] == .string(path) }).fields
  }

  /// The impulse file.
  func impulseFile() throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: server.impulse)))
  }
}

/// A set on disk.
struct GeneratedFolder: Sendable {
  let path: String

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(path)/\(name)")) }
}

/// Nil when two lists are equal, otherwise the first difference. The macros would work out all of them, which takes
/// minutes for large lists.
func firstDifference<List: Collection>(_ found: List, _ wanted: List) -> String? where List.Element: Equatable {
  for (index, (found, wanted)) in zip(found, wanted).enumerated() where found != wanted {
    return "at \(index): \("\(found)".prefix(200)), not \("\(wanted)".prefix(200))"
  }
  return found.count == wanted.count ? nil : "\(found.count) elements, not \(wanted.count)"
}
