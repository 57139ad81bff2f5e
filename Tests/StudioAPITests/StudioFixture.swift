import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

/// A server and a client that talks to it, on threads that no other test keeps busy.
func withStudio(
  retries: RetryPolicy = RetryPolicy(attempts: 3, firstPause: 0.01), idleTimeout: Double = 10,
  callTimeout: Double = 20, answerLimit: Int = 1 << 24, credential: Credential = .apiKey(Secret("ei_secret")),
  _ handler: @escaping RecordingServer.Handler,
  _ body: (RecordingServer, StudioClient) async throws -> Void
) async throws {
  let server = try RecordingServer(handler)
  defer { server.stop() }
  let configuration = StudioConfiguration(
    credential: credential, endpoint: "\(server.url)/v1/", ingestionEndpoint: "\(server.url)/dropped",
    idleTimeout: idleTimeout, callTimeout: callTimeout, retries: retries, answerLimit: answerLimit)
  try await withTaskExecutorPreference(TestThreads.talking) {
    try await body(server, try StudioClient(configuration))
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

/// A folder that goes away with the test.
func withFolder(_ body: (String) async throws -> Void) async throws {
  let path = NSTemporaryDirectory() + "studio-api-\(UInt64.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try await body(path)
}

/// The examples of Studio's models, with the paths of their fields.
enum ModelExamples {
  struct Entry: Decodable, Sendable {
    var example: JSONValue
    var optional: [String]
    var required: [String]
  }

  static let all: [String: Entry] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Fixtures/studio/models.json")
    guard let data = try? Data(contentsOf: root) else { return [:] }
    return (try? JSONDecoder().decode([String: Entry].self, from: data)) ?? [:]
  }()

  /// An example as the body of an answer.
  static func reply(_ model: String) -> Reply {
    guard let example = all[model]?.example, let data = try? JSONEncoder().encode(example) else {
      return Reply(404, text: "no example of \(model)")
    }
    return Reply(body: data)
  }
}
