// Everything that a user can get wrong, one thing at a time: exactly one line on standard error that begins with
// `error: ` and names file, place, what was expected and what was found; the exit code that belongs to it; and
// nothing in the output folder.
// The lines are compared word for word up to positions and system texts: they are what a user works with.
// The hostile file is 100 MB of brackets under a limit on address space; the process watchdog bounds its time.
import Foundation
import Testing

@Suite(.onOwnThreads) struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Pieces of the line, in order.
    let pieces: [String]
    let code: Int32
    let options: [String]
    let prepare: @Sendable (TemporaryFolder) throws -> Void

    init(
      _ name: String, _ pieces: String..., code: Int32 = 65, options: [String] = [],
      prepare: @escaping @Sendable (TemporaryFolder) throws -> Void = { _ in }
    ) {
      testDescription = name
      self.pieces = pieces
      self.code = code
      self.options = options
      self.prepare = prepare
    }

    /// A recording with these contents between two good ones.
    static func recording(_ name: String, _ text: String, _ pieces: String..., code: Int32 = 65) -> Case {
      var all = Case(name, code: code) { try $0.write(text, to: "data/training/b.json") }
      all = Case(copying: all, pieces: ["training/b.json: "] + pieces)
      return all
    }

    private init(copying other: Case, pieces: [String]) {
      (testDescription, self.pieces, code) = (other.testDescription, pieces, other.code)
      (options, prepare) = (other.options, other.prepare)
    }
  }

  static let recordings: [Case] = [
    .recording("truncated JSON", String(acquisition(rows(10)).dropLast(20)), "byte 2", "expected ", "found the end"),
    .recording("text as value", acquisition("[1,2],[3,\"abc\"]"), "row 1 (byte ", "expected a number, found ", "abc"),
    .recording("null as value", acquisition("[1,2],[3,null]"), "row 1 (byte ", "expected a number, found "),
    .recording("short row", acquisition("[1,2],[3],[4,5]"), "row 1 (byte ", "expected 2 numbers, found 1"),
    .recording("long row", acquisition("[1,2],[3,4,5]"), "row 1 (byte ", "expected 2 numbers, found 3"),
    .recording("NaN", acquisition("[1,2],[3,NaN]"), "byte ", "expected ", "found ", "NaN"),
    .recording("Infinity", acquisition("[1,2],[3,-Infinity]"), "byte ", "expected ", "found ", "-Infinity"),
    .recording("overflow", acquisition("[1,2],[3,1e999]"), "row 1 (byte ", "expected a finite number, found 1e999"),
    .recording("empty file", "", "expected a recording, found an empty file"),
    .recording("another format", "%PDF-1.4", "byte 0: expected ", "found "),
    .recording("half a WAV", "RIFF....WAVE", "byte 12: expected a fmt chunk", "found "),
    .recording(
      "a rate beyond reason", acquisition(rows(10), intervalMs: 1e12), "payload.interval_ms: ", "expected ", "found "),
    .recording(
      "missing axis", acquisition(rows(10), axes: ["x", "z"]), "payload.sensors: expected axis \"y\"", "found "),
    .recording(
      "no interval", acquisition(rows(10)).replacing("\"interval_ms\":10.0,", with: ""), "byte ", "expected ", "found "),
  ]

  static let others: [Case] = [
    Case("truncated CBOR", "error: training/b.cbor: ", "byte 5000", "expected ", "found ") { folder in
      let whole = try Data(contentsOf: URL(filePath: Fixture.path("dataset/training/wave.1.cbor")))
      try folder.write(whole.prefix(5000), to: "data/training/b.cbor")
      let impulse = smallImpulse.replacing("[\"x\",\"y\"]", with: "[\"accX\"]").replacing(":100}", with: ":62.5}")
      try folder.write(impulse, to: "impulse.json")
      for name in ["a", "c"] {
        try folder.write(acquisition(rows(10), axes: ["accX", "y"], intervalMs: 16), to: "data/training/\(name).json")
      }
    },
    Case("label file", "error: info.labels: files[0]: expected the recording \"gone.json\", found no such file") {
      try $0.write(
        """
        {"version":1,"files":[{"path":"gone.json","category":"training","label":{"type":"unlabeled"}}]}
        """, to: "data/info.labels")
    },
    Case(
      "broken label file", "error: info.labels: ",
      "expected a key in quotes, found the end of the file at byte 1 of the line"
    ) {
      try $0.write("{", to: "data/info.labels")
    },
    Case("no window", "error: training/", "expected a recording of at least 10 rows (100 ms), found 9 rows") { folder in
      for name in ["a", "c"] { try folder.write(acquisition(rows(9)), to: "data/training/\(name).json") }
    },
    Case(
      "no recording of the category", "error: data: expected recordings of category testing, found 2 training",
      code: 66, options: ["--category", "testing"]),
    Case("dataset missing", "error: data: expected a dataset folder, found nothing at this path", code: 66) {
      try FileManager.default.removeItem(at: $0.url.appending(path: "data"))
    },
    Case(
      "samples missing", "error: list.json: expected ", "found nothing at this path", code: 66,
      options: ["--samples", "list.json"]),
    Case("impulse missing", "error: impulse.json: expected a readable file, found nothing at this path", code: 66) {
      try FileManager.default.removeItem(at: $0.url.appending(path: "impulse.json"))
    },
    Case("impulse no JSON", "error: impulse.json: expected JSON, found ", "byte 12 of the line", code: 78) {
      try $0.write("{\"impulse\": }", to: "impulse.json")
    },
    Case(
      "unknown parameter",
      "error: impulse.json: block 2 (Raw): scale-axis = 2: no such parameter in this block; did you mean scale-axes?",
      code: 78
    ) { folder in
      let configuration = ",\"dspBlockConfigs\":[{\"blockId\":2,\"config\":{\"scale-axis\":2}}]}"
      try folder.write(String(smallImpulse.dropLast()) + configuration, to: "impulse.json")
    },
    Case(
      "key twice",
      "error: impulse.json: expected each key once in an object, found \"scale-axes\" twice, "
        + "at dspBlockConfigs[0].config.scale-axes", code: 78
    ) { folder in
      let configuration = ",\"dspBlockConfigs\":[{\"blockId\":2,\"config\":{\"scale-axes\":2,\"scale-axes\":3}}]}"
      try folder.write(String(smallImpulse.dropLast()) + configuration, to: "impulse.json")
    },
    Case(
      "unknown block id",
      "error: impulse.json: block = 9: the impulse has no processing block with this id; its ids are 2",
      code: 78, options: ["--block", "9"]),
    Case(
      "output below a file", "error: file: is not a folder", code: 73,
      options: ["-o", "file/out"]
    ) {
      try $0.write("", to: "file")
    },
    Case(
      "unknown flag", "error: Unknown option '--nope'; see `edgedsp generate --help`", code: 64, options: ["--nope"]),
    Case(
      "bad value", "error: The value 'x' is invalid for '--block <block>'; see `edgedsp generate --help`", code: 64,
      options: ["--block", "x"]),
    Case(
      "threads", "error: --threads 0: must be from 1 to 1024; see `edgedsp generate --help`", code: 64,
      options: ["--threads", "0"]),
  ]

  private func expect(_ problem: Case, _ outcome: Outcome, _ folder: TemporaryFolder) {
    #expect(outcome.code == problem.code)
    #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("error: "), "\(outcome.errors)")
    var rest = outcome.errors[...]
    for piece in problem.pieces {
      guard let range = rest.firstRange(of: piece) else {
        Issue.record("no \"\(piece)\" in its place in: \(outcome.errors)")
        break
      }
      rest = rest[range.upperBound...]
    }
    #expect(outcome.output.isEmpty)
    #expect(folder.snapshot("out").isEmpty)
  }

  @Test(arguments: recordings + others)
  func problemIsOneLine(_ problem: Case) throws {
    try withTemporaryFolder { folder in
      for name in ["a", "c"] { try folder.write(acquisition(rows(10)), to: "data/training/\(name).json") }
      try folder.write(smallImpulse, to: "impulse.json")
      try problem.prepare(folder)
      let output = problem.options.contains("-o") ? [] : ["-o", "out"]
      // Progress of the recordings before the bad one is not the subject.
      let outcome = try Tool.run(
        ["generate", "data", "--impulse", "impulse.json", "--quiet"] + output + problem.options, in: folder)
      expect(problem, outcome, folder)
    }
  }

  @Test func severalProblemsAreSeveralLines() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        smallImpulse.replacing("\"raw\"", with: "\"rwa\"").replacing(":50,", with: ":0,"), to: "impulse.json")
      let labels = ["x.json", "y.json"].map {
        "{\"path\":\"\($0)\",\"category\":\"training\",\"label\":{\"type\":\"unlabeled\"}}"
      }
      try folder.write("{\"version\":1,\"files\":[\(labels.joined(separator: ","))]}", to: "data/info.labels")
      let impulse = try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "out")
      #expect(impulse.code == 78 && impulse.errorLines.count == 1)
      try folder.write(smallImpulse, to: "impulse.json")
      let dataset = try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "out")
      #expect(dataset.code == 65 && dataset.errorLines.count == 2)
      #expect(dataset.errorLines.allSatisfy { $0.hasPrefix("error: info.labels: files[") })
    }
  }

  /// Text from a file must not be able to forge lines or move the cursor.
  @Test func controlCharactersStayInTheirLine() throws {
    try withTemporaryFolder { folder in
      try folder.write(acquisition(rows(10)), to: "data/training/a.json")
      try folder.write(
        smallImpulse.replacing("\"Raw\"", with: "\"a\\nerror: b\\u001b[2J\"").replacing("\"raw\"", with: "\"r\\naw\""),
        to: "impulse.json")
      let outcome = try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "out")
      #expect(outcome.code == 78 && outcome.errorLines.count == 1)
      #expect(!outcome.errors.contains("\u{1B}"))
    }
  }

  @Test(arguments: ["[", "{\"payload\":[", "\u{9F}"])
  func hundredMegabytesOfNestingEndQuickly(opening: String) throws {
    try withTemporaryFolder { folder in
      let bytes = opening == "\u{9F}" ? [0x9F] : Array(opening.utf8)
      var block = Data()
      while block.count < 1_000_000 { block.append(contentsOf: bytes) }
      try folder.write("", to: "data/training/b.json")
      let file = try FileHandle(forWritingTo: folder.url.appending(path: "data/training/b.json"))
      if opening == "[" { try file.write(contentsOf: Data("{\"a\":".utf8)) }
      for _ in 0..<100 { try file.write(contentsOf: block) }
      try file.close()
      try folder.write(smallImpulse, to: "impulse.json")
      let outcome = try folder.edgedsp(
        "generate", "data", "--impulse", "impulse.json", "-o", "out", "--quiet", memoryLimit: 600 << 20)
      #expect(outcome.code == 65, "\(outcome.errors)")
      #expect(
        outcome.errorLines.count == 1 && outcome.errors.hasPrefix("error: training/b.json: byte "), "\(outcome.errors)")
    }
  }

  @Test func aDeepImpulseEndsQuickly() throws {
    try withTemporaryFolder { folder in
      try folder.write(Data(repeating: UInt8(ascii: "["), count: 60 << 20), to: "impulse.json")
      try folder.write(acquisition(rows(10)), to: "data/training/a.json")
      let outcome = try folder.edgedsp(
        "generate", "data", "--impulse", "impulse.json", "-o", "out", memoryLimit: 600 << 20)
      #expect(outcome.code == 78 && outcome.errorLines.count == 1, "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("error: impulse.json: expected JSON, found "))
    }
  }

  @Test(arguments: ["block list", "block show flatten", "features"])
  func aFullStandardOutputIsAnError(command: String) throws {
    try withTemporaryFolder { folder in
      let tool = try #require(Tool.url).path(percentEncoded: false)
      let recording = Fixture.path("dataset/training/wave.0.json")
      let arguments = command == "features" ? "features \(recording) --impulse \(Fixture.impulse)" : command
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "\"$0\" \(arguments) > /dev/full 2> errors.txt", tool]
      process.currentDirectoryURL = folder.url
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 74)
      #expect(try folder.text("errors.txt") == "error: standard output: cannot be written: No space left on device\n")
    }
  }
}
