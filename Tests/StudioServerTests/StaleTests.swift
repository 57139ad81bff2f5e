// What was calculated from features, settings or recordings that are no longer there must not be answered as if it held;
// what is kept until a new generation must say what it was made with, and forecasts must be those of the settings now.
// Each test generates, changes one thing, and looks at every answer that may depend on it.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct StaleTests {
  private static func importance(_ server: ServerFixture, _ block: Int) async throws -> Bool? {
    let answer = try await server.call("GET", "/v1/api/1/dsp/\(block)/features/importance")
    let response = try JSONDecoder().decode(Studio.DSPFeatureImportanceResponse.self, from: answer.body)
    let configuration = try await server.call("GET", "/v1/api/1/dsp/\(block)")
    #expect(configuration.json?["dsp"]?["calculateFeatureImportance"] == .bool(response.hasFeatureImportance))
    #expect(response.labels.isEmpty != response.hasFeatureImportance)
    return response.hasFeatureImportance
  }

  /// Each changes what importance was calculated from; the last two are no change of it.
  static let changes: [(String, String, Bool)] = [
    ("dsp/3", "{\"config\": {\"scale-axes\": \"2\"}}", false),
    ("raw-data/7/edit-label", "{\"label\": \"other\"}", false),
    ("raw-data/7/disable", "{}", false), ("raw-data/8/move", "{\"newCategory\": \"testing\"}", false),
    ("dsp/3/clear", "", false), ("raw-data/7/rename", "{\"name\": \"other\"}", true),
    ("dsp/2", "{\"config\": {\"fft-length\": \"32\"}}", true),
  ]

  @Test func importanceHoldsForWhatItWasCalculatedFrom() async throws {
    try await ServerFixture.run { server in
      #expect(try await Self.importance(server, 3) == false)
      for (path, body, stays) in Self.changes {
        #expect(try await DSPTests.generate(server, block: 3, importance: true).finishedSuccessful == true)
        #expect(try await Self.importance(server, 3) == true)
        #expect(try await server.post("/v1/api/1/\(path)", body).json?["success"] == .bool(true))
        #expect(try await Self.importance(server, 3) == stays, "\(path)")
      }
      // New features without importance, then parameters that come back to those of the features.
      _ = try await DSPTests.generate(server, block: 3, importance: true)
      #expect(try await Self.importance(server, 3) == true)
      _ = try await server.post("/v1/api/1/dsp/3", "{\"config\": {\"scale-axes\": \"3\"}}")
      #expect(try await Self.importance(server, 3) == false)
      _ = try await server.post("/v1/api/1/dsp/3", "{\"config\": {\"scale-axes\": \"2\"}}")
      #expect(try await Self.importance(server, 3) == true)
      _ = try await DSPTests.generate(server, block: 3)
      #expect(try await Self.importance(server, 3) == false)
    }
  }

  @Test func suggestionsHoldForWhatTheyWereFoundWith() async throws {
    try await ServerFixture.run { server in
      func hasSuggestions() async throws -> Bool {
        let answer = try await server.call("GET", "/v1/api/1/dsp/2/get-autotuner-results")
        let has = answer.json?.list("results").isEmpty == false
        let configuration = try await server.call("GET", "/v1/api/1/dsp/2")
        #expect(configuration.json?["dsp"]?["hasAutotunerResults"] == .bool(has))
        return has
      }
      func tune() async throws {
        let started = try await server.post("/v1/api/1/jobs/autotune-dsp", "{\"dspId\": 2}")
        guard case .integer(let id)? = started.json?["id"] else { throw ServerError("\(started)") }
        _ = try await DSPTests.wait(server, job: id)
      }
      try await tune()
      #expect(try await hasSuggestions())
      // They are to replace parameters, and do not depend on them.
      _ = try await server.post("/v1/api/1/dsp/2", "{\"config\": {\"fft-length\": \"32\"}}")
      #expect(try await hasSuggestions())
      try await Self.setWindow(server, sizeMs: 1000)
      #expect(try await !hasSuggestions())
      try await tune()
      #expect(try await hasSuggestions())
      _ = try await server.call("DELETE", "/v1/api/1/raw-data/7")
      #expect(try await !hasSuggestions())
    }
  }

  @Test func oldFeaturesStayAndSayWhatTheyWereMadeWith() async throws {
    try await ServerFixture.run { server in
      func complete() async throws -> JSONValue? {
        try await server.call("GET", "/v1/api/1").json?["impulse"]?["complete"]
      }
      for block in [2, 3, 4] { _ = try await DSPTests.generate(server, block: block) }
      #expect(try await complete() == .bool(true))
      let explorer = "/v1/api/1/dsp/3/features/get-graph/training?featureAx1=0&featureAx2=1&featureAx3=2"
      let paths = [
        "/v1/api/1/dsp-data/3/x/training", "/v1/api/1/dsp-data/3/y/training", explorer, "/v1/api/1/dsp/3/metadata",
      ]
      // Objects have no order.
      func answer(_ path: String) async throws -> [JSONValue?] {
        let answer = try await server.call("GET", path)
        return [answer.json, answer.json == nil ? .string(answer.body.base64EncodedString()) : nil]
      }
      var before: [[JSONValue?]] = []
      for path in paths { before.append(try await answer(path)) }
      _ = try await server.post("/v1/api/1/dsp/3", "{\"config\": {\"scale-axes\": \"2\"}}")
      for (path, old) in zip(paths, before) { #expect(try await answer(path) == old, "\(path)") }
      let metadata = try await server.call("GET", "/v1/api/1/dsp/3/metadata").json
      #expect(metadata?["dspConfig"]?["scale-axes"] != .string("2") && metadata?["generated"] == .bool(true))
      #expect(try await complete() == .bool(false))
      let job = try await DSPTests.generate(server, block: 3)
      let log = try await server.call("GET", "/v1/api/1/jobs/\(job.id)/stdout/download").body
      #expect(String(decoding: log, as: UTF8.self).contains("made with other settings"))
      #expect(try await complete() == .bool(true))
      let after = try await server.call("GET", "/v1/api/1/dsp/3/metadata").json
      #expect(after?["dspConfig"]?["scale-axes"] == .string("2"))
      let again = try await DSPTests.generate(server, block: 3)
      let second = try await server.call("GET", "/v1/api/1/jobs/\(again.id)/stdout/download").body
      #expect(!String(decoding: second, as: UTF8.self).contains("other settings"))
    }
  }

  @Test func newRecordingsAreTold() async throws {
    try await ServerFixture.run { server in
      func isNew() async throws -> JSONValue? { try await server.call("GET", "/v1/api/1").json?["hasNewTrainingData"] }
      _ = try await DSPTests.generate(server, block: 3)
      #expect(try await isNew() == .bool(false))
      _ = try await server.upload([("new.json", UploadFixture.acquisition(1))], to: "testing")
      #expect(try await isNew() == .bool(false))
      _ = try await server.upload([("newer.json", UploadFixture.acquisition(2))])
      #expect(try await isNew() == .bool(true))
      // Left out for want of axes, and known all the same.
      _ = try await DSPTests.generate(server, block: 3)
      #expect(try await isNew() == .bool(false))
    }
  }

  @Test func anotherKindOfBlockHasNoFeaturesYet() async throws {
    try await ServerFixture.run { server in
      _ = try await DSPTests.generate(server, block: 3)
      var impulse = try #require(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"]?.fields)
      impulse["dspBlocks"] = .array(
        JSONValue.object(impulse).list("dspBlocks").map { block in
          guard block["id"] == .integer(3) else { return block }
          return .object(block.fields.merging(["type": .string("raw")]) { $1 })
        })
      try await Self.setImpulse(server, impulse)
      #expect(try await server.call("GET", "/v1/api/1/dsp/3/metadata").json?["generated"] == .bool(false))
      #expect(try await server.call("GET", "/v1/api/1/dsp-data/3/x/training").error?.contains("No features") == true)
    }
  }

  private static func setImpulse(_ server: ServerFixture, _ impulse: [String: JSONValue]) async throws {
    let body = String(decoding: try JSONEncoder().encode(JSONValue.object(impulse)), as: UTF8.self)
    let answer = try await server.post("/v1/api/1/impulse", body)
    #expect(answer.json?["success"] == .bool(true), "\(answer.error ?? "")")
  }

  private static func setWindow(_ server: ServerFixture, sizeMs: Int) async throws {
    var impulse = try #require(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"]?.fields)
    impulse["inputBlocks"] = .array(
      JSONValue.object(impulse).list("inputBlocks").map {
        .object($0.fields.merging(["windowSizeMs": .integer(sizeMs)]) { $1 })
      })
    try await setImpulse(server, impulse)
  }

  @Test func forecastsAreThoseOfTheSettingsNow() async throws {
    try await ServerFixture.run { server in
      func forecasts() async throws -> [JSONValue?] {
        let configuration = try await server.call("GET", "/v1/api/1/dsp/3").json?["dsp"]
        let features = try await server.call("GET", "/v1/api/1/dsp/3/features/get-graph/classification/7")
        #expect(configuration?["windowLength"] != nil)
        return [configuration?["expectedWindowCount"], features.json?["totalSampleCount"]]
      }
      func generated() async throws -> JSONValue? {
        _ = try await DSPTests.generate(server, block: 3)
        return try await server.call("GET", "/v1/api/1/dsp/3/metadata").json?["windowCount"]
      }
      var expected = try await generated()
      #expect(try await forecasts() == [expected, expected])
      try await Self.setWindow(server, sizeMs: 1000)
      let changed = try await forecasts()
      #expect(changed != [expected, expected])
      expected = try await generated()
      #expect(changed == [expected, expected])
      // Without the block's axes, and so left out.
      _ = try await server.upload([("other.json", UploadFixture.acquisition(1, rows: 4000))])
      _ = try await server.post("/v1/api/1/raw-data/9/disable", "")
      let after = try await forecasts()
      expected = try await generated()
      #expect(after == [expected, expected] && after != changed)
    }
  }
}
