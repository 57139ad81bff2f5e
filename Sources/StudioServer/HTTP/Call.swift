import Foundation
import Hummingbird
import NIOCore
import StudioAPI

/// A request with the values of its path and query, as Studio's clients spell them.
struct Call: Sendable {
  let request: Request
  let parameters: Parameters
  /// Its place among the requests that are worked on.
  let slot: RequestGate.Slot?
  let limits: StudioServer.Limits
  let engine: Engine

  /// An id of the path. The generated client never fills in 0: it then sends the placeholder itself.
  func id(_ name: String) throws(Refusal) -> Int {
    let text = try self.text(name)
    if text == "{\(name)}" { return 0 }
    guard let id = Int(text), id >= 0 else { throw Refusal("\(name) must be a whole number, not \(quoted(text))") }
    return id
  }

  /// A part of the path, percent-decoded.
  func text(_ name: String) throws(Refusal) -> String {
    guard let raw = parameters[name[...]].map(String.init), let text = raw.removingPercentEncoding else {
      throw Refusal("\(name) is missing or no UTF-8")
    }
    return text
  }

  /// A query value; nil where it is absent or empty. `null` is how Python's `None` travels.
  func query(_ name: String) -> String? {
    guard let value = request.uri.queryParameters[name[...]].map(String.init), !value.isEmpty, value != "null" else {
      return nil
    }
    return value
  }

  /// A whole number of the query.
  func integer(_ name: String) throws(Refusal) -> Int? {
    guard let text = query(name) else { return nil }
    guard let value = Int(text) else { throw Refusal("\(name) must be a whole number, not \(quoted(text))") }
    return value
  }

  /// How many, in the query: 0 or more. A page of 0 is empty, and tells how many there are.
  func count(_ name: String) throws(Refusal) -> Int? {
    guard let value = try integer(name) else { return nil }
    if value < 0 { throw Refusal("\(name) must be 0 or more, not \(value)") }
    return value
  }

  /// A date of the query.
  func date(_ name: String) throws(Refusal) -> Date? {
    guard let text = query(name) else { return nil }
    guard let date = Timestamp(rawValue: text).date else { throw Refusal("\(name) must be a date in ISO 8601") }
    return date
  }

  /// A number of the query.
  func number(_ name: String) throws(Refusal) -> Double? {
    guard let text = query(name) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw Refusal("\(name) must be a number, not \(quoted(text))")
    }
    return value
  }

  /// A switch of the query: `true` or `false` in any case, 1 or 0. Default: false.
  func flag(_ name: String) throws(Refusal) -> Bool {
    guard let text = query(name) else { return false }
    switch text.lowercased() {
    case "true", "1": return true
    case "false", "0": return false
    default: throw Refusal("\(name) must be true or false, not \(quoted(text))")
    }
  }

  /// The body, whole.
  ///
  /// - Throws: `Refusal` with 413 where it is larger than `limit`, with 503 where all requests together keep too much.
  func body(limit: Int) async throws -> ByteBuffer {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw Refusal(.contentTooLarge, "the body has \(length) bytes, and \(limit) is the most")
    }
    var body = ByteBuffer()
    for try await piece in request.body {
      if body.readableBytes + piece.readableBytes > limit {
        throw Refusal(.contentTooLarge, "the body has more than \(limit) bytes")
      }
      try slot?.keep(piece.readableBytes)
      body.writeImmutableBuffer(piece)
    }
    return body
  }

  /// The body as a value. Long ones are taken apart on the engine's thread for bodies, one after the other.
  ///
  /// - Throws: `Refusal` for what is no JSON, is nested too deeply, or lacks fields.
  func json<Value: Decodable & Sendable>(_ type: Value.Type) async throws -> Value {
    let (body, depth) = (try await body(limit: limits.jsonBytes), limits.jsonDepth)
    @Sendable func decoded() throws -> Value {
      let data = Data(buffer: body)
      try JSONDepth.check(data, limit: depth)
      do {
        return try JSONDecoder().decode(type, from: data)
      } catch {
        throw Refusal("the body is not what the call takes: \(JSONDepth.words(error, in: data))")
      }
    }
    if body.readableBytes <= Self.shortBytes { return try decoded() }
    return try await engine.takeApart { try decoded() }
  }

  /// Bytes of JSON that take less time than a change of threads is worth: some tenths of a millisecond.
  private static let shortBytes = 16 << 10

  private func quoted(_ text: String) -> String { "\"\(text.count <= 60 ? text : text.prefix(59) + "…")\"" }
}
