import Foundation
import FoundationNetworking
import Synchronization

/// The head and body of an answer.
struct HTTPAnswer: Sendable {
  var status: Int
  /// By name in lower case.
  var headers: [String: String]
  /// What went to memory; empty where a file took the body.
  var body: Data
  /// Bytes of the body, wherever they went.
  var byteCount: Int

  /// The type without parameters, in lower case; nil where none is given.
  var contentType: String? {
    headers["content-type"]?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  }
}

/// Why there is no answer.
struct HTTPFailure: Error, Sendable {
  var kind: StudioError.Kind
  var message: String
  var status: Int?
}

/// One request under way: collects the answer and wakes who waits for it.
///
/// The session's callbacks come one after the other; stopping may come from any thread.
final class Exchange: Sendable {
  private struct State {
    var sink: AnswerSink
    var continuation: CheckedContinuation<Result<HTTPAnswer, HTTPFailure>, Never>?
    var head: HTTPAnswer?
    var failure: HTTPFailure?
    var redirects = 0
    var isOver = false
  }
  private let state: Mutex<State>

  init(sink: AnswerSink) { state = Mutex(State(sink: sink)) }

  func wait(_ continuation: CheckedContinuation<Result<HTTPAnswer, HTTPFailure>, Never>) {
    state.withLock { $0.continuation = continuation }
  }

  /// Notes why the exchange is being ended; the first reason counts.
  func stop(_ kind: StudioError.Kind) {
    let message = kind == .timedOut ? "no complete answer within the time limit" : "cancelled"
    state.withLock { state in
      if state.failure == nil { state.failure = HTTPFailure(kind: kind, message: message) }
    }
  }

  /// Whether a redirection stays with the server, and is not one too many.
  func follows(from old: URL?, to new: URL?) -> Bool {
    guard let old, let new, Self.origin(old) == Self.origin(new) else { return false }
    return state.withLock { state in
      state.redirects += 1
      return state.redirects <= 5
    }
  }

  private static func origin(_ url: URL) -> [String] {
    let scheme = url.scheme?.lowercased() ?? ""
    let port = url.port ?? (scheme == "https" ? 443 : 80)
    return [scheme, url.host?.lowercased() ?? "", "\(port)"]
  }

  /// Takes the head of the answer.
  func begin(_ response: URLResponse) {
    state.withLock { state in
      guard let head = Self.head(of: response) else { return }
      state.head = head
      state.sink.begin(head)
    }
  }

  /// Takes a piece of the body. False ends the exchange.
  func receive(_ data: Data) -> Bool {
    state.withLock { state in
      guard state.failure == nil, state.head != nil else { return false }
      do throws(HTTPFailure) {
        try state.sink.write(data)
        return true
      } catch {
        state.failure = error
        return false
      }
    }
  }

  /// Wakes who waits.
  func end(_ error: (any Error)?, response: URLResponse?) {
    let (continuation, result) = state.withLock { state in
      defer { state.continuation = nil }
      // An answer that is a redirection which is not followed has no body, and no call of `begin`.
      if state.head == nil, error == nil, let response { state.head = Self.head(of: response) }
      return (state.continuation, Self.result(of: &state, error))
    }
    continuation?.resume(returning: result)
  }

  private static func result(of state: inout State, _ error: (any Error)?) -> Result<HTTPAnswer, HTTPFailure> {
    if var failure = state.failure {
      failure.status = state.head?.status
      return .failure(failure)
    }
    if let error {
      var failure = HTTPFailure(session: error as NSError)
      failure.status = state.head?.status
      return .failure(failure)
    }
    guard var answer = state.head else {
      return .failure(HTTPFailure(kind: .interrupted, message: "the server closed the connection without an answer"))
    }
    answer.byteCount = state.sink.byteCount
    answer.body = state.sink.takeMemory()
    // Compressed bodies are unpacked on the way; their length says nothing here.
    if answer.headers["content-encoding"] == nil, let text = answer.headers["content-length"], let length = Int(text),
      length != answer.byteCount, answer.status == 200
    {
      let message = "expected \(length) bytes, received \(answer.byteCount)"
      return .failure(HTTPFailure(kind: .truncated, message: message, status: answer.status))
    }
    return .success(answer)
  }

  private static func head(of response: URLResponse) -> HTTPAnswer? {
    guard let http = response as? HTTPURLResponse else { return nil }
    var headers: [String: String] = [:]
    for (name, value) in http.allHeaderFields {
      if let name = name as? String { headers[name.lowercased()] = value as? String }
    }
    return HTTPAnswer(status: http.statusCode, headers: headers, body: Data(), byteCount: 0)
  }
}

extension HTTPFailure {
  /// Translates the session's error. Its text may hold the address, so only what the transfer says is kept.
  fileprivate init(session error: NSError) {
    switch error.code {
    case NSURLErrorTimedOut: self.init(kind: .timedOut, message: "the server was silent for too long")
    case NSURLErrorCancelled: self.init(kind: .cancelled, message: "cancelled")
    case NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed:
      self.init(kind: .unreachable, message: "the host is unknown")
    case NSURLErrorCannotConnectToHost: self.init(kind: .unreachable, message: "no connection to the server")
    case NSURLErrorSecureConnectionFailed, NSURLErrorServerCertificateUntrusted,
      NSURLErrorServerCertificateHasBadDate, NSURLErrorServerCertificateHasUnknownRoot,
      NSURLErrorServerCertificateNotYetValid:
      self.init(kind: .configuration, message: "the server's certificate is not trusted")
    default:
      self.init(kind: .interrupted, message: "the connection broke: \(error.localizedDescription)")
    }
  }
}
