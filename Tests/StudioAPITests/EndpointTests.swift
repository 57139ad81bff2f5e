// Strategy: every call runs over HTTP against a recording server. The request must equal Studio's description in method,
// path, query, headers and body; the example of the answer's model must come back; a refusal, a page of HTML, an
// answer without fields, an expired key and a refused connection must each become their error. Downloads are held
// to the same requests in DownloadTests.

import EndpointCases
import Foundation
import HTTPTestServer
import Synchronization
import Testing

@testable import StudioAPI

/// Method, path, query, headers and body are what the case says.
private func expect(_ request: RecordedRequest, equals endpoint: EndpointCase) throws {
  let query = request.query.isEmpty ? "" : "?" + request.query.joined(separator: "&")
  #expect("\(request.method) \(request.path)\(query)" == endpoint.request)
  #expect(request.headers["x-api-key"] == "ei_secret")
  #expect(request.headers["accept"] == endpoint.accept)
  #expect(request.headers["x-jwt-token"] == nil && request.headers["cookie"] == nil)
  if let body = endpoint.body {
    #expect(request.headers["content-type"] == "application/json")
    let found = try JSONDecoder().decode(JSONValue.self, from: request.body)
    let wanted = try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8))
    #expect(found == wanted)
  } else {
    #expect(request.headers["content-type"] == nil)
    #expect(request.body.isEmpty)
    #expect(request.method != "POST" || request.headers["content-length"] == "0")
  }
}

@Test(arguments: EndpointCase.files)
func requestsForFiles(endpoint: EndpointCase) async throws {
  let reply = Reply(type: endpoint.accept, body: endpoint.name.contains("dsp_") ? arrayOfOne : Data("bytes".utf8))
  try await withStudio({ _ in reply }) { server, client in
    try await endpoint.call(client)
    #expect(server.requests.count == 1)
    try expect(try #require(server.requests.first), equals: endpoint)
  }
}

/// A `.npy` file of one number.
private let arrayOfOne: Data = {
  let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }"
  let text = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
  return Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0]) + Data(text.utf8) + Data(count: 4)
}()

