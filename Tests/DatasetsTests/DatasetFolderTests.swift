// Strategy: folders are built in a temporary place in each shape that datasets have (exported, with inner
// label files only, training and testing, flat), and the whole listing is compared: order, ids, labels,
// categories, what is ignored. Hostile label files and links try to leave the folder in every way and
// must be refused by name. Files hold one byte each: scanning opens none.

import Foundation
import Testing

@testable import Datasets

/// One line an entry: id, path, name, category, label.
func lines(_ dataset: Dataset) -> [String] {
  dataset.entries.map { entry in
    let label =
      switch entry.label {
      case .unlabeled: "-"
      case .single(let label): label
      case .multi(let spans): spans.map { "\($0.start)-\($0.end):\($0.label)" }.joined(separator: "+")
      }
    return "\(entry.sampleID) \(entry.path) \(entry.name) \(entry.category.rawValue) \(label)"
  }
}

/// The descriptions of the errors that opening gives; empty if there are none.
func errors(_ path: String, samplesFile: String? = nil) -> [String] {
  do throws(DatasetErrors) {
    _ = try Dataset.open(path: path, samplesFile: samplesFile)
    return []
  } catch {
    return error.errors.map(\.description)
  }
}

@Suite struct DatasetFolderTests {
  @Test func listsTrainingAndTesting() throws {
    let folder = try TemporaryFolder()
    for name in [
      "testing/a.1.json", "training/wave.2.json", "training/wave.10.cbor", "training/B.1.json",
      "training/x/é.1.CBOR",
      "training/README.md", "training/notes.pdf", "training/.hidden.json", "training/.git/x.json",
      "outside.json",
      "training/(no).json", "training/odd.labels",
    ] { try folder.write(name, "x") }
    let dataset = try Dataset.open(path: folder.path)
    #expect(
      lines(dataset) == [
        "6 testing/a.1.json a.1 testing a", "5 training/x/é.1.CBOR é.1 training é",
        "4 training/wave.2.json wave.2 training wave", "3 training/wave.10.cbor wave.10 training wave",
        "2 training/B.1.json B.1 training B", "1 training/(no).json (no) training -",
      ])
    #expect(dataset.ignored.map(\.path) == ["outside.json", "training/notes.pdf", "training/odd.labels"])
    #expect(dataset.ignored[1].reason == "no known format has the extension \"pdf\"")
    #expect(dataset.entries.allSatisfy { $0.byteCount == 1 && $0.filePath.hasSuffix($0.path) })
  }

  @Test func featureSetsAreNoRecordings() throws {
    let folder = try TemporaryFolder()
    for name in ["a.1.json", "out/2-raw/X.npy", "out/2-raw/metadata.json", "out/2-raw/labels.json", "out/b.json"] {
      try folder.write(name, "x")
    }
    let dataset = try Dataset.open(path: folder.path)
    #expect(lines(dataset) == ["2 out/b.json b training b", "1 a.1.json a.1 training a"])
    #expect(dataset.ignored == [IgnoredFile(path: "out/2-raw/", reason: "it is a feature set")])
  }

  /// A set at the top hides nothing but itself.
  @Test func featureSetsHideNothingElse() throws {
    let folder = try TemporaryFolder()
    for name in ["X.npy", "y.npy", "metadata.json", "labels.json", "a.1.json", "sub/b.json", "sub/y.npy"] {
      try folder.write(name, "x")
    }
    let dataset = try Dataset.open(path: folder.path)
    #expect(dataset.entries.map(\.path) == ["sub/y.npy", "sub/b.json", "a.1.json"])
    #expect(dataset.ignored == [IgnoredFile(path: ".", reason: "it is a feature set")])
  }

  @Test func listsAFlatFolder() throws {
    let folder = try TemporaryFolder()
    for name in ["b.1.json", "a.2.json", "a-test/z.json", "train/c.json", "notes/a.mid"] {
      try folder.write(name, "x")
    }
    #expect(
      lines(try Dataset.open(path: folder.path)) == [
        "4 a-test/z.json z testing z", "3 train/c.json c training c", "2 b.1.json b.1 training b",
        "1 a.2.json a.2 training a",
      ])
  }

  static func info(_ paths: [String], category: String = "training") -> String {
    let files = paths.map {
      #"{"path":"\#($0)","name":"n-\#($0.split(separator: "/").last ?? "")","category":"\#(category)","label":{"type":"label","label":"L"},"metadata":{"k":"v"}}"#
    }
    return #"{"version":1,"files":[\#(files.joined(separator: ","))]}"#
  }

  @Test func listsAnExportedDataset() throws {
    let folder = try TemporaryFolder()
    for name in [
      "training/b.json.4g.ingestion-x.json", "testing/a.json.s2", "testing/unlisted.cbor", "training/i.mp4",
    ] {
      try folder.write(name, "x")
    }
    try folder.write("README.txt", "x")
    try folder.write("testing/info.labels", "not read")
    try folder.write(
      "info.labels",
      Self.info(["testing/a.json.s2", "./training//b.json.4g.ingestion-x.json", "training/i.mp4"]))
    let dataset = try Dataset.open(path: folder.path)
    #expect(
      lines(dataset) == [
        "2 training/b.json.4g.ingestion-x.json n-b.json.4g.ingestion-x.json training L",
        "1 testing/a.json.s2 n-a.json.s2 training L",
      ])
    #expect(dataset.entries[0].metadata == ["k": "v"])
    #expect(dataset.ignored.map(\.path) == ["testing/info.labels", "testing/unlisted.cbor", "training/i.mp4"])
    #expect(dataset.ignored[1].reason == "info.labels does not name it")
  }

  @Test func listsLabelFilesThatAreNotRead() throws {
    let folder = try TemporaryFolder()
    let unread = [
      "attachments.labels", "training/info.labels", "training/structured_labels.LABELS", "training/x/info.labels",
    ]
    for name in unread { try folder.write(name, "x") }
    try folder.write("training/a.json", "x")
    let other = "no label file has this name"
    let inner = "info.labels is read at the top, else in training and testing"
    try folder.write("info.labels", Self.info(["training/a.json"]))
    let dataset = try Dataset.open(path: folder.path)
    #expect(
      dataset.ignored
        == zip(unread, ["features need no attachments", inner, other, inner]).map(IgnoredFile.init(path:reason:)))
    #expect(dataset.entries.map(\.path) == ["training/a.json"])
    try FileManager.default.removeItem(atPath: folder.path + "/info.labels")
    try folder.write("training/info.labels", Self.info(["a.json"]))
    let inParts = try Dataset.open(path: folder.path)
    #expect(inParts.ignored.map(\.path) == unread.filter { $0 != "training/info.labels" })
  }

  @Test func readsInnerLabelFiles() throws {
    let folder = try TemporaryFolder()
    for name in ["training/b.json", "training/a.json", "testing/c.9.json"] { try folder.write(name, "x") }
    try folder.write("training/info.labels", Self.info(["b.json", "a.json"]))
    #expect(
      lines(try Dataset.open(path: folder.path)) == [
        "3 testing/c.9.json c.9 testing c", "2 training/a.json n-a.json training L",
        "1 training/b.json n-b.json training L",
      ])
  }

  @Test func refusesPathsThatLeave() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret.json", "x")
    let folder = try TemporaryFolder()
    try folder.write("training/a.json", "x")
    let leaving = [
      "../x.json", "/etc/passwd", "training/../../x.json", "a\\u0000.json", "", ".", "none.json",
      "training/a.json", "training/a.json",
    ]
    try folder.write("info.labels", Self.info(leaving))
    #expect(
      errors(folder.path) == [
        "info.labels: files[0]: expected a path without \"..\", found \"../x.json\"",
        "info.labels: files[1]: expected a relative path, found \"/etc/passwd\"",
        "info.labels: files[2]: expected a path without \"..\", found \"training/../../x.json\"",
        "info.labels: files[3]: expected a path without NUL, found \"a\\u{0}.json\"",
        "info.labels: files[4]: expected a path, found \"\"",
        "info.labels: files[5]: expected a path, found \".\"",
        "info.labels: files[6]: expected the recording \"none.json\", found no such file",
        "info.labels: files[8]: expected each recording once, found \"training/a.json\" again",
      ])
    try folder.write("info.labels", Self.info(["training/a.json", "training/l.json"]))
    try folder.link("training/l.json", to: outside.path + "/secret.json")
    try folder.link("training/folder", to: outside.path)
    try folder.link("broken.json", to: "nowhere")
    #expect(
      errors(folder.path) == [
        "broken.json: expected a readable file, found nothing at this path",
        "training/folder: expected a file inside the dataset folder, found a link that leads out of it",
        "training/l.json: expected a file inside the dataset folder, found a link that leads out of it",
      ])
  }

  @Test func followsLinksInside() throws {
    let folder = try TemporaryFolder()
    try folder.write("training/a.json", "x")
    try folder.link("training/b.json", to: "a.json")
    try folder.link("training/ring", to: "..")
    #expect(
      lines(try Dataset.open(path: folder.path)) == [
        "2 training/b.json b training b", "1 training/a.json a training a",
      ])
    let alias = try TemporaryFolder()
    try alias.link("d", to: folder.path)
    #expect(try Dataset.open(path: alias.path + "/d").entries.count == 2)
  }

  @Test func passesOverOddNames() throws {
    let folder = try TemporaryFolder()
    try folder.write("training/a.json", "x")
    let odd = Array((folder.path + "/training/").utf8) + [0xFF, 0xFE] + Array(".json\0".utf8)
    let file = try #require(
      odd.withUnsafeBytes { fopen($0.baseAddress?.assumingMemoryBound(to: CChar.self), "w") })
    fclose(file)
    mkfifo(folder.path + "/training/pipe.json", 0o600)
    let dataset = try Dataset.open(path: folder.path)
    #expect(dataset.entries.map(\.name) == ["a"])
    #expect(dataset.ignored.map(\.reason).sorted() == ["it is not a regular file", "its name is not UTF-8"])
  }

  @Test func refusesWhatIsNoFolder() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("f", "x")
    #expect(
      errors(folder.path + "/none") == [
        "\(folder.path)/none: expected a dataset folder, found nothing at this path"
      ])
    #expect(errors(file) == ["\(file): expected a dataset folder, found a file"])
    #expect(try Dataset.open(path: folder.path).entries.isEmpty)
    do throws(DatasetErrors) { _ = try Dataset.open(path: folder.path + "/none") } catch {
      #expect(error.errors.map(\.kind) == [.missing])
    }
  }

  @Test func opensItsEntries() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "training/a.1.json", #"{"payload":{"interval_ms":1,"sensors":[{"name":"a"}],"values":[1,x]}}"#)
    let entry = try #require(try Dataset.open(path: folder.path).entries.first)
    #expect(
      throws: DatasetError(
        file: "training/a.1.json", position: .byte(65), expected: "a number", found: "\"x\"")
    ) {
      try Recording(reading: entry.open())
    }
  }
}
