/// Why a call failed. It names the call, the HTTP status where there was one, and Studio's own words.
///
/// Keys never appear in it.
public struct StudioError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong.
  public enum Kind: Sendable, Equatable {
    /// Settings are missing or wrong; nothing was sent.
    case configuration
    /// The request cannot be made from its arguments; nothing was sent.
    case invalidRequest
    /// A local file cannot be read or written.
    case file
    /// No connection: unknown host, refused, no route, bad certificate.
    case unreachable
    /// The connection broke before the answer was complete.
    case interrupted
    /// The time limit passed.
    case timedOut
    /// The task was cancelled.
    case cancelled
    /// The server sent elsewhere; keys do not follow.
    case redirected
    /// Studio answered that it would not: `success` is false.
    case refused
    /// Status 401.
    case unauthorized
    /// Status 403.
    case forbidden
    /// Status 404.
    case notFound
    /// Status 429.
    case limited
    /// Status 500 to 599.
    case server
    /// Any other status than 200.
    case status
    /// The answer is not what was asked for: HTML, another type, empty, a field that is missing.
    case invalidAnswer
    /// The answer is shorter or longer than it says.
    case truncated
    /// The answer is larger than is taken into memory.
    case tooLarge
  }

  /// What went wrong.
  public var kind: Kind
  /// HTTP method; nil where no call was involved.
  public var method: String?
  /// Path of the call, without host and query.
  public var path: String?
  /// HTTP status; nil where none came.
  public var status: Int?
  /// In words; Studio's own where it gave any.
  public var message: String
  /// How often the request was sent.
  public var attempts: Int
  /// Seconds after which the server is ready again, where it says so.
  public var retryAfter: Double?

  /// Creates an error.
  public init(
    _ kind: Kind, _ message: String, method: String? = nil, path: String? = nil, status: Int? = nil,
    attempts: Int = 0, retryAfter: Double? = nil
  ) {
    self.kind = kind
    self.message = message
    self.method = method
    self.path = path
    self.status = status
    self.attempts = attempts
    self.retryAfter = retryAfter
  }

  /// `METHOD PATH: HTTP STATUS: MESSAGE`, as far as known.
  public var description: String {
    var parts: [String] = []
    if let method, let path { parts.append("\(method) \(path)") }
    if let status, status != 200 { parts.append("HTTP \(status)") }
    parts.append(attempts > 1 ? "\(message) (\(attempts) attempts)" : message)
    return parts.joined(separator: ": ")
  }

  /// Studio's way of saying that a recording does not exist.
  var saysNoSuchSample: Bool {
    kind == .notFound || (kind == .refused && message.hasPrefix("No sample found with ID"))
  }
}

extension StudioError.Kind {
  init(status: Int) {
    switch status {
    case 300..<400: self = .redirected
    case 401: self = .unauthorized
    case 403: self = .forbidden
    case 404: self = .notFound
    case 429: self = .limited
    case 500..<600: self = .server
    default: self = .status
    }
  }
}
