// Impulses and configurations that nothing could be computed with are refused with the words of `edgedsp verify`, and
// the file stays as it was, byte by byte: no call may fail afterwards because of what was written.
// A sound change of each kind is let through, so that the refusals are not of everything.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ImpulseCheckTests {
  static let spoiled: [(String, String, String, String)] = [
    ("inputBlocks", "frequencyHz", "1e300", "frequency"), ("inputBlocks", "frequencyHz", "0", "above 0"),
    ("inputBlocks", "frequencyHz", "-62.5", "above 0"), ("inputBlocks", "windowSizeMs", "1000000000000", "below 2^31"),
    ("inputBlocks", "windowSizeMs", "-1", "above 0"), ("inputBlocks", "windowSizeMs", "2147483647", "at most"),
    ("inputBlocks", "windowSizeMs", "1", "holds no row"), ("inputBlocks", "windowIncreaseMs", "0", "above 0"),
    ("inputBlocks", "windowIncreaseMs", "1", "less than a row"), ("inputBlocks", "frequencyHz", "1e9", "at most"),
    ("dspBlocks", "axes", #"["accQ"]"#, "accQ"), ("dspBlocks", "axes", #"["accX", "accX"]"#, "accX"),
    ("dspBlocks", "axes", "[]", "axis"), ("dspBlocks", "implementationVersion", "99", "99"),
    ("dspBlocks", "type", #""nothing""#, "nothing"), ("dspBlocks", "input", "77", "77"),
    ("dspBlocks", "id", "2", "of another block"), ("dspBlocks", "id", "-1", "must be from 1"),
    ("dspBlocks", "id", "2147483648", "must be from 1"), ("inputBlocks", "windowSizeMs", "2000.5", "must be whole"),
    ("inputBlocks", "windowSizeMs", #""2000""#, "inputBlocks[0].windowSizeMs is no whole number"),
    ("dspBlocks", "axes", #""accX""#, "dspBlocks[0].axes is no list"),
  ]

  @Test func spoiledImpulsesAreRefusedBeforeTheyAreWritten() async throws {
    try await ServerFixture.run { server in
      let file = try String(contentsOfFile: server.impulse, encoding: .utf8)
      let impulse = try #require(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"]?.fields)
      for (list, key, value, words) in Self.spoiled {
        let replacement = try JSONDecoder().decode(JSONValue.self, from: Data(value.utf8))
        var changed = impulse
        changed[list] = .array(
          JSONValue.object(impulse).list(list).map { .object($0.fields.merging([key: replacement]) { $1 }) })
        let body = String(decoding: try JSONEncoder().encode(JSONValue.object(changed)), as: UTF8.self)
        let answer = try await server.post("/v1/api/1/impulse", body)
        #expect(answer.status == 200 && answer.json?["success"] == .bool(false), "\(key) = \(value)")
        #expect(answer.error?.contains(words) == true, "\(key) = \(value): \(answer.error ?? "")")
        #expect(try String(contentsOfFile: server.impulse, encoding: .utf8) == file, "\(key) = \(value)")
      }
      #expect(try await server.call("GET", "/v1/api/1/dsp/2").json?["configError"] == nil)
      var sound = impulse
      sound["dspBlocks"] = .array(
        JSONValue.object(impulse).list("dspBlocks").map {
          .object($0.fields.merging(["axes": .array([.string("accZ"), .string("accX")])]) { $1 })
        })
      let body = String(decoding: try JSONEncoder().encode(JSONValue.object(sound)), as: UTF8.self)
      #expect(try await server.post("/v1/api/1/impulse", body).json?["success"] == .bool(true))
    }
  }

  @Test func moreThanAnybodyCanWantIsRefused() async throws {
    try await ServerFixture.run { server in
      let file = try String(contentsOfFile: server.impulse, encoding: .utf8)
      let keys = (0...500).map { #""k\#($0)": "v""# }.joined(separator: ",")
      let many = try await server.post("/v1/api/1/dsp/2", #"{"config": {\#(keys)}}"#)
      #expect(many.error == "config has 501 parameters, and 500 are the most")
      let impulse = try #require(try await server.call("GET", "/v1/api/1/impulse").json?["impulse"])
      let block = try #require(impulse.list("dspBlocks").first)
      var fields = impulse.fields
      fields["dspBlocks"] = .array((0...200).map { .object(block.fields.merging(["id": .integer(100 + $0)]) { $1 }) })
      let body = String(decoding: try JSONEncoder().encode(JSONValue.object(fields)), as: UTF8.self)
      #expect(
        try await server.post("/v1/api/1/impulse", body).error == "dspBlocks has 201 blocks, and 200 are the most")
      #expect(try String(contentsOfFile: server.impulse, encoding: .utf8) == file)
    }
  }

  @Test func answersThatNobodyCouldTakeAreRefused() async throws {
    try await ServerFixture.run { server in
      // Some ten thousand features for each of a hundred windows.
      #expect(
        try await server.post("/v1/api/1/dsp/2", #"{"config": {"fft-length": "65536", "filter-type": "none"}}"#).json?[
          "success"]
          == .bool(true))
      let answer = try await server.call("GET", "/v1/api/1/dsp/2/features/get-graph/classification/7")
      #expect(answer.error?.contains("4000000 are the most") == true, "\(answer.error ?? "")")
    }
  }

  @Test func aLinkToTheImpulseStaysOne() async throws {
    try await ServerFixture.run {
      let real = $0.impulseFile + ".real"
      try FileManager.default.moveItem(atPath: $0.impulseFile, toPath: real)
      try FileManager.default.createSymbolicLink(atPath: $0.impulseFile, withDestinationPath: real)
    } _: { server in
      let answer = try await server.post("/v1/api/1/dsp/2", #"{"config": {"fft-length": "32"}}"#)
      #expect(answer.json?["success"] == .bool(true), "\(answer)")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: server.impulse) == server.impulse + ".real")
      #expect(try String(contentsOfFile: server.impulse + ".real", encoding: .utf8).contains(#""32""#))
    }
  }

  static let configurations: [(Int, String, String)] = [
    (2, #"{"fft-length": "1e300"}"#, "fft-length"), (2, #"{"fft-length": "1000000000000"}"#, "fft-length"),
    (2, #"{"fft-length": "-16"}"#, "fft-length"), (2, #"{"scale-axes": "nan"}"#, "scale-axes"),
    (2, #"{"scale-axes": "1e400"}"#, "scale-axes"),
    (2, #"{"filter-cutoff": "1e300", "filter-type": "low"}"#, "filter-cutoff"),
    (2, #"{"unknown": "1"}"#, "unknown"),
    (2, #"{"wavelet-level": "4000", "analysis-type": "Wavelet"}"#, "wavelet-level"),
    (2, #"{"filter-order": "1e300", "filter-type": "low"}"#, "filter-order"), (3, #"{"average": "maybe"}"#, "average"),
  ]

  @Test func spoiledConfigurationsAreRefusedBeforeTheyAreWritten() async throws {
    try await ServerFixture.run { server in
      let file = try String(contentsOfFile: server.impulse, encoding: .utf8)
      for (block, config, words) in Self.configurations {
        let answer = try await server.post("/v1/api/1/dsp/\(block)", "{\"config\": \(config)}")
        #expect(answer.json?["success"] == .bool(false), "\(config)")
        #expect(answer.error?.contains(words) == true, "\(config): \(answer.error ?? "")")
        #expect(try String(contentsOfFile: server.impulse, encoding: .utf8) == file, "\(config)")
      }
      let sound = try await server.post("/v1/api/1/dsp/2", #"{"config": {"fft-length": "64"}}"#)
      #expect(sound.json?["success"] == .bool(true))
    }
  }

  @Test func aNewNameDoesNotNeedSoundBlocks() async throws {
    try await ServerFixture.run {
      let text = try String(contentsOfFile: $0.impulseFile, encoding: .utf8)
      try text.replacing("\"frequencyHz\": 62.5", with: "\"frequencyHz\": 1e9").write(
        toFile: $0.impulseFile, atomically: true, encoding: .utf8)
    } _: { server in
      let answer = try await server.post("/v1/api/1/impulse/update", #"{"name": "renamed"}"#)
      #expect(answer.json?["success"] == .bool(true), "\(answer.error ?? "")")
    }
  }
}
