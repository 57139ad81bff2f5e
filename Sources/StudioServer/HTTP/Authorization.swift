import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import StudioAPI

/// Asks for the API key, in every way in which Studio's clients send it.
///
/// `x-api-key`, `x-jwt-token`, `Authorization: Bearer`, and `Cookie` with or without `jwt=`. Hashes are compared, in a
/// time that tells nothing about the key.
struct Authorization: RouterMiddleware {
  typealias Context = StudioContext

  private let digest: SHA256Digest?
  private let open: OpenPaths

  /// - Parameters:
  ///   - key: nil lets everybody in.
  ///   - open: paths that need no key.
  init(key: Secret?, open: OpenPaths) {
    digest = key.map { SHA256.hash(data: Data($0.value.utf8)) }
    self.open = open
  }

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    guard let digest else { return try await next(request, context) }
    let reads = request.method == .get || request.method == .head
    if reads, open.contains(request.uri.path) { return try await next(request, context) }
    guard Self.candidates(request).contains(where: { SHA256.hash(data: Data($0.utf8)) == digest }) else {
      throw Refusal(.unauthorized, "Invalid API key")
    }
    return try await next(request, context)
  }

  private static func candidates(_ request: Request) -> [String] {
    var values = [request.headers[.apiKey], request.headers[.token]].compactMap { $0 }
    if let authorization = request.headers[.authorization], authorization.lowercased().hasPrefix("bearer ") {
      values.append(String(authorization.dropFirst("bearer ".count)))
    }
    for cookie in request.headers[values: .cookie].flatMap({ $0.split(separator: ";") }) {
      let text = cookie.drop { $0 == " " }
      values.append(String(text.hasPrefix("jwt=") ? text.dropFirst("jwt=".count) : text))
    }
    return values
  }
}

/// Keeps web pages of other sites away from a server that asks for no key.
///
/// A browser sends the page's origin along, and the name under which it found the server: neither may be foreign.
struct OriginCheck: RouterMiddleware {
  typealias Context = StudioContext

  /// Names by which the server may be called; nil for any.
  private let hosts: Set<String>?

  /// - Parameter host: the address that the server listens at.
  init(host: String, hasKey: Bool) {
    hosts =
      StudioServer.isLoopback(host) && !hasKey ? ["localhost", "127.0.0.1", "[::1]", host.lowercased()] : nil
  }

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    let authority = (request.head.authority ?? "").lowercased()
    if let hosts, !hosts.contains(Self.name(authority)) {
      throw Refusal(.forbidden, "this server answers for localhost only, not for \(authority)")
    }
    if let origin = request.headers[.origin]?.lowercased(), origin != "http://\(authority)",
      origin != "https://\(authority)"
    {
      throw Refusal(.forbidden, "pages of \(origin) may not use this server")
    }
    return try await next(request, context)
  }

  /// Without the port.
  private static func name(_ authority: String) -> String {
    guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else { return authority }
    return String(authority[..<colon])
  }
}
