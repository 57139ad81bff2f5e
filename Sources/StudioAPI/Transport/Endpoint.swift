import Foundation

/// HTTP methods that Studio knows.
public enum HTTPMethod: String, Sendable {
  /// Reads.
  case get = "GET"
  /// Changes or starts.
  case post = "POST"
  /// Deletes.
  case delete = "DELETE"
}

/// A path in which interpolated values are escaped: `"/api/\(project)/dsp/\(block)"`.
public struct EndpointPath: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// The path, percent-encoded.
  public let text: String

  /// A path that is escaped already.
  public init(stringLiteral value: String) { text = value }

  /// A path with values in it.
  public init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Collects the parts of a path.
  public struct Interpolation: StringInterpolationProtocol {
    var text = ""

    /// An empty path.
    public init(literalCapacity: Int, interpolationCount: Int) {}
    /// A fixed part.
    public mutating func appendLiteral(_ literal: String) { text += literal }
    /// A number.
    public mutating func appendInterpolation(_ value: Int) { text += "\(value)" }
    /// A text; a slash in it does not end the segment.
    public mutating func appendInterpolation(_ value: String) { text += PercentEncoding.encoded(value) }
    /// A named value.
    public mutating func appendInterpolation(_ value: some OpenValue) { appendInterpolation(value.rawValue) }
  }
}

/// One call: everything that is sent, and the type of the answer.
public struct Endpoint<Answer: Sendable>: Sendable {
  /// The server that answers the call.
  public enum Base: Sendable {
    /// The REST interface, under the path of its base URL.
    case studio
    /// The ingestion service, at the root of its host.
    case ingestion
  }

  /// What is sent along.
  public enum Body: Sendable {
    /// Nothing.
    case none
    /// JSON.
    case json(@Sendable () throws -> Data)
    /// Bytes of a type.
    case bytes(Data, contentType: String)
    /// A file of a type; it is read while it is sent.
    case file(String, contentType: String)
  }

  /// The method.
  public var method: HTTPMethod
  /// The path below the base.
  public var path: EndpointPath
  /// Query in order, not yet escaped; nil values are left out.
  public var query: [(name: String, value: String)]
  /// Headers beyond those that all calls have.
  public var headers: [(name: String, value: String)]
  /// What is sent along.
  public var body: Body
  /// Types of answers that the call asks for, as its header `Accept`.
  public var accept: String
  /// The server.
  public var base: Base
  /// Whether sending it twice does no harm. Only such calls are tried again.
  public var isIdempotent: Bool

  /// Describes a call.
  ///
  /// - Parameters:
  ///   - query: Values that are nil are left out.
  ///   - accept: Types of answers to ask for.
  ///   - isIdempotent: By default whatever is not a POST.
  public init(
    _ method: HTTPMethod, _ path: EndpointPath, query: KeyValuePairs<String, (any QueryValue)?> = [:],
    headers: [(name: String, value: String)] = [], body: Body = .none, accept: String = "application/json",
    base: Base = .studio, isIdempotent: Bool? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query.compactMap { item in item.value.map { (item.key, $0.queryText) } }
    self.headers = headers
    self.body = body
    self.accept = accept
    self.base = base
    self.isIdempotent = isIdempotent ?? (method != .post)
  }

  /// Describes a call with a JSON body.
  public init(
    _ method: HTTPMethod, _ path: EndpointPath, query: KeyValuePairs<String, (any QueryValue)?> = [:],
    json: some StudioModel, isIdempotent: Bool = false
  ) {
    self.init(
      method, path, query: query, body: .json { try StudioJSON.encode(json) }, isIdempotent: isIdempotent)
  }
}