@Test(arguments: EndpointCase.all)
func requestsAndAnswers(endpoint: EndpointCase) async throws {
  try await withStudio({ _ in ModelExamples.reply(endpoint.model) }) { server, client in
    try await endpoint.call(client)
    let requests = server.requests
    #expect(requests.count == 1)
    try expect(try #require(requests.first), equals: endpoint)
  }
}

@Test(arguments: EndpointCase.all)
func refusals(endpoint: EndpointCase) async throws {
  let words = endpoint.request.split(whereSeparator: { $0 == " " || $0 == "?" }).map(String.init)
  let script = Script(
    .refusal("No such thing"), Reply(401, text: #"{"success":false,"error":"Invalid API key"}"#),
    Reply(type: "text/html", text: "<html>"), Reply(text: "{}"))
  try await withStudio(script.next) { server, client in
    let refused = await failure { try await endpoint.call(client) }
    #expect(refused?.kind == .refused && refused?.message == "No such thing")
    #expect(refused?.method == words[0] && refused.map { "/v1\($0.path ?? "")" } == words[1])
    let expired = await failure { try await endpoint.call(client) }
    #expect(expired?.kind == .unauthorized && expired?.message == "Invalid API key" && expired?.status == 401)
    let page = await failure { try await endpoint.call(client) }
    #expect(page?.kind == .invalidAnswer && page?.message.contains("HTML") == true)
    let bare = await failure { try await endpoint.call(client) }
    #expect(bare?.kind == .invalidAnswer && bare?.message.contains("is missing") == true)
    #expect(server.requests.count == 4)
  }
}

@Test func logsComeAsText() async throws {
  let script = Script(Reply(type: "text/plain", text: "line 1\nline 2\n"), .refusal("No job"))
  try await withStudio(script.next) { server, client in
    let text = try await client.jobLogText(project: 7, job: 5, limit: 2, level: "info")
    #expect(text == "line 1\nline 2\n")
    #expect(server.requests.first?.path == "/v1/api/7/jobs/5/stdout/download")
    #expect(server.requests.first?.query == ["limit=2", "logLevel=info"])
    #expect(server.requests.first?.headers["accept"] == "text/plain")
    let error = await failure { _ = try await client.jobLogText(project: 7, job: 5) }
    #expect(error?.kind == .refused && error?.message == "No job")
  }
}

@Test func theFirstProjectIsTheKeys() async throws {
  let script = Script(ModelExamples.reply("ListProjectsResponse"), Reply(text: #"{"success":true,"projects":[]}"#))
  try await withStudio(script.next) { _, client in
    let project = try await client.projectID()
    #expect(project == 1)
    let error = await failure { _ = try await client.projectID() }
    #expect(error?.kind == .notFound)
  }
}

@Test func waitingEndsWithTheJob() async throws {
  @Sendable func job(_ rest: String) -> Reply {
    let fields = #""id":5,"category":"c","categoryKey":"k","key":"k","created":"2024-05-01T10:00:00Z""#
    return Reply(text: #"{"success":true,"job":{\#(fields),"jobNotificationUids":[]\#(rest)}}"#)
  }
  let script = Script(job(""), job(""), job(#","finished":"2024-05-01T10:01:00Z","finishedSuccessful":false"#))
  try await withStudio(script.next) { server, client in
    let ended = try await client.waitForJob(project: 7, job: 5, interval: 0.01)
    #expect(ended.finishedSuccessful == false)
    #expect(server.requests.count == 3)
  }
  try await withStudio({ _ in job("") }) { _, client in
    let error = await failure { _ = try await client.waitForJob(project: 7, job: 5, interval: 0.01, limit: 0.05) }
    #expect(error?.kind == .timedOut)
  }
}

/// A log of entries, each a minute after the one before.
private func log(_ entries: [String], total: Int, isReversed: Bool = false) -> Reply {
  let items = entries.enumerated().map { #"{"created":"2024-05-01T10:0\#($0.offset):00Z","data":"\#($0.element)"}"# }
  let text = (isReversed ? items.reversed() : items).joined(separator: ",")
  return Reply(text: #"{"success":true,"stdout":[\#(text)],"totalCount":\#(total)}"#)
}

@Test(arguments: [false, true])
func logsAreFollowed(isReversed: Bool) async throws {
  @Sendable func job(_ rest: String) -> Reply {
    let fields = #""id":5,"category":"c","categoryKey":"k","key":"k","created":"2024-05-01T10:00:00Z""#
    return Reply(text: #"{"success":true,"job":{\#(fields),"jobNotificationUids":[]\#(rest)}}"#)
  }
  // Lines come once, though each answer has all of them; the third is lost, and the last is cut to its end.
  let script = Script(
    job(""), log(["a"], total: 1, isReversed: isReversed), job(""), log(["a", "b"], total: 2, isReversed: isReversed),
    job(""), .refusal("No log"), job(#","finished":"2024-05-01T10:01:00Z","finishedSuccessful":true"#),
    log(["b", "c", "d"], total: 4, isReversed: isReversed))
  try await withStudio(script.next) { server, client in
    let lines = Mutex<[String]>([])
    let ended = try await client.followJob(project: 7, job: 5, interval: 0.01) { entry in
      lines.withLock { $0.append(entry.data) }
    }
    #expect(ended.finishedSuccessful == true)
    #expect(lines.withLock { $0 } == ["a", "b", "c", "d"])
    #expect(server.requests.count == 8)
  }
}

@Test func tokensGoIntoTheirHeader() async throws {
  try await withStudio(credential: .token(Secret("jwt_secret")), { _ in ModelExamples.reply("ListProjectsResponse") }) {
    server, client in
    _ = try await client.projects()
    #expect(server.requests.first?.headers["x-jwt-token"] == "jwt_secret")
    #expect(server.requests.first?.headers["x-api-key"] == nil)
  }
}
