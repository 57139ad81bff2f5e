// What a browser gets from the server, without a browser: files, headers, and the answers that only the page asks for.
// The files are compared with those in the source tree, so that none is forgotten in the program.
// Answers of the page's own paths are compared with what Studio's paths say of the same thing.
// Each page test in a browser is in Tests/page.
import Foundation
import StudioAPI
import StudioPage
import Testing

@testable import StudioServer

struct PageTests {
  /// `Sources/StudioPage/Resources`.
  private static let folder = ServerFixture.fixtures.deletingLastPathComponent()
    .appending(path: "Sources/StudioPage/Resources")

  @Test func everyFileIsInTheProgram() throws {
    let onDisk = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let inside = PageFile.all + [PageFile.index]
    #expect(Set(onDisk) == Set(inside.map(\.name)))
    for file in inside {
      #expect(try Data(contentsOf: Self.folder.appending(path: file.name)) == Data(file.bytes), "\(file.name)")
    }
  }

  @Test func filesNeedNoKeyAndDataDo() async throws {
    try await ServerFixture.run {
      $0.apiKey = Secret("ei_secret")
    } _: { server in
      let index = try await server.call("GET", "/")
      #expect(index.status == 200 && index.body == Data(PageFile.index.bytes))
      for file in PageFile.all {
        let answer = try await server.call("GET", "/page/\(file.name)")
        #expect(answer.status == 200 && answer.body == Data(file.bytes), "\(file.name)")
      }
      for path in ["/page/none.js", "/v1/api/1/edgedsp/overview", "/page/../index.html", "/page/app.js/x"] {
        #expect(try await server.call("GET", path).status == 401, "\(path)")
      }
      #expect(try await server.call("POST", "/page/app.js").status == 401)
    }
  }

