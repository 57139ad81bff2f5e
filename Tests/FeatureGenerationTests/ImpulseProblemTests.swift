// Every class of problem is one edit of `motion.json` with the exact line that a user reads.
// Several edits at once give several lines: nobody should mend an impulse one error at a time.
// Bytes that are no impulse at all, hostile ones included, end in one line.
// A list of edits instead of a function for each keeps lines comparable at a glance.
import Foundation
import Testing

@testable import FeatureGeneration

struct ImpulseProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let line: String
    let edit: @Sendable (inout ImpulseJSON) -> Void

    init(_ name: String, _ line: String, _ edit: @escaping @Sendable (inout ImpulseJSON) -> Void) {
      testDescription = name
      self.line = line
      self.edit = edit
    }

    static func input(_ name: String, _ line: String, _ edit: @escaping @Sendable (inout ImpulseJSON) -> Void) -> Case {
      Case(name, line) { $0.edit("impulse", "inputBlocks", 0, change: edit) }
    }

    static func block(_ name: String, _ line: String, _ edit: @escaping @Sendable (inout ImpulseJSON) -> Void) -> Case {
      Case(name, line) { $0.edit("impulse", "dspBlocks", 0, change: edit) }
    }
  }

  static let structure: [Case] = [
    Case("no impulse", "impulse = missing: is required") { $0.remove("impulse") },
    Case("no input blocks", "impulse: inputBlocks = missing: is required") {
      $0.edit("impulse") { $0.remove("inputBlocks") }
    },
    Case("no blocks", "impulse: dspBlocks = missing: is required") { $0.edit("impulse") { $0.remove("dspBlocks") } },
    Case("empty input blocks", "impulse: inputBlocks = empty: an impulse needs an input block") {
      $0.edit("impulse") { $0.set("inputBlocks", [Any]()) }
    },
    Case(
      "nothing to compute",
      "impulse: dspBlocks = empty: there is nothing to compute; add a processing block to the impulse"
    ) {
      $0.edit("impulse") { $0.set("dspBlocks", [Any]()) }
      $0.remove("dspBlockConfigs")
    },
    .block("no axes key", "impulse.dspBlocks[0]: axes = missing: is required") { $0.remove("axes") },
    .block("text as id", "impulse.dspBlocks[0].id = of another type: must be a whole number") { $0.set("id", "two") },
    .block("object as axes", "impulse.dspBlocks[0].axes = of another type: must be a list") {
      $0.set("axes", ["a": 1])
    },
    .block("number as axis", "impulse.dspBlocks[0].axes[1] = of another type: must be a text") {
      $0.set("axes", ["accX", 7])
    },
    .input("text as pad", "impulse.inputBlocks[0].padZeros = of another type: must be true or false") {
      $0.set("padZeros", "yes")
    },
    .input("text as rate", "impulse.inputBlocks[0].frequencyHz = of another type: must be a number") {
      $0.set("frequencyHz", "62.5")
    },
    .input("null as id", "impulse.inputBlocks[0].id = null: must be a whole number") { $0.set("id", NSNull()) },
    Case("list as impulse", "impulse = of another type: must be an object") { $0.set("impulse", [1]) },
  ]

  static let references: [Case] = [
    Case(
      "configuration of nothing",
      "dspBlockConfigs[1]: blockId = 30: the impulse has no processing block with this id; its ids are 2, 3, 4"
    ) { $0.edit("dspBlockConfigs", 1) { $0.set("blockId", 30) } },
    Case("configured twice", "dspBlockConfigs[3]: blockId = 3: configured twice") {
      $0.edit("dspBlockConfigs") { $0.append(["blockId": 3, "config": [String: Any]()]) }
    },
    .block("unknown input", "impulse.dspBlocks[0]: input = 9: the impulse has no input block with this id") {
      $0.set("input", 9)
    },
    Case("id used twice", "impulse.dspBlocks[1]: id = 2: used twice") {
      $0.edit("impulse", "dspBlocks", 1) { $0.set("id", 2) }
      $0.remove("dspBlockConfigs")
    },
    Case("input id used twice", "impulse.inputBlocks[1]: id = 1: used twice") {
      $0.edit("impulse", "inputBlocks") {
        $0.append(["id": 1, "type": "time-series", "windowSizeMs": 9, "windowIncreaseMs": 9, "frequencyHz": 1000])
      }
    },
    .block("axis named twice", "impulse.dspBlocks[0]: axes = accX: named twice") { $0.set("axes", ["accX", "accX"]) },
    .block("no axes", "block 2 (Spectral features): axes = none: a block needs at least one axis") {
      $0.set("axes", [String]())
    },
  ]

  static let input: [Case] = [
    .input("video", "impulse.inputBlocks[0]: type = video: must be time-series, image or features") {
      $0.set("type", "video")
    },
    .input("no height", "impulse.inputBlocks[0]: imageHeight = missing: is required for pictures") {
      $0.setImage(["imageWidth": 8])
    },
    .input(
      "part of a pixel", "impulse.inputBlocks[0]: imageWidth = 8.5: must be a whole number of pixels from 1 to 8192"
    ) {
      $0.setImage(["imageWidth": 8.5, "imageHeight": 8])
    },
    .input("large", "impulse.inputBlocks[0]: imageHeight = 8193.0: must be a whole number of pixels from 1 to 8192") {
      $0.setImage(["imageWidth": 8, "imageHeight": 8193])
    },
    .input(
      "many pixels", "impulse.inputBlocks[0]: imageWidth = 8192: times imageHeight must be at most 16777216 pixels"
    ) { $0.setImage(["imageWidth": 8192, "imageHeight": 8192]) },
    .input(
      "mode", "impulse.inputBlocks[0]: resizeMode = fit: must be one of squash, fit-short, fit-long, crop"
    ) { $0.setImage(["imageWidth": 8, "imageHeight": 8, "resizeMode": "fit"]) },
    .input("method", "impulse.inputBlocks[0]: resizeMethod = cubic: must be one of lanczos3, nearest") {
      $0.setImage(["imageWidth": 8, "imageHeight": 8, "resizeMethod": "cubic"])
    },
    .input(
      "anchor",
      "impulse.inputBlocks[0]: cropAnchor = center: must be one of top-left, top-center, top-right, middle-left, "
        + "middle-center, middle-right, bottom-left, bottom-center, bottom-right"
    ) { $0.setImage(["imageWidth": 8, "imageHeight": 8, "cropAnchor": "center"]) },
    .input("no size", "impulse.inputBlocks[0]: windowSizeMs = missing: is required for a time series") {
      $0.remove("windowSizeMs")
    },
    .input("no rate", "impulse.inputBlocks[0]: frequencyHz = missing: is required for a time series") {
      $0.remove("frequencyHz")
    },
    .input("size 0", "impulse.inputBlocks[0]: windowSizeMs = 0.0: must be finite and above 0") {
      $0.set("windowSizeMs", 0)
    },
    .input("negative increase", "impulse.inputBlocks[0]: windowIncreaseMs = -80.0: must be finite and above 0") {
      $0.set("windowIncreaseMs", -80)
    },
    .input("negative rate", "impulse.inputBlocks[0]: frequencyHz = -62.5: must be finite and above 0") {
      $0.set("frequencyHz", -62.5)
    },
    .input(
      "fraction of a millisecond",
      "impulse.inputBlocks[0]: windowSizeMs = 2000.5: must be a whole number of milliseconds below 2^31"
    ) { $0.set("windowSizeMs", 2000.5) },
    .input(
      "a month",
      "impulse.inputBlocks[0]: windowIncreaseMs = 2592000000.0: must be a whole number of milliseconds below 2^31"
    ) { $0.set("windowIncreaseMs", 2_592_000_000) },
    .input(
      "shorter than a row", "impulse.inputBlocks[0]: windowSizeMs = 15: holds no row at 62.5 Hz; use at least 16 ms"
    ) { $0.set("windowSizeMs", 15) },
    .input(
      "less than a row between windows",
      "impulse.inputBlocks[0]: windowIncreaseMs = 15: is less than a row at 62.5 Hz; use at least 16 ms"
    ) { $0.set("windowIncreaseMs", 15) },
    .input(
      "misspelled key",
      "impulse.inputBlocks[0]: padZeroes = unknown: is no setting of an input block; did you mean padZeros?"
    ) { $0.set("padZeroes", true) },
    .input(
      "key in capitals",
      "impulse.inputBlocks[0]: PADZEROS = unknown: is no setting of an input block; did you mean padZeros?"
    ) { $0.set("PADZEROS", true) },
    .input(
      "a row in a hundred years", "impulse.inputBlocks[0]: windowSizeMs = 2000: holds no row at 1e-17 Hz"
    ) { $0.set("frequencyHz", 1e-17) },
    .input(
      "labels missing",
      "impulse.inputBlocks[0]: labelingMethodMultiLabel.labels = missing: anywhere-in-window needs labels to look for"
    ) { $0.set("labelingMethodMultiLabel", ["type": "anywhere-in-window"]) },
    .input(
      "unknown labeling",
      "impulse.inputBlocks[0]: labelingMethodMultiLabel.type = majority: must be end-of-window or anywhere-in-window"
    ) { $0.set("labelingMethodMultiLabel", ["type": "majority"]) },
  ]

  static let parameters: [Case] = [
    .block(
      "unknown type",
      "block 2 (Spectral features): type = spectral: no such processing block here; the nearest is spectral-analysis"
    ) { $0.set("type", "spectral") },
    .block(
      "mistyped type",
      "block 2 (Spectral features): type = flaten: no such processing block here; the nearest is flatten"
    ) { $0.set("type", "flaten") },
    .block(
      "version",
      "block 2 (Spectral features): implementation version = 9: spectral-analysis has versions 1 to 4; use 4"
    ) { $0.set("implementationVersion", 9) },
    Case(
      "unknown parameter",
      "block 2 (Spectral features): fft-lenght = 16: no such parameter in this block; did you mean fft-length?"
    ) { $0.edit("dspBlockConfigs", 0, "config") { $0.set("fft-lenght", "16") } },
    Case(
      "refused value", "block 2 (Spectral features): fft-length = 33: must be a power of two; use 32 or 64"
    ) { $0.edit("dspBlockConfigs", 0, "config") { $0.set("fft-length", 33) } },
    Case("everything off", "block 3 (Flatten): flatten = 0 features: everything is switched off") {
      $0.edit("dspBlockConfigs", 1, "config") { config in
        for key in ["average", "minimum", "maximum", "rms", "stdev", "skewness", "kurtosis"] { config.set(key, false) }
      }
    },
  ]

  @Test(arguments: structure + references + input + parameters)
  func problemIsOneLine(_ problem: Case) throws {
    let problems = try ImpulseJSON.motion.editing(problem.edit).problems()
    #expect(problems == [problem.line])
  }

  @Test(arguments: ["comment", "tags", "x", "classificationWindowIncreaseMs", "createdAt"])
  func otherKeysOfInputBlocksPass(key: String) throws {
    #expect(try ImpulseJSON.motion.editing { $0.edit("impulse", "inputBlocks", 0) { $0.set(key, 4) } }.problems() == [])
  }

  @Test func problemsComeTogether() throws {
    let structure = try ImpulseJSON.motion.editing { json in
      json.edit("impulse", "inputBlocks", 0) { $0.set("windowSizeMs", 0) }
      json.edit("impulse", "dspBlocks", 1) { $0.set("input", 9) }
      json.edit("dspBlockConfigs", 2) { $0.set("blockId", 40) }
    }.problems()
    #expect(structure.count == 3)
    let settings = try ImpulseJSON.motion.editing { json in
      json.edit("dspBlockConfigs", 0, "config") { config in
        config.set("fft-length", "many")
        config.set("filter-type", "loww")
        config.set("unknown", 1)
      }
      json.edit("impulse", "dspBlocks", 2) { $0.set("type", "row") }
    }.problems()
    #expect(settings.count == 4)
    #expect(Set(settings.map { $0.prefix(8) }) == ["block 2 ", "block 4 "])
  }

  @Test(
    arguments: [
      ("", "expected JSON, found "), ("{", "expected JSON, found "), ("{\"impulse\": }", "expected JSON, found "),
      ("[]", "expected an impulse, which is an object, found something else"),
      ("null", "expected an impulse, which is an object, found something else"),
      ("\u{0}\u{1}\u{2}", "expected JSON, found "),
      ("{\"impulse\":{\"inputBlocks\":[],\"dspBlocks\":[],", "expected JSON"),
    ])
  func bytesThatAreNoImpulse(text: String, line: String) throws {
    let problems = try ImpulseJSON.problems(of: Data(text.utf8))
    #expect(problems.count == 1 && problems[0].contains(line), "\(problems)")
  }

  @Test(arguments: ["[", "{\"a\":", "{\"impulse\":{\"inputBlocks\":["])
  func deepNestingIsRefused(opening: String) throws {
    let problems = try ImpulseJSON.problems(of: Data(String(repeating: opening, count: 100_000).utf8))
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("expected JSON, found ") == true)
  }

  @Test func unreadableFilesAreMissing() throws {
    try withTemporaryFolder { folder in
      func error(_ path: String) throws -> ImpulseError {
        try #require(throws: ImpulseError.self) { try Impulse(contentsOf: path) }
      }
      let missing = try error(folder.path("none.json"))
      #expect(
        missing.description == "\(folder.path("none.json")): expected a readable file, found nothing at this path")
      #expect(missing.isMissing)
      let directory = try error(folder.path)
      #expect(directory.description == "\(folder.path): expected a regular file, found a folder")
      #expect(directory.isMissing)
      let endless = try error("/dev/zero")
      #expect(endless.description == "/dev/zero: expected a file of at most 67108864 bytes, found a larger one")
      #expect(!endless.isMissing)
    }
  }

  @Test func unknownBlockIDsAreNamed() throws {
    let impulse = try ImpulseJSON.motion.impulse()
    var options = FeatureGenerator.Options()
    options.blockIDs = [3, 7]
    let error = try #require(throws: ImpulseError.self) {
      try FeatureGenerator(impulse, impulseFile: "i.json", options: options)
    }
    #expect(
      error.description
        == "i.json: block = 7: the impulse has no processing block with this id; its ids are 2, 3, 4")
  }
}
