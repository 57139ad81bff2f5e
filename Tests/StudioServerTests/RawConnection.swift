import Foundation
import Glibc

/// A blocking socket to a server on this machine, for what no well-behaved client sends.
final class RawConnection: @unchecked Sendable {
  private let descriptor: CInt

  struct Failure: Error {
    let step: String
    let code: CInt
  }

  /// - Parameters:
  ///   - receiveBuffer: bytes that the system keeps for the reader. Default: as it likes.
  ///   - sendsAtOnce: whether the system does not gather what is sent.
  init(port: Int, receiveBuffer: CInt? = nil, sendsAtOnce: Bool = false) throws {
    descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var atOnce: CInt = sendsAtOnce ? 1 : 0
    setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &atOnce, socklen_t(MemoryLayout<CInt>.size))
    if var receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<CInt>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if status != 0 { throw Failure(step: "connect", code: errno) }
    var timeout = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends all bytes; a server that stops reading is no error.
  func send(_ bytes: Data) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, CInt(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Tells the server that nothing more will come.
  func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// Reads until the server closes, on a thread of its own: the shared ones carry the server too.
  func everything() async throws -> Data {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try self.readToEnd() }) }.start()
    }
  }

  /// Reads until `end` has come, on a thread of its own; all that came.
  func receive(until end: String) async throws -> Data { try await receive(until: Data(end.utf8)) }

  /// Reads until `end` has come, on a thread of its own; all that came.
  func receive(until end: Data) async throws -> Data {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        var data = Data()
        var byte: UInt8 = 0
        while data.range(of: end) == nil {
          let count = recv(self.descriptor, &byte, 1, 0)
          if count <= 0 { return continuation.resume(throwing: Failure(step: "recv", code: count < 0 ? errno : 0)) }
          data.append(byte)
        }
        continuation.resume(returning: data)
      }.start()
    }
  }

  /// Reads until the server closes. Waits on the thread that calls it.
  func readToEnd() throws -> Data {
    var data = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0 && errno == ECONNRESET && !data.isEmpty { return data }
      if count < 0 { throw Failure(step: "recv", code: errno) }
      if count == 0 { return data }
      data += chunk[0..<count]
    }
  }

  func exchange(_ bytes: Data) throws -> ServerFixture.Answer {
    send(bytes)
    return Self.parse(try readToEnd())
  }

  /// An answer with `Content-Length`, or in chunks.
  static func parse(_ data: Data) -> ServerFixture.Answer {
    guard let end = data.range(of: Data("\r\n\r\n".utf8)) else {
      return ServerFixture.Answer(status: 0, headers: [:], body: data)
    }
    let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    let body = Data(data[end.upperBound...])
    return ServerFixture.Answer(
      status: status, headers: headers,
      body: headers["transfer-encoding"] == "chunked" ? joined(chunks: body) : body)
  }

  /// All answers with `Content-Length` in what came.
  static func parseAll(_ data: Data) -> [ServerFixture.Answer] {
    var (rest, answers) = (data, [ServerFixture.Answer]())
    while let end = rest.range(of: Data("\r\n\r\n".utf8)) {
      var answer = parse(rest)
      answer.body = answer.body.prefix(Int(answer.headers["content-length"] ?? "") ?? 0)
      answers.append(answer)
      rest = Data(rest[end.upperBound...].dropFirst(answer.body.count))
    }
    return answers
  }

  private static func joined(chunks: Data) -> Data {
    var (rest, body) = (chunks, Data())
    while let line = rest.range(of: Data("\r\n".utf8)),
      let count = Int(String(decoding: rest[rest.startIndex..<line.lowerBound], as: UTF8.self), radix: 16), count > 0
    {
      body += rest[line.upperBound...].prefix(count)
      rest = Data(rest[line.upperBound...].dropFirst(count + 2))
    }
    return body
  }
}
