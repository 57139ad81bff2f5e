import Foundation

/// Where Studio is, who asks, and how patient the client is.
public struct StudioConfiguration: Sendable, Equatable {
  /// Studio's own REST interface.
  public static let defaultEndpoint = "https://studio.edgeimpulse.com/v1"
  /// Studio's own ingestion service.
  public static let defaultIngestionEndpoint = "https://ingestion.edgeimpulse.com"

  /// Key or token.
  public var credential: Credential
  /// Base URL of the REST interface; its path is kept. A trailing slash makes no difference.
  public var endpoint: String
  /// Base URL of the ingestion service; its path is dropped.
  public var ingestionEndpoint: String
  /// Longest silence of the server, in seconds. Default 60.
  public var idleTimeout: Double
  /// Longest time for one attempt of a call, in seconds; downloads and uploads are not bound by it. Default 300.
  public var callTimeout: Double
  /// How calls are tried again.
  public var retries: RetryPolicy
  /// Largest answer that is taken into memory, in bytes. Default 256 MiB.
  public var answerLimit: Int
  /// Text of the header `x-upload-source`.
  public var uploadSource: String

  /// Creates a configuration; the endpoints are checked when a client is made.
  public init(
    credential: Credential, endpoint: String = defaultEndpoint,
    ingestionEndpoint: String = defaultIngestionEndpoint, idleTimeout: Double = 60, callTimeout: Double = 300,
    retries: RetryPolicy = RetryPolicy(), answerLimit: Int = 256 << 20,
    uploadSource: String = "EDGE_IMPULSE_PYTHON_SDK"
  ) {
    self.credential = credential
    self.endpoint = endpoint
    self.ingestionEndpoint = ingestionEndpoint
    self.idleTimeout = idleTimeout
    self.callTimeout = callTimeout
    self.retries = retries
    self.answerLimit = answerLimit
    self.uploadSource = uploadSource
  }

  /// Throws when a setting cannot work.
  func check() throws(StudioError) {
    let header = credential.header.value
    guard !header.isEmpty, header.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw StudioError(.configuration, "the key is empty or holds characters that no key has")
    }
    _ = try Self.checked(endpoint, name: "API endpoint")
    _ = try Self.checked(ingestionEndpoint, name: "ingestion endpoint")
    guard idleTimeout > 0, idleTimeout.isFinite, callTimeout > 0, callTimeout.isFinite else {
      throw StudioError(.configuration, "time limits must be positive")
    }
  }

  /// The base URL without trailing slashes.
  static func checked(_ text: String, name: String) throws(StudioError) -> String {
    var base = Substring(text)
    while base.last == "/" { base.removeLast() }
    guard let url = URLComponents(string: String(base)), url.scheme == "https" || url.scheme == "http",
      let host = url.host, !host.isEmpty, url.query == nil, url.fragment == nil
    else {
      throw StudioError(.configuration, "the \(name) must be an http or https address")
    }
    guard url.user == nil, url.password == nil else {
      throw StudioError(.configuration, "the \(name) must not hold a user name or password")
    }
    return String(base)
  }
}
