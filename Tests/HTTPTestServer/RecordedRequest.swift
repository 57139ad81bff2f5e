import Foundation
import Glibc

/// A request as it came over the wire.
package struct RecordedRequest: Sendable {
  package var method: String
  /// Path as sent, escapes included.
  package var path: String
  /// Query as sent, in order, escapes included.
  package var query: [String]
  /// By name in lower case.
  package var headers: [String: String]
  package var body: Data
}

/// Reads requests from a connection.
struct RequestReader {
  private let connection: Int32
  private var buffer = Data()

  init(_ connection: Int32) { self.connection = connection }

  /// The next request; nil when the connection ends.
  mutating func next() -> RecordedRequest? {
    let end = Data("\r\n\r\n".utf8)
    var range = buffer.range(of: end)
    while range == nil {
      guard fill() else { return nil }
      range = buffer.range(of: end)
    }
    guard let range else { return nil }
    let lines = String(decoding: buffer[buffer.startIndex..<range.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    buffer = Data(buffer[range.upperBound...])
    let words = lines[0].split(separator: " ").map(String.init)
    guard words.count == 3 else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    if headers["expect"] != nil {
      let text = "HTTP/1.1 100 Continue\r\n\r\n"
      _ = Glibc.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }
    let length = Int(headers["content-length"] ?? "0") ?? 0
    while buffer.count < length { guard fill() else { return nil } }
    let body = Data(buffer.prefix(length))
    buffer = Data(buffer.dropFirst(length))
    let parts = words[1].split(separator: "?", maxSplits: 1).map(String.init)
    let query = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
    return RecordedRequest(method: words[0], path: parts[0], query: query, headers: headers, body: body)
  }

  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: chunk[0..<count])
    return true
  }
}
