// Refusals of the spectral analysis: every rule of the reference, with the parameter at fault and the words that
// matter. Each refusal has a neighbour that is accepted, so that a rule that refuses too much shows.

import ProcessingBlocks
import Testing

@Suite struct SpectralAnalysisRefusalTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var version = 4
    var rows = 125
    let parameters: [String: ParameterValue]
    let parameter: String
    /// Part of the rule.
    let rule: String
    /// Parameters that make the configuration valid.
    var cure: [String: ParameterValue] = [:]
    /// A window that makes it valid.
    var cureRows: Int?
  }

  private static func filter(_ type: String, _ cutoff: Double, _ order: Int) -> [String: ParameterValue] {
    ["filter-type": .text(type), "filter-cutoff": .number(cutoff), "filter-order": .integer(order)]
  }

  private static let refusals = [
    Refusal(
      testDescription: "ratio without stages", parameters: ["input-decimation-ratio": .integer(7)],
      parameter: "input-decimation-ratio", rule: "1, 3, 10, 30, 100, 1000",
      cure: ["input-decimation-ratio": .integer(3)]),
    Refusal(
      testDescription: "ratio 2", parameters: ["input-decimation-ratio": .text("2")],
      parameter: "input-decimation-ratio", rule: "1, 3, 10, 30, 100, 1000",
      cure: ["input-decimation-ratio": .text("30")]),
    Refusal(
      testDescription: "ratio before version 4", version: 3,
      parameters: ["input-decimation-ratio": .text("3")], parameter: "input-decimation-ratio",
      rule: "needs implementation version 4", cure: ["input-decimation-ratio": .text("0")]),
    Refusal(
      testDescription: "cut-off near the new Nyquist frequency",
      parameters: filter("low", 9.4, 2).merging(["input-decimation-ratio": .text("3")]) { $1 },
      parameter: "input-decimation-ratio", rule: "90 %", cure: ["filter-cutoff": .number(9.3)]),
    Refusal(
      testDescription: "the same with order 0",
      parameters: filter("high", 9.4, 0).merging(["input-decimation-ratio": .text("3")]) { $1 },
      parameter: "input-decimation-ratio", rule: "90 %", cure: ["filter-type": .text("none")]),
    Refusal(
      testDescription: "odd order", parameters: filter("low", 5, 3), parameter: "filter-order",
      rule: "must be even", cure: ["filter-order": .integer(4)]),
    Refusal(
      testDescription: "order above 8", parameters: filter("high", 5, 10), parameter: "filter-order",
      rule: "at most 8", cure: ["filter-order": .integer(8)]),
    Refusal(
      testDescription: "the largest order", parameters: filter("high", 5, .max - 1),
      parameter: "filter-order",
      rule: "at most 8", cure: ["filter-order": .integer(.min)]),
    Refusal(
      testDescription: "cut-off at Nyquist", parameters: filter("low", 31.25, 6), parameter: "filter-cutoff",
      rule: "31.25", cure: ["filter-cutoff": .number(31)]),
    Refusal(
      testDescription: "cut-off beyond everything", parameters: filter("high", 1e308, 6),
      parameter: "filter-cutoff", rule: "31.25", cure: ["filter-order": .integer(0)]),
    Refusal(
      testDescription: "cut-off 0", parameters: filter("high", 0, 6), parameter: "filter-cutoff",
      rule: "must be above 0 Hz", cure: ["filter-cutoff": .number(0.1)]),
    Refusal(
      testDescription: "cut-off below everything", parameters: filter("low", -1e308, 6),
      parameter: "filter-cutoff", rule: "must be above 0 Hz", cure: ["filter-type": .text("none")]),
    Refusal(
      testDescription: "unstable next to 0", parameters: filter("high", 1e-6, 6), parameter: "filter-cutoff",
      rule: "unstable filter at a sampling rate of 62.5 Hz", cure: ["filter-cutoff": .number(0.01)]),
    Refusal(
      testDescription: "unstable next to Nyquist", parameters: filter("low", 31.25 - 1e-9, 6),
      parameter: "filter-cutoff", rule: "unstable", cure: ["filter-cutoff": .number(31.2)]),
    Refusal(
      testDescription: "all bins masked", parameters: filter("low", 1, 6), parameter: "filter-cutoff",
      rule: "masks all FFT bins", cure: ["fft-length": .integer(64)]),
    Refusal(
      testDescription: "all bins masked without filtering", parameters: filter("low", -1e308, 0),
      parameter: "filter-cutoff", rule: "masks all FFT bins", cure: ["filter-type": .text("high")]),
    Refusal(
      testDescription: "length is no power of two", parameters: ["fft-length": .integer(48)],
      parameter: "fft-length", rule: "power of two", cure: ["fft-length": .integer(32)]),
    Refusal(
      testDescription: "length 1", parameters: ["fft-length": .integer(1)], parameter: "fft-length",
      rule: "from 2 to 1048576", cure: ["fft-length": .integer(2)]),
    Refusal(
      testDescription: "negative length", parameters: ["fft-length": .integer(.min)], parameter: "fft-length",
      rule: "from 2 to 1048576", cure: ["fft-length": .integer(4)]),
    Refusal(
      testDescription: "window too short for low frequencies", rows: 310,
      parameters: ["extra-low-freq": .boolean(true), "fft-length": .integer(64)], parameter: "extra-low-freq",
      rule: "at least 311 rows, this one has 310", cureRows: 311),
    Refusal(
      testDescription: "the same after decimation", rows: 210,
      parameters: [
        "extra-low-freq": .boolean(true), "input-decimation-ratio": .integer(3),
      ], parameter: "extra-low-freq", rule: "at least 71 rows after decimation, this one has 70",
      cureRows: 211),
    Refusal(
      testDescription: "unknown analysis", parameters: ["analysis-type": .text("Wavelets")],
      parameter: "analysis-type", rule: "must be one of FFT, Wavelet", cure: ["analysis-type": .text("Wavelet")]),
    Refusal(
      testDescription: "wavelet level", parameters: ["analysis-type": .text("Wavelet"), "wavelet-level": .integer(2)],
      parameter: "wavelet-level", rule: "at least 128 rows", cure: ["wavelet-level": .integer(1)]),
  ]

  @Test(arguments: refusals)
  func refusal(_ refusal: Refusal) throws {
    do {
      _ = try makePlan("spectral-analysis", refusal.parameters, version: refusal.version, rows: refusal.rows)
      Issue.record("accepted")
    } catch let error as ConfigurationError {
      #expect(error.issues.map(\.parameter) == [refusal.parameter])
      #expect(error.issues[0].rule.contains(refusal.rule), "\(error)")
      let value = refusal.parameters[refusal.parameter]?.studioText
      #expect(error.issues[0].value == value)
    }
    _ = try makePlan(
      "spectral-analysis", refusal.parameters.merging(refusal.cure) { $1 }, version: refusal.version,
      rows: refusal.cureRows ?? refusal.rows)
  }

  @Test func severalRulesAtOnce() throws {
    let error = #expect(throws: ConfigurationError.self) {
      try makePlan(
        "spectral-analysis",
        Self.filter("low", 40, 6).merging(["extra-low-freq": .boolean(true), "fft-length": .integer(64)]) {
          $1
        })
    }
    #expect(error?.issues.map(\.parameter) == ["filter-cutoff", "extra-low-freq"])
  }
}
