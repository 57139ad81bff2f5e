// What the gate counts, and what handlers learn of connections that break. The service runs with routes of the test's
// own: an answer larger than the system keeps for a connection, a handler that fails, one that reads a body piece by
// piece. A place that is not given back would show as 503 for ever; one that is given back early, as 200.
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import StudioServer

@Suite(.serialized) struct GateTests {
  private struct Fault: Error {}

  private static let large = 32 << 20

  private static func run(
    _ prepare: (inout StudioServer.Limits) -> Void = { _ in },
    _ body: @Sendable @escaping (ServerFixture) async throws -> Void
  ) async throws {
    var limits = StudioServer.Limits()
    limits.concurrentRequests = 1
    prepare(&limits)
    try await ServiceFixture.run(limits: limits) { router in
      router.get("large") { _, _ in
        Response(status: .ok, body: .init(byteBuffer: ByteBuffer(repeating: 0x20, count: large)))
      }
      router.get("pieces") { _, _ in
        Response(
          status: .ok,
          body: .init(contentLength: large) { writer in
            for _ in 0..<(large >> 20) { try await writer.write(ByteBuffer(repeating: 0x20, count: 1 << 20)) }
            try await writer.finish(nil)
          })
      }
      router.get("fault") { _, _ -> Response in throw Fault() }
      router.get("small") { _, _ in Answer.json(Data("{}".utf8)) }
    } _: {
      try await body($0)
    }
  }

