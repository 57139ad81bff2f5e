import Datasets
import FeatureGeneration
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NumPyFiles
import OutputFiles
import ProcessingBlocks
import StudioAPI

/// Why a call is not done, and with which status it is answered.
///
/// Studio answers 200 with `{"success": false, "error": …}` to everything that it understands and does not do; its
/// clients take other statuses for broken connections.
struct Refusal: Error, Sendable {
  let status: HTTPResponse.Status
  let message: String

  init(_ message: String) { self.init(.ok, message) }

  init(_ status: HTTPResponse.Status, _ message: String) {
    self.status = status
    self.message = message
  }

  var response: Response {
    Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// The answer's JSON.
  var body: Data {
    (try? Answer.encode(Studio.GenericAPIResponse(success: false, error: message)))
      ?? Data(#"{"success":false,"error":"unknown"}"#.utf8)
  }

  /// The answer's header fields.
  var headers: HTTPFields {
    var headers = Answer.headers(type: Answer.jsonType)
    // What is left of a body that is too large would have to be read before the next request.
    if status == .contentTooLarge || status == .requestTimeout { headers[.connection] = "close" }
    if status == .serviceUnavailable || status == .tooManyRequests { headers[.retryAfter] = "1" }
    return headers
  }
}

extension Refusal {
  /// Any error of the engine as an answer; nil for those that no handler should have let pass.
  init?(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as HTTPError:
      self.init(error.status, error.body ?? error.status.reasonPhrase)
    case let error as DatasetErrors: self.init("\(error)")
    case let error as DatasetError: self.init("\(error)")
    case let error as ImpulseError: self.init("\(error)")
    case let error as ConfigurationError: self.init("\(error)")
    case let error as AnalysisError: self.init("\(error)")
    case let error as NumPyError: self.init("\(error)")
    case let error as OutputError:
      // Studio has nothing like a full disk; a client may well try again.
      self.init(error.kind == .system ? .serviceUnavailable : .ok, "\(error)")
    case let torn as RegisterWrite.Torn:
      guard let refusal = Refusal(torn.cause) else { return nil }
      self = refusal
    case is CancellationError: self.init(.serviceUnavailable, "the server is shutting down")
    default: return nil
    }
  }
}

/// Turns errors into answers.
struct ErrorAnswers: RouterMiddleware {
  typealias Context = StudioContext

  func handle(
    _ request: Request, context: StudioContext, next: (Request, StudioContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let fault as BodyFault {
      // The connection answers for its own errors.
      throw fault.cause
    } catch {
      let refusal = Refusal(error) ?? Refusal(.internalServerError, "the server met an error of its own: \(error)")
      return refusal.response
    }
  }
}
