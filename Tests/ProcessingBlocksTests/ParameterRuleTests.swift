// The schema decides what is valid and how it is spelt.
// 1. Rules: a value on either side of each, also where nothing of the block would read it.
// 2. Equal settings give equal texts, whatever their spelling; texts that are not valid stay.
// 3. What a version or an analysis does not use is warned of, unless it is the default.
// 4. Numbers in messages have at most six digits, and bounds are rounded to the safe side.

@testable import ProcessingBlocks
import Testing

@Suite struct ParameterRuleTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let block: String
    var version: Int?
    let key: String
    let value: ParameterValue
    /// Nil where it is valid.
    let text: String?
    var others: [String: ParameterValue] = [:]
    var testDescription: String { "\(block) \(key) \(value)" }
  }

  private static let ratios = "must be one of 1, 3, 10, 30, 100, 1000"
  private static let lowPass: [String: ParameterValue] = ["filter-type": .text("low")]

  @Test(arguments: [
    Rule(
      block: "spectral-analysis", key: "wavelet", value: .text("nonsense"),
      text: "must be one of bior1.3, bior1.5, bior2.2, …, sym10"),
    Rule(block: "spectral-analysis", key: "wavelet", value: .text("DB4"), text: nil),
    Rule(block: "spectral-analysis", key: "input-decimation-ratio", value: .number(3.9), text: ratios),
    Rule(block: "spectral-analysis", key: "input-decimation-ratio", value: .integer(0), text: ratios),
    Rule(block: "spectral-analysis", key: "input-decimation-ratio", value: .integer(-7), text: ratios),
    Rule(block: "spectral-analysis", key: "input-decimation-ratio", value: .text("1.0"), text: nil),
    Rule(
      block: "spectral-analysis", key: "filter-order", value: .integer(5), text: "must be even; use 4 or 6",
      others: lowPass),
    Rule(block: "spectral-analysis", key: "filter-order", value: .integer(-5), text: nil, others: lowPass),
    Rule(block: "spectral-analysis", key: "filter-order", value: .integer(7), text: nil),
    Rule(block: "spectral-analysis", key: "filter-order", value: .text("six"), text: "must be a whole number"),
    Rule(block: "mfcc", key: "win_size", value: .integer(100), text: "must be odd; use 99 or 101"),
    Rule(block: "mfcc", key: "win_size", value: .integer(-4), text: nil),
    Rule(block: "mfe", version: 4, key: "win_size", value: .integer(100), text: nil),
    Rule(block: "mfcc", key: "fft_length", value: .integer(300), text: "must be a power of two; use 256 or 512"),
    Rule(block: "mfcc", key: "pre_shift", value: .integer(-1), text: "must be at least 1; use 1"),
    Rule(block: "spectrogram", key: "show_axes", value: .text("perhaps"), text: "must be true or false"),
  ])
  func ruleOfTheSchema(_ rule: Rule) throws {
    let parameters = rule.others.merging([rule.key: rule.value]) { $1 }
    do {
      _ = try makePlan(rule.block, parameters, version: rule.version)
      #expect(rule.text == nil)
    } catch let error as ConfigurationError {
      #expect(error.issues.map(\.description) == ["\(rule.key) = \(rule.value.studioText): \(rule.text ?? "valid")"])
    }
  }

  @Test func equalSettingsHaveOneSpelling() throws {
    let block = try #require(BlockRegistry.block(type: "spectral-analysis"))
    let plain = block.studioConfiguration([
      "fft-length": .integer(32), "do-log": .boolean(true), "wavelet": .text("db4"), "scale-axes": .number(0.5),
      "input-decimation-ratio": .text("3"), "extra-low-freq": .boolean(false),
    ])
    let odd = block.studioConfiguration([
      "fft_length": .text(" 32 "), "do_log": .integer(1), "wavelet": .text("DB4"), "scale-axes": .text("5e-1"),
      "input-decimation-ratio": .number(3), "extra-low-freq": .text("False"),
    ])
    #expect(plain == odd)
    #expect(plain["fft-length"] == "32" && plain["do-log"] == "true" && plain["wavelet"] == "db4")
    #expect(block.studioConfiguration(["do-log": .text("maybe")])["do-log"] == "maybe")
    let selected = block.studioGroups(["wavelet": .text("SYM2")], version: 4).flatMap(\.items)
      .first { $0.param == "wavelet" }?.selectOptions?.filter(\.selected).map(\.value)
    #expect(selected == ["sym2"])
  }

  @Test func whatIsNotUsedIsWarnedOf() throws {
    let second = try makePlan(
      "spectral-analysis", ["analysis-type": .text("Wavelet"), "wavelet": .text("db4"), "do-log": .boolean(false)],
      version: 2)
    #expect(
      second.warnings.map(\.description) == [
        "analysis-type = Wavelet: is not used by version 2; leave it out, or use version 4"
      ])
    let wavelet = try makePlan(
      "spectral-analysis", ["analysis-type": .text("Wavelet"), "fft-length": .integer(64), "do-log": .text("TRUE")])
    #expect(
      wavelet.warnings.map(\.description) == [
        "fft-length = 64: is not used while analysis-type is Wavelet; leave it out, or set analysis-type to FFT"
      ])
    let cutoff = try makePlan("spectral-analysis", ["filter-cutoff": .integer(8)]).warnings
    #expect(cutoff.map(\.suggestion) == ["leave it out, or set filter-type to low or high"])
    #expect(try makePlan("mfe", ["win_size": .text("101.0")]).warnings == [])
    #expect(try makePlan("mfe", ["win_size": .integer(51)]).warnings.map(\.parameter) == ["win_size"])
  }

  @Test func numbersInMessages() {
    let values = [0.0654539123, 14.00223344, 8000, 0.008, 123456.7, 1_234_567, -0.1, 0, .infinity, 1e-30]
    #expect(
      values.map { shown($0) } == [
        "0.0654539", "14.0022", "8000", "0.008", "123457", "1234570", "-0.1", "0", "inf", "1e-30",
      ])
    #expect(shown(1 / 3.0, .up) == "0.333334" && shown(1 / 3.0, .down) == "0.333333")
    #expect(shown(0.1 + 0.2, .up) == "0.3" && shown(29.6875, .down) == "29.6875")
  }
}
