import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import StudioPage

/// The web page: files for anybody, without data in them.
struct PageRoutes: RouteTopic {
  func add(to routes: Routes) {
    let index = PageAnswer(PageFile.index)
    routes.open("") { call in index.response(to: call.request) }
    for file in PageFile.all {
      let answer = PageAnswer(file)
      routes.open("page/\(file.name)") { call in answer.response(to: call.request) }
    }
  }
}

/// A file of the page as it is sent.
private struct PageAnswer: Sendable {
  private let body: Data
  private let headers: HTTPFields

  /// Nothing but the page's own files is loaded or run, and no other site may frame it. Pictures come from memory too:
  /// those of recordings need the key, which addresses cannot carry.
  private static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'
    """

  init(_ file: PageFile) {
    body = Data(file.bytes)
    let hash = SHA256.hash(data: body).prefix(12).map { String(format: "%02x", $0) }.joined()
    headers = [
      .contentType: file.mediaType, .eTag: "\"\(hash)\"",
      // Browsers ask each time: after an update, old files do not meet new ones.
      .cacheControl: "no-cache", .contentTypeOptions: "nosniff", .contentSecurityPolicy: Self.policy,
      .referrerPolicy: "no-referrer",
    ]
  }

  func response(to request: Request) -> Response {
    if let known = request.headers[.ifNoneMatch], known == headers[.eTag] {
      return Response(status: .notModified, headers: headers)
    }
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(data: body)))
  }
}

extension HTTPField.Name {
  fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .contentType
}
