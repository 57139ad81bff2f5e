// Warnings about settings that leave nothing to learn from: scale, padding, decimation, bands, pre-emphasis, one row.
// 1. As in `WarningTests`: exact texts, typed in from a calculation by hand; the cure silences them.
// 2. Settings on both sides of each threshold.
// 3. What a warning says is so: features that it calls the same in every window are.
// 4. The defaults of all versions raise none at common rates.

import ProcessingBlocks
import Testing

@Suite struct WarningSettingTests {
  typealias Case = WarningTests.Case

  private static func motion(
    _ name: String, block: String = "spectral-analysis", version: Int = 4, rows: Int = 125,
    _ parameters: [String: ParameterValue], _ text: String, cure: [String: ParameterValue] = [:], curedRows: Int? = nil
  ) -> Case {
    Case(
      testDescription: name, block: block, version: version, frequency: 62.5, rows: rows, parameters: parameters,
      text: text, cure: cure, curedRows: curedRows)
  }

  static let cases = [
    motion(
      "scale 0 of raw", block: "raw", version: 1, ["scale-axes": .integer(0)],
      "scale-axes = 0: every sample becomes 0, and all features are the same in every window; use 1",
      cure: ["scale-axes": .integer(1)]),
    motion(
      "scale 0 of flatten", block: "flatten", version: 1, ["scale-axes": .text("0")],
      "scale-axes = 0: every sample becomes 0, and all features are the same in every window; use 1",
      cure: ["scale-axes": .number(1e-60)]),
    motion(
      "scale 0 in Float", ["scale-axes": .number(1e-60)],
      "scale-axes = 1e-60: is 0 in Float: every sample becomes 0, and all features are the same in every window; use 1",
      cure: ["scale-axes": .number(1e-30)]),
    motion(
      "padding", ["fft-length": .integer(512)],
      "fft-length = 512: is more than twice a window of 125 rows: 387 of 512 values (75.6 %) are zeros, and the 256 bins "
        + "above 0 Hz tell no more than 64 would; use 128", cure: ["fft-length": .integer(128)]),
    motion(
      "padding after decimation", ["fft-length": .integer(32), "input-decimation-ratio": .integer(10)],
      "fft-length = 32: is more than twice a window of 13 rows after decimation: 19 of 32 values (59.4 %) are zeros, and "
        + "the 16 bins above 0 Hz tell no more than 8 would; use 16", cure: ["fft-length": .integer(16)]),
    Case(
      testDescription: "padding of frames", block: "spectrogram", parameters: ["fft_length": .integer(1024)],
      text:
        "fft_length = 1024: is more than twice a frame of 320 values: 704 of 1024 values (68.8 %) are zeros, and the "
        + "512 bins above 0 Hz tell no more than 256 would; use 512", cure: ["fft_length": .integer(512)]),
    motion(
      "two rows left", ["input-decimation-ratio": .integer(100)],
      "input-decimation-ratio = 100: leaves 2 rows of 125: statistics and powers of so few values say little; use 3",
      cure: ["input-decimation-ratio": .integer(3)]),
    motion(
      "one row left", ["input-decimation-ratio": .text("1000")],
      "input-decimation-ratio = 1000: leaves 1 row of 125: all features are the same in every window; use 3",
      cure: ["input-decimation-ratio": .text("3")]),
    motion(
      "falling edges", version: 1, ["spectral-power-edges": .text("20, 5, 12")],
      "spectral-power-edges = 20, 5, 12: do not rise from 20 to 5 Hz: 1 of 2 powers are always 0; "
        + "use 5, 12, 20", cure: ["spectral-power-edges": .text("5.0, 12.0, 20.0")]),
    motion(
      "equal edges", version: 1, ["spectral-power-edges": .text("5,5")],
      "spectral-power-edges = 5,5: do not rise from 5 to 5 Hz: 1 of 1 powers are always 0; "
        + "use edges that differ, in rising order", cure: ["spectral-power-edges": .text("5,15")]),
    motion(
      "bands without a bin", version: 1, ["spectral-power-edges": .text("1, 2, 3")],
      "spectral-power-edges = 1, 2, 3: 2 of 2 bands hold no bin of the FFT, which has one every 3.90625 Hz up to 31.25 Hz: "
        + "their powers are always 0; use fft-length 64, or wider bands", cure: ["fft-length": .integer(64)]),
    motion(
      "bands above Nyquist", version: 1, ["spectral-power-edges": .text("10, 20, 40, 60")],
      "spectral-power-edges = 10, 20, 40, 60: 1 of 3 bands hold no bin of the FFT, which has one every 3.90625 Hz up to "
        + "31.25 Hz: their powers are always 0; use wider bands below 31.25 Hz",
      cure: ["spectral-power-edges": .text("10, 20, 31")]),
    Case(
      testDescription: "shift around the window", block: "mfcc", parameters: ["pre_shift": .integer(16001)],
      text: "pre_shift = 16001: is not shorter than the window of 16000 values and wraps around: it acts like 1; use 1",
      cure: ["pre_shift": .integer(1)]),
    Case(
      testDescription: "shift by the window", block: "mfcc", parameters: ["pre_shift": .integer(32000)],
      text:
        "pre_shift = 32000: is not shorter than the window of 16000 values and wraps around: each value is paired with "
        + "itself, and only the level changes; use 1", cure: ["pre_cof": .integer(0)]),
    Case(
      testDescription: "shift by a frame", block: "mfcc", parameters: ["pre_shift": .integer(320)],
      text: "pre_shift = 320: is not shorter than a frame of 320 values: each value is paired with one outside of its "
        + "frame, the first 320 of 16000 (2.0 %) with the window's end; use 1", cure: ["pre_shift": .integer(319)]),
    motion(
      "one row of flatten", block: "flatten", version: 1, rows: 1, ["kurtosis": .boolean(false)],
      "window = 1 row: has no spread: Stdev, Skewness are the same in every window (2 of 6 features of an axis); "
        + "use a window of at least 2 rows, or switch them off",
      cure: ["stdev": .boolean(false), "skewness": .boolean(false)]),
    motion(
      "one row of a spectrum", version: 2, rows: 1, [:],
      "window = 1 row: nothing is left of it when its mean is subtracted: all features are the same in every window; "
        + "use a window of at least 16 rows, which fill a transform", curedRows: 16),
  ]

