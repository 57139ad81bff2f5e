// Strategy: one folder with names that collide on purpose, and lists that reach each file by each form of
// its name. Order, ids, labels and categories must be the list's. Then the ways to be wrong: missing,
// ambiguous, one file for two samples, the same id twice, an id that y cannot hold, an answer that is no
// list. Errors name the sample and are collected.

import Testing

@testable import Datasets

@Suite struct SampleListTests {
  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in [
      "training/wave.1.json", "training/wave.1.json.4f.ingestion-x.json", "testing/wave.1.json",
      "training/idle.7.cbor",
      "testing/idle.8.json", "training/only.json",
    ] { try folder.write(name, "x") }
    return folder
  }

  static func sample(_ id: Int, _ filename: String, _ rest: String = "") -> String {
    #"{"id":\#(id),"filename":"\#(filename)","label":"L\#(id)","category":"training"\#(rest)}"#
  }

  static func answer(_ samples: [String]) -> String {
    #"{"success":true,"totalCount":9,"samples":[\#(samples.joined(separator: ","))]}"#
  }

  @Test func matchesEveryForm() throws {
    let folder = try Self.folder()
    let samples = [
      Self.sample(30, "idle.7"), Self.sample(70, "testing/wave.1.json"), Self.sample(50, "idle.8.json"),
      Self.sample(10, "wave.1", #","coldstorageFilename":"7/training/wave.1.json.4f.ingestion-x.json""#),
      #"{"id":4,"filename":"only","label":"","category":"testing","metadata":{"a":"b"}}"#,
    ]
    let expected = [
      "30 training/idle.7.cbor idle.7 training L30", "70 testing/wave.1.json wave.1 training L70",
      "50 testing/idle.8.json idle.8 training L50",
      "10 training/wave.1.json.4f.ingestion-x.json wave.1.json.4f.ingestion-x training L10",
      "4 training/only.json only testing -",
    ]
    try folder.write("samples.json", Self.answer(samples))
    let dataset = try Dataset.open(path: folder.path)
    #expect(lines(dataset) == expected)
    #expect(dataset.entries[4].metadata == ["a": "b"])
    #expect(
      dataset.ignored == [IgnoredFile(path: "training/wave.1.json", reason: "samples.json does not name it")])

    let elsewhere = try TemporaryFolder()
    let list = try elsewhere.write("list.json", "[\(samples[0])]")
    #expect(lines(try Dataset.open(path: folder.path, samplesFile: list)) == [expected[0]])
  }

  @Test func takesNoListForARecording() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "x")
    try folder.write("samples.json", "not read")
    let list = try folder.write("list.json", "[\(Self.sample(5, "a"))]")
    let dataset = try Dataset.open(path: folder.path, samplesFile: list)
    #expect(lines(dataset) == ["5 a.json a training L5"] && dataset.ignored == [])
  }

  @Test func settlesRepeatedNames() throws {
    let folder = try Self.folder()
    // Both wave.1.json; the category says which.
    try folder.write(
      "samples.json",
      Self.answer([
        Self.sample(2, "wave.1.json"), #"{"id":1,"filename":"wave.1.json","label":"t","category":"testing"}"#,
      ]))
    #expect(
      try Dataset.open(path: folder.path).entries.map(\.path) == [
        "training/wave.1.json", "testing/wave.1.json",
      ])
  }

  @Test func matchesListedNamesAndSpans() throws {
    let folder = try TemporaryFolder()
    for name in ["training/f1.json", "training/f2.json", "training/f3.json"] { try folder.write(name, "x") }
    let span = #"{"label":"a","startIndex":0,"endIndex":4}"#
    let file = { (n: Int) in
      #"{"path":"training/f\#(n).json","name":"s\#(n)","category":"training","label":{"type":"multi-label","labels":[\#(span)]}}"#
    }
    try folder.write("info.labels", #"{"version":1,"files":[\#(file(1)),\#(file(2)),\#(file(3))]}"#)
    let spans = #"[{"label":"b","startIndex":0,"endIndex":2}]"#
    try folder.write(
      "samples.json",
      "[" + #"{"id":9,"filename":"s2","label":"","category":"training","structuredLabels":\#(spans)},"#
        + #"{"id":8,"filename":"s1","label":"","category":"training"},"#
        + #"{"id":7,"filename":"s3","label":"z","category":"training","isDisabled":true},"#
        + #"{"id":6,"filename":"gone","label":"z","category":"training","isDisabled":true}]"#)
    let dataset = try Dataset.open(path: folder.path)
    #expect(
      lines(dataset) == ["9 training/f2.json s2 training 0-2:b", "8 training/f1.json s1 training 0-4:a"])
    #expect(
      dataset.ignored == [IgnoredFile(path: "training/f3.json", reason: "samples.json calls it disabled")])
  }

  @Test func collectsErrors() throws {
    let folder = try Self.folder()
    try folder.write("training/sub/wave.1.json", "x")
    try folder.write(
      "samples.json",
      Self.answer([
        Self.sample(1, "gone", #","coldstorageFilename":"7/x/gone.json""#), Self.sample(2, "wave.1.json"),
        Self.sample(3, "idle.7"), Self.sample(4, "idle.7.cbor"), Self.sample(3, "only"),
        Self.sample(2_147_483_648, "only"),
        Self.sample(-1, "only"), #"{"id":8,"filename":"only","label":"","category":"nowhere"}"#,
        Self.sample(9, "only", #","structuredLabels":[{"label":"a","startIndex":-1,"endIndex":2}]"#),
      ]))
    let form = "a path, file name, file name without extension or listed name"
    #expect(
      errors(folder.path) == [
        "samples.json: samples[0]: expected a file for sample 1 (\"gone\"): \(form) \"gone\", or the file name \"gone.json\", found none",
        "samples.json: samples[1]: expected a file for sample 2 (\"wave.1.json\"): \(form) \"wave.1.json\", found 3 files: \"training/sub/wave.1.json\", \"training/wave.1.json\", \"testing/wave.1.json\"",
        "samples.json: samples[3]: expected a file of its own for sample 4 (\"idle.7.cbor\"), found \"training/idle.7.cbor\", which is the file of sample 3 (\"idle.7\")",
        "samples.json: samples[4]: expected different ids, found the id 3 of samples[2] again",
        "samples.json: samples[5]: expected an id from 0 to 2147483647, found 2147483648",
        "samples.json: samples[6]: expected an id from 0 to 2147483647, found -1",
        "samples.json: samples[7]: expected one of training, testing, validation, anomaly, post-processing, split, found the category \"nowhere\"",
        "samples.json: samples[8].structuredLabels[0]: expected 0 <= startIndex <= endIndex, found -1 and 2",
      ])
  }

  @Test(arguments: [
    (
      #"{"success":false,"error":"no such project"}"#,
      "samples.json: success: expected a list of samples, found the answer \"no such project\""
    ),
    (#"{"success":true}"#, "samples.json: expected the key \"samples\", found an object without it"),
    (#"[{"filename":"a"}]"#, "samples.json: [0]: expected the key \"id\", found an object without it"),
    (
      #"{"samples":[{"id":"7","filename":"a","category":"training"}]}"#,
      "samples.json: samples[0].id: expected a number, found something else"
    ),
  ])
  func refusesLists(text: String, message: String) throws {
    let folder = try Self.folder()
    try folder.write("samples.json", text)
    #expect(errors(folder.path) == [message])
  }

  @Test func refusesAMissingList() throws {
    let folder = try Self.folder()
    #expect(
      errors(folder.path, samplesFile: folder.path + "/none.json") == [
        "\(folder.path)/none.json: expected a readable file, found nothing at this path"
      ])
  }
}
