// Everything that Studio refuses and everything that silently damages features must be found, and nothing else.
// 1. Every refused golden case becomes an impulse and a recording; each must give an error.
// 2. The defaults of every block and version give no finding at all, alone and with sound recordings.
// 3. All problems of all blocks come at once, each with the line of its key.
import Datasets
import Foundation
import NumPyFiles
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

@Suite struct VerifierTests {
  typealias Finding = VerificationReport.Finding

  static func verify(_ folder: TemporaryFolder, dataset: Bool = true) throws -> VerificationReport {
    var options = Verifier.Options()
    options.measuringSeconds = 0
    let data = dataset ? try Dataset.scan(path: folder.path("data")) : nil
    return try Verifier(impulseFile: folder.path("impulse.json"), options: options).verify(dataset: data)
  }

  static func impulse(
    _ type: String, version: Int, axes: [String], parameters: String = "{}", sizeMs: Int, increaseMs: Int? = nil,
    frequency: Double, input: String = ""
  ) -> String {
    let names = axes.map { "\"\($0)\"" }.joined(separator: ",")
    let kind = axes == ["image"] ? "image" : "time-series"
    return """
      {"impulse":{"inputBlocks":[{"id":1,"type":"\(kind)","imageWidth":8,"imageHeight":8,
      "windowSizeMs":\(sizeMs),"windowIncreaseMs":\(increaseMs ?? sizeMs),"frequencyHz":\(frequency)\(input)}],
      "dspBlocks":[{"id":2,"type":"\(type)","name":"B","axes":[\(names)],"implementationVersion":\(version)}]},
      "dspBlockConfigs":[{"blockId":2,"config":\(parameters)}]}
      """
  }

  // MARK: Refusals

  struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var block: String
    var version: Int
    var frequency: Double
    var axes: [String]
    var parameters: String
    var input: String
  }

  static let refusals: [Refusal] = [
    "spectral_analysis", "mfe", "mfcc", "spectrogram", "flatten", "raw", "image",
  ].flatMap { block -> [Refusal] in
    let data = FileManager.default.contents(atPath: Fixture.path("golden/\(block).json")) ?? Data()
    let cases = (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] ?? []
    return cases.filter { $0["refused"] as? Bool == true }.compactMap { item in
      guard let parameters = item["parameters"],
        let text = try? JSONSerialization.data(withJSONObject: parameters), let name = item["name"] as? String,
        let version = item["version"] as? Int, let frequency = (item["frequency"] as? NSNumber)?.doubleValue,
        let axes = item["axes"] as? [String], let input = item["input"] as? String
      else { return nil }
      return Refusal(
        testDescription: name, block: block, version: version, frequency: frequency, axes: axes,
        parameters: String(decoding: text, as: UTF8.self), input: Fixture.path("golden/\(block)/\(input)"))
    }
  }

  @Test func allRefusalsAreRead() { #expect(Self.refusals.count == 61) }

  @Test(arguments: refusals)
  func refusedCasesAreErrors(_ refusal: Refusal) throws {
    try withTemporaryFolder { folder in
      let values = try NumPyArray(contentsOf: refusal.input).values
      let rows = values.count / refusal.axes.count
      let rate = max(1, refusal.frequency)
      let sizeMs = max(1, Int((Double(rows) * 1000 / rate).rounded(.up)))
      try folder.write(
        Self.impulse(
          refusal.block, version: refusal.version, axes: refusal.axes, parameters: refusal.parameters, sizeMs: sizeMs,
          frequency: rate), to: "impulse.json")
      let sensors = refusal.axes.map { "{\"name\":\"\($0)\",\"units\":\"x\"}" }.joined(separator: ",")
      // The last row has what is left, where the axes do not divide the values.
      let lines = stride(from: 0, to: values.count, by: refusal.axes.count).map { first in
        "[" + values[first..<min(first + refusal.axes.count, values.count)].map { "\($0)" }.joined(separator: ",") + "]"
      }
      try folder.write(
        """
        {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"T",\
        "interval_ms":\(1000 / rate),"sensors":[\(sensors)],"values":[\(lines.joined(separator: ","))]}}
        """, to: "data/training/a.0.json")
      let report = try Self.verify(folder)
      #expect(report.count(.error) > 0, "\(report.findings)")
    }
  }

  // MARK: Defaults

  /// Mel blocks refuse their own defaults before version 4: at 16 kHz the first filter has no bin.
  static let defaults = BlockRegistry.blocks.flatMap { block in
    block.versions.filter { !["mfe", "mfcc"].contains(block.type) || $0 == 4 }.map { "\(block.type) \($0)" }
  }

  @Test(arguments: defaults)
  func defaultsRaiseNothing(_ name: String) throws {
    let parts = name.split(separator: " ").map(String.init)
    let (type, version) = (parts[0], try #require(Int(parts[1])))
    let isAudio = ["mfe", "mfcc", "spectrogram"].contains(type)
    let isImage = type == "image"
    let axes = isImage ? ["image"] : isAudio ? ["audio"] : ["accX", "accY", "accZ"]
    try withTemporaryFolder { folder in
      try folder.write(
        Self.impulse(
          type, version: version, axes: axes, sizeMs: isAudio ? 1000 : 2000, frequency: isAudio ? 16000 : 62.5),
        to: "impulse.json")
      if isImage {
        #expect(try Self.verify(folder, dataset: false).findings == [])
        return
      }
      for (index, place) in ["training", "testing"].enumerated() {
        var recording = SyntheticRecording(name: "a.0.json", rows: isAudio ? 16000 : 250, seed: UInt64(index + 3))
        recording.axes = axes
        recording.intervalMs = isAudio ? 0.0625 : 16
        try recording.write(to: folder, in: "data/\(place)")
      }
      let report = try Self.verify(folder)
      #expect(report.findings == [])
      #expect(report.blocks.count == 1 && report.dataset?.lostSeconds == 0)
    }
  }

  // MARK: All at once

  @Test func allProblemsComeAtOnceWithTheirLines() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        """
        {"impulse": {"inputBlocks": [{"id": 1, "type": "time-series", "windowSizeMs": 2000,
          "windowIncreaseMs": 80, "frequencyHz": 62.5},
          {"id": 9, "type": "nonsense"}],
         "dspBlocks": [
          {"id": 2, "type": "spectral-analysis", "axes": ["x"], "implementationVersion": 4},
          {"id": 3, "type": "flaten", "axes": ["x"]},
          {"id": 4, "type": "raw", "axes": ["x"]}]},
         "dspBlockConfigs": [
          {"blockId": 2, "config": {
            "fft_length": "33",
            "filter-type": "sideways"}},
          {"blockId": 4, "config": [{"group": "Scaling", "items": [
            {"name": "Scale axes",
             "param": "scale-axes",
             "value": "0"}]}]}]}
        """, to: "impulse.json")
      let report = try Self.verify(folder, dataset: false)
      let found = report.findings.map { "\($0.severity.rawValue) \($0.line ?? 0) \($0.parameter)" }
      #expect(
        Set(found) == [
          "error 3 type", "error 10 fft-length", "error 11 filter-type", "error 6 type", "warning 15 scale-axes",
        ],
        "\(found)")
      #expect(found.last == "warning 15 scale-axes" && report.blocks.map(\.id) == [4])
    }
  }

  @Test func brokenJSONIsAnErrorWithItsLine() throws {
    try withTemporaryFolder { folder in
      try folder.write("{\"impulse\":\n{\"inputBlocks\": [}", to: "impulse.json")
      let report = try Self.verify(folder, dataset: false)
      #expect(report.findings.map(\.line) == [2] && report.count(.error) == 1)
    }
  }
}
