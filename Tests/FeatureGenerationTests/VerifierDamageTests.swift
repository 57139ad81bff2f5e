// Each kind of silent damage that the field reports has a dataset or an impulse of its own.
// 1. Exactly one finding of the right kind and severity names it, with the numbers of a calculation by hand.
// 2. Samples that no frame sees, wrong scale, NaN, axes that never change, truncated sound, other rates, dropped tails,
//    short recordings, subsets.
// 3. Leakage in its three forms: the same bytes, overlapping rows, parts of one recording.
// 4. Labels that training lacks, and uneven classes.
import Datasets
import Foundation
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

@Suite struct VerifierDamageTests {
  private func check(
    _ kind: String, _ word: String, severity: VerificationReport.Finding.Severity = .warning, impulse: String? = nil,
    _ write: (TemporaryFolder) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try folder.write(
        impulse
          ?? VerifierTests.impulse(
            "flatten", version: 1, axes: ["accX", "accY", "accZ"], sizeMs: 1600, frequency: 62.5),
        to: "impulse.json")
      try write(folder)
      let report = try VerifierTests.verify(folder)
      let found = report.findings.filter { $0.severity == severity && $0.kind == kind && $0.message.contains(word) }
      #expect(found.count == 1, "\(report.findings)")
    }
  }

  /// 100 rows, which are one window.
  private func recording(_ name: String, rows: Int = 100, seed: UInt64 = 1) -> SyntheticRecording {
    SyntheticRecording(name: name, rows: rows, seed: seed)
  }

  @Test func samplesThatNoFrameSees() throws {
    let impulse = VerifierTests.impulse(
      "mfe", version: 4, axes: ["audio"], parameters: "{\"frame_length\":0.05,\"frame_stride\":0.05}", sizeMs: 1000,
      frequency: 16000)
    try check("settings", "68.0 %", impulse: impulse) { folder in
      var audio = recording("a.json", rows: 16000)
      (audio.axes, audio.intervalMs) = (["audio"], 0.0625)
      try audio.write(to: folder)
    }
  }

  @Test func audioOfAnotherScale() throws {
    let impulse = VerifierTests.impulse("mfe", version: 4, axes: ["audio"], sizeMs: 1000, frequency: 16000)
    try check("values", "multiply the recordings by 32768", impulse: impulse) { folder in
      let values = (0..<16000).map { "\(Double($0 * 7919 % 2001 - 1000) / 2000)" }.joined(separator: ",")
      try folder.write(
        """
        {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"T","interval_ms":0.0625,\
        "sensors":[{"name":"audio","units":"wav"}],"values":[\(values)]}}
        """, to: "data/training/a.json")
    }
  }

  @Test func valuesThatAreNoNumbers() throws {
    try check("recording", "NaN", severity: .error) { folder in
      try folder.write(recording("a.json").json().replacing("]]}}", with: "],[NaN,1,2]]}}"), to: "data/training/a.json")
    }
  }

  @Test func anAxisThatNeverChanges() throws {
    try check("values", "never changes") { folder in
      let rows = (0..<100).map { "[\($0 % 7),\($0 % 11),5]" }.joined(separator: ",")
      let text = recording("a.json").json()
      let values = try #require(text.range(of: "\"values\":["))
      try folder.write(text[..<values.upperBound] + rows + "]}}", to: "data/training/a.json")
    }
  }

  @Test func anotherRate() throws {
    try check("rate", "nothing above 25.0 Hz is real") { folder in
      var slow = recording("a.json")
      slow.intervalMs = 20
      try slow.write(to: folder)
    }
  }

  @Test func aDroppedTail() throws {
    try check("tail", "1.28 s of 2.88 s") { try recording("a.json", rows: 180).write(to: $0) }
  }

  @Test func rowsBetweenWindows() throws {
    let impulse = VerifierTests.impulse(
      "flatten", version: 1, axes: ["accX", "accY", "accZ"], sizeMs: 320, increaseMs: 1600, frequency: 62.5)
    try check("settings", "80.0 %", impulse: impulse) { try recording("a.json", rows: 220).write(to: $0) }
    try withTemporaryFolder { folder in
      try folder.write(impulse, to: "impulse.json")
      try recording("a.json", rows: 220).write(to: folder)
      // Windows of 20 rows at 0, 100 and 200: 160 rows lie between them.
      let data = try #require(try VerifierTests.verify(folder).dataset)
      #expect(data.windows == ["training": 3] && data.lostSeconds == 160 / 62.5)
    }
  }

  @Test func aShortRecording() throws {
    try check("short", "gives none") { folder in
      try recording("a.json", rows: 99).write(to: folder)
      try recording("b.json", seed: 2).write(to: folder)
    }
  }

  @Test func aMissingAxis() throws {
    try check("recording", "axis \"accZ\"", severity: .error) { folder in
      var flat = recording("a.json")
      flat.axes = ["accX", "accY"]
      try flat.write(to: folder)
    }
  }

  @Test func aTruncatedWave() throws {
    let impulse = VerifierTests.impulse("raw", version: 1, axes: ["audio"], sizeMs: 10, frequency: 16000)
    try withTemporaryFolder { folder in
      try folder.write(impulse, to: "impulse.json")
      func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
      }
      var wave = Array("RIFF".utf8) + bytes(36 + 640, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4)
      wave += bytes(1, 2) + bytes(1, 2) + bytes(16000, 4) + bytes(32000, 4) + bytes(2, 2) + bytes(16, 2)
      wave += Array("data".utf8) + bytes(640, 4) + (0..<320).map { UInt8($0 * 37 % 251) }
      try folder.write("", to: "data/training/a.wav")
      try Data(wave).write(to: folder.url.appending(path: "data/training/a.wav"))
      // Half of the samples are missing: an error or a warning, and never silence.
      let report = try VerifierTests.verify(folder)
      #expect(report.findings.contains { $0.kind == "recording" && $0.file.contains("a.wav") }, "\(report.findings)")
    }
  }

  @Test func theSameBytesInBothCategories() throws {
    try check("leakage", "has the same bytes as") { folder in
      try recording("a.json").write(to: folder)
      try recording("b.json").write(to: folder, in: "data/testing")
    }
  }

  @Test func overlappingRowsInBothCategories() throws {
    try check("leakage", "shares about") { folder in
      let long = recording("a.json", rows: 1200)
      try long.write(to: folder)
      // Rows 300 to 899 of it again, in a file of its own.
      let rows = (300..<900).map { row in
        "[" + long.values[row * 3..<row * 3 + 3].map { "\($0)" }.joined(separator: ",") + "]"
      }
      let text = long.json()
      let values = try #require(text.range(of: "\"values\":["))
      try folder.write(text[..<values.upperBound] + rows.joined(separator: ",") + "]}}", to: "data/testing/a.json")
    }
  }

  @Test func partsOfOneRecordingInBothCategories() throws {
    try check("leakage", "cut from the same recording") { folder in
      try recording("a.1.json.s1", seed: 1).write(to: folder)
      try recording("a.1.json.s2", seed: 2).write(to: folder, in: "data/testing")
    }
  }

  @Test func unevenClassesAndLabelsThatTrainingLacks() throws {
    let write = { (folder: TemporaryFolder) in
      try recording("a.json", rows: 1200, seed: 1).write(to: folder)
      try recording("b.json", seed: 2).write(to: folder)
      try recording("c.json", seed: 3).write(to: folder, in: "data/testing")
    }
    try check("labels", "12 windows of a and 1 of b", severity: .notice, write)
    try check("labels", "the label c is in testing", write)
  }

  @Test func aSubset() throws {
    let impulse = VerifierTests.impulse(
      "flatten", version: 1, axes: ["accX", "accY", "accZ"], sizeMs: 1600, frequency: 62.5,
      input: ",\"datasetSubset\":{\"includePercentage\":20}")
    try check("subset", "20.0 %", impulse: impulse) { try recording("a.json").write(to: $0) }
  }
}
