// Windows that normalisation or Float leave nothing of, and frames that are refused.
// 1. Equal frames are recognised where a mean over them is subtracted, and only there; one other value is enough.
// 2. Values beyond Float warn in the blocks that work in it, on both sides of the limit, and features confirm it.
// 3. A refused frame length or band edge is one complaint, which names the parameter at fault.

import ProcessingBlocks
import Testing

@Suite struct WarningFrameTests {
  /// Noise that repeats every 320 values.
  private var periodic: [Double] {
    let period = Recording(rows: 320, stride: 1, seed: 3).samples.map { ($0 * 3000).rounded() }
    return (0..<16000).map { period[$0 % 320] }
  }

  @Test(arguments: [("mfe", 1), ("mfe", 2), ("mfcc", 3), ("mfcc", 4)])
  func equalFrames(_ type: String, _ version: Int) throws {
    let settings: [String: ParameterValue] = ["num_filters": .integer(20), "frame_stride": .number(0.02)]
    let plan = try makePlan(type, settings, version: version)
    var window = periodic
    let warnings = plan.warnings(forWindow: window)
    // Version 1 drops the last of 50 frames.
    #expect(warnings.map { "\($0.parameter) = \($0.value)" } == ["window = \(version == 1 ? 49 : 50) equal frames"])
    #expect(warnings.first?.rule.contains("all \(plan.featureCount) features are 0") == true)
    let largest = plan.features(ofWindow: window).map(abs).max() ?? 1
    #expect(type == "mfcc" ? largest < 1e-2 : largest <= 1)
    // Values behind the transform's 256 are never seen.
    window[320 * 7 + 300] += 1
    #expect(plan.warnings(forWindow: window).count == 1)
    window[320 * 7 + 100] += 1
    #expect(plan.warnings(forWindow: window) == [])
    #expect(plan.warnings(forWindow: [Double](repeating: 5, count: 16000)).count == 1, "a constant axis is one warning")
  }

  @Test func equalFramesWithoutNormalisation() throws {
    #expect(try makePlan("mfcc", ["win_size": .integer(0)], version: 4).warnings(forWindow: periodic) == [])
    #expect(try makePlan("mfe", ["frame_stride": .number(0.02)], version: 4).warnings(forWindow: periodic) == [])
  }

  struct Limit: Sendable, CustomTestStringConvertible {
    let type: String
    let version: Int
    let scale: Double?
    let limit: Double
    var testDescription: String { "\(type) \(version) \(scale ?? 1)" }
  }

  @Test(arguments: [
    Limit(type: "raw", version: 1, scale: nil, limit: 0x1.ffffffp127),
    Limit(type: "raw", version: 1, scale: -1024, limit: 0x1.ffffffp117),
    Limit(type: "flatten", version: 1, scale: 0.125, limit: 0x1.ffffffp130),
    Limit(type: "spectral-analysis", version: 1, scale: nil, limit: 0x1.ffffffp127),
    Limit(type: "spectral-analysis", version: 4, scale: 0.125, limit: 0x1.ffffffp127),
    Limit(type: "spectral-analysis", version: 4, scale: 2, limit: 0x1.ffffffp126),
    Limit(type: "spectrogram", version: 3, scale: nil, limit: 0x1.ffffffp142),
  ])
  func valuesBeyondFloat(_ test: Limit) throws {
    let isAudio = test.type == "spectrogram"
    let plan = try makePlan(
      test.type, test.scale.map { ["scale-axes": .number($0)] } ?? [:], version: test.version)
    var window = Recording(rows: plan.input.rows, stride: 1, seed: 9).samples
    window[1] = test.limit.nextDown
    #expect(plan.warnings(forWindow: window) == [])
    window[1] = -test.limit
    let warnings = plan.warnings(forWindow: window)
    #expect(warnings.map { "\($0.parameter) = \($0.value)" } == ["axis a = 1 of \(plan.input.rows) values"])
    #expect(warnings.first?.rule.contains("range of Float") == true)
    if !isAudio { #expect(plan.features(ofWindow: window).contains { !$0.isFinite }) }
  }

  @Test func blocksInDoubleTakeThem() throws {
    var window = Recording(rows: 16000, stride: 1, seed: 9).samples
    window[1] = 1e39
    #expect(try makePlan("mfcc").warnings(forWindow: window) == [])
    #expect(try makePlan("spectrogram").warnings(forWindow: window) == [])
  }

  @Test(arguments: [
    ("spectrogram", "frame_length", 1e-5, "must be at least 4 values long at 16000 Hz; use at least 0.00025 s"),
    ("spectrogram", "frame_stride", -1, "must be at least 4 values long at 16000 Hz; use at least 0.00025 s"),
    ("spectrogram", "frame_length", .nan, "must be a finite number"),
    ("mfcc", "win_size", 1_048_577, "must be at most 1048575; use 1048575"),
    ("mfcc", "pre_shift", 0, "must be at least 1; use 1"),
    ("mfcc", "high_frequency", -5, "must not be below 0 Hz; use 0 for half of the sampling rate"),
    (
      "mfe", "high_frequency", 8001,
      "must not be above half of the sampling rate, 8000 Hz; use 0 for half of the sampling rate"
    ),
    ("mfe", "low_frequency", 8001, "must not be above the high frequency, 8000 Hz; use 0"),
  ])
  func oneComplaintIsEnough(_ type: String, _ key: String, _ value: Double, _ text: String) throws {
    let error = #expect(throws: ConfigurationError.self) { try makePlan(type, [key: .number(value)], version: 4) }
    let shown = ParameterValue.number(value).studioText
    #expect(error?.issues.map(\.description) == ["\(key) = \(shown): \(text)"])
  }

  /// Two complaints about a key must not let its bad value through to the filter bank.
  @Test func aKeyGivenTwiceIsStillChecked() throws {
    let low: [String: ParameterValue] = ["low-frequency": .number(-1e9), "low_frequency": .number(-1e9)]
    let error = #expect(throws: ConfigurationError.self) { try makePlan("mfe", low, version: 4) }
    #expect(error?.issues.map(\.parameter) == ["low_frequency"])
  }
}
