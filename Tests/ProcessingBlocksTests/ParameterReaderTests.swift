// Decoding of parameters, seen through the blocks that use it.
// 1. Spellings: native values and Studio's text map, `-` and `_` in keys, blanks and fractions in numbers, switches.
// 2. Two spellings of one value give the same plan; another value gives another plan.
// 3. Everything wrong with a configuration is reported at once, with parameter, value, rule and suggestion.

@testable import ProcessingBlocks
import Testing

@Suite struct ParameterReaderTests {
  /// What is wrong with a configuration.
  private func issues(
    _ parameters: [String: ParameterValue], of type: String = "spectral-analysis"
  ) throws -> [ConfigurationIssue] {
    do {
      _ = try makePlan(type, parameters)
      return []
    } catch let error as ConfigurationError {
      return error.issues
    }
  }

  struct Spelling: Sendable, CustomTestStringConvertible {
    let key: String
    let values: [ParameterValue]
    let other: ParameterValue
    var testDescription: String { key }
  }

  private static let spellings = [
    Spelling(
      key: "fft-length",
      values: [
        .integer(32), .number(32), .text("32"), .text(" 32 "), .text("32.0"), .text("3.2e1"), .text("+32"),
      ],
      other: .text("64")),
    Spelling(
      key: "filter-cutoff", values: [.integer(5), .number(5), .text("5"), .text("5.0"), .text("\t5\n")],
      other: .text("8")),
    Spelling(
      key: "filter-order", values: [.integer(0), .number(0), .text("0"), .boolean(false), .text("0.0")],
      other: .integer(3)),
    Spelling(
      key: "extra-low-freq",
      values: [
        .boolean(true), .integer(1), .number(1), .text("true"), .text("True"), .text(" TRUE"), .text("1"),
      ],
      other: .text("False")),
    Spelling(
      key: "input-decimation-ratio",
      values: [.text("3"), .integer(3), .number(3), .text(" 3 ")],
      other: .text("1")),
  ]

  @Test(arguments: spellings)
  func spellingsOfOneValue(_ spelling: Spelling) throws {
    let base: [String: ParameterValue] = ["filter-type": .text("low"), "filter-cutoff": .number(4)]
    func labels(_ value: ParameterValue, _ key: String) throws -> [String]? {
      try? makePlan("spectral-analysis", base.merging([key: value]) { $1 }).featureLabels
    }
    let expected = try labels(spelling.values[0], spelling.key)
    #expect(expected != nil)
    for value in spelling.values {
      #expect(try labels(value, spelling.key) == expected, "\(value)")
      let underlined = String(spelling.key.map { $0 == "-" ? "_" : $0 })
      var parameters = base
      parameters[spelling.key] = nil
      parameters[underlined] = value
      #expect(try makePlan("spectral-analysis", parameters).featureLabels == expected, "\(value) for \(underlined)")
    }
    #expect(try labels(spelling.other, spelling.key) != expected)
  }

  @Test(arguments: [ParameterValue.null, .text("")])
  func absentValuesMeanTheDefault(_ nothing: ParameterValue) throws {
    let block = try #require(BlockRegistry.block(type: "spectral_analysis"))
    let keys = block.groups.flatMap { $0.parameters.map { $0.key } }
    #expect(keys.count > 10)
    let empty = Dictionary(uniqueKeysWithValues: keys.map { ($0, nothing) })
    let defaults = Dictionary(
      uniqueKeysWithValues: block.groups.flatMap { $0.parameters.map { ($0.key, $0.defaultValue) } })
    let expected = try makePlan("spectral-analysis", [:]).featureLabels
    #expect(try makePlan("spectral-analysis", empty).featureLabels == expected)
    #expect(try makePlan("spectral-analysis", defaults).featureLabels == expected)
    #expect(expected.count == 13)
  }

