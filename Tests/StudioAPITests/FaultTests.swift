// Strategy: the server misbehaves in one way per test, over a real socket; the client must give the right error or try
// again the right number of times. Requests are counted, so a repeated POST or a retry too many fails. Pauses are
// tested as numbers, without waiting for them.

import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

private let json = "application/json"

@Test func brokenConnectionsAreTriedAgainWhereThatDoesNoHarm() async throws {
  let cut = Reply.cut(length: 100, sent: Data(#"{"success":true,"#.utf8))
  let script = Script(cut, Reply(steps: [.close]), ModelExamples.reply("ListProjectsResponse"))
  try await withStudio(script.next) { server, client in
    _ = try await client.projects()
    #expect(server.requests.count == 3)
  }
  try await withStudio({ _ in cut }) { server, client in
    let error = await failure { _ = try await client.newBlockID(project: 7) }
    #expect(error?.kind == .interrupted && error?.attempts == 1)
    #expect(server.requests.count == 1)
    let read = await failure { _ = try await client.projects() }
    #expect(read?.kind == .interrupted && read?.attempts == 3)
    #expect(server.requests.count == 4)
  }
}

@Test func chunkedAnswersThatEndTooSoonAreBroken() async throws {
  let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
  let text = #"{"success":true,"projects":[]}"#
  let whole = head + String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n0\r\n\r\n"
  let script = Script(
    Reply(steps: [.bytes(Data((head + "5\r\n{\"suc\r\n").utf8)), .close]), Reply(steps: [.bytes(Data(whole.utf8))]))
  try await withStudio(script.next) { server, client in
    let answer = try await client.projects()
    #expect(answer.projects == [])
    #expect(server.requests.count == 2)
  }
}

@Test(arguments: [500, 502, 503, 504])
func serverErrorsAreTriedAgain(status: Int) async throws {
  let error = Reply(status, type: "text/plain", text: "down")
  let script = Script(error, error, ModelExamples.reply("ListProjectsResponse"))
  try await withStudio(script.next) { server, client in
    _ = try await client.projects()
    #expect(server.requests.count == 3)
  }
  try await withStudio({ _ in error }) { server, client in
    let failed = await failure { _ = try await client.newBlockID(project: 7) }
    #expect(failed?.kind == .server && failed?.status == status && failed?.message == "down")
    #expect(server.requests.count == 1)
  }
}

@Test(arguments: [(400, StudioError.Kind.status), (403, .forbidden), (404, .notFound), (501, .server), (201, .status)])
func otherStatusesAreNot(status: Int, kind: StudioError.Kind) async throws {
  try await withStudio({ _ in Reply(status, text: #"{"success":false,"error":"Because"}"#) }) { server, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == kind && error?.status == status && error?.message == "Because")
    #expect(error?.description == "GET /api/projects: HTTP \(status): Because")
    #expect(server.requests.count == 1)
  }
}

@Test func limitsAreWaitedFor() async throws {
  let wait = Reply(429, headers: ["Retry-After: 0"], text: #"{"success":false,"error":"Slow down"}"#)
  let script = Script(wait, wait, ModelExamples.reply("ListProjectsResponse"))
  try await withStudio(retries: RetryPolicy(attempts: 3, firstPause: 1000, longestPause: 1000), script.next) {
    server, client in
    _ = try await client.projects()
    #expect(server.requests.count == 3)
  }
  let long = Reply(429, headers: ["Retry-After: 3600"], text: #"{"success":false,"error":"Slow down"}"#)
  try await withStudio({ _ in long }) { server, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .limited && error?.retryAfter == 3600 && error?.message == "Slow down")
    #expect(server.requests.count == 1)
  }
}

@Test func pausesGrowAndBelieveTheServer() {
  let policy = RetryPolicy(attempts: 5, firstPause: 1, longestPause: 6, longestRetryAfter: 100)
  let broken = StudioError(.interrupted, "")
  #expect((1...5).map { policy.pause(after: broken, attempt: $0, draw: 1) } == [1, 2, 4, 6, nil])
  #expect((1...3).map { policy.pause(after: broken, attempt: $0, draw: 0) } == [0.5, 1, 2])
  #expect(policy.pause(after: StudioError(.limited, "", retryAfter: 77), attempt: 1, draw: 0) == 77)
  #expect(policy.pause(after: StudioError(.limited, "", retryAfter: 101), attempt: 1, draw: 0) == nil)
  for kind in [StudioError.Kind.refused, .unauthorized, .timedOut, .cancelled, .invalidAnswer, .redirected, .file] {
    #expect(policy.pause(after: StudioError(kind, ""), attempt: 1, draw: 0) == nil)
  }
}

@Test func retryAfterInBothForms() {
  let now = Date(timeIntervalSince1970: 784_111_777)
  #expect(RetryAfter.seconds("120", now: now) == 120)
  #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:50:37 GMT", now: now) == 60)
  #expect(RetryAfter.seconds("Sun, 06 Nov 1994 08:00:00 GMT", now: now) == 0)
  for text in ["", "-1", "soon", "1.5", "Sun, 06 Foo 1994 08:50:37 GMT", "Sun, 99 Nov 1994 08:50:37 GMT"] {
    #expect(RetryAfter.seconds(text, now: now) == nil)
  }
}

@Test func silenceAndSlownessEnd() async throws {
  let head = Reply.head(200, type: json, length: 1000)
  try await withStudio(idleTimeout: 1, { _ in Reply(steps: [.bytes(head), .bytes(Data("{".utf8)), .pause(4)]) }) {
    server, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .timedOut)
    #expect(server.requests.count == 1)
  }
  // A drip is never silent for long; the limit for the whole call ends it.
  let drip = [Reply.Step.bytes(head)] + (0..<30).flatMap { _ in [Reply.Step.bytes(Data(" ".utf8)), .pause(0.1)] }
  try await withStudio(idleTimeout: 1, callTimeout: 0.5, { _ in Reply(steps: drip) }) { _, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .timedOut)
  }
}

@Test func cancellingEndsACall() async throws {
  try await withStudio({ _ in Reply(steps: [.pause(300)]) }) { server, client in
    let task = Task { await failure { _ = try await client.projects() } }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let error = await task.value
    #expect(error?.kind == .cancelled)
    #expect(server.requests.count == 1)
  }
}

@Test(arguments: [
  (Reply(type: "text/html; charset=utf-8", text: "<!doctype html>"), "HTML"),
  (Reply(type: nil, text: "  <html>"), "HTML"), (Reply(text: ""), "empty"),
  (Reply(type: "application/octet-stream", text: "{}"), "application/octet-stream"),
  (Reply(text: #"{"success":true,"#), "not valid JSON"), (Reply(text: "[1,2]"), "another kind"),
  (Reply(text: #"{"success":true,"projects":[{"id":"one"}]}"#), "projects[0].id"),
])
func answersThatAreNotJSON(reply: Reply, words: String) async throws {
  try await withStudio({ _ in reply }) { server, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .invalidAnswer)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(server.requests.count == 1)
  }
}

@Test func largeAnswersStayOutOfMemory() async throws {
  let count = 1 << 22
  let reply = Reply(steps: [.bytes(Reply.head(200, type: json, length: count)), .zeros(count)])
  try await withStudio(answerLimit: 1 << 20, { _ in reply }) { _, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .tooLarge)
  }
}

@Test func keysDoNotFollowToAnotherHost() async throws {
  let other = try RecordingServer { _ in ModelExamples.reply("ListProjectsResponse") }
  defer { other.stop() }
  let elsewhere = "Location: http://127.0.0.1:\(other.port)/v1/api/projects"
  try await withStudio({ _ in Reply(302, type: nil, headers: [elsewhere], text: "") }) { server, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .redirected && error?.status == 302)
    #expect(error?.message.contains("127.0.0.1") == true)
    #expect(other.requests.isEmpty && server.requests.count == 1)
  }
  try await withStudio({ request in
    request.path == "/v1/moved"
      ? ModelExamples.reply("ListProjectsResponse")
      : Reply(302, type: nil, headers: ["Location: /v1/moved"], text: "")
  }) { server, client in
    _ = try await client.projects()
    #expect(server.requests.map(\.path) == ["/v1/api/projects", "/v1/moved"])
    let error = await failure { _ = try await client.newBlockID(project: 7) }
    #expect(error?.kind == .redirected)
  }
  try await withStudio({ _ in Reply(302, type: nil, headers: ["Location: /v1/again"], text: "") }) { _, client in
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .redirected)
  }
}

@Test func aServerThatIsNotThere() async throws {
  try await withStudio({ _ in .success }) { server, client in
    server.stop()
    try await Task.sleep(for: .milliseconds(50))
    let error = await failure { _ = try await client.projects() }
    #expect(error?.kind == .unreachable || error?.kind == .interrupted)
    #expect(error?.attempts == 3)
  }
}
