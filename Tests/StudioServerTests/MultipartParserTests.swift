// The same body is cut into pieces of every length: what comes out must not depend on where pieces end, and must be
// what was put in. Contents are chosen to look like boundaries as far as they may.
// What is no multipart body is refused with the reason; limits are met exactly at their values.
// Heads are read as browsers, Python and curl write them.
import Foundation
import NIOCore
import Testing

@testable import StudioServer

struct MultipartParserTests {
  struct Part: Equatable {
    var name: String
    var fileName: String?
    var content: Data
  }

  static func parse(
    _ body: Data, boundary: String = "b0", piece: Int, parts: Int = 10, headBytes: Int = 300
  ) throws -> [Part] {
    var parser = MultipartParser(boundary: boundary, mostParts: parts, mostHeadBytes: headBytes)
    var found: [Part] = []
    var isOpen = false
    for start in stride(from: 0, to: body.count, by: piece) {
      try parser.parse(ByteBuffer(bytes: body[start..<min(body.count, start + piece)])) { event in
        switch event {
        case .part(let head):
          #expect(!isOpen)
          isOpen = true
          found.append(Part(name: head.name, fileName: head.fileName, content: Data()))
        case .bytes(let bytes):
          #expect(isOpen && !bytes.isEmpty)
          found[found.count - 1].content += bytes
        case .end: isOpen = false
        }
      }
    }
    try parser.finish()
    #expect(!isOpen)
    return found
  }

  static func body(_ contents: [Data], boundary: String = "b0") -> Data {
    var body = Data()
    for (index, content) in contents.enumerated() {
      body += Data(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"data\"; filename=\"\(index)\"\r\n\r\n".utf8)
      body += content + Data("\r\n".utf8)
    }
    return body + Data("--\(boundary)--\r\n".utf8)
  }

  static let contents: [Data] = [
    Data(), Data("plain".utf8), Data("\r\n".utf8), Data("\r\n--b".utf8), Data("--b0\n--b0".utf8),
    Data("\r\r\n-\r\n--\r\n--b".utf8), Data(0...255), Data("\r".utf8), Data("\n--b0--".utf8),
  ]

  @Test func piecesOfEveryLengthGiveTheSame() throws {
    let body = Data("a preamble\r\n--b\r\n".utf8) + Self.body(Self.contents) + Data("an epilogue\r\n--b0\r\n".utf8)
    let expected = Self.contents.enumerated().map { Part(name: "data", fileName: "\($0)", content: $1) }
    for piece in 1...body.count {
      let found = try Self.parse(body, piece: piece)
      if found != expected {
        Issue.record("pieces of \(piece) bytes give \(found)")
        return
      }
    }
  }

  @Test(arguments: [
    ("", "boundary that Content-Type names"), ("--b0", "boundary that Content-Type names"),
    ("--b0--", "holds"), ("--b0\r\n\r\nx\r\n--b0--", "part 1 has no Content-Disposition"),
    ("--b0\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nx", "ends inside part 1"),
    ("--b0\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nx\r\n--b0", "ends inside part 1"),
    ("--b0\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nx\r\n--b0 x\r\n", "neither"),
    ("--b0\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nx\r\n--b0X--", "neither"),
    ("--b0\r\nContent-Disposition: attachment; name=\"data\"\r\n\r\nx\r\n--b0--", "no Content-Disposition"),
    ("--b0\r\nContent-Disposition: form-data; filename=\"data\"\r\n\r\nx\r\n--b0--", "no Content-Disposition"),
    ("--b0\nContent-Disposition: form-data; name=\"data\"\n\nx\n--b0--", "neither"),
  ])
  func brokenBodiesAreRefused(text: String, reason: String) {
    for piece in [1, 3, 1000] {
      if text == "--b0--" {
        // No part at all is a body all the same.
        #expect((try? Self.parse(Data(text.utf8), piece: piece)) == [])
        continue
      }
      #expect {
        try Self.parse(Data(text.utf8), piece: piece)
      } throws: { error in
        let refusal = error as? Refusal
        return refusal?.status == .badRequest && refusal?.message.contains(reason) == true
      }
    }
  }

  @Test func limitsAreMetExactly() throws {
    let body = Self.body([Data("a".utf8), Data("b".utf8)])
    #expect(try Self.parse(body, piece: 7, parts: 2).count == 2)
    let head = "Content-Disposition: form-data; name=\"data\"; filename=\"0\"".utf8.count + 2
    #expect(try Self.parse(body, piece: 7, headBytes: head).count == 2)
    for (parts, headBytes) in [(1, 300), (2, head - 1)] {
      for piece in [1, 1000] {
        #expect {
          try Self.parse(body, piece: piece, parts: parts, headBytes: headBytes)
        } throws: {
          ($0 as? Refusal)?.status == .contentTooLarge
        }
      }
    }
    let padded = Data("--b0".utf8) + Data(repeating: 0x20, count: 1000)
    #expect(throws: Refusal.self) { try Self.parse(padded, piece: 50) }
  }

  @Test(arguments: [
    (#"form-data; name="data"; filename="a.json""#, "data", "a.json"),
    (#"form-data; filename="a;b=\"c\".json" ; name=data"#, "data", #"a;b="c".json"#),
    (#"FORM-DATA; NAME="data"; FileName="C:\dir\a.json""#, "data", #"C:\dir\a.json"#),
    (#"form-data; name="data"; filename="a%22b%0D%0A.json""#, "data", "a\"b\r\n.json"),
    (#"form-data; name="data"; filename="x"; filename*=UTF-8''na%C3%AFve.json"#, "data", "na\u{ef}ve.json"),
    ("form-data; name=\"data\"; filename=\"na\u{ef}ve\u{1F30A}.json\"", "data", "na\u{ef}ve\u{1F30A}.json"),
    (#"form-data; name="data"; filename="never closed"#, "data", "never closed"),
    (#"form-data; name="a"; name="b"; filename="""#, "a", ""),
  ])
  func headsAreReadAsClientsWriteThem(text: String, name: String, fileName: String) throws {
    let head = try MultipartHead(Array("X: y\r\nContent-Disposition: \(text)\r\nContent-Type: z".utf8), number: 1)
    #expect(head.name == name && head.fileName == fileName)
  }

  @Test func latin1HeadsAreRead() throws {
    let bytes = Array("Content-Disposition: form-data; name=\"data\"; filename=\"b".utf8) + [0xE9] + Array("\"".utf8)
    #expect(try MultipartHead(bytes, number: 1).fileName == "b\u{e9}")
  }
}
