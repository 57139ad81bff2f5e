import Foundation

/// What refusals look like: only the two fields that every answer has.
private struct Refusal: Decodable {
  var success: Bool?
  var error: String?
}

extension StudioClient {
  /// The model in an answer of status 200.
  func decoded<Answer: StudioAnswer>(
    _ answer: HTTPAnswer, _ endpoint: Endpoint<Answer>
  ) throws(StudioError) -> Answer {
    try checkJSON(answer, endpoint)
    // A refusal need not have the other fields, so it is looked for first.
    if let refusal = try? StudioJSON.decode(Refusal.self, from: answer.body), refusal.success == false {
      throw error(.refused, refusal.error ?? "Studio gave no reason", endpoint, status: answer.status)
    }
    do throws(StudioJSON.Fault) {
      return try StudioJSON.decode(Answer.self, from: answer.body)
    } catch {
      throw self.error(
        .invalidAnswer, "the answer is not as expected: \(error.message)", endpoint, status: answer.status)
    }
  }

  /// Throws unless the body can be JSON.
  func checkJSON<Answer>(_ answer: HTTPAnswer, _ endpoint: Endpoint<Answer>) throws(StudioError) {
    if answer.body.isEmpty {
      throw error(.invalidAnswer, "expected JSON, found an empty answer", endpoint, status: answer.status)
    }
    if Self.isHTML(answer) {
      throw error(
        .invalidAnswer, "expected JSON, found an HTML page: is the endpoint right?", endpoint, status: answer.status)
    }
    if let type = answer.contentType, type != "application/json", type != "text/json", !type.hasSuffix("+json") {
      throw error(
        .invalidAnswer, "expected application/json, found \(Self.shown(type))", endpoint, status: answer.status)
    }
  }

  /// The error of an answer that is not of the wanted kind or status.
  func failure<Answer>(of answer: HTTPAnswer, _ endpoint: Endpoint<Answer>, expected: String) -> StudioError {
    let refusal = Self.isHTML(answer) ? nil : try? StudioJSON.decode(Refusal.self, from: answer.body)
    if answer.status == 200 {
      if let refusal, refusal.success == false {
        return error(.refused, refusal.error ?? "Studio gave no reason", endpoint, status: 200)
      }
      let found = Self.isHTML(answer) ? "an HTML page" : answer.contentType.map(Self.shown) ?? "another type"
      return error(.invalidAnswer, "expected \(expected), found \(found)", endpoint, status: 200)
    }
    let kind = StudioError.Kind(status: answer.status)
    var message = refusal?.error ?? ""
    if message.isEmpty {
      switch kind {
      case .redirected:
        let host = answer.headers["location"].flatMap { URLComponents(string: $0)?.host }
        message = "the server redirects\(host.map { " to \($0)" } ?? ""), where keys do not follow"
      case .unauthorized: message = "the API key is not accepted"
      default:
        let isText = !Self.isHTML(answer) && !answer.body.isEmpty
        message = isText ? Self.shown(String(decoding: answer.body.prefix(300), as: UTF8.self)) : "the call failed"
      }
    }
    var result = error(kind, message, endpoint, status: answer.status)
    result.retryAfter = answer.headers["retry-after"].flatMap { RetryAfter.seconds($0) }
    return result
  }

  /// An error of a call. Studio's words may repeat the key, so it is taken out.
  func error<Answer>(
    _ kind: StudioError.Kind, _ message: String, _ endpoint: Endpoint<Answer>, status: Int? = nil
  ) -> StudioError {
    let secret = configuration.credential.secret
    return StudioError(
      kind, secret.scrubbed(from: message), method: endpoint.method.rawValue,
      path: secret.scrubbed(from: endpoint.path.text), status: status, attempts: 1)
  }

  private static func isHTML(_ answer: HTTPAnswer) -> Bool {
    if answer.contentType == "text/html" { return true }
    return answer.body.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
  }

  /// A text without control characters.
  private static func shown(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }
}
