// What two readers could take for different requests is refused, with a JSON body that says why, in its turn, and
// nothing is read after it. Each text is sent over a bare socket; `HOST` stands for the server's address. Sound requests
// around it must be answered as ever. Whatever ends a connection must end it at once, which reading to its end checks.
// One server at a time: Foundation's Process, which other suites use, fails in a process with many descriptors.
import Foundation
import Testing

@testable import StudioServer

@Suite(.serialized) struct FramingTests {
  private static let post = "POST /v1/api/1/dsp/2 HTTP/1.1\r\nHost: HOST\r\n"
  private static let get = "GET /v1/api/projects HTTP/1.1\r\nHost: HOST\r\n\r\n"

  /// All answers to a text, until the server closes.
  private static func answers(
    _ text: String, limits: @Sendable @escaping (inout StudioServer.Limits) -> Void = { _ in }
  ) async throws -> [ServerFixture.Answer] {
    try await ServerFixture.run {
      limits(&$0.limits)
    } _: { server in
      let connection = try RawConnection(port: server.port)
      connection.send(Data(text.replacing("HOST", with: "127.0.0.1:\(server.port)").utf8))
      let data = try await connection.everything()
      let after = try await server.call("GET", "/v1/api/projects")
      #expect(after.status == 200)
      return RawConnection.parseAll(data)
    }
  }

  private static func expectRefusal(_ answer: ServerFixture.Answer?, _ status: Int, _ comment: String) {
    #expect(answer?.status == status, "\(comment)")
    #expect(answer?.json?["success"] == .bool(false) && answer?.error?.isEmpty == false, "\(comment)")
    #expect(answer?.headers["connection"] == "close", "\(comment)")
    #expect(answer?.headers["content-type"] == Answer.jsonType, "\(comment)")
  }

  private static let longText = String(repeating: "t", count: 40_000)