  @Test(arguments: cases)
  func firesAndIsCured(_ test: Case) throws {
    let warnings = try test.plan().warnings
    #expect(warnings.map(\.description) == [test.text])
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.suggestion != nil })
    #expect(try test.curedPlan.warnings.map(\.description) == [])
  }

  /// Length of the transform, rows, and whether it warns.
  @Test(arguments: [(256, 128, false), (256, 127, true), (2, 2, false), (4, 2, false), (8, 2, true)])
  func paddingOnBothSidesOfTheThreshold(_ length: Int, _ rows: Int, _ warns: Bool) throws {
    let test = Self.motion("", rows: rows, ["fft-length": .integer(length)], "")
    #expect(try test.plan().warnings.map(\.parameter) == (warns ? ["fft-length"] : []))
    let wavelet = Self.motion(
      "", rows: rows,
      test.parameters.merging(["analysis-type": .text("Wavelet"), "wavelet-level": .integer(0)]) { $1 }, "")
    if rows >= 32 {
      #expect(
        try wavelet.plan().warnings.allSatisfy { $0.rule.contains("is not used while") }, "wavelets have no transform")
    }
  }

  @Test func longTransformsSuitMelFilters() throws {
    let test = Case(testDescription: "", block: "mfe", parameters: ["fft_length": .integer(1024)], text: "")
    #expect(try test.plan().warnings == [])
  }

  @Test(arguments: cases.filter { $0.text.contains("all features are the same") })
  func featuresAreTheSameIndeed(_ test: Case) throws {
    let plan = try test.plan()
    let features = (1...2).map { seed in
      // 0 - 0 and the like: the sign of a zero tells nothing.
      plan.features(ofWindow: Recording(rows: test.rows, stride: 1, seed: UInt64(seed)).samples).map { $0 + 0 }
    }
    #expect(firstDifference(features[0], features[1]) == nil)
  }

  @Test func defaultsOfAllVersionsRaiseNone() throws {
    for block in BlockRegistry.blocks where !block.takesImages {
      let isAudio = ["mfe", "mfcc", "spectrogram"].contains(block.type)
      for frequency in isAudio ? [16000] : [50, 62.5, 100, 119, 208] {
        for version in block.versions {
          let shape = SignalShape(frequency: frequency, rows: Int(2 * frequency), axes: ["a"])
          // The old table of mel filters refuses its own defaults.
          guard let plan = try? block.makePlan([:], version: version, input: shape) else {
            #expect(isAudio && version < 4)
            continue
          }
          #expect(plan.warnings == [], "\(block.type) \(version) at \(frequency) Hz")
        }
      }
    }
  }
}
