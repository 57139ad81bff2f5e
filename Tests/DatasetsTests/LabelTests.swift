// Strategy: tables of names and what they mean, straight from the rules for file names and folders.
// Label files are written by hand: each form of label, older exports without names, the line form, then
// each way to be wrong with the place that the error names. Errors in single entries must be collected,
// with the good entries kept apart.

import Testing

@testable import Datasets

@Suite struct LabelTests {
  @Test(arguments: [
    ("wave.1.cbor", "wave"), ("idle.json", "idle"), ("noise-2_b c.wav", "noise-2_b c"), ("up(2).json", "up"),
    ("naïve.1.json", "naïve"), ("nai\u{308}ve.json", "nai\u{308}ve"), ("42.json", "42"), ("noext", "noext"),
  ])
  func readsTheLabelInAFileName(name: String, label: String) {
    #expect(RecordingLabel(fileName: name) == .single(label))
  }

  @Test(arguments: [".json", "", "(x).json"])
  func findsNoLabel(name: String) {
    #expect(RecordingLabel(fileName: name) == .unlabeled)
  }

  @Test(arguments: [
    ("training/a.json", Category.training), ("data/Train/x/a.json", .training),
    ("my-test_set/a.json", .testing),
    ("val/a.json", .testing), ("training/testing/a.json", .testing), ("a/validation/b.json", .testing),
  ])
  func readsTheCategoryInAPath(path: String, category: Category) {
    #expect(Category(folderNamesIn: path) == category)
  }

  @Test(arguments: ["a.json", "test.1.json", "contest/a.json", "retrain/a.json", ""])
  func findsNoCategory(path: String) {
    #expect(Category(folderNamesIn: path) == nil)
  }

  @Test func readsAnInfoFile() throws {
    let text = """
      {"version":1,"files":[
      {"path":"training/a.json","name":"a","category":"training","label":{"type":"label","label":"idle"},
       "metadata":{"site":"desk"},"boundingBoxes":[]},
      {"path":"b.json","category":"post-processing","label":{"type":"unlabeled"}},
      {"path":"c.json","category":"split","label":{"type":"multi-label","labels":[
       {"label":"x","startIndex":0,"endIndex":9},{"label":"y","startIndex":10,"endIndex":10}]}}]}
      """
    let info = try InfoLabels(bytes: Array(text.utf8), file: "info.labels")
    #expect(info.errors == [])
    #expect(info.files.map(\.path) == ["training/a.json", "b.json", "c.json"])
    #expect(info.files.map(\.name) == ["a", nil, nil])
    #expect(info.files.map(\.category) == [.training, .postProcessing, .split])
    #expect(
      info.files.map(\.label) == [
        .single("idle"), .unlabeled,
        .multi([LabelSpan(start: 0, end: 9, label: "x"), LabelSpan(start: 10, end: 10, label: "y")]),
      ])
    #expect(info.files.map(\.metadata) == [["site": "desk"], [:], [:]])
    #expect(info.files[2].position == .entry("files[2]"))
  }

  @Test func readsTheLineForm() throws {
    let text = """
      {"__ndjson":true,"version":1}
      {"__key":"files","__item":{"path":"a","category":"training","label":{"type":"label","label":"l"}}}

      {"__key":"files","__item":{"path":"b","category":"nowhere","label":{"type":"unlabeled"}}}
      {"__key":"other"}
      {broken
      """
    let info = try InfoLabels(bytes: Array(text.utf8), file: "i")
    #expect(info.files.map(\.path) == ["a"])
    #expect(info.files.map(\.position) == [.line(2)])
    #expect(info.errors.map(\.position) == [.line(4), .line(6)])
    #expect(
      info.errors[1].description == "i: line 6: expected a key in quotes, found \"broken\" at byte 1 of the line")
  }

  @Test(arguments: [
    (#"{"version":2,"files":[]}"#, "i: version: expected version 1, found 2"),
    (#"{"version":1}"#, "i: expected the key \"files\", found an object without it"),
    (#"{"version":1,"files":{}}"#, "i: files: expected an array, found something else"),
  ])
  func refusesInfoFiles(text: String, message: String) {
    #expect(throws: DatasetError.self) { try InfoLabels(bytes: Array(text.utf8), file: "i") }
    do {
      _ = try InfoLabels(bytes: Array(text.utf8), file: "i")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func collectsErrorsOfEntries() throws {
    let text = """
      {"files":[
      {"path":"a","category":"nowhere","label":{"type":"unlabeled"}},
      {"path":"b","category":"training","label":{"type":"key-value"}},
      {"path":"c","category":"training","label":{"type":"label"}},
      {"path":"d","category":"training","label":{"type":"multi-label"}},
      {"path":"e","category":"training","label":{"type":"multi-label","labels":[{"label":"x","startIndex":3,"endIndex":2}]}},
      {"path":1,"category":"training","label":{"type":"unlabeled"}},
      {"path":"a","label":{"type":"unlabeled"}},
      {"path":"a","category":null,"label":{"type":"unlabeled"}},
      {"path":"b","category":"training","label":{"type":"unlabeled"},
       "boundingBoxes":[{"label":"x","x":0,"y":0,"width":1,"height":0}]},
      {"path":"f","category":"training","label":{"type":"label","label":""}}]}
      """
    let info = try InfoLabels(bytes: Array(text.utf8), file: "i")
    #expect(info.files.map(\.label) == [.unlabeled])
    #expect(
      info.errors.map(\.description) == [
        "i: files[0].category: expected one of training, testing, validation, anomaly, post-processing, split, found \"nowhere\"",
        "i: files[1].label.type: expected unlabeled, label or multi-label, found \"key-value\"",
        "i: files[2].label: expected the key \"label\", found an object without it",
        "i: files[3].label: expected the key \"labels\", found an object without it",
        "i: files[4].label.labels[0]: expected 0 <= startIndex <= endIndex, found 3 and 2",
        "i: files[5].path: expected a text, found something else",
        "i: files[6]: expected the key \"category\", found an object without it",
        "i: files[7].category: expected a text, found null",
        "i: files[8].boundingBoxes[0]: expected a width and a height above 0, found 1.0 and 0.0",
      ])
  }
}