  /// Asks until the gate is open again.
  private static func waitForOpening(_ server: ServerFixture) async throws {
    for _ in 0..<500 {
      if try await server.call("GET", "/small").status == 200 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the gate stays closed")
  }

  private static func ask(
    _ server: ServerFixture, _ path: String, fields: String = "Connection: close\r\n"
  ) async throws -> RawConnection {
    let connection = try RawConnection(port: server.port, receiveBuffer: 1 << 14)
    connection.send(Data("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n".utf8))
    _ = try await connection.receive(until: "\r\n\r\n")
    return connection
  }

  @Test(arguments: ["/large", "/pieces"])
  func answersCountUntilTheyAreSent(path: String) async throws {
    try await Self.run { server in
      let connection = try await Self.ask(server, path)
      // The head has come, the rest is not taken.
      try await Task.sleep(for: .milliseconds(200))
      for _ in 0..<5 {
        let refused = try await server.call("GET", "/small")
        #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
      }
      let body = try await connection.everything()
      #expect(body.count == Self.large)
      try await Self.waitForOpening(server)
    }
  }

  @Test(
    arguments: ["/large", "/pieces"],
    ["", "GET /small HTTP/1.1\r\nHost: h\r\n\r\n", "nonsense\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\n", slowBody])
  func clientsThatTakeNothingGiveTheirPlaceBack(path: String, meanwhile: String) async throws {
    try await Self.run {
      $0.bodySeconds = 0.5
    } _: { server in
      let connection = try await Self.ask(server, path, fields: "")
      // Until the system takes no more of the answer. Sooner, what follows would be an easier case.
      try await Task.sleep(for: .milliseconds(200))
      connection.send(Data(meanwhile.utf8))
      try await Self.waitForOpening(server)
      let got = try await connection.everything()
      #expect(got.count < Self.large)
    }
  }

  private static let slowBody =
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + String(repeating: "b", count: 10)

  @Test func anAnswerMayTakeLongerThanTheRestBetweenRequests() async throws {
    try await Self.run {
      $0.idleSeconds = 0.1
    } _: { server in
      let connection = try await Self.ask(server, "/large", fields: "")
      try await Task.sleep(for: .milliseconds(300))
      // The whole answer, and then the end of the rest.
      let got = try await connection.everything()
      #expect(got.prefix(Self.large).allSatisfy { $0 == 0x20 })
      #expect(RawConnection.parse(got.dropFirst(Self.large)).status == 408, "\(got.count) of \(Self.large) bytes")
    }
  }

  @Test(arguments: ["/large", "/pieces"])
  func clientsThatGoAwayGiveTheirPlaceBack(path: String) async throws {
    try await Self.run { server in
      for _ in 0..<3 {
        var connection: RawConnection? = try await Self.ask(server, path)
        _ = connection
        connection = nil
        try await Self.waitForOpening(server)
      }
    }
  }

  @Test func unexpectedErrorsAreAnswersAndGiveTheirPlaceBack() async throws {
    try await Self.run { server in
      for _ in 0..<3 {
        let answer = try await server.call("GET", "/fault")
        #expect(answer.status == 500 && answer.json?["success"] == .bool(false))
        #expect(answer.error?.contains("Fault") == true)
      }
      try await Self.waitForOpening(server)
    }
  }

  @Test(arguments: [
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n01234",
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n",
  ])
  func aBodyThatBreaksOffIsNoBody(text: String) async throws {
    var limits = StudioServer.Limits()
    limits.bodySeconds = 0.3
    let ends = Ends()
    try await ServiceFixture.run(limits: limits) { router in
      router.post("/") { request, _ in
        do {
          for try await _ in request.body {}
          ends.add("whole")
        } catch {
          ends.add("\(type(of: error))")
          throw error
        }
        return Answer.json(Data("{}".utf8))
      }
    } _: { server in
      // Too slow, and the rest comes while the connection is being ended.
      let slow = try RawConnection(port: server.port)
      slow.send(Data(text.utf8))
      let told = try await slow.receive(until: "}")
      #expect(RawConnection.parse(told).status == 408)
      slow.send(Data(text.contains("chunked") ? "5\r\n56789\r\n0\r\n\r\n".utf8 : "56789".utf8))
      _ = try await slow.everything()
      // Half closed.
      let half = try RawConnection(port: server.port)
      half.send(Data(text.utf8))
      half.finishSending()
      let answer = RawConnection.parse(try await half.everything())
      #expect(answer.status == 400 && answer.error?.contains("ended") == true)
      // Gone.
      var gone: RawConnection? = try RawConnection(port: server.port)
      gone?.send(Data(text.utf8))
      try await Task.sleep(for: .milliseconds(50))
      gone = nil
      for _ in 0..<200 where ends.all.count < 3 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(ends.all == ["BodyFault", "BodyFault", "BodyFault"])
    }
  }

  @Test func longJSONIsTakenApartOnAThreadOfItsOwn() async throws {
    let (engine, ends) = (Engine(threads: 1), Ends())
    defer { engine.stop() }
    @Sendable func decode(_ text: String) async throws -> [Int] {
      let request = Request(
        head: HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/"),
        body: RequestBody(buffer: ByteBuffer(string: text)))
      let limits = StudioServer.Limits()
      let call = Call(request: request, parameters: Parameters(), slot: nil, limits: limits, engine: engine)
      return try await call.json([Int].self)
    }
    // While the thread for bodies is held, a long one waits, and a short one does not.
    let held = DispatchSemaphore(value: 0)
    async let holding: Void = engine.takeApart { held.wait() }
    let long = Task {
      let values = try await decode("[1\(String(repeating: " ", count: 100_000))]")
      ends.add("long")
      return values
    }
    #expect(try await decode("[2]") == [2])
    try await Task.sleep(for: .milliseconds(200))
    #expect(ends.all.isEmpty)
    held.signal()
    try await holding
    #expect(try await long.value == [1])
    let error = await #expect(throws: Refusal.self) { _ = try await decode(String(repeating: "[", count: 100_000)) }
    #expect(error?.status == .contentTooLarge)
  }

  @Test func whatWaitsIsDroppedWithItsTask() async throws {
    let (engine, ends) = (Engine(threads: 1), Ends())
    defer { engine.stop() }
    let held = DispatchSemaphore(value: 0)
    // Both threads for answers.
    let holding = (0..<2).map { _ in Task { try await engine.run { held.wait() } } }
    let waiting = Task { try await engine.run { ends.add("computed") } }
    try await Task.sleep(for: .milliseconds(50))
    waiting.cancel()
    for _ in holding { held.signal() }
    await #expect(throws: CancellationError.self) { try await waiting.value }
    for task in holding { try await task.value }
    #expect(ends.all.isEmpty)
  }

  /// What ended, in order.
  private final class Ends: Sendable {
    private let names = Mutex<[String]>([])
    var all: [String] { names.withLock { $0 } }
    func add(_ name: String) { names.withLock { $0.append(name) } }
  }
}