  @Test func nothingForeignMayRun() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call("GET", "/")
      let headers = Dictionary(answer.headers.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
      let policy = try #require(headers["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"))
      #expect(headers["x-content-type-options"] == "nosniff" && headers["referrer-policy"] == "no-referrer")
      #expect(headers["content-type"] == "text/html; charset=utf-8")
      let text = try #require(String(bytes: PageFile.index.bytes, encoding: .utf8))
      #expect(!text.contains("http:") && !text.contains("https:") && !text.contains("style="))
    }
  }

  @Test func knownFilesAreNotSentAgain() async throws {
    try await ServerFixture.run { server in
      let first = try await server.call("GET", "/page/app.js")
      let tag = try #require(first.headers.first { $0.key.lowercased() == "etag" }?.value)
      let again = try await server.call("GET", "/page/app.js", headers: [("If-None-Match", tag)])
      #expect(again.status == 304 && again.body.isEmpty)
      let other = try await server.call("GET", "/page/app.js", headers: [("If-None-Match", "\"0\"")])
      #expect(other.status == 200 && other.body == first.body)
    }
  }

  @Test func overviewCounts() async throws {
    try await ServerFixture.run {
      $0.isReadOnly = true
    } _: { server in
      let answer = try await server.call("GET", "/v1/api/1/edgedsp/overview")
      let labels = ["idle", "snake", "updown", "wave"].map { count($0, 8) }
      #expect(answer.json?["labels"] == .array(labels))
      #expect(answer.json?["categories"] == .array([count("training", 24), count("testing", 8)]))
      #expect(answer.json?["isReadOnly"] == .bool(true) && answer.json?["unlabeled"] == .integer(0))
    }
  }

  private func count(_ name: String, _ recordings: Int) -> JSONValue {
    .object(["name": .string(name), "recordings": .integer(recordings)])
  }

  @Test(
    arguments: [
      ("64", nil, nil, 111), ("33", "error", "must be a power of two", nil),
      ("x", "error", "must be a whole number", nil),
      ("512", "warning", "is more than twice a window", 783),
    ] as [(String, String?, String?, Int?)])
  func configurationIsChecked(length: String, severity: String?, rule: String?, features: Int?) async throws {
    try await ServerFixture.run { server in
      let config = #"{"config": {"filter-type": "none", "fft-length": "\#(length)"}}"#
      let answer = try await server.post("/v1/api/1/edgedsp/dsp/2/check", config)
      let json = try #require(answer.json)
      let first = json.list("problems").first
      #expect(first?["severity"]?.text == severity)
      #expect(first == nil || first?["parameter"] == .string("fft-length"))
      #expect(rule.map { first?["rule"]?.text?.hasPrefix($0) == true } ?? true)
      #expect(json["featureCount"] == features.map(JSONValue.integer))
      #expect(json.list("hidden").contains(.string("wavelet")) && !json.list("hidden").contains(.string("fft-length")))
      #expect(server.impulseText.contains(#""fft-length": "16""#))
    }
  }

  @Test func windowsAreChecked() async throws {
    try await ServerFixture.run { configuration in
      // One axis stands still from row 100 on.
      let rows = (0..<300).map { $0 < 100 ? "[\($0 % 7),\($0 % 5),\($0 % 3)]" : "[1,\($0 % 5),\($0 % 3)]" }
      let text = """
        {"protected":{"ver":"v1","alg":"none"},"signature":"","payload":{"device_type":"T","interval_ms":16,"sensors":[\
        {"name":"accX","units":"m/s2"},{"name":"accY","units":"m/s2"},{"name":"accZ","units":"m/s2"}],\
        "values":[\(rows.joined(separator: ","))]}}
        """
      try Data(text.utf8).write(to: URL(filePath: configuration.dataset).appending(path: "training/still.0.json"))
    } _: { server in
      let list = try await server.call("GET", "/v1/api/1/raw-data?category=training&search=still")
      guard case .integer(let id)? = list.json?.list("samples").first?["id"] else { throw ServerError("no recording") }
      for (start, expected) in [(0, 0), (100, 1), (250, 0)] {
        let path = "/v1/api/1/edgedsp/dsp/2/raw-data/\(id)/check?sliceStart=\(start)"
        let problems = try #require(try await server.post(path, #"{"config": {}}"#).json).list("problems")
        #expect(problems.count == expected, "from row \(start)")
        #expect(problems.allSatisfy { $0["parameter"] == .string("axis accX") })
      }
    }
  }

  @Test(arguments: [1, 7, 100, 100_000]) func envelopeHoldsTheSignal(parts: Int) async throws {
    try await ServerFixture.run { server in
      let raw = try await server.call("GET", "/v1/api/1/dsp/2/raw-data/5")
      let rows = try #require(raw.json?["payload"]).list("values").map(numbers)
      let answer = try await server.call("GET", "/v1/api/1/edgedsp/dsp/2/raw-data/5/envelope?parts=\(parts)")
      let json = try #require(answer.json)
      guard case .integer(let step)? = json["step"] else { throw ServerError("no step") }
      #expect(json["rows"] == .integer(rows.count) && step == max(1, rows.count / parts))
      let groups = stride(from: 0, to: rows.count, by: step).map { rows[$0..<min($0 + step, rows.count)] }
      for axis in 0..<3 {
        #expect(numbers(json.list("lowest")[axis]) == groups.map { $0.map { $0[axis] }.min() ?? .nan })
        #expect(numbers(json.list("highest")[axis]) == groups.map { $0.map { $0[axis] }.max() ?? .nan })
      }
    }
  }

  private func numbers(_ list: JSONValue) -> [Double] {
    guard case .array(let values) = list else { return [] }
    return values.map { value in
      switch value {
      case .integer(let number): Double(number)
      case .number(let number): number
      default: .nan
      }
    }
  }
}

extension ServerFixture {
  fileprivate var impulseText: String { (try? String(contentsOfFile: impulse, encoding: .utf8)) ?? "" }
}
