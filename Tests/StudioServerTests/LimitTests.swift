// What is too much, too slow or no HTTP gets a status, a JSON body that says why, and the end of its connection.
// Limits are small here, so that they are reached at once; the sockets are bare, so that anything can be sent.
// After each fault the server must still answer a plain call.
import Foundation
import Testing

@testable import StudioServer

struct LimitTests {
  private static func run(
    _ limits: @Sendable @escaping (inout StudioServer.Limits) -> Void,
    _ body: @Sendable @escaping (ServerFixture) async throws -> Void
  ) async throws {
    try await ServerFixture.run {
      limits(&$0.limits)
    } _: { server in
      try await body(server)
      let after = try await server.call("GET", "/v1/api/projects")
      #expect(after.status == 200)
    }
  }

  private static func head(_ server: ServerFixture, _ rest: String) -> Data {
    Data("POST /v1/api/1/dsp/2 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\(rest)".utf8)
  }

  @Test func longBodiesAreRefused() async throws {
    try await Self.run {
      $0.jsonBytes = 1000
    } _: { server in
      let told = try await server.send(Self.head(server, "Content-Length: 100000\r\n\r\n") + Data(count: 100_000))
      #expect(told.status == 413 && told.error?.contains("1000") == true)
      let chunk = Data("1000\r\n".utf8) + Data(repeating: 0x20, count: 0x1000) + Data("\r\n".utf8)
      let untold = try await server.send(
        Self.head(server, "Transfer-Encoding: chunked\r\n\r\n") + (0..<20).reduce(Data()) { data, _ in data + chunk })
      #expect(untold.status == 413 && untold.error?.isEmpty == false)
    }
  }

  @Test func deepJSONIsRefused() async throws {
    try await Self.run {
      $0.jsonDepth = 20
    } _: { server in
      let deep = String(repeating: "[", count: 100_000)
      let answer = try await server.post("/v1/api/1/dsp/2", "{\"config\": \(deep)")
      #expect(answer.status == 413 && answer.error?.contains("deep") == true)
    }
  }

