import Foundation
import ProcessingBlocks
import StudioAPI
import Testing

@testable import StudioServer

// Strategy: a block's server on a free port, and requests over real sockets: what the protocol answers must come
// through HTTP unchanged, with its status and type. Then what only HTTP can get wrong: large and too large bodies,
// chunks, other methods, a foreign host name (Studio comes through a tunnel), many requests at once, a taken port.

private func serve<Result: Sendable>(
  _ type: String, prepare: (inout BlockServer.Configuration) -> Void = { _ in },
  _ body: @Sendable @escaping (ServerFixture) async throws -> Result
) async throws -> Result {
  var configuration = BlockServer.Configuration(block: try #require(BlockRegistry.block(type: type)))
  configuration.port = 0
  configuration.threads = 2
  configuration.handlesSignals = false
  prepare(&configuration)
  let server = BlockServer(configuration: configuration)
  let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
  let task = Task {
    defer { continuation.finish() }
    try await server.run { continuation.yield($0) }
  }
  defer { task.cancel() }
  var iterator = ports.makeAsyncIterator()
  guard let port = await iterator.next() else {
    try await task.value
    throw ServerError("the server ended before it started")
  }
  let result = try await body(ServerFixture(port: port, dataset: "", impulse: ""))
  task.cancel()
  try await task.value
  return result
}

private let rawWindow = #"{"features":[1,2,3],"axes":["x"],"sampling_freq":10,"params":{"scale-axes":2}}"#

struct BlockServerTests {
  @Test func answersComeThroughHTTP() async throws {
    let block = try #require(BlockRegistry.block(type: "raw"))
    try await serve("raw") { server in
      let service = BlockProtocol(block: block)
      for path in ["/", "/parameters", "/nothing", "/run", "/parameters/"] {
        let answer = try await server.call("GET", path)
        let expected = service.get(path: path)
        #expect(answer.status == expected.status, "\(path)")
        #expect(Array(answer.body) == expected.body, "\(path)")
        #expect(answer.headers["content-type"] == expected.contentType, "\(path)")
      }
      let run = try await server.post("/run?x=1", rawWindow)
      #expect(run.status == 200)
      #expect(run.json?["features"] == .array([.integer(2), .integer(4), .integer(6)]))
      #expect(try await server.post("/", rawWindow).status == 404)
      #expect(try await server.post("/run/", rawWindow).status == 404)
    }
  }

  @Test func errorsAreAnswersOfStatus200() async throws {
    try await serve("raw") { server in
      let answer = try await server.post("/batch", rawWindow)
      #expect(answer.status == 200)
      #expect(answer.json?["success"] == .bool(false))
      #expect(answer.error == "features: expected lists of numbers, found a list of numbers")
      let empty = try await server.call("POST", "/run")
      #expect(empty.status == 200 && empty.error?.isEmpty == false)
      #expect(try await server.call("PUT", "/run", body: Data(rawWindow.utf8)).status == 404)
    }
  }

  @Test func aTunnelsNameIsWelcome() async throws {
    try await serve("raw") { server in
      let headers = [("Host", "abc.ngrok.app"), ("x-ei-project-id", "7"), ("x-ei-sample-id", "9")]
      #expect(try await server.call("GET", "/parameters", headers: headers).status == 200)
      let run = try await server.call("POST", "/run", headers: headers, body: Data(rawWindow.utf8))
      #expect(run.json?["success"] == .bool(true))
    }
  }

  @Test func bodiesHaveALimit() async throws {
    let fits = rawWindow + String(repeating: " ", count: 100_000 - rawWindow.utf8.count)
    let chunk = "f000\r\n" + String(repeating: " ", count: 0xF000) + "\r\n"
    let head = "POST /run HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    try await serve("raw", prepare: { $0.bodyBytes = 100_000 }) { server in
      let largest = try await server.post("/run", fits)
      #expect(largest.json?["success"] == .bool(true))
      let tooLarge = try await server.post("/run", fits + " ")
      #expect(tooLarge.status == 413)
      let chunked = try await server.send(Data((head + chunk + chunk + chunk + "0\r\n\r\n").utf8))
      #expect(chunked.status == 413)
    }
  }

  @Test func chunkedBodiesAreRead() async throws {
    let head = "POST /run HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    let chunks = rawWindow.map { "1\r\n\($0)\r\n" }.joined()
    let request = Data((head + chunks + "0\r\n\r\n").utf8)
    try await serve("raw") { server in
      let answer = try await server.send(request)
      #expect(answer.json?["success"] == .bool(true))
    }
  }

  @Test func manyRequestsAtOnceAreAnswered() async throws {
    try await serve("flatten") { server in
      try await withThrowingTaskGroup(of: Double?.self) { group in
        for value in 0..<40 {
          group.addTask {
            let values = (0..<200).map { _ in "\(value)" }.joined(separator: ",")
            let answer = try await server.post(
              "/run", "{\"features\":[\(values)],\"axes\":[\"x\"],\"sampling_freq\":10,\"params\":{}}")
            guard case .array(let features)? = answer.json?["features"], case .integer(let mean)? = features.first
            else { return nil }
            return Double(mean) - Double(value)
          }
        }
        for try await difference in group { #expect(difference == 0) }
      }
    }
  }

  @Test func aTakenPortIsAnError() async throws {
    try await serve("raw") { server in
      var configuration = BlockServer.Configuration(block: try #require(BlockRegistry.block(type: "raw")))
      configuration.port = server.port
      configuration.handlesSignals = false
      let second = BlockServer(configuration: configuration)
      let error = await #expect(throws: ServerError.self) { try await second.run() }
      #expect(error?.kind == .address)
    }
  }
}
