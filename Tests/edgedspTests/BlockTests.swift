// `block run` on the golden windows, which come as interleaved lists; the same window as a table must give the
// same text. How well features agree with the reference is the subject of other tests: here a loose bound shows
// that the right window, parameters and version went in.
// Array types and orders go through the raw block, which shows every value.
// Each way of giving parameters, each way of output, each mistake once.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct BlockTests {
  struct Answer: Decodable {
    struct Output: Decodable {
      struct Shape: Decodable { let width: Int }
      let type: String
      let shape: Shape
    }
    let features: [Float?]
    let labels: [String]
    let output_config: Output
    let fft_used: [Int]
  }

  struct Golden: Sendable, CustomTestStringConvertible {
    let block: String
    let testDescription: String
    let version: Int
    let frequency: Double
    let axes: [String]
    /// A JSON object.
    let parameters: String
    let input: String
    let expected: String
    let labels: [String]
    let fftUsed: [Int]

    init?(_ block: String, _ json: [String: Any]) {
      guard let name = json["name"] as? String, let version = json["version"] as? Int,
        let frequency = json["frequency"] as? Double, let axes = json["axes"] as? [String],
        let parameters = json["parameters"], let input = json["input"] as? String,
        let expected = json["expected"] as? [String: Any], let file = expected["file"] as? String,
        let data = try? JSONSerialization.data(withJSONObject: parameters)
      else { return nil }
      self.block = block
      testDescription = name
      self.version = version
      self.frequency = frequency
      self.axes = axes
      self.parameters = String(decoding: data, as: UTF8.self)
      self.input = Fixture.path("golden/\(block)/\(input)")
      self.expected = Fixture.path("golden/\(block)/\(file)")
      labels = expected["labels"] as? [String] ?? []
      fftUsed = expected["fftUsed"] as? [Int] ?? []
    }

    /// The first few cases of each block that run FFTs at most.
    static let some: [Golden] = ["flatten", "spectral_analysis", "raw"].flatMap { block in
      let data = (try? Data(contentsOf: URL(filePath: Fixture.path("golden/\(block).json")))) ?? Data()
      let list = (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] ?? []
      return list.compactMap { Golden(block, $0) }.filter { $0.block != "spectral_analysis" || $0.version > 1 }
        .filter { !$0.parameters.contains("\"Wavelet\"") }.prefix(6)
    }
  }

  @Test func goldenCasesAreThere() { #expect(Golden.some.count == 18) }

  @Test(arguments: Golden.some)
  func runsGoldenWindows(_ golden: Golden) throws {
    try withTemporaryFolder { folder in
      try folder.write(golden.parameters, to: "parameters.json")
      let values = try NumPyArray(contentsOf: golden.input).values
      try NumPyWriter.write(
        values, shape: [values.count / golden.axes.count, golden.axes.count], to: folder.path("table.npy"))
      func run(_ input: String, _ parameters: String, _ more: String...) throws -> Outcome {
        try Tool.run(
          [
            "block", "run", golden.block, input, "--frequency", "\(golden.frequency)",
            "--axes", golden.axes.joined(separator: ","), "--params", parameters,
            "--version", "\(golden.version)",
          ] + more, in: folder)
      }
      let outcome = try run(golden.input, golden.parameters)
      #expect(outcome.code == 0, "\(outcome.errors)")
      // One case has a transform longer than its window; most have settings that their filter or version does not use.
      #expect(
        outcome.errorLines.allSatisfy {
          $0.hasPrefix("warning: fft-length = 1024: ") || $0.contains(": is not used ")
        }, "\(outcome.errors)")
      let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
      let expected = try NumPyArray(contentsOf: golden.expected).values
      #expect(answer.features.count == expected.count)
      let distances = zip(answer.features, expected).map { found, expected in
        expected.isFinite ? abs(Double(found ?? .infinity) - expected) / max(1, abs(expected)) : 0
      }
      #expect(distances.max() ?? 1 < 0.1)
      #expect(answer.labels == golden.labels && answer.fft_used == golden.fftUsed)
      #expect(answer.output_config.type == "flat" && answer.output_config.shape.width == expected.count)

      #expect(try run("table.npy", golden.parameters).output == outcome.output)
      #expect(try run(golden.input, "parameters.json").output == outcome.output)
      let toFile = try run(golden.input, golden.parameters, "-o", "features.json")
      #expect(toFile.code == 0 && toFile.output.isEmpty)
      #expect(try folder.text("features.json") == outcome.output)
      #expect(try run(golden.input, golden.parameters, "--output", "features.npy").code == 0)
      let array = try NumPyArray.read(Float.self, from: folder.path("features.npy"))
      #expect(array.header.shape == [expected.count])
      #expect(array.values.map { $0.isFinite ? $0 : nil } == answer.features)
    }
  }

  @Test(
    arguments: [
      "dtype-f2-little", "dtype-f4-little", "dtype-f4-big", "dtype-f8-big", "dtype-i1", "dtype-i2-little",
      "dtype-i2-big", "dtype-i4-big", "dtype-i8-little", "dtype-u1", "dtype-u2-big", "dtype-b1", "order-fortran-2d",
      "order-fortran-big", "version-2", "spelling-studio",
    ])
  func readsArraysOfAnyType(name: String) throws {
    try withTemporaryFolder { folder in
      let path = Fixture.path("npy/\(name).npy")
      let array = try NumPyArray(contentsOf: path)
      let axes = (0..<(array.shape.count == 2 ? array.shape[1] : 1)).map { "a\($0)" }.joined(separator: ",")
      let outcome = try folder.edgedsp("block", "run", "raw", path, "--frequency", "10", "--axes", axes)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let answer = try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
      #expect(answer.features == array.values.map { Float($0) })
    }
  }

  @Test func studioTextsAndNativeValuesAreTheSame() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write((0..<375).map { Float($0 * 37 % 101) }, shape: [125, 3], to: folder.path("w.npy"))
      let spellings = [
        "{\"fft-length\": 64, \"filter-type\": \"low\", \"do-log\": false}",
        "{\"fft-length\": \"64\", \"filter-type\": \"low\", \"do-log\": \"false\"}",
        " {\"fft_length\": 64.0, \"filter_type\": \"low\", \"do_log\": 0, \"scale_axes\": null}",
        "[{\"group\": \"A\", \"items\": [{\"param\": \"fft-length\", \"value\": \"64\"}, {\"param\": \"filter-type\", "
          + "\"value\": \"low\"}, {\"param\": \"do-log\", \"value\": false}, {\"param\": \"scale-axes\"}]}]",
        "{\"info\": {\"type\": \"spectral-analysis\"}, \"parameters\": [{\"group\": \"A\", \"items\": ["
          + "{\"param\": \"fft-length\", \"value\": 64, \"valid\": [1]}, "
          + "{\"param\": \"filter-type\", \"value\": \"low\"}, {\"param\": \"do-log\", \"value\": false}]}]}",
      ]
      let outputs = try spellings.enumerated().map { index, text in
        try folder.write(text, to: "\(index).json")
        let outcome = try folder.edgedsp(
          "block", "run", "spectral-analysis", "w.npy", "--frequency", "62.5", "--axes", "x,y,z", "--params", text)
        #expect(outcome.code == 0, "\(outcome.errors)")
        let fromFile = try folder.edgedsp(
          "block", "run", "spectral-analysis", "w.npy", "--frequency", "62.5", "--axes", "x,y,z", "--params",
          "\(index).json")
        return [outcome.output, fromFile.output]
      }
      #expect(Set(outputs.joined()).count == 1)
    }
  }

  /// What `block show --json` prints are the defaults.
  @Test func printedParametersAreAccepted() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write((0..<375).map { Float($0 * 37 % 101) }, shape: [125, 3], to: folder.path("w.npy"))
      try folder.write(
        try folder.edgedsp("block", "show", "spectral-analysis", "--json").output, to: "parameters.json")
      let run = ["block", "run", "spectral-analysis", "w.npy", "--frequency", "62.5", "--axes", "x,y,z"]
      let printed = try Tool.run(run + ["--params", "parameters.json"], in: folder)
      #expect(printed.code == 0 && printed.errors.isEmpty, "\(printed.errors)")
      #expect(try printed.output == Tool.run(run, in: folder).output)
    }
  }

  @Test func featuresThatAreNoNumbersHaveACauseAndACure() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([1, .nan, 3, 4] as [Float], shape: [4, 1], to: folder.path("nan.npy"))
      try NumPyWriter.write([1, 2e300, 3, 4] as [Double], shape: [4, 1], to: folder.path("large.npy"))
      func last(_ file: String) throws -> String? {
        try Tool.run(["block", "run", "raw", file, "--frequency", "10", "--axes", "x"], in: folder).errorLines.last
      }
      let start = "warning: 1 of 4 features are not finite, and JSON has null for them: "
      #expect(
        try last("nan.npy") == start + "values of the window are NaN or infinite; repair or leave out the recording")
      #expect(
        try last("large.npy") == start + "the block's sums of such large values overflow; scale the recording down")
    }
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let arguments: [String]
    let code: Int32
    let line: String

    init(_ name: String, _ arguments: [String], code: Int32, _ line: String) {
      (testDescription, self.arguments, self.code, self.line) = (name, arguments, code, line)
    }

    /// Arguments that follow `block run raw`, with a rate and two axes.
    static func run(_ name: String, _ arguments: String..., code: Int32, _ line: String) -> Mistake {
      Mistake(name, ["block", "run", "raw", "--frequency", "10", "--axes", "x,y"] + arguments, code: code, line)
    }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "unknown block", ["block", "show", "spectral"], code: 64,
      "there is no block \"spectral\"; the nearest is \"spectral-analysis\", `edgedsp block list` shows all"),
    Mistake(
      "unknown block to run", ["block", "run", "flaten", "w.npy", "--frequency", "1", "--axes", "x"], code: 64,
      "there is no block \"flaten\"; the nearest is \"flatten\", `edgedsp block list` shows all"),
    Mistake(
      "block like no other", ["block", "show", "strawberry"], code: 64,
      "there is no block \"strawberry\"; `edgedsp block list` shows all"),
    Mistake(
      "rate 0", ["block", "run", "raw", "w.npy", "--frequency", "0", "--axes", "x"], code: 64,
      "--frequency 0.0: must be above 0; see `edgedsp block run --help`"),
    .run(
      "no file", "none.npy", code: 66, "none.npy: expected a readable .npy file, found nothing at this path"),
    .run("odd length", "odd.npy", code: 65, "odd.npy: expected a length that the 2 axes divide, found shape (5)"),
    .run(
      "three columns", "three.npy", code: 65, "three.npy: expected a column for each of the 2 axes, found shape (2, 3)"),
    .run(
      "cube", "cube.npy", code: 65,
      "cube.npy: expected one dimension (axes interleaved) or two (rows, axes), found shape (1, 2, 2)"),
    .run("no rows", "empty.npy", code: 65, "empty.npy: expected at least one row, found shape (0, 2)"),
    .run("no array", "text.npy", code: 65, "text.npy: byte 0: expected "),
    .run("lying header", "lie.npy", code: 65, "lie.npy: "),
    .run(
      "version", "w.npy", "--version", "3", code: 78,
      "implementation version = 3: raw has version 1 only; use 1"),
    .run(
      "unknown parameter", "w.npy", "--params", "{\"scale\": 1}", code: 78,
      "scale = 1: no such parameter in this block; did you mean scale-axes?"),
    .run(
      "broken parameters", "w.npy", "--params", "{\"scale\": }", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found no JSON: "),
    .run(
      "list as parameter", "w.npy", "--params", "{\"scale-axes\": [1]}", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found something else at \"scale-axes\""),
    .run(
      "inline list", "w.npy", "--params", " [1]", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found something else"),
    .run(
      "inline text", "w.npy", "--params", "\"scale", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found no JSON: "),
    .run(
      "inline number", "w.npy", "--params", "1.5e3", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found something else"),
    .run(
      "key twice", "w.npy", "--params", "{\"scale-axes\": 1, \"scale-axes\": 2}", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found the key \"scale-axes\" twice"),
    .run(
      "long parameter file", "w.npy", "--params", String(repeating: "ab", count: 50_000), code: 66,
      "\"\(String(repeating: "ab", count: 19))a…\": expected a JSON object, or a file that holds one, found "),
    .run(
      "long key", "w.npy", "--params", "{\"\(String(repeating: "ab", count: 50_000))\": [1]}", code: 78,
      "--params: expected a JSON object of texts, numbers, true and false, found something else at \"abab"),
    .run(
      "long parameter", "w.npy", "--params", "{\"\(String(repeating: "ab", count: 50_000))\": 1}", code: 78,
      "\(String(repeating: "ab", count: 29))a… = 1: no such parameter in this block"),
    .run(
      "no parameter file", "w.npy", "--params", "none.json", code: 66,
      "none.json: expected a JSON object, or a file that holds one, found nothing at this path"),
    .run(
      "output type", "w.npy", "-o", "features.csv", code: 64,
      "--output features.csv: must end in .npy or .json; see `edgedsp block run --help`"),
    .run(
      "output in no folder", "w.npy", "-o", "no/features.npy", code: 73,
      "no/features.npy: cannot create: No such file or directory"),
    .run(
      "output is a folder", "w.npy", "-o", "folder.json", code: 73,
      "folder.json: cannot put in place: Is a directory"),
    .run(
      "bad number beside --version", "w.npy", "--version", "x", code: 64,
      "The value 'x' is invalid for '--version <version>'; see `edgedsp block run --help`"
    ),
  ]

  @Test(arguments: mistakes)
  func mistakeIsOneLine(_ mistake: Mistake) throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([1, 2, 3, 4] as [Float], shape: [2, 2], to: folder.path("w.npy"))
      try NumPyWriter.write([1, 2, 3, 4, 5] as [Float], shape: [5], to: folder.path("odd.npy"))
      try NumPyWriter.write([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3], to: folder.path("three.npy"))
      try NumPyWriter.write([1, 2, 3, 4] as [Float], shape: [1, 2, 2], to: folder.path("cube.npy"))
      try NumPyWriter.write([] as [Float], shape: [0, 2], to: folder.path("empty.npy"))
      try folder.write("no array", to: "text.npy")
      try folder.write("", to: "folder.json/file")
      let honest = try folder.data("w.npy")
      let header = String(decoding: honest[10..<128], as: UTF8.self)
        .replacing("(2, 2), }     ", with: "(99999999, 2),}")
      try folder.write(honest[..<10] + Data(header.utf8).prefix(118) + honest[128...], to: "lie.npy")
      let before = folder.snapshot(".")
      let outcome = try Tool.run(mistake.arguments, in: folder, memoryLimit: 1 << 30)
      #expect(outcome.code == mistake.code)
      #expect(outcome.errors.hasPrefix("error: \(mistake.line)") && outcome.errorLines.count == 1, "\(outcome.errors)")
      #expect(outcome.output.isEmpty && outcome.errors.utf8.count < 400)
      var after = folder.snapshot(".")
      (after["stdout.txt"], after["stderr.txt"]) = (nil, nil)
      #expect(firstDifference(after, before) == nil)
    }
  }
}
