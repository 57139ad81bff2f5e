import Foundation

/// What the server sends for one request.
package struct Reply: Sendable {
  package enum Step: Sendable {
    case bytes(Data)
    case zeros(Int)
    case pause(Double)
    case close
  }
  package var steps: [Step]

  /// A head with a length, and a body.
  package init(_ status: Int = 200, type: String? = "application/json", headers: [String] = [], body: Data) {
    steps = [.bytes(Self.head(status, type: type, length: body.count, headers: headers)), .bytes(body)]
  }

  package init(_ status: Int = 200, type: String? = "application/json", headers: [String] = [], text body: String) {
    self.init(status, type: type, headers: headers, body: Data(body.utf8))
  }

  package init(steps: [Step]) { self.steps = steps }

  package static func head(_ status: Int, type: String?, length: Int, headers: [String] = []) -> Data {
    var lines = ["HTTP/1.1 \(status) Reason", "Content-Length: \(length)"] + headers
    if let type { lines.append("Content-Type: \(type)") }
    return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// A body of which only a part comes, before the connection is closed.
  package static func cut(type: String = "application/json", length: Int, sent: Data) -> Reply {
    Reply(steps: [.bytes(head(200, type: type, length: length)), .bytes(sent), .close])
  }

  package static let success = Reply(text: #"{"success":true}"#)
  package static func refusal(_ message: String) -> Reply { Reply(text: #"{"success":false,"error":"\#(message)"}"#) }
}

/// Replies in turn; the last one repeats.
package final class Script: @unchecked Sendable {
  private let lock = NSLock()
  private var replies: [Reply]

  package init(_ replies: Reply...) { self.replies = replies }

  package func next(_: RecordedRequest) -> Reply {
    lock.lock()
    defer { lock.unlock() }
    return replies.count > 1 ? replies.removeFirst() : replies[0]
  }
}
