// Clients that wait before they send a body: those whose body is wanted are told so, once, before the answer; those that
// are refused get the refusal alone, and the end of the connection, since nobody knows whether the body still comes.
// A pause of the client is a bare socket that reads before it sends.
import Foundation
import Testing

@testable import StudioServer

@Suite(.serialized) struct ExpectationTests {
  private static func head(_ server: ServerFixture, _ path: String, _ fields: String) -> Data {
    Data(
      "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nExpect: 100-Continue\r\n\(fields)\r\n\r\n".utf8)
  }

  @Test(arguments: [true, false])
  func wantedBodiesAreAskedFor(isChunked: Bool) async throws {
    let body = #"{"name": "asked for"}"#
    let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.utf8.count)"
    try await ServerFixture.run { server in
      let connection = try RawConnection(port: server.port)
      connection.send(Self.head(server, "/v1/api/1/raw-data/7/rename", "Connection: close\r\n\(framing)"))
      let invitation = try await connection.receive(until: "\r\n\r\n")
      #expect(String(decoding: invitation, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
      connection.send(Data((isChunked ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body).utf8))
      let answer = RawConnection.parse(try await connection.everything())
      #expect(answer.status == 200 && answer.json?["success"] == .bool(true))
    }
  }

  @Test func uploadsAreAskedFor() async throws {
    try await ServerFixture.run { server in
      let body = "timestamp,x\n0,1\n10,2\n20,3\n"
      let connection = try RawConnection(port: server.port)
      connection.send(
        Self.head(
          server, "/api/training/data", "x-file-name: a.csv\r\nConnection: close\r\nContent-Length: \(body.utf8.count)")
      )
      _ = try await connection.receive(until: "100 Continue\r\n\r\n")
      connection.send(Data(body.utf8))
      let answer = RawConnection.parse(try await connection.everything())
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: [
    ("/v1/api/1/dsp/2", "Content-Length: 2000", "", 413), ("/nowhere", "Content-Length: 20", "", 404),
    ("/v1/api/1/dsp/2", "Content-Length: 20", "secret", 401), ("/nowhere", "Transfer-Encoding: chunked", "", 404),
    ("/api/other/files", "Content-Length: 20", "", 400), ("/v1/api/1/dsp/2", "Content-Length: 1099511627776", "", 413),
  ])
  func refusedBodiesAreNot(path: String, framing: String, key: String, status: Int) async throws {
    try await ServerFixture.run {
      $0.limits.jsonBytes = 1000
      if !key.isEmpty { $0.apiKey = .init(key) }
    } _: { server in
      let connection = try RawConnection(port: server.port)
      connection.send(Self.head(server, path, framing))
      let answer = RawConnection.parse(try await connection.everything())
      #expect(answer.status == status && answer.error?.isEmpty == false)
      #expect(answer.headers["connection"] == "close")
    }
  }

  @Test func bodiesThatCameAreNotAskedFor() async throws {
    try await ServerFixture.run { server in
      let connection = try RawConnection(port: server.port)
      let fields = "Connection: close\r\nContent-Length: 2"
      connection.send(Self.head(server, "/v1/api/1/dsp/2", fields) + Data("{}".utf8))
      let data = try await connection.everything()
      #expect(RawConnection.parse(data).status == 200)
    }
  }

  @Test func callsWithoutBodyAndOldClientsAreNotAsked() async throws {
    try await ServerFixture.run { server in
      for line in ["GET /v1/api/projects HTTP/1.1", "GET /v1/api/projects HTTP/1.0"] {
        let host = "Host: 127.0.0.1:\(server.port)\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"
        let answer = try await server.send(Data("\(line)\r\n\(host)".utf8))
        #expect(answer.status == 200)
      }
    }
  }
}
