import Foundation
import Testing

@testable import StudioAPI

/// A call, the request that it must make, and the model whose example answers it.
struct EndpointCase: Sendable, CustomTestStringConvertible {
  var name: String
  var request: String
  var body: String?
  var model: String
  var call: @Sendable (StudioClient) async throws -> Void

  /// - Parameters:
  ///   - request: Method, path and query as on the wire.
  ///   - body: JSON; nil for no body at all.
  init(
    _ name: String, _ request: String, body: String? = nil, answers model: String,
    _ call: @escaping @Sendable (StudioClient) async throws -> Void
  ) {
    self.name = name
    self.request = request
    self.body = body
    self.model = model
    self.call = call
  }

  var testDescription: String { name }
}
