// The committed files are two spellings of one impulse and must mean the same, down to the plans' features.
// Variants are made by editing the decoded JSON of `motion.json` and writing it to a temporary file.
// What may be left out takes its documented default; what Studio adds without meaning here is passed over.
// Problems are checked in `ImpulseProblemTests`.
import Foundation
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

struct ImpulseFileTests {
  @Test func bothFixturesMeanTheSame() throws {
    func prepared(_ name: String) throws -> [PreparedBlock] {
      let path = Fixture.path("impulses/\(name)")
      return try FeatureGenerator(Impulse(contentsOf: path), impulseFile: path).blocks
    }
    let flat = try prepared("motion.json")
    let groups = try prepared("motion-groups.json")
    #expect(flat.map(\.studioConfiguration) == groups.map(\.studioConfiguration))
    #expect(flat.map(\.configurationHash) == groups.map(\.configurationHash))
    #expect(Set(flat.map(\.configurationHash)).count == 3)
    #expect(flat.map(\.block.folderName) == ["2-spectral-features", "3-flatten", "4-raw-data"])
    #expect(flat.map(\.plan.featureCount) == [18, 21, 375])
    let window = flat[0].block.input.window
    #expect(window == SlidingWindow(sizeMs: 2000, increaseMs: 80, frequency: 62.5, padsZeros: true))
    #expect(window.rows == 125 && window.hop == 5)
    #expect(flat[0].block.input.frequency == 62.5)
  }

  @Test func whatIsLeftOutTakesItsDefault() throws {
    let impulse = try ImpulseJSON.motion.editing { json in
      json.remove("dspBlockConfigs")
      json.edit("impulse", "inputBlocks", 0) { $0.remove("padZeros") }
      json.edit("impulse", "dspBlocks", 0) { block in
        for key in ["name", "implementationVersion", "input"] { block.remove(key) }
      }
      json.edit("impulse") { $0.remove("name") }
    }.impulse()
    #expect(impulse.name.isEmpty)
    #expect(impulse.blocks[0].name == "spectral-analysis")
    #expect(impulse.blocks[0].implementationVersion == 4)
    #expect(impulse.blocks[0].input.labeling == .endOfWindow)
    #expect(!impulse.blocks[0].input.window.padsZeros)
    let block = try FeatureGenerator(impulse, impulseFile: "").blocks[0]
    #expect(block.studioConfiguration["filter-type"] == "none")
    #expect(block.studioConfiguration["fft-length"] == "16")
  }

  @Test func nativeValuesEqualTexts() throws {
    let native = try ImpulseJSON.motion.editing { json in
      json.edit("dspBlockConfigs", 0, "config") { config in
        config.set("fft-length", 16)
        config.set("filter_cutoff", 3.0)
        config.remove("filter-cutoff")
        config.set("do-log", true)
        config.set("scale-axes", NSNull())
      }
    }.impulse()
    let texts = try ImpulseJSON.motion.impulse()
    let hashes = try [native, texts].map { try FeatureGenerator($0, impulseFile: "").blocks[0].configurationHash }
    #expect(hashes[0] == hashes[1])
  }

