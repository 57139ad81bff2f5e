// Strategy: one folder with everything that a scan should tell, and the list as a whole: severity, file, words, order.
// Opening the same folder must fail for the errors alone, and pass once they are gone, with the rest still told.

import Foundation
import Testing

@testable import Datasets

@Suite struct DatasetProblemTests {
  @Test func listsTheWorstFirst() throws {
    let folder = try TemporaryFolder()
    for name in ["a.1.json", "A.1.json", "sub/a.1.json", "sub/b.json", "notes.pdf"] { try folder.write(name, "x") }
    try folder.write("empty.json", "")
    try folder.link("gone.json", to: "nowhere")
    let odd = Array((folder.path + "/").utf8) + [0xFF] + Array(".json\0".utf8)
    fclose(
      try #require(odd.withUnsafeBytes { fopen($0.baseAddress?.assumingMemoryBound(to: CChar.self), "w") }))
    let rest = [
      "warning: sub/a.1.json: a file of this name lies in another folder too, and both get the same label; where "
        + "folders are labels, a folder yes.class gives the label \"yes\", and so do label files and samples.json",
      "warning: \u{FFFD}.json: its name is not UTF-8, so it is not used",
      "notice: a.1.json: only the case of letters tells it from \"A.1.json\"",
      "notice: sub/a.1.json: it has the name \"a.1\", as \"a.1.json\" has",
    ]
    let error = "gone.json: expected a readable file, found nothing at this path"
    #expect(errors(folder.path) == [error])
    let scan = try Dataset.scan(path: folder.path)
    #expect(scan.problems.map(\.description) == ["error: " + error] + rest)
    #expect(scan.entries.count == 5)
    try FileManager.default.removeItem(atPath: folder.path + "/gone.json")
    let dataset = try Dataset.open(path: folder.path)
    #expect(dataset.problems.map(\.description) == rest)
    #expect(throws: DatasetError.self) {
      try dataset.entries.first { $0.path == "empty.json" }?.open()
    }
  }

  @Test(arguments: ["info.labels", "training/info.labels", "sub/structured_labels.labels", "samples.json"])
  func labelFilesAreRegular(path: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("training/a.csv", "timestamp,x\n0,1\n")
    try FileManager.default.createDirectory(atPath: folder.path + "/" + path, withIntermediateDirectories: true)
    #expect(errors(folder.path) == ["\(path): expected a regular file, found a folder"])
  }

  @Test func saysNothingOfAGoodFolder() throws {
    let folder = try TemporaryFolder()
    // The same name in two categories is how datasets are made.
    for name in ["training/a.json", "testing/a.json"] { try folder.write(name, "x") }
    #expect(try Dataset.open(path: folder.path).problems.isEmpty)
    #expect(throws: DatasetErrors.self) { try Dataset.scan(path: folder.path + "/none") }
  }

  @Test func numbersAreNoClasses() throws {
    let folder = try TemporaryFolder()
    for name in ["yes/001.wav", "yes/002.wav", "no/001.wav"] { try folder.write(name, "x") }
    let warning =
      "warning: no/001.wav: labels are what file names begin with, and all of them are numbers (recordings: 3); a "
      + "folder yes.class gives the label \"yes\", and so do label files and samples.json"
    #expect(try Dataset.open(path: folder.path).problems.map(\.description).first == warning)
    try folder.write("w.1.wav", "x")
    #expect(!(try Dataset.open(path: folder.path).problems.map(\.description).contains(warning)))
  }

  @Test func countsWhatLiesOutside() throws {
    let folder = try TemporaryFolder()
    for name in ["training/a.json", "Test/b.json", "Test/c.json", "d.json"] { try folder.write(name, "x") }
    #expect(
      try Dataset.open(path: folder.path).problems.map(\.description) == [
        "warning: Test/b.json: it and 2 more lie outside of training, and are not used; did you mean \"testing\" for "
          + "the folder \"Test\"?"
      ])
  }

  @Test func tellsWhatTheListContradicts() throws {
    let folder = try TemporaryFolder()
    let span = { (label: String) in
      #"[{"startIndex":0,"endIndex":4,"label":"\#(label)"},{"startIndex":5,"endIndex":9,"label":"z"}]"#
    }
    var (files, samples): ([String], [String]) = ([], [])
    for (id, (old, new)) in [("w", "w"), ("w", "v"), ("w", "")].enumerated() {
      try folder.write("\(id).json", "x")
      files.append(
        #"{"path":"\#(id).json","name":"\#(id)","category":"training","label":{"type":"label","label":"\#(old)"}}"#)
      samples.append(#"{"id":\#(id),"filename":"\#(id)","label":"\#(new)","category":"training"}"#)
    }
    for (id, (old, new)) in [("w", "w"), ("w", "v")].enumerated() {
      try folder.write("m\(id).json", "x")
      files.append(
        #"{"path":"m\#(id).json","name":"m\#(id)","category":"training","#
          + #""label":{"type":"multi-label","labels":\#(span(old))}}"#)
      samples.append(
        #"{"id":\#(10 + id),"filename":"m\#(id)","label":"","category":"testing","structuredLabels":\#(span(new))}"#)
    }
    try folder.write("info.labels", #"{"version":1,"files":[\#(files.joined(separator: ","))]}"#)
    try folder.write("samples.json", "[\(samples.joined(separator: ","))]")
    #expect(
      try Dataset.open(path: folder.path).problems.map(\.description) == [
        "notice: 1.json: samples.json has the say: its label is \"v\", that of the label file \"w\" (recordings "
          + "that differ: 3)",
        "notice: m0.json: samples.json has the say: its category is testing, that of the label file training "
          + "(recordings that differ: 2)",
      ])
  }

  @Test func boxesAreNoLabels() throws {
    let folder = try TemporaryFolder()
    for name in ["1.png", "51.png", "own.class/2.png"] { try folder.write(name, "x") }
    let box = #"[{"label":"dog","x":0,"y":0,"width":1,"height":1}]"#
    try folder.write(
      "bounding_boxes.labels",
      #"{"version":1,"type":"bounding-box-labels","boundingBoxes":{"1.png":\#(box),"51.png":\#(box),"own.class/2.png":\#(box)}}"#
    )
    let dataset = try Dataset.open(path: folder.path)
    #expect(dataset.entries.map(\.label) == [.single("own"), .unlabeled, .unlabeled])
    #expect(
      dataset.problems.map(\.description) == [
        "warning: 1.png: bounding boxes do not enter y (recordings that have some: 3)"
      ])
  }

  @Test func tellsWhatAKeyCannotProve() throws {
    let folder = try TemporaryFolder()
    for name in ["a.json", "b.csv", "c.wav"] { try folder.write(name, "x") }
    var reading = ReadingOptions()
    reading.hmacKey = "key"
    #expect(
      try Dataset.open(path: folder.path, reading: reading).problems.map(\.description) == [
        "warning: b.csv: formats other than JSON and CBOR carry no signature, so that the key proves nothing (such "
          + "recordings: 2)"
      ])
    #expect(try Dataset.open(path: folder.path).problems.isEmpty)
  }

  @Test func countsRowsWithoutALabel() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "timestamp,x\n0,1\n1,2\n2,3\n")
    var entry = try #require(try Dataset.open(path: folder.path).entries.first)
    entry.label = .multi([LabelSpan(start: 0, end: 1, label: "a")])
    #expect(try entry.examine().format == "csv")
    let reader = try entry.open()
    _ = try Recording(reading: reader)
    #expect(reader.remarks == ["1 of 3 rows has no label"])
    #expect(try entry.examine().remarks == ["1 of 3 rows has no label"])
  }
}
