// Strategy: uploads go over HTTP; the recording server keeps every request, and the tests take the multipart body
// apart byte by byte. One file's failure must stay one file's failure. Requests are counted per file: a recording
// may be sent again only when duplicates are refused by the server.

import Datasets
import Foundation
import HTTPTestServer
import Synchronization
import Testing

@testable import StudioAPI

private let taken = #"{"success":true,"files":[{"success":true,"sampleId":5,"projectId":7,"fileName":"a"}]}"#

/// The parts of a multipart body: head and content.
private func parts(_ request: RecordedRequest) -> [(head: String, content: Data)] {
  let type = request.headers["content-type"] ?? ""
  guard let boundary = type.components(separatedBy: "boundary=").last else { return [] }
  let mark = Data("--\(boundary)".utf8)
  var result: [(String, Data)] = []
  var rest = request.body[...]
  while let range = rest.range(of: mark) {
    let after = rest[range.upperBound...]
    guard let end = after.range(of: mark), let blank = after.range(of: Data("\r\n\r\n".utf8)) else { break }
    let head = String(decoding: after[after.startIndex..<blank.lowerBound], as: UTF8.self)
    result.append((head, Data(after[blank.upperBound..<end.lowerBound].dropLast(2))))
    rest = after[end.lowerBound...]
  }
  return result
}

@Test func oneRecordingIsOneRequest() async throws {
  try await withStudio({ _ in Reply(text: taken) }) { server, client in
    let sample = UploadSample(
      .bytes(Data([0, 1, 255, 13, 10])), fileName: "a \"b\" é.cbor", category: .training, label: "wave",
      boundingBoxes: [Studio.BoundingBox(label: "x", x: 1, y: 2, width: 3, height: 4)],
      metadata: ["site": "desk", "wörd": "a\"b"],
      structuredLabels: [Studio.StructuredLabel(startIndex: 0, endIndex: 2, label: "up")])
    let report = await client.upload([sample])
    #expect(report.success && report.failures.isEmpty)
    #expect(
      report.successes == [
        UploadReport.Success(index: 0, fileName: "a \"b\" é.cbor", sampleID: 5, projectID: 7)
      ])
    let request = try #require(server.requests.first)
    #expect("\(request.method) \(request.path)" == "POST /api/training/files")
    #expect(request.query == [])
    #expect(request.headers["x-api-key"] == "ei_secret")
    #expect(request.headers["accept"] == "*/*")
    #expect(request.headers["x-upload-source"] == "EDGE_IMPULSE_PYTHON_SDK")
    #expect(request.headers["x-disallow-duplicates"] == "1")
    #expect(request.headers["x-label"] == "wave")
    #expect(request.headers["x-metadata"] == #"{"site":"desk","w\u00f6rd":"a\"b"}"#)
    #expect(request.headers["x-bounding-boxes"] == #"[{"height":4,"label":"x","width":3,"x":1,"y":2}]"#)
    let found = parts(request)
    #expect(found.count == 2)
    #expect(
      found.first?.head
        == "\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a %22b%22 é.cbor\"\r\nContent-Type: multipart/form-data"
    )
    #expect(found.first?.content == Data([0, 1, 255, 13, 10]))
    #expect(
      found.last?.head.contains("filename=\"structured_labels.labels\"\r\nContent-Type: application/json") == true)
    let labels =
      #"{"structuredLabels":{"a \"b\" é.cbor":[{"endIndex":2,"label":"up","startIndex":0}]},"#
      + #""type":"structured-labels","version":1}"#
    #expect(found.last.map { String(decoding: $0.content, as: UTF8.self) } == labels)
  }
}

@Test func optionalHeadersAreLeftOut() async throws {
  try await withStudio({ _ in Reply(text: taken) }) { server, client in
    let samples = ["", "50% é"].map { UploadSample(.bytes(Data("x".utf8)), fileName: "a.csv", label: $0) }
    _ = await client.upload(samples, options: UploadOptions(allowsDuplicates: true, workers: 1))
    let headers = server.requests.map(\.headers)
    #expect(server.requests.map(\.path) == ["/api/split/files", "/api/split/files"])
    #expect(headers.allSatisfy { $0["x-disallow-duplicates"] == nil && $0["x-metadata"] == nil })
    #expect(headers.first?["x-label"] == nil)
    #expect(headers.last?["x-label"] == "50%25%20%C3%A9")
  }
}

@Test func largeFilesAreSentFromDisk() async throws {
  try await withFolder { folder in
    var content = Data(count: 6 << 20)
    for index in stride(from: 0, to: content.count, by: 1000) { content[index] = UInt8(truncatingIfNeeded: index / 7) }
    try content.write(to: URL(fileURLWithPath: "\(folder)/big.wav"))
    try await withStudio({ _ in Reply(text: taken) }) { server, client in
      let report = await client.upload([UploadSample(file: "\(folder)/big.wav")])
      #expect(report.success, "\(report.failures)")
      let part = server.requests.first.map(parts)?.first
      #expect(part?.content == content)
      #expect(part?.head.contains("filename=\"big.wav\"") == true)
    }
  }
}