  @Test func labelingMethodIsRead() throws {
    func labeling(_ method: [String: Any]) throws -> WindowLabeling {
      try ImpulseJSON.motion.editing { json in
        json.edit("impulse", "inputBlocks", 0) { $0.set("labelingMethodMultiLabel", method) }
      }.impulse().blocks[0].input.labeling
    }
    #expect(try labeling(["type": "end-of-window"]) == .endOfWindow)
    #expect(
      try labeling(["type": "anywhere-in-window", "labels": ["b", "a"]]) == .anywhereInWindow(["b", "a"]))
  }

  @Test func blocksThatLabelDifferentlyAreNotGeneratedTogether() throws {
    let impulse = try ImpulseJSON.motion.editing { json in
      json.edit("impulse", "inputBlocks") { inputs in
        inputs.append([
          "id": 9, "type": "time-series", "windowSizeMs": 2000, "windowIncreaseMs": 80, "frequencyHz": 62.5,
          "padZeros": true, "labelingMethodMultiLabel": ["type": "anywhere-in-window", "labels": ["a"]],
        ])
      }
      json.edit("impulse", "dspBlocks", 1) { $0.set("input", 9) }
    }.impulse()
    let error = #expect(throws: ImpulseError.self) { try FeatureGenerator(impulse, impulseFile: "i.json") }
    #expect(error?.description.contains("block 3 (Flatten): input = 9") == true)
  }

  @Test func anItemWithoutValueHasItsOwnDefault() throws {
    let json = #"[{"group": "Analysis", "items": [{"param": "fft-length", "defaultValue": "64"}]}]"#
    #expect(try BlockParameters.decode(Data(json.utf8)) == ["fft-length": .text("64")])
  }

  @Test func blocksMayUseDifferentInputBlocks() throws {
    let impulse = try ImpulseJSON.motion.editing { json in
      json.edit("impulse", "inputBlocks") { inputs in
        inputs.append([
          "id": 9, "type": "time-series", "windowSizeMs": 1000, "windowIncreaseMs": 500, "frequencyHz": 100,
        ])
      }
      json.edit("impulse", "dspBlocks", 1) { $0.set("input", 9) }
    }.impulse()
    #expect(impulse.blocks.map(\.input.window.rows) == [125, 100, 125])
    let error = #expect(throws: ImpulseError.self) { try FeatureGenerator(impulse, impulseFile: "i.json") }
    #expect(
      error?.description.contains("has other windows or labels than block 2; generate the blocks one at a time") == true
    )
    var options = FeatureGenerator.Options()
    options.blockIDs = [3]
    #expect(try FeatureGenerator(impulse, impulseFile: "i.json", options: options).blocks.map(\.block.id) == [3])
  }

  @Test(
    arguments: [
      ("Spectral features", "7-spectral-features"), ("../../etc/passwd", "7-..-..-etc-passwd"), ("", "7-flatten"),
      ("a/b\u{0}c\n", "7-a-b-c-"), (String(repeating: "x", count: 300), "7-" + String(repeating: "x", count: 200)),
      (String(repeating: "\u{20000}", count: 80), "7-" + String(repeating: "\u{20000}", count: 50)),
    ])
  func folderNamesAreSafe(name: String, expected: String) throws {
    var block = try ImpulseJSON.motion.impulse().blocks[1]
    (block.id, block.name) = (7, name)
    #expect(block.folderName == expected)
  }
}

/// An impulse file that a test edits: decoded JSON, and a way into it.
struct ImpulseJSON {
  private var value: Any

  static var motion: ImpulseJSON {
    get throws {
      let data = try Data(contentsOf: URL(filePath: Fixture.path("impulses/motion.json")))
      return ImpulseJSON(value: try JSONSerialization.jsonObject(with: data))
    }
  }

  func editing(_ change: (inout ImpulseJSON) -> Void) -> ImpulseJSON {
    var copy = self
    change(&copy)
    return copy
  }

  /// Changes what lies at a path of keys and indices.
  mutating func edit(_ path: Any..., change: (inout ImpulseJSON) -> Void) { edit(path[...], change) }

  private mutating func edit(_ path: ArraySlice<Any>, _ change: (inout ImpulseJSON) -> Void) {
    guard let step = path.first else { return change(&self) }
    if let key = step as? String, var object = value as? [String: Any], let inner = object[key] {
      var inner = ImpulseJSON(value: inner)
      inner.edit(path.dropFirst(), change)
      object[key] = inner.value
      value = object
    } else if let index = step as? Int, var list = value as? [Any] {
      var inner = ImpulseJSON(value: list[index])
      inner.edit(path.dropFirst(), change)
      list[index] = inner.value
      value = list
    } else {
      Issue.record("the impulse has no \(step)")
    }
  }

  mutating func set(_ key: String, _ new: Any) {
    var object = value as? [String: Any] ?? [:]
    object[key] = new
    value = object
  }

  mutating func remove(_ key: String) {
    var object = value as? [String: Any] ?? [:]
    object[key] = nil
    value = object
  }

  mutating func append(_ new: Any) { value = (value as? [Any] ?? []) + [new] }

  /// The bytes of the file.
  var data: Data { get throws { try JSONSerialization.data(withJSONObject: value) } }

  /// Decoded by way of a file.
  func impulse() throws -> Impulse {
    var impulse: Impulse?
    try withTemporaryFolder { folder in
      try data.write(to: folder.url.appending(path: "impulse.json"))
      impulse = try Impulse(contentsOf: folder.path("impulse.json"))
    }
    return try #require(impulse)
  }

  /// The lines of the error that decoding and planning give, without the file's name.
  func problems() throws -> [String] {
    try Self.problems(of: data)
  }

  static func problems(of data: Data) throws -> [String] {
    var lines: [String] = []
    try withTemporaryFolder { folder in
      let path = folder.path("impulse.json")
      try data.write(to: URL(filePath: path))
      do {
        _ = try FeatureGenerator(Impulse(contentsOf: path), impulseFile: path)
      } catch let error as ImpulseError {
        #expect(error.file == path && !error.isMissing)
        lines = "\(error)".split(separator: "\n").map { line in
          #expect(line.hasPrefix("\(path): "))
          return String(line.dropFirst(path.count + 2))
        }
      }
    }
    return lines
  }
}
