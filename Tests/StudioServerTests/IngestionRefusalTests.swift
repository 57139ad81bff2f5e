// What is refused as a whole: each refusal has the status that the routes document and a text that says why, and leaves
// the folder as it was, hidden files included.
// Hostile names must end up inside the category's folder or nowhere; a body that is cut must leave nothing.
// Limits are made small, so that a test can reach them.
import Datasets
import Foundation
import Testing

@testable import StudioServer

struct IngestionRefusalTests {
  static let names = [
    "../../escaped.json", "/tmp/escaped.json", #"..\..\escaped.json"#, #"C:\escaped.json"#, "..", ".", "", "/",
    "a\u{0}b.json", "a%00b.json", ".hidden.json", "info.labels.json", "samples.json", "metadata.json", "X.npy.json",
    "README.json", "a/../../b.json", "\u{202E}x.json", "a\u{301}\u{1F30A}.json", "a%0D%0Ab.json",
    String(repeating: "x", count: 5000) + ".json", String(repeating: "\u{e9}", count: 300), "con", "a:b.json", "~",
    "labels.json", ".edgedsp-upload-1-x", "..json",
  ]

  @Test func hostileNamesStayInside() async throws {
    try await ServerFixture.run { server in
      let parent = URL(filePath: server.dataset).deletingLastPathComponent().path
      let before = Set(server.paths())
      let outside = try FileManager.default.contentsOfDirectory(atPath: parent).sorted()
      var ids = Set<Int>()
      for (index, name) in Self.names.enumerated() {
        let answer = try await server.upload([(name, UploadFixture.acquisition(index))])
        let file = try ServerFixture.files(answer).first
        if let id = file?.sampleId { ids.insert(id) }
        #expect(answer.status == 200 && file?.success == true, "\(name)")
      }
      let new = Set(server.paths()).subtracting(before).subtracting(["info.labels"])
      #expect(new.count == Self.names.count && new.allSatisfy { $0.hasPrefix("training/") && $0.hasSuffix(".json") })
      #expect(!new.contains { $0.hasPrefix("training/.") })
      #expect(try FileManager.default.contentsOfDirectory(atPath: parent).sorted() == outside)
      #expect(!FileManager.default.fileExists(atPath: "/tmp/escaped.json"))
      let entries = try Dataset.open(path: server.dataset).entries
      #expect(ids.count == Self.names.count && ids.isSubset(of: Set(entries.map(\.sampleID))))
      for entry in entries { _ = try entry.examine() }
    }
  }

