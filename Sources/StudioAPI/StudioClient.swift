import Foundation
import FoundationNetworking

/// Studio's REST interface and ingestion service.
///
/// Calls may run at the same time. All throw `StudioError`; cancelling the task ends a call at once.
public final class StudioClient: Sendable {
  /// The settings in force.
  public let configuration: StudioConfiguration
  private let shared: HTTPSession
  private let studio: String
  private let ingestion: String

  /// Creates a client; nothing is sent.
  ///
  /// - Throws: `StudioError` of kind `configuration`.
  public init(_ configuration: StudioConfiguration) throws(StudioError) {
    try configuration.check()
    self.configuration = configuration
    studio = try StudioConfiguration.checked(configuration.endpoint, name: "API endpoint")
    let address = try StudioConfiguration.checked(configuration.ingestionEndpoint, name: "ingestion endpoint")
    var components = URLComponents(string: address)
    components?.percentEncodedPath = ""
    ingestion = components?.string ?? address
    shared = HTTPSession(idleTimeout: configuration.idleTimeout)
  }

  /// Runs a call whose answer is JSON.
  ///
  /// - Throws: `StudioError`; kind `refused` with Studio's words when `success` is false.
  public func run<Answer: StudioAnswer>(_ endpoint: Endpoint<Answer>) async throws(StudioError) -> Answer {
    try await repeating(endpoint) { attempt throws(StudioError) in
      let answer = try await self.send(
        endpoint, sink: .memory(limit: self.configuration.answerLimit), limit: self.configuration.callTimeout)
      return try self.decoded(answer, endpoint)
    }
  }

  /// Runs a call whose answer is text, such as a log.
  public func text(_ endpoint: Endpoint<String>) async throws(StudioError) -> String {
    try await repeating(endpoint) { attempt throws(StudioError) in
      let answer = try await self.send(
        endpoint, sink: .memory(limit: self.configuration.answerLimit), limit: self.configuration.callTimeout)
      if answer.contentType == "text/html" || answer.contentType == "application/json" {
        throw self.failure(of: answer, endpoint, expected: "text")
      }
      return String(decoding: answer.body, as: UTF8.self)
    }
  }

  // MARK: One attempt

  func send<Answer>(
    _ endpoint: Endpoint<Answer>, sink: AnswerSink, limit: Double?
  ) async throws(StudioError) -> HTTPAnswer {
    let (request, file) = try request(for: endpoint, identity: limit == nil)
    let answer: HTTPAnswer
    let session = endpoint.method == .get ? shared : HTTPSession(idleTimeout: configuration.idleTimeout)
    do throws(HTTPFailure) {
      answer = try await session.exchange(request, file: file, sink: sink, limit: limit)
    } catch {
      throw self.error(error.kind, error.message, endpoint, status: error.status)
    }
    guard answer.status == 200 else { throw failure(of: answer, endpoint, expected: "JSON") }
    return answer
  }

  /// Sends until it works, the error is final or the attempts are used up.
  func repeating<Answer, Value: Sendable>(
    _ endpoint: Endpoint<Answer>, _ attempt: (Int) async throws(StudioError) -> Value
  ) async throws(StudioError) -> Value {
    var number = 1
    while true {
      do throws(StudioError) {
        return try await attempt(number)
      } catch {
        var error = error
        if error.kind != .invalidRequest { error.attempts = number }
        let draw = Double.random(in: 0...1)
        guard endpoint.isIdempotent,
          let pause = configuration.retries.pause(after: error, attempt: number, draw: draw)
        else { throw error }
        do {
          try await Task.sleep(for: .seconds(pause))
        } catch {
          throw self.error(.cancelled, "cancelled", endpoint)
        }
        number += 1
      }
    }
  }

  private func request<Answer>(
    for endpoint: Endpoint<Answer>, identity: Bool
  ) throws(StudioError) -> (URLRequest, file: String?) {
    var address = (endpoint.base == .studio ? studio : ingestion) + endpoint.path.text
    if !endpoint.query.isEmpty {
      address +=
        "?" + endpoint.query.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }.joined(separator: "&")
    }
    guard let url = URL(string: address) else {
      throw error(.invalidRequest, "the address is not valid", endpoint)
    }
    var request = URLRequest(url: url)
    request.httpMethod = endpoint.method.rawValue
    request.timeoutInterval = configuration.idleTimeout
    let credential = configuration.credential.header
    request.setValue(credential.value, forHTTPHeaderField: credential.name)
    request.setValue("edgedsp", forHTTPHeaderField: "User-Agent")
    request.setValue(endpoint.accept, forHTTPHeaderField: "Accept")
    // Without this the length of a download could not be checked.
    if identity { request.setValue("identity", forHTTPHeaderField: "Accept-Encoding") }
    for header in endpoint.headers {
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
        throw error(.invalidRequest, "the header \(header.name) holds characters that headers cannot carry", endpoint)
      }
      request.setValue(header.value, forHTTPHeaderField: header.name)
    }
    switch endpoint.body {
    case .none: return (request, nil)
    case .json(let encode):
      do {
        request.httpBody = try encode()
      } catch {
        throw self.error(.invalidRequest, "the request holds a value that JSON cannot carry", endpoint)
      }
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
      return (request, nil)
    case .bytes(let data, let type):
      request.httpBody = data
      request.setValue(type, forHTTPHeaderField: "Content-Type")
      return (request, nil)
    case .file(let path, let type):
      request.setValue(type, forHTTPHeaderField: "Content-Type")
      return (request, path)
    }
  }
}
