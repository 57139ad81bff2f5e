import Foundation
import StudioAPI

/// A call, the request that it must make, and the model whose example answers it. Calls that have parameters which may be
/// left out appear with all of them at least once.
package struct EndpointCase: Sendable, CustomStringConvertible {
  /// Studio's name of the call.
  package var name: String
  /// Method, path and query as on the wire.
  package var request: String
  /// JSON; nil for no body at all.
  package var body: String?
  /// Name of the answer's model; empty for a file.
  package var model: String
  /// Value of the header `Accept`.
  package var accept = "application/json"
  /// Makes the call.
  package var call: @Sendable (StudioClient) async throws -> Void

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
      let folder = NSTemporaryDirectory() + "endpoint-\(UInt64.random(in: 0 ... .max))"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try await download(client, "\(folder)/f")
      guard FileManager.default.fileExists(atPath: "\(folder)/f") else { throw MissingFile(call: name) }
    }
    accept = type
  }

  package var description: String { name }

  /// Every call whose answer is JSON.
  package static let all = dsp + projects + impulses + samples + jobs

  /// A download that has left nothing.
  private struct MissingFile: Error { var call: String }
}
