// Warnings that follow from the settings alone.
// 1. Each rule has a case that fires with exact numbers, typed in from a calculation by hand, and names its parameter.
// 2. Curing it as suggested silences it.
// 3. The defaults of every block raise none on 1 s of audio at 16 kHz and on 2 s of motion at 62.5 Hz.
// 4. Warnings never refuse: the plan is there, and its shape is that of the settings.
// 5. Settings on both sides of a threshold, where a rule has one.

import ProcessingBlocks
import Testing

@Suite struct WarningTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let block: String
    var version = 4
    var frequency = 16000.0
    var rows = 16000
    let parameters: [String: ParameterValue]
    /// The only warning.
    let text: String
    /// Parameters that silence it.
    var cure: [String: ParameterValue] = [:]
    var curedRows: Int?
    var curedVersion: Int?

    func plan(_ parameters: [String: ParameterValue]? = nil) throws -> any BlockPlan {
      try makePlan(block, parameters ?? self.parameters, version: version, frequency: frequency, rows: rows)
    }

    var curedPlan: any BlockPlan {
      get throws {
        try makePlan(
          block, parameters.merging(cure) { $1 }, version: curedVersion ?? version, frequency: frequency,
          rows: curedRows ?? rows)
      }
    }
  }

  static let cases = [
    Case(
      testDescription: "frames cut by the transform", block: "mfe",
      parameters: ["frame_length": .number(0.05), "frame_stride": .number(0.05)],
      text: "fft_length = 256: cuts frames of 800 values: 10880 of 16000 values (68.0 %) are never seen; "
        + "use 1024, or shorter frames that overlap", cure: ["fft_length": .integer(1024)]),
    Case(
      testDescription: "gaps between frames", block: "spectrogram",
      parameters: ["frame_length": .number(0.008), "frame_stride": .number(0.016)],
      text: "frame_stride = 0.016: is longer than a frame: 7936 of 16000 values (49.6 %) lie between frames and are "
        + "never seen; use at most 0.008 s", cure: ["frame_stride": .number(0.008)]),
    Case(
      testDescription: "end of the window", block: "mfcc",
      rows: 16300, parameters: [:],
      text: "window = 16300 rows: no frame covers its last 300 values (0.01875 s, 1.8 %); "
        + "use a window of 16000 or 16320 rows", curedRows: 16320),
    Case(
      testDescription: "more than the frame that version 1 drops", block: "spectrogram", version: 1, rows: 8150,
      parameters: ["fft_length": .integer(512)],
      text: "window = 8150 rows: no frame covers its last 310 values (0.019375 s, 3.8 %); "
        + "use implementation version 2 or later: version 1 drops the last frame", curedRows: 8000),
    Case(
      testDescription: "normalisation over too many frames", block: "mfcc",
      parameters: ["win_size": .integer(403)],
      text: "win_size = 403: reaches over 403 frames of a window that has 50: both ends are mirrored more than once, "
        + "and all means come out nearly the same; use at most 101", cure: ["win_size": .integer(101)]),
    Case(
      testDescription: "mean over one frame", block: "mfe", version: 2,
      parameters: ["win_size": .integer(1), "fft_length": .integer(512)],
      text: "win_size = 1: subtracts each frame from itself: nothing but 0 or rounding noise is left; use 101",
      cure: ["win_size": .integer(101)]),
    Case(
      testDescription: "a single frame", block: "mfcc", rows: 320, parameters: [:],
      text: "win_size = 101: subtracts each frame from itself, the only one: nothing but 0 or rounding noise is left; "
        + "use a longer window, or a shorter frame_stride", curedRows: 16000),
    Case(
      testDescription: "floor at the top", block: "mfe", parameters: ["noise_floor_db": .integer(12)],
      text: "noise_floor_db = 12: leaves the scale, which ends at 12 dB, without a length: features say nothing; "
        + "use -52", cure: ["noise_floor_db": .number(11.5)]),
    Case(
      testDescription: "floor above the top", block: "spectrogram", version: 3,
      parameters: ["noise_floor_db": .integer(20)],
      text: "noise_floor_db = 20: is above 12 dB, where the scale ends: it runs backwards, and loud becomes 0; "
        + "use -52", cure: ["noise_floor_db": .integer(-52)]),
    Case(
      testDescription: "more coefficients than filters", block: "mfcc",
      parameters: ["num_cepstral": .integer(33)],
      text: "num_cepstral = 33: is more than the 32 filters give: the width of the output becomes a fraction; "
        + "use at most 32", cure: ["num_cepstral": .integer(32)]),
    Case(
      testDescription: "narrow filters", block: "mfe", parameters: ["num_filters": .integer(48)],
      text: "num_filters = 48: 14 of 48 filters see a single bin, 2 of them the same as the filter before; "
        + "use fft_length 512, or num_filters 40", cure: ["fft_length": .integer(512)]),
    Case(
      testDescription: "low-pass that passes all", block: "spectral-analysis", frequency: 62.5, rows: 125,
      parameters: ["filter-type": .text("low"), "filter-cutoff": .integer(30)],
      text: "filter-cutoff = 30: lies within 5 % of half of the sampling rate, 31.25 Hz: the filter hardly removes "
        + "anything; use 1.5625 to 29.6875 Hz, or filter-type none",
      cure: ["filter-type": .text("none"), "filter-cutoff": .integer(3)]),
    Case(
      testDescription: "high-pass that passes little", block: "spectral-analysis", frequency: 62.5, rows: 125,
      parameters: ["filter-type": .text("high"), "filter-cutoff": .integer(31)],
      text: "filter-cutoff = 31: lies within 5 % of half of the sampling rate, 31.25 Hz: only 1 of 8 bins are left; "
        + "use 1.5625 to 29.6875 Hz", cure: ["filter-cutoff": .number(29.6875)]),
    Case(
      testDescription: "high-pass at 0", block: "spectral-analysis", frequency: 62.5, rows: 125,
      parameters: ["filter-type": .text("high"), "filter-cutoff": .integer(1)],
      text: "filter-cutoff = 1: lies within 5 % of 0 Hz: the filter hardly removes anything; "
        + "use 1.5625 to 29.6875 Hz, or filter-type none", cure: ["filter-cutoff": .number(1.5625)]),
    Case(
      testDescription: "nothing to compute", block: "flatten", version: 1, frequency: 62.5, rows: 125,
      parameters: [
        "average": .boolean(false), "minimum": .boolean(false), "maximum": .boolean(false), "rms": .boolean(false),
        "stdev": .boolean(false), "skewness": .boolean(false), "kurtosis": .boolean(false),
      ],
      text: "average = false: and all other statistics are off: a window has 0 features; switch at least one on",
      cure: ["rms": .boolean(true)]),
  ]

  @Test(arguments: cases)
  func firesAndIsCured(_ test: Case) throws {
    let warnings = try test.plan().warnings
    #expect(warnings.map(\.description) == [test.text])
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.suggestion != nil })
    #expect(try test.curedPlan.warnings.map(\.description) == [])
  }

  /// Settings whose bins differ on the device, by measurement: filters, FFT length, rate, lowest frequency.
  @Test(arguments: [
    [32, 512, 16000, 0], [42, 1024, 16000, 300], [32, 2048, 8000, 80], [43, 2048, 8000, 80], [26, 1024, 8000, 80],
    [13, 256, 8000, 80], [13, 1024, 8000, 80], [40, 1024, 32000, 300],
  ])
  func edgesThatTheDeviceRoundsElsewhere(_ setting: [Int]) throws {
    let test = Case(
      testDescription: "", block: "mfe", frequency: Double(setting[2]), rows: setting[2],
      parameters: [
        "num_filters": .integer(setting[0]), "fft_length": .integer(setting[1]), "low_frequency": .integer(setting[3]),
      ], text: "")
    let warnings = try test.plan().warnings
    #expect(warnings.count == 1 && warnings.first?.parameter == "num_filters")
    #expect(warnings.first?.rule.hasPrefix("edge ") == true)
    if setting == [32, 512, 16000, 0] {
      #expect(warnings.first?.rule.contains("Studio takes bin 140, a device in single precision may take 141") == true)
    }
    let cure = try #require(
      warnings.first?.suggestion?.split(whereSeparator: { $0 == " " || $0 == "," }).dropFirst().first)
    #expect(try test.plan(test.parameters.merging(["num_filters": .text(String(cure))]) { $1 }).warnings.isEmpty)
  }

  /// Rows of window and frame, and whether the loss is worth a warning: 1 % at the end, a quarter between frames.
  @Test(arguments: [(16160, 320, false), (16163, 320, true), (47 * 340, 340, false), (46 * 343, 343, true)])
  func lossesOnBothSidesOfTheThreshold(_ rows: Int, _ frame: Int, _ warns: Bool) throws {
    let seconds = ParameterValue.number(Double(frame) / 16000)
    let test = Case(
      testDescription: "", block: "mfcc", rows: rows,
      parameters: ["frame_length": seconds, "frame_stride": seconds, "win_size": .integer(0)],
      text: "")
    let plan = try test.plan()
    #expect(plan.warnings.count == (warns ? 1 : 0), "\(plan.warnings)")
    #expect(plan.featureCount == rows / frame * 13)
  }

  @Test func defaultsRaiseNone() throws {
    for block in BlockRegistry.blocks where !block.takesImages {
      let isAudio = ["mfe", "mfcc", "spectrogram"].contains(block.type)
      let input =
        isAudio
        ? SignalShape(frequency: 16000, rows: 16000, axes: ["audio"])
        : SignalShape(frequency: 62.5, rows: 125, axes: ["x", "y", "z"])
      let plan = try block.makePlan([:], version: block.versions.upperBound, input: input)
      #expect(plan.warnings == [], "\(block.type)")
    }
  }
}