  @Test func longHeadsAreRefused() async throws {
    try await Self.run { _ in
    } _: { server in
      let answer = try await server.send(
        Self.head(server, "X-Long: \(String(repeating: "x", count: 100_000))\r\n\r\n"))
      #expect(answer.status == 413 && answer.error?.contains("header") == true)
    }
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "GET /\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
  ])
  func whatIsNoRequestIsToldSo(text: String) async throws {
    // A server that waits for more of it would answer 408 in the end.
    try await Self.run { _ in
    } _: { server in
      let answer = try await server.send(Data(text.utf8))
      #expect(answer.status == 400 && answer.error?.isEmpty == false, "\(answer)")
    }
  }

  @Test func headsMustComeInTime() async throws {
    try await Self.run {
      $0.headSeconds = 0.2
    } _: { server in
      for start in ["", "GET / HT"] {
        let answer = try await server.send(Data(start.utf8))
        #expect(answer.status == 408 && answer.error?.contains("in time") == true)
      }
    }
  }

  @Test func bodiesMustFlow() async throws {
    try await Self.run {
      $0.bodySeconds = 0.2
    } _: { server in
      let answer = try await server.send(Self.head(server, "Content-Length: 100\r\n\r\n{"))
      #expect(answer.status == 408 && answer.error?.contains("slowly") == true)
    }
  }

  @Test func bodiesThatEndAfterTheirAnswerDoNotStopTheClock() async throws {
    try await Self.run {
      $0.idleSeconds = 0.2
    } _: { server in
      let connection = try RawConnection(port: server.port)
      connection.send(
        Data("POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nContent-Length: 1\r\n\r\n".utf8))
      try await Task.sleep(for: .milliseconds(300))
      connection.send(Data("{".utf8))
      let answers = String(decoding: try await connection.everything(), as: UTF8.self)
      #expect(answers.contains(" 404 ") && answers.contains(" 408 "), "\(answers)")
    }
  }

  @Test func moreRequestsThanTheGateLetsInAreToldToWait() async throws {
    try await Self.run {
      $0.concurrentRequests = 2
      $0.bodySeconds = 4
    } _: { server in
      // Two requests whose bodies do not end hold the gate; the invitation shows that they are inside.
      var held: [RawConnection] = []
      for _ in 0..<2 {
        let connection = try RawConnection(port: server.port)
        connection.send(Self.head(server, "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"))
        _ = try await connection.receive(until: "100 Continue\r\n\r\n")
        held.append(connection)
      }
      let refused = try await server.call("GET", "/v1/api/projects")
      #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
      #expect(refused.error?.contains("try again") == true)
      for connection in held {
        let answer = RawConnection.parse(try await connection.everything())
        #expect(answer.status == 408)
      }
    }
  }

  @Test func labelFilesCountAsBodies() async throws {
    try await Self.run {
      $0.concurrentBodyBytes = 1 << 20
    } _: { server in
      let recording = ("new.json", UploadFixture.acquisition(1))
      func labels(_ spaces: Int) -> (String, Data) {
        ("info.labels", Data(#"{"files": []}"#.utf8) + Data(repeating: 0x20, count: spaces))
      }
      for _ in 0..<3 {
        let before = server.paths()
        let refused = try await server.upload([recording, labels(2 << 20)])
        #expect(refused.status == 503 && refused.error?.contains("1048576 bytes together") == true, "\(refused)")
        #expect(refused.headers["retry-after"] == "1" && server.paths() == before)
      }
      // Each request gives back what it kept, and recordings do not stay in memory.
      for seed in 0..<3 {
        let taken = try await server.upload([
          ("\(seed).json", UploadFixture.acquisition(seed, rows: 400_000)), labels(700_000),
        ])
        let files = try ServerFixture.files(taken)
        #expect(taken.status == 200 && files.map(\.success) == [true], "\(taken)")
      }
    }
  }

  @Test func bodiesTogetherAreBounded() async throws {
    try await Self.run {
      $0.concurrentBodyBytes = 1 << 20
    } _: { server in
      let path = "/v1/api/1/raw-data/7/rename"
      let body = "{\"name\": \(String(repeating: " ", count: 1_047_000))\"n\"}"
      let small = "{\"name\": \(String(repeating: " ", count: 3000))\"n\"}"
      // All but the end of a body stays in memory until the end has come. Which of two bodies is read first is chance.
      var (first, second) = (try RawConnection(port: server.port), try await server.post(path, small))
      for _ in 0..<200 where second.status == 200 {
        first = try RawConnection(port: server.port)
        first.send(
          Data(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body.dropLast())"
              .utf8))
        second = try await server.post(path, small)
      }
      #expect(second.status == 503 && second.error?.contains("1048576 bytes together") == true, "\(second)")
      #expect(try await server.call("GET", path.replacing("/rename", with: "")).status == 200)
      first.send(Data("}".utf8))
      #expect(String(decoding: try await first.receive(until: "}"), as: UTF8.self).contains(#"{"success":true}"#))
      for _ in 0..<200 where second.status == 503 { second = try await server.post(path, small) }
      #expect(second.status == 200)
    }
  }

  @Test func idleConnectionsDoNotStopIt() async throws {
    try await Self.run { _ in
    } _: { server in
      // Few: Foundation's Process.run has crashed in a process that had more than about 1,500 descriptors.
      let idle = try (0..<20).map { _ in try RawConnection(port: server.port) }
      let answer = try await server.call("GET", "/v1/api/1/impulse")
      #expect(answer.status == 200 && idle.count == 20)
    }
  }

  @Test func halfClosedSocketsStillGetTheirAnswer() async throws {
    try await Self.run { _ in
    } _: { server in
      let connection = try RawConnection(port: server.port)
      connection.send(
        Data("GET /v1/api/projects HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nConnection: close\r\n\r\n".utf8))
      connection.finishSending()
      let answer = RawConnection.parse(try await connection.everything())
      #expect(answer.status == 200)
    }
  }

  @Test func requestsUnderWayAreFinishedAtTheEnd() async throws {
    let answer = try await ServerFixture.run { server in
      // The fixture stops the server while this connection waits for the rest of its body.
      let connection = try RawConnection(port: server.port)
      let body = "{\"name\": \"late\"}"
      connection.send(
        Data(
          """
          POST /v1/api/1/raw-data/7/rename HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nExpect: 100-continue\r
          Content-Length: \(body.utf8.count)\r\n\r\n
          """.utf8))
      _ = try await connection.receive(until: "100 Continue\r\n\r\n")
      return Task.detached { () async throws -> ServerFixture.Answer in
        try await Task.sleep(for: .milliseconds(300))
        connection.send(Data(body.utf8))
        return RawConnection.parse(try await connection.everything())
      }
    }.value
    #expect(answer.status == 200 && answer.json?["success"] == .bool(true), "\(answer)")
  }

  @Test func slowReadersGetAllOfTheirAnswerAtTheEnd() async throws {
    let (connection, expected) = try await ServerFixture.run { server in
      _ = try await DSPTests.generate(server, block: 4)
      let path = "/v1/api/1/dsp-data/4/x/training"
      let expected = try await server.call("GET", path).body
      // Larger than what the system keeps for a connection, and nobody reads more than the head before the server has been
      // told to stop.
      let connection = try RawConnection(port: server.port, receiveBuffer: 1 << 14)
      connection.send(Data("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n".utf8))
      let head = try await connection.receive(until: "\r\n\r\n")
      let task = Task.detached { () async throws -> Data in
        try await Task.sleep(for: .milliseconds(500))
        return RawConnection.parse(head + (try await connection.everything())).body
      }
      return (task, expected)
    }
    #expect(expected.count > 3_000_000)
    let got = try await connection.value
    #expect(got == expected, "\(got.count) of \(expected.count) bytes")
  }
}