@Test func failuresStayWithTheirFile() async throws {
  let replies: [String: Reply] = [
    "refused": Reply(text: #"{"success":false,"files":[{"success":false,"error":"Already exists"}]}"#),
    "empty": Reply(text: #"{"success":true,"files":[]}"#), "none": Reply(text: #"{"success":false,"error":"Bad"}"#),
    "page": Reply(type: "text/html", text: "<html>"), "created": Reply(201, text: taken),
    "text": Reply(400, type: "text/plain", text: "Invalid file"), "cut": Reply(steps: [.close]),
  ]
  try await withStudio({ request in
    replies[request.headers["x-label"] ?? ""] ?? Reply(text: taken)
  }) { server, client in
    let names = ["good", "refused", "empty", "none", "page", "created", "text", "cut", "fine"]
    let samples =
      names.map { UploadSample(.bytes(Data("x".utf8)), fileName: "\($0).csv", label: $0) } + [
        UploadSample(file: "/nowhere/at/all.csv")
      ]
    let done = Mutex<[Int]>([])
    let report = await client.upload(
      samples,
      options: UploadOptions(allowsDuplicates: true, workers: 3) { count, total in
        if total == 10 { done.withLock { $0.append(count) } }
      })
    #expect(report.successes.map(\.fileName) == ["good.csv", "fine.csv"])
    #expect(report.failures.map(\.index) == [1, 2, 3, 4, 5, 6, 7, 9])
    #expect(
      report.failures.map(\.error.kind) == [
        .refused, .invalidAnswer, .refused, .invalidAnswer, .status, .status, .interrupted, .file,
      ])
    #expect(report.failures.first?.error.message == "Already exists")
    #expect(report.failures.dropFirst(5).first?.error.message == "Invalid file")
    #expect(done.withLock { $0 } == Array(1...10))
    #expect(server.requests.count == 9)
  }
}

@Test(arguments: [true, false])
func uploadsAreSentAgainOnlyWhereDuplicatesAreRefused(allowed: Bool) async throws {
  for broken in [Reply(steps: [.close]), Reply(503, type: "text/plain", text: "busy")] {
    let script = Script(broken, Reply(text: taken))
    try await withStudio(script.next) { server, client in
      let report = await client.upload(
        [UploadSample(.bytes(Data("x".utf8)), fileName: "a.csv")], options: UploadOptions(allowsDuplicates: allowed))
      #expect(report.success == !allowed)
      #expect(server.requests.count == (allowed ? 1 : 2))
      #expect(server.requests.allSatisfy { ($0.headers["x-disallow-duplicates"] == nil) == allowed })
    }
  }
}

@Test(arguments: [
  #"{"success":true,"files":[{"success":false,"error":"An item with this hash already exists (ids: 5)"}]}"#,
  #"{"success":false,"error":"An item with this hash already exists (ids: 5)"}"#,
])
func aDuplicateOfALostAttemptIsASuccess(duplicate: String) async throws {
  // The first attempt is taken, and its answer lost.
  let script = Script(Reply.cut(length: 100, sent: Data("{".utf8)), Reply(text: duplicate), Reply(text: duplicate))
  try await withStudio(script.next) { server, client in
    let sample = UploadSample(.bytes(Data("x".utf8)), fileName: "a.csv")
    let report = await client.upload([sample])
    #expect(report.successes == [UploadReport.Success(index: 0, fileName: "a.csv", sampleID: nil, projectID: nil)])
    #expect(server.requests.count == 2)
    // Without a lost attempt it is what it says.
    let again = await client.upload([sample])
    #expect(again.failures.map(\.error.kind) == [.refused] && server.requests.count == 3)
  }
}

@Test func aRefusedKeyEndsTheUpload() async throws {
  try await withStudio({ _ in Reply(401, text: #"{"success":false,"error":"Invalid API key"}"#) }) { server, client in
    let samples = (0..<50).map { UploadSample(.bytes(Data("x".utf8)), fileName: "\($0).csv") }
    let report = await client.upload(samples, options: UploadOptions(workers: 1))
    #expect(report.failures.count == 50 && report.failures.allSatisfy { $0.error.kind == .unauthorized })
    #expect(server.requests.count == 1)
  }
}

@Test func workersAreLimited() async throws {
  let running = Mutex((now: 0, most: 0))
  _ = await BoundedTasks.run(Array(0..<40), workers: 3) { _ in
    running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
    try? await Task.sleep(for: .milliseconds(1))
    running.withLock { $0.now -= 1 }
  }
  #expect(running.withLock { $0.most } == 3)
  let squares = await BoundedTasks.run(Array(0..<40), workers: 7) { $0 * $0 }
  #expect(squares == (0..<40).map { $0 * $0 })
}

@Test(arguments: [
  ("data/training/wave.01.cbor", "wave", Datasets.Category.training), ("mytesting/x.y", "x", .testing),
  ("testing/training/a", "a", .testing), ("anomaly/training/b.wav", "b", .anomaly), ("else/idle.wav", "idle", .split),
])
func labelsAndCategoriesFromPaths(path: String, label: String, category: Datasets.Category) {
  var sample = UploadSample(file: path)
  sample.inferLabelAndCategory(path: path)
  #expect(sample.label == label && sample.category == category)
}
