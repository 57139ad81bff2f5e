import Foundation
import StudioAPI
import Synchronization
import Testing

@testable import StudioServer

/// A server on a free port, over a dataset folder of its own, for the time of a test.
struct ServerFixture: Sendable {
  let port: Int
  /// A copy of the fixture dataset.
  let dataset: String
  /// A copy of the fixture impulse.
  let impulse: String

  /// Where the server is.
  var address: String { "http://127.0.0.1:\(port)" }

  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// Starts a server, runs `body`, and ends it.
  ///
  /// - Parameter prepare: changes the settings, and the files before they are read.
  @discardableResult
  static func run<Result: Sendable>(
    prepare: @Sendable (inout StudioServer.Configuration) throws -> Void = { _ in },
    _ body: @Sendable @escaping (ServerFixture) async throws -> Result
  ) async throws -> Result {
    await ServerPlaces.shared.take()
    defer { ServerPlaces.shared.leave() }
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let dataset = folder.appending(path: "dataset")
    let impulse = folder.appending(path: "impulse.json")
    try FileManager.default.copyItem(at: fixtures.appending(path: "dataset"), to: dataset)
    try FileManager.default.copyItem(at: fixtures.appending(path: "impulses/motion.json"), to: impulse)
    var configuration = StudioServer.Configuration(dataset: dataset.path, impulseFile: impulse.path)
    configuration.port = 0
    configuration.handlesSignals = false
    try prepare(&configuration)
    let server = try await StudioServer(configuration: configuration)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let task = Task {
      defer { continuation.finish() }
      try await server.run { continuation.yield($0) }
    }
    do {
      var port: Int?
      for await first in ports {
        port = first
        break
      }
      guard let port else {
        _ = try await task.value
        throw ServerError("the server ended before it started")
      }
      let result = try await body(ServerFixture(port: port, dataset: dataset.path, impulse: impulse.path))
      task.cancel()
      _ = try await task.value
      return result
    } catch {
      task.cancel()
      throw error
    }
  }

  /// Our own client for the server.
  func client(key: String = "test") throws -> StudioClient {
    try StudioClient(
      StudioConfiguration([
        StudioConfiguration.Settings(
          environment: [
            "EI_API_ENDPOINT": "\(address)/v1", "EI_INGESTION_ENDPOINT": address, "EI_API_KEY": key,
          ])
      ]))
  }

  /// An answer as it came.
  struct Answer: Sendable {
    var status: Int
    var headers: [String: String]
    var body: Data

    /// The body as JSON; nil where it is none.
    var json: JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: body) }
    /// `error` of the body.
    var error: String? { json?["error"]?.text }
  }

  /// One request over a connection of its own.
  func call(
    _ method: String, _ path: String, headers: [(String, String)] = [], body: Data? = nil
  ) async throws -> Answer {
    var text = "\(method) \(path) HTTP/1.1\r\nConnection: close\r\n"
    if !headers.contains(where: { $0.0.lowercased() == "host" }) { text += "Host: 127.0.0.1:\(port)\r\n" }
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if let body { text += "Content-Length: \(body.count)\r\n" }
    return try await send(Data((text + "\r\n").utf8) + (body ?? Data()))
  }

  /// A JSON body.
  func post(_ path: String, _ json: String) async throws -> Answer {
    try await call("POST", path, headers: [("Content-Type", "application/json")], body: Data(json.utf8))
  }

  /// Sends bytes as they are and reads until the server closes.
  func send(_ bytes: Data) async throws -> Answer {
    let port = port
    return try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try RawConnection(port: port).exchange(bytes) }) }
      thread.start()
    }
  }
}
