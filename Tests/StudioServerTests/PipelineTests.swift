// Requests that are sent ahead, cut into two pieces at every byte: however they arrive, bodies must come through as they
// were sent, and header fields of other letters as text. The bodies hold bytes that are no UTF-8, ends of lines, empty
// lines, and what looks like a head. Each cut behind the first request is sent when that has been answered: so the
// server has read the first piece by itself. The service runs with one route, which tells what it got.
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import StudioServer

@Suite(.serialized) struct PipelineTests {
  private static let body =
    Data([0x0A, 0xE9, 0x0D, 0x0A, 0x0D, 0x0A, 0xFF, 0x00, 0x89, 0x0A, 0x0A, 0xC3, 0x0D, 0x0A, 0x0D, 0x0A])
    + latin("x-label: \u{E9}\r\n\r\n0\r\n\r\nGET /\u{FC}\r\n\u{E9}")

  private static let chunks = [body.prefix(9), body.dropFirst(9)].reduce(Data()) { data, chunk in
    data + Data("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Data("\r\n".utf8)
  }

  private static func latin(_ text: String) -> Data { Data(text.unicodeScalars.map { UInt8($0.value) }) }

  private static func request(_ fields: String, _ body: Data = Data()) -> Data {
    latin("POST /echo HTTP/1.1\r\nHost: h\r\n\(fields)\r\n") + body
  }

  private static let first = request("Content-Length: 1\r\n", Data([0xE9]))
  /// Decoders pass over empty lines before a head.
  private static let last = latin("\r\n\r\n") + request("x-label: na\u{EF}ve\r\nConnection: close\r\n")

  private static let uploads: [(name: String, bytes: Data)] = [
    ("length", request("x-label: caf\u{E9}\r\nContent-Length: \(body.count)\r\n", body)),
    (
      "chunks",
      request("x-label: caf\u{E9}\r\nTransfer-Encoding: chunked\r\n", chunks + latin("0\r\nx-end: \u{E9}\r\n\r\n"))
    ),
    (
      "chunks without trailers",
      request("x-label: caf\u{E9}\r\nTransfer-Encoding: chunked\r\n", chunks + latin("0\r\n\r\n"))
    ),
  ]

  private static func run(_ test: @Sendable @escaping (ServerFixture) async throws -> Void) async throws {
    try await ServiceFixture.run { router in
      router.post("/echo") { request, _ in
        var body = Data()
        for try await piece in request.body { body += Data(buffer: piece) }
        let label = HTTPField.Name("x-label").flatMap { request.headers[$0] } ?? "-"
        return Answer.bytes(Data("\(label):".utf8) + body, type: "application/octet-stream")
      }
    } _: {
      try await test($0)
    }
  }

  private static func expected(_ body: Data) -> [Data] {
    [latin("-:\u{E9}"), Data("caf\u{E9}:".utf8) + body, Data("na\u{EF}ve:".utf8)]
  }

  @Test(arguments: uploads.map(\.name))
  func requestsMayBeCutAnywhere(name: String) async throws {
    let upload = try #require(Self.uploads.first { $0.name == name }).bytes
    let bytes = Self.first + upload + Self.last
    try await Self.run { server in
      var wrong: [Int] = []
      for cut in 1..<bytes.count {
        let connection = try RawConnection(port: server.port)
        connection.send(bytes.prefix(cut))
        var got = Data()
        if cut >= Self.first.count { got = try await connection.receive(until: Self.firstEnd) }
        connection.send(bytes.dropFirst(cut))
        got += try await connection.everything()
        if RawConnection.parseAll(got).map(\.body) != Self.expected(Self.body) { wrong.append(cut) }
      }
      #expect(wrong.isEmpty, "of \(bytes.count)")
    }
  }

  /// What the first answer ends with.
  private static let firstEnd = latin("-:\u{E9}")

  @Test func requestsMayComeByteByByte() async throws {
    try await Self.run { server in
      for (name, upload) in Self.uploads {
        let connection = try RawConnection(port: server.port, sendsAtOnce: true)
        for byte in Self.first + upload + Self.last { connection.send(Data([byte])) }
        let answers = RawConnection.parseAll(try await connection.everything())
        #expect(answers.map(\.body) == Self.expected(Self.body), "\(name)")
      }
    }
  }

  @Test func aHeadMayEndWithAPieceOfItsOwn() async throws {
    try await ServerFixture.run { server in
      let connection = try RawConnection(port: server.port)
      let host = "Host: 127.0.0.1:\(server.port)\r\n"
      let wave = UploadFixture.wave
      connection.send(
        Data(
          """
          GET /v1/api/projects HTTP/1.1\r\n\(host)\r\nPOST /api/training/data HTTP/1.1\r\n\(host)x-file-name: cut.wav\r
          Connection: close\r\nContent-Length: \(wave.count)\r\n
          """.utf8))
      _ = try await connection.receive(until: Data("}".utf8))
      connection.send(Data("\r\n".utf8) + wave)
      let answer = RawConnection.parse(Data(try await connection.everything().drop { $0 != UInt8(ascii: "H") }))
      #expect(answer.status == 200, "\(answer)")
      let path = try #require(server.paths().first { $0.hasPrefix("training/cut") })
      #expect(try Data(contentsOf: URL(filePath: "\(server.dataset)/\(path)")) == wave)
    }
  }

  @Test func anEndInsideALineIsToldAtOnce() async throws {
    try await Self.run { server in
      for text in ["\u{E9}", "GET / HTTP/1.1\r\nHost: h\r\nx-label: \u{E9}"] {
        let connection = try RawConnection(port: server.port)
        connection.send(Self.latin(text))
        connection.finishSending()
        #expect(RawConnection.parse(try await connection.everything()).status == 400)
      }
    }
  }
}