  private static let broken: [(String, Int)] = [
    // Bodies.
    (post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    (post + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n", 400),
    (post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: \(longText)\r\n\r\n", 413),
    (post + "Transfer-Encoding: gzip\r\n\r\n{}", 400),
    (post + "Transfer-Encoding: identity\r\n\r\n{}", 400),
    (post + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    (post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    // Lengths.
    (post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    (post + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    (post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
    (post + "Content-Length: 2, 2\r\n\r\n{}", 400), (post + "Content-Length: +2\r\n\r\n{}", 400),
    (post + "Content-Length: -2\r\n\r\n{}", 400), (post + "Content-Length: 0x2\r\n\r\n{}", 400),
    (post + "Content-Length: 18446744073709551616\r\n\r\n{}", 400),
    (post + "Content-Length: 9223372036854775808\r\n\r\n{}", 413),
    (post + "Content-Length: 9223372036854775807\r\n\r\n{}", 413),
    // Lines.
    ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: HOST\n\n", 400),
    ("GET / HTTP/1.1\r\nHost : HOST\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\rb\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\u{0}b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: HOST\r\n: v\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\nHost: HOST\r\n\r\n", 400), ("get / HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: HOST\r\n" + (0..<200).map { "X-\($0): v\r\n" }.joined() + "\r\n", 413),
  ]

  @Test(arguments: broken)
  func brokenFramingIsToldSo(text: String, status: Int) async throws {
    let answers = try await Self.answers(text)
    #expect(answers.count == 1)
    Self.expectRefusal(answers.first, status, text.prefix(200).debugDescription)
  }

  private static let targets: [(String, Int)] = [
    ("/%c0%ae/files", 400), ("/api/%c0%ae/files", 400), ("/%e0%80%ae", 400), ("/%ff", 400), ("/%00", 400),
    ("/a%0d%0ab", 400), ("/%7f", 400), ("/%c2%85", 400), ("/%zz", 400), ("/%", 400), ("/%4", 400), ("/?a=%c0%ae", 400),
    ("/a#b", 400), ("*", 400), ("ftp://HOST/", 400), ("http://evil.example/", 400), ("http://x@HOST/", 400),
    ("http://HOST#/", 400), ("/%7BdspId%7D", 404), ("/%e2%82%ac", 404), ("http://HOST/nowhere", 404),
    ("HTTP://HOST/v1/api/projects", 200), ("http://HOST", 200), ("http://HOST?x=%0a", 200), ("//v1/api/projects", 200),
  ]

  @Test(arguments: targets)
  func targetsAreReadInOneWay(target: String, status: Int) async throws {
    let answers = try await Self.answers("GET \(target) HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
    #expect(answers.map(\.status) == [status])
    if status != 200 { Self.expectRefusal(answers.first, status, target) }
  }

  @Test(arguments: [
    ("Host: 127.0.0.1:80@evil.example", 400), ("Host: a@127.0.0.1", 400), ("Host: 127.0.0.1:x", 400), ("Host:", 400),
    ("Host: 127.0.0.1:99999", 400), ("Host: 127.0.0.1:-1", 400), ("Host: 127.0.0.1/", 400), ("Host: a b", 400),
    ("Host: HOST, HOST", 400), ("Host: [::1", 400), ("Host: HOST\r\nHost: HOST", 400), ("X: y", 400),
    ("Host: evil.example", 403), ("Host: [::1]:80", 200), ("Host: localhost", 200), ("Host: HOST", 200),
  ])
  func oneSoundHostIsNeeded(field: String, status: Int) async throws {
    let answers = try await Self.answers("GET /v1/api/projects HTTP/1.1\r\n\(field)\r\nConnection: close\r\n\r\n")
    #expect(answers.map(\.status) == [status])
    if status != 200 { Self.expectRefusal(answers.first, status, field) }
  }

  @Test func whatComesBeforeIsAnsweredFirst() async throws {
    let answers = try await Self.answers(Self.get + Self.get + "nonsense\r\n\r\n" + Self.get)
    #expect(answers.map(\.status) == [200, 200, 400])
    Self.expectRefusal(answers.last, 400, "nonsense")
    let body = try await Self.answers(Self.get + Self.post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + Self.get)
    #expect(body.map(\.status) == [200, 400])
    let host = try await Self.answers(Self.get + "GET / HTTP/1.1\r\n\r\n" + Self.get)
    #expect(host.map(\.status) == [200, 400])
  }

  @Test func silenceInsideALaterBodyIsToldAfterWhatComesBefore() async throws {
    let answers = try await Self.answers(Self.get + Self.post + "Content-Length: 100\r\n\r\n{") { $0.bodySeconds = 0.2 }
    #expect(answers.map(\.status) == [200, 408])
  }

  @Test(arguments: [
    "GET /v1/api/projects HTTP/1.0\r\n", "GET /v1/api/projects HTTP/1.0\r\nConnection: keep-alive\r\n",
    "GET /v1/api/projects HTTP/1.1\r\nConnection: Close\r\n",
    "GET /v1/api/projects HTTP/1.1\r\nConnection: te, close\r\n",
    // The decoder reads nothing after a request for another protocol.
    "GET /v1/api/projects HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
    "GET /v1/api/projects HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n",
  ])
  func lastRequestsEndTheirConnection(head: String) async throws {
    let answers = try await Self.answers(head + "Host: HOST\r\n\r\n")
    #expect(answers.map(\.status) == [200])
    #expect(answers.first?.headers["connection"] == "close")
  }

  @Test func tunnelsAreRefused() async throws {
    let answers = try await Self.answers("CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n" + Self.get)
    #expect(answers.map(\.status) == [400])
  }

  @Test func answersToHEADHaveNoBody() async throws {
    let text = Self.get.replacing("GET", with: "HEAD") + "HEAD /nowhere HTTP/1.1\r\nHost: HOST\r\n\r\n"
    try await ServerFixture.run { server in
      let connection = try RawConnection(port: server.port)
      let ending = Self.get.replacing("Host", with: "Connection: close\r\nHost")
      connection.send(Data((text + ending).replacing("HOST", with: "127.0.0.1:\(server.port)").utf8))
      let data = String(decoding: try await connection.everything(), as: UTF8.self)
      let parts = data.components(separatedBy: "\r\n\r\n")
      #expect(parts.count == 4, "\(data)")
      let lines = parts.dropLast().map { $0.prefix(12) }
      #expect(lines == ["HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200"])
      #expect(parts.last?.hasPrefix("{") == true)
      let plain = try await server.call("GET", "/v1/api/projects")
      #expect(parts[0].lowercased().contains("content-length: \(plain.body.count)\r\n"))
    }
  }

  @Test(arguments: ["OPTIONS", "TRACE", "PUT", "PROPFIND"])
  func otherMethodsAreUnknown(method: String) async throws {
    let target = method == "OPTIONS" ? "*" : "/v1/api/projects"
    let answers = try await Self.answers("\(method) \(target) HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
    #expect(answers.map(\.status) == [404])
    Self.expectRefusal(answers.first, 404, method)
  }
}
