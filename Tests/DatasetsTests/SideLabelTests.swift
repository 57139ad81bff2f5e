// Strategy: folders with each label file, alone and beside info.labels; the listing is compared as a whole, so that
// it shows what a file adds and what it may not touch. Then one file with every way to be wrong: all lines must come,
// in the order of the names' bytes, and what is right must hold all the same in a scan. Paths try to leave.

import Testing

@testable import Datasets

@Suite struct SideLabelTests {
  static func structured(_ entries: String) -> String {
    #"{"version":1,"type":"structured-labels","structuredLabels":{\#(entries)}}"#
  }

  static let spans =
    #"[{"startIndex":0,"endIndex":4,"label":"a","labelMap":{"k":"1"}},{"startIndex":3,"endIndex":9,"label":"b","labelMap":{"k":"2"}}]"#

  @Test func labelsRowsOfNamedFiles() throws {
    let folder = try TemporaryFolder()
    for name in ["training/x.1.json", "training/y.1.json", "training/sub/z.json"] { try folder.write(name, "x") }
    try folder.write(
      "training/structured_labels.labels",
      Self.structured(#""x.1.json":\#(Self.spans),"sub/z.json":[{"startIndex":0,"endIndex":7,"label":"c"}]"#))
    let dataset = try Dataset.open(path: folder.path)
    #expect(
      lines(dataset) == [
        "3 training/y.1.json y.1 training y", "2 training/x.1.json x.1 training 0-2:a+3-9:b",
        "1 training/sub/z.json z training 0-7:c",
      ])
    #expect(dataset.ignored.isEmpty && dataset.problems.isEmpty)
  }

  @Test func fillsWhatInfoLabelsLeavesOut() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "x")
    try folder.write("b.json", "x")
    try folder.write("attachments.labels", "never read")
    try folder.write(
      "info.labels",
      #"""
      {"version":1,"files":[
      {"path":"a.json","category":"training","label":{"type":"label","label":"L"},"metadata":{"m":"1"},
       "boundingBoxes":[{"label":"own","x":1,"y":2,"width":3,"height":4}],"attachments":[{"name":"n"}]},
      {"path":"b.json","category":"testing","label":{"type":"unlabeled"},"boundingBoxes":[]}]}
      """#)
    try folder.write(
      "structured_labels.labels", Self.structured(#""a.json":\#(Self.spans),"b.json":\#(Self.spans)"#))
    try folder.write(
      "bounding_boxes.labels",
      #"""
      {"version":1,"type":"bounding-box-labels","boundingBoxes":{
      "a.json":[{"label":"side","x":0,"y":0,"width":1,"height":1}],
      "b.json":[{"label":"dog","x":69,"y":155.5,"width":102,"height":137}]}}
      """#)
    try folder.write(
      "label_map.labels",
      #"{"version":1,"type":"label-map-labels","labels":{"a.json":{"k":"v"},"b.json":[{"startIndex":0}]}}"#)
    let dataset = try Dataset.open(path: folder.path)
    #expect(lines(dataset) == ["2 b.json b testing 0-2:a+3-9:b", "1 a.json a training L"])
    let boxes = [
      [BoundingBox(label: "dog", x: 69, y: 155.5, width: 102, height: 137)],
      [BoundingBox(label: "own", x: 1, y: 2, width: 3, height: 4)],
    ]
    #expect(dataset.entries.map(\.boundingBoxes) == boxes)
    #expect(dataset.entries.map(\.labelMap) == [[:], ["k": "v"]])
    #expect(dataset.entries.map(\.metadata) == [[:], ["m": "1"]])
    #expect(dataset.ignored == [IgnoredFile(path: "attachments.labels", reason: "features need no attachments")])
    #expect(
      dataset.problems.map(\.description) == [
        "warning: a.json: bounding boxes do not enter y (recordings that have some: 2)",
        "notice: label_map.labels: labels.b.json: expected texts by key, found an array",
      ])
  }

  @Test func namesAllThatIsWrong() throws {
    let folder = try TemporaryFolder()
    for name in ["a.1.json", "b.json", "c.json", "d.json", "e.json", "f.json"] { try folder.write(name, "x") }
    let span = #"{"startIndex":0,"endIndex":4,"label":"a"}"#
    try folder.write(
      "structured_labels.labels",
      Self.structured(
        #"""
        "../x.json":[\#(span)],"/x":[\#(span)],"a.1.json":[\#(span)],
        "b.json":[\#(span),{"startIndex":6,"endIndex":7,"label":"b"}],
        "c.json":[{"startIndex":1.5,"endIndex":7,"label":"b"}],"d.json":[{"startIndex":2,"endIndex":1,"label":"b"}],
        "e.json":[\#(span),{"startIndex":5,"endIndex":7,"label":"b","labelMap":{"k":"v"}}],"f.json":7,
        "none.json":[\#(span)]
        """#))
    try folder.write(
      "bounding_boxes.labels", #"{"boundingBoxes":{"b.json":[{"label":"x","x":0,"y":0,"width":0,"height":1}]}}"#)
    try folder.write("label_map.labels", #"{"version":1,"type":"structured-labels","labels":{}}"#)
    let expected = [
      "bounding_boxes.labels: boundingBoxes.b.json[0]: expected a width and a height above 0, found 0.0 and 1.0",
      "label_map.labels: type: expected \"label-map-labels\", found \"structured-labels\"",
      "structured_labels.labels: structuredLabels.../x.json: expected a path without \"..\", found \"../x.json\"",
      "structured_labels.labels: structuredLabels./x: expected a relative path, found \"/x\"",
      "structured_labels.labels: structuredLabels.b.json[1]: expected spans that leave no row out, found no span for row 5",
      "structured_labels.labels: structuredLabels.c.json: expected a value in range, found a number that is not whole, or too large",
      "structured_labels.labels: structuredLabels.d.json[0]: expected 0 <= startIndex <= endIndex, found 2 and 1",
      "structured_labels.labels: structuredLabels.e.json[1].labelMap: expected the keys of structuredLabels.e.json[0].labelMap, found other keys",
      "structured_labels.labels: structuredLabels.f.json: expected an array, found something else",
      "structured_labels.labels: structuredLabels.none.json: expected the recording \"none.json\", found no such file",
    ]
    #expect(errors(folder.path) == expected)
    let scan = try Dataset.scan(path: folder.path)
    #expect(scan.problems.map(\.description) == expected.map { "error: " + $0 })
    #expect(lines(scan).last == "1 a.1.json a.1 training 0-4:a")
    #expect(scan.entries.count == 6)
  }

  @Test(arguments: [
    (#"{"version":2,"structuredLabels":{}}"#, "version: expected version 1, found 2"),
    (#"{"version":1}"#, "expected the key \"structuredLabels\", found an object without it"),
    (#"{"version":1,"structuredLabels":[]}"#, "structuredLabels: expected an object, found something else"),
    ("[]", "expected an object, found something else"),
    ("{", "line 1: expected a key in quotes, found the end of the file at byte 1 of the line"),
  ])
  func refusesFiles(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "x")
    try folder.write("structured_labels.labels", text)
    #expect(errors(folder.path) == ["structured_labels.labels: " + message])
  }
}
