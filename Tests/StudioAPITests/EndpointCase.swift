import Foundation
import Testing

@testable import StudioAPI

/// A call, the request that it must make, and the model whose example answers it. Calls that have parameters which may be
/// left out appear with all of them at least once.
struct EndpointCase: Sendable, CustomTestStringConvertible {
  var name: String
  var request: String
  var body: String?
  var model: String
  var accept = "application/json"
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

  /// A call whose answer goes to a file.
  ///
  /// - Parameters:
  ///   - type: Content type of the answer, and value of the header `Accept`; one of NumPy answers an array.
  init(
    file name: String, _ request: String, type: String,
    _ download: @escaping @Sendable (_ client: StudioClient, _ path: String) async throws -> Void
  ) {
    self.init(name, request, answers: "") { client in
      try await withFolder { folder in
        try await download(client, "\(folder)/f")
        #expect(FileManager.default.fileExists(atPath: "\(folder)/f"))
      }
    }
    accept = type
  }

  var testDescription: String { name }
}