  @Test func studiosTextMap() throws {
    let text = try makePlan(
      "spectral-analysis",
      [
        "scale-axes": .text("1"), "input-decimation-ratio": .text("1"), "filter-type": .text("low"),
        "filter-cutoff": .text("8"), "filter-order": .text("6"), "analysis-type": .text("FFT"),
        "fft-length": .text("16"), "do-log": .text("true"), "do-fft-overlap": .text("true"),
        "extra-low-freq": .text("false"), "wavelet-level": .text("1"), "wavelet": .text("db4"),
        "spectral-peaks-count": .text("3"), "spectral-peaks-threshold": .text("0.1"),
        "spectral-power-edges": .text("0.1, 0.5, 1.0, 2.0, 5.0"),
      ])
    let native = try makePlan(
      "spectral-analysis",
      [
        "filter_type": .text("low"), "filter_cutoff": .integer(8), "filter_order": .integer(6),
        "fft_length": .integer(16), "do_log": .boolean(true),
      ])
    #expect(text.featureLabels == native.featureLabels)
    let recording = Recording(rows: 125, stride: 1, seed: 1)
    #expect(
      firstDifference(
        recording.features(text, hop: 1, windows: 1, columns: [0]),
        recording.features(native, hop: 1, windows: 1, columns: [0])) == nil)
  }

  @Test func switchesOfFlatten() throws {
    let off = try makePlan("flatten", ["average": .text("FALSE"), "rms": .integer(0), "stdev": .number(0)])
    #expect(off.featureLabels == ["Minimum", "Maximum", "Skewness", "Kurtosis"])
    let none = ["average", "minimum", "maximum", "rms", "stdev", "skewness", "kurtosis"]
    let empty = try makePlan("flatten", Dictionary(uniqueKeysWithValues: none.map { ($0, .boolean(false)) }))
    #expect(empty.featureCount == 0 && empty.featureLabels.isEmpty)
    #expect(
      Recording(rows: 125, stride: 1, seed: 2).features(empty, hop: 1, windows: 1, columns: [0]) == [])
  }

  // MARK: Refusals

  struct Refusal: Sendable, CustomTestStringConvertible {
    let key: String
    let value: ParameterValue
    let description: String
    var testDescription: String { "\(key) \(value)" }
  }

  private static let refusals = [
    Refusal(key: "fft-length", value: .text("abc"), description: "fft-length = abc: must be a whole number"),
    Refusal(
      key: "fft-length", value: .number(16.5), description: "fft-length = 16.5: must be a whole number"),
    Refusal(
      key: "fft-length", value: .text("16 16"), description: "fft-length = 16 16: must be a whole number"),
    Refusal(
      key: "fft-length", value: .number(.nan), description: "fft-length = nan: must be a whole number"),
    Refusal(
      key: "fft-length", value: .number(1e300), description: "fft-length = 1e+300: must be a whole number"),
    Refusal(key: "fft-length", value: .integer(0), description: "fft-length = 0: must be from 2 to 1048576; use 16"),
    Refusal(
      key: "fft-length", value: .integer(.max),
      description: "fft-length = 9223372036854775807: must be from 2 to 1048576; use 1048576"),
    Refusal(
      key: "fft-length", value: .integer(33),
      description: "fft-length = 33: must be a power of two; use 32 or 64"),
    Refusal(key: "scale-axes", value: .text(" "), description: "scale-axes =  : must be a finite number"),
    Refusal(key: "scale-axes", value: .text("nan"), description: "scale-axes = nan: must be a finite number"),
    Refusal(
      key: "scale-axes", value: .number(-.infinity), description: "scale-axes = -inf: must be a finite number"
    ),
    Refusal(key: "do-log", value: .text("yes"), description: "do-log = yes: must be true or false"),
    Refusal(key: "do-log", value: .integer(2), description: "do-log = 2: must be true or false"),
    Refusal(
      key: "filter-type", value: .text("Low"),
      description: "filter-type = Low: must be one of low, high, none; the nearest is low"),
    Refusal(
      key: "filter_tipe", value: .text("low"),
      description: "filter_tipe = low: no such parameter in this block; did you mean filter-type?"),
    Refusal(
      key: "fftlength", value: .integer(16),
      description: "fftlength = 16: no such parameter in this block; did you mean fft-length?"),
    Refusal(key: "banana", value: .integer(1), description: "banana = 1: no such parameter in this block"),
    Refusal(
      key: "filter-type", value: .text("wideband"),
      description: "filter-type = wideband: must be one of low, high, none"),
    Refusal(
      key: "fft-length" + String(repeating: "x", count: 60), value: .integer(1),
      description: "fft-length" + String(repeating: "x", count: 49)
        + "… = 1: no such parameter in this block; did you mean fft-length?"),
  ]

  @Test(arguments: refusals)
  func refusalsSayWhatAndWhy(_ refusal: Refusal) throws {
    let found = try issues([refusal.key: refusal.value])
    #expect(found.map(\.description) == [refusal.description])
    #expect(found.allSatisfy { $0.severity == .error })
  }

  @Test func bothSpellingsAtOnce() throws {
    let found = try issues(["fft-length": .integer(16), "fft_length": .integer(32)])
    #expect(
      found.map(\.description) == ["fft_length = 32: given twice, with - and with _; keep one of them"])
  }

  @Test func allMistakesAtOnce() throws {
    let found = try issues([
      "fft-length": .integer(33), "scale-axes": .text("big"), "do-log": .text("maybe"),
      "filter-type": .text("band"), "overlap": .boolean(true),
    ])
    #expect(
      Set(found.map(\.parameter)) == ["fft-length", "scale-axes", "do-log", "filter-type", "overlap"])
    #expect(found.count == 5)
    let error = ConfigurationError(found)
    #expect(error.description.split(separator: "\n").count == 5)
  }

  @Test func longNamesAndValuesAreBearable() throws {
    let long = String(repeating: "fft-length", count: 10_000)
    #expect(try issues([long: .text(long)]).count == 1)
    #expect(
      try issues(["fft-length": .text(long), "do-log": .text(long), "wavelet": .text(long)]).count == 3)
  }

  @Test func studioText() {
    let values: [ParameterValue] = [
      .integer(-3), .number(0.5), .number(6), .number(1e300), .boolean(true), .text(" x"), .null,
    ]
    #expect(values.map(\.studioText) == ["-3", "0.5", "6", "1e+300", "true", " x", ""])
  }

  /// A word like one of the list, or none.
  @Test(
    arguments: [
      ("spectral", "spectral-analysis"), ("Spectral_Analysis", "spectral-analysis"), ("analysis", "spectral-analysis"),
      ("rwa", "raw"), ("raw-data", "raw"), ("flaten", "flatten"), ("mfc", "mfcc"), ("mfccs", "mfcc"),
      ("sound", nil), ("strawberry", nil), ("x", nil), ("aw", "raw"), ("la", nil), ("", nil),
      ("spectrum", "spectrogram"),
      (String(repeating: "z", count: 10_000), nil),
    ] as [(String, String?)])
  func likeWords(_ name: String, _ word: String?) {
    #expect(nearest(to: name, in: ["spectral-analysis", "flatten", "raw", "mfcc", "spectrogram"]) == word)
  }
}