  static func whole(_ file: String = "a.json") -> Data {
    UploadFixture.body([(file, UploadFixture.acquisition(1))])
  }
  static let boxless =
    Data(
      #"{"version": 1, "structuredLabels": {"a.json": [{"startIndex": 5, "endIndex": 9, "#.utf8)
    + Data(#""label": "x"}]}}"#.utf8)

  struct Bad: Sendable, CustomStringConvertible {
    var description: String
    var path = "/api/training/files"
    var headers = [UploadFixture.multipart]
    var body: Data
    var status = 400
    var reason: String
  }

  static let bad: [Bad] = [
    Bad(description: "category", path: "/api/elsewhere/files", body: whole(), reason: "Unknown category"),
    Bad(description: "type", headers: [("Content-Type", "application/json")], body: whole(), reason: "multipart"),
    Bad(
      description: "no boundary", headers: [("Content-Type", "multipart/form-data")], body: whole(),
      reason: "boundary"),
    Bad(description: "empty", body: Data(), reason: "boundary"),
    Bad(description: "no part", body: UploadFixture.body([]), reason: "no file"),
    Bad(description: "cut", body: whole().dropLast(20), reason: "ends inside part 1"),
    Bad(
      description: "cut behind a good part",
      body: UploadFixture.part("b.json", UploadFixture.acquisition(2)) + whole().dropLast(30), reason: "inside part 2"),
    Bad(
      description: "field", body: UploadFixture.part("a.json", Data(), name: "file") + whole(), reason: "field \"data\""
    ),
    Bad(
      description: "labels only", body: UploadFixture.body([("info.labels", Data(#"{"files": []}"#.utf8))]),
      reason: "label files only"),
    Bad(
      description: "labels",
      body: UploadFixture.body([("a.json", UploadFixture.acquisition(1)), ("structured_labels.labels", boxless)]),
      reason: "no row out"),
    Bad(
      description: "label maps",
      body: UploadFixture.body([("a.json", UploadFixture.acquisition(1)), ("label_map.labels", Data("{}".utf8))]),
      reason: "label_map.labels"),
    Bad(
      description: "metadata", headers: [UploadFixture.multipart, ("x-metadata", "[1]")], body: whole(),
      reason: "x-metadata"),
    Bad(
      description: "metadata values", headers: [UploadFixture.multipart, ("x-metadata", #"{"a": 1}"#)], body: whole(),
      reason: "x-metadata"),
    Bad(
      description: "boxes", headers: [UploadFixture.multipart, ("x-bounding-boxes", #"[{"label": "a"}]"#)],
      body: whole(),
      reason: "x-bounding-boxes"),
    Bad(
      description: "flat boxes",
      headers: [
        UploadFixture.multipart,
        ("x-bounding-boxes", #"[{"label": "a", "x": 1, "y": 1, "width": 0, "height": 1}]"#),
      ], body: whole(), reason: "no width"),
    Bad(
      description: "flag", headers: [UploadFixture.multipart, ("x-no-label", "maybe")], body: whole(),
      reason: "x-no-label"),
    Bad(
      description: "control", headers: [UploadFixture.multipart, ("x-label", "a%00b")], body: whole(), reason: "control"
    ),
    Bad(
      description: "file", body: whole("a.json") + Data(repeating: 0, count: 200_000), status: 413,
      reason: "is the most"),
    Bad(
      description: "large part", body: UploadFixture.body([("a.bin", Data(repeating: 65, count: 50_001))]), status: 413,
      reason: "more than 50000 bytes"),
    Bad(
      description: "parts", body: UploadFixture.body((0..<6).map { ("\($0).json", UploadFixture.acquisition($0)) }),
      status: 413, reason: "more than 5 parts"),
    Bad(
      description: "head",
      body: UploadFixture.body([(String(repeating: "x", count: 20_000), UploadFixture.acquisition(1))]), status: 413,
      reason: "header fields"),
    Bad(
      description: "body as label file", path: "/api/training/data", headers: [("x-file-name", "info.labels")],
      body: Data("{}".utf8), reason: "label file"),
  ]

  @Test func badRequestsLeaveNothing() async throws {
    try await ServerFixture.run {
      $0.limits.fileBytes = 50_000
      $0.limits.uploadBytes = 150_000
      $0.limits.uploadParts = 5
    } _: { server in
      let before = server.paths()
      for bad in Self.bad {
        let answer = try await server.call("POST", bad.path, headers: bad.headers, body: bad.body)
        #expect(answer.status == bad.status, "\(bad)")
        #expect(
          answer.json?["success"] == .bool(false) && answer.error?.contains(bad.reason) == true,
          "\(bad): \(answer.error ?? "")")
        #expect(server.paths() == before, "\(bad)")
      }
      let good = try await server.upload([("a.json", UploadFixture.acquisition(1))])
      #expect(good.json?["success"] == .bool(true))
    }
  }

  /// With 200 the text of an answer is the stored name: a refusal must have another status.
  @Test func bodiesThatCannotBeRegisteredAreRefused() async throws {
    try await ServerFixture.run { server in
      let labels = "\(server.dataset)/info.labels"
      func upload() async throws -> ServerFixture.Answer {
        try await server.call(
          "POST", "/api/training/data", headers: [("x-file-name", "new.json")], body: UploadFixture.acquisition(1))
      }
      try "{".write(toFile: labels, atomically: true, encoding: .utf8)
      let before = server.paths()
      let broken = try await upload()
      #expect(broken.status == 400 && broken.error?.contains("info.labels") == true)
      #expect(server.paths() == before)
      let entries = try Dataset.open(path: ServerFixture.fixtures.appending(path: "dataset").path).entries
      let files = entries.map {
        let id = $0.sampleID == 32 ? 2_147_483_647 : $0.sampleID
        return #"{"path": "\#($0.path)", "id": \#(id), "category": "training", "label": {"type": "unlabeled"}}"#
      }
      try #"{"version": 1, "files": [\#(files.joined(separator: ","))]}"#.write(
        toFile: labels, atomically: true, encoding: .utf8)
      let full = try await upload()
      #expect(full.status == 400 && full.error?.contains("no ids left") == true)
      #expect(server.paths() == before)
      try FileManager.default.removeItem(atPath: labels)
    }
  }

  @Test func chunkedBodiesHaveLimitsToo() async throws {
    try await ServerFixture.run {
      $0.limits.uploadBytes = 100_000
    } _: { server in
      let before = server.paths()
      var request = Data(
        "POST /api/training/files HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
          .utf8)
      request += Data("\(UploadFixture.multipart.0): \(UploadFixture.multipart.1)\r\n\r\n".utf8)
      let chunk = Data("8000\r\n".utf8) + Data(repeating: 65, count: 0x8000) + Data("\r\n".utf8)
      for _ in 0..<8 { request += chunk }
      let answer = try await server.send(request + Data("0\r\n\r\n".utf8))
      #expect(answer.status == 413)
      #expect(server.paths() == before)
    }
  }

  @Test func connectionsThatBreakOffLeaveNothing() async throws {
    try await ServerFixture.run { server in
      let before = server.paths()
      let body = UploadFixture.body([
        ("a.json", UploadFixture.acquisition(1)), ("b.json", UploadFixture.acquisition(2)),
      ])
      let head = Data(
        """
        POST /api/training/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(body.count)\r\n\
        \(UploadFixture.multipart.0): \(UploadFixture.multipart.1)\r\n\r\n
        """.utf8)
      for length in [0, 10, body.count / 2, body.count - 1] {
        // On a thread of its own: the server needs those of Swift's pool.
        await withCheckedContinuation { continuation in
          Thread {
            let connection = try? RawConnection(port: server.port)
            connection?.send(head + body.prefix(length))
            connection?.finishSending()
            _ = try? connection?.readToEnd()
            continuation.resume()
          }.start()
        }
      }
      // Both ends of the connection have been told; the folder goes a moment later.
      for _ in 0..<500 where server.paths() != before { try await Task.sleep(for: .milliseconds(10)) }
      #expect(server.paths() == before)
    }
  }

  @Test func readOnlyServersTakeNothing() async throws {
    try await ServerFixture.run {
      $0.isReadOnly = true
    } _: { server in
      let before = server.paths()
      let answer = try await server.upload([("a.json", UploadFixture.acquisition(1))])
      #expect(answer.status == 403 && answer.error?.contains("read-only") == true)
      #expect(server.paths() == before)
    }
  }

  @Test func foldersThatLeadOutAreNotUsed() async throws {
    try await ServerFixture.run {
      let elsewhere = URL(filePath: $0.dataset).deletingLastPathComponent().appending(path: "elsewhere").path
      try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: "\($0.dataset)/anomaly", withDestinationPath: elsewhere)
    } _: { server in
      let answer = try await server.upload([("a.json", UploadFixture.acquisition(1))], to: "anomaly")
      #expect(answer.status == 503 && answer.error?.contains("leads out") == true)
      let elsewhere = URL(filePath: server.dataset).deletingLastPathComponent().appending(path: "elsewhere").path
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    }
  }
}
