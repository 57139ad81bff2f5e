// Strategy: one letter in its two spellings, which String calls equal and a file system does not: as file names in
// label files and lists, as recording names, as sensors. Each spelling must reach its own file, and none is called a
// repetition. Names of recordings come from a table of file names, combining marks behind a dot or slash among them.

import Foundation
import Testing

@testable import Datasets

@Suite struct ByteNameTests {
  static let composed = "\u{E9}"
  static let decomposed = "e\u{301}"

  /// Bytes of each text: comparing the texts would not tell the spellings apart.
  static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  /// A folder with `é.json` in both spellings.
  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in [composed, decomposed] {
      let file = try #require(fopen("\(folder.path)/\(name).json", "w"))
      fclose(file)
    }
    return folder
  }

  @Test func comparesBytes() {
    #expect(Self.composed == Self.decomposed)
    #expect(ByteKey(Self.composed) != ByteKey(Self.decomposed))
    #expect(ByteKey("ab") == ByteKey("xab".dropFirst()))
    #expect(Set([Self.composed, Self.decomposed, Self.composed].map { ByteKey($0) }).count == 2)
  }

  @Test func listsBothSpellings() throws {
    let folder = try Self.folder()
    let item = { (name: String) in
      #"{"path":"\#(name).json","category":"training","label":{"type":"unlabeled"}}"#
    }
    try folder.write("info.labels", #"{"files":[\#(item(Self.composed)),\#(item(Self.decomposed))]}"#)
    let dataset = try Dataset.open(path: folder.path)
    #expect(Self.bytes(dataset.entries.map(\.name)) == Self.bytes([Self.decomposed, Self.composed]))

    try FileManager.default.removeItem(atPath: "\(folder.path)/\(Self.decomposed).json")
    #expect(
      errors(folder.path) == [
        "info.labels: files[1]: expected the recording \"\(Self.decomposed).json\", found no such file"
      ])
  }

  @Test func matchesBothSpellings() throws {
    let folder = try Self.folder()
    let item = { (id: Int, name: String) in #"{"id":\#(id),"filename":"\#(name)","category":"training"}"# }
    for ending in ["", ".json"] {
      let list = [item(8, Self.decomposed + ending), item(9, Self.composed + ending)]
      try folder.write("samples.json", "[\(list.joined(separator: ","))]")
      let dataset = try Dataset.open(path: folder.path)
      #expect(Self.bytes(dataset.entries.map(\.name)) == Self.bytes([Self.decomposed, Self.composed]))
    }
  }

  @Test func keepsSensorsApart() throws {
    let text = { (first: String, second: String) in
      #"{"payload":{"interval_ms":1,"sensors":[{"name":"\#(first)"},{"name":"\#(second)"}],"values":[[1,2]]}}"#
    }
    #expect(try read(text(Self.composed, Self.decomposed)).rows == [1, 2])
    #expect(failure(text(Self.composed, Self.composed)).hasSuffix("found \"\(Self.composed)\" twice"))
  }

  @Test(arguments: [
    ("wave.1.cbor", "wave.1"), ("a.json.s2", "a.json"), ("plain", "plain"), (".json", ".json"), ("a.", "a"),
    ("a..json", "a."), ("a.\u{301}x", "a"), ("", ""),
  ])
  func namesARecording(fileName: String, stem: String) {
    #expect(Self.bytes([RecordingName.stem(fileName: fileName)]) == Self.bytes([stem]))
  }

  @Test(arguments: [
    ("a/b.json", "b.json"), ("/b.json", "b.json"), ("b", "b"), ("a/b/", "b"), ("/", "/"), ("", ""),
    ("a/\u{301}b", "\u{301}b"),
  ])
  func cutsAPath(path: String, name: String) {
    #expect(Self.bytes([RecordingName.fileName(path: path)]) == Self.bytes([name]))
  }

  @Test(arguments: [
    ("a.CBOR", "cbor"), ("a.json.s12", "json"), ("a.s2", "s2"), ("a.json.s", "s"), ("a.json.s²", "s²"),
    ("a.json.sx", "sx"), ("plain", ""), ("a.", ""), (".json", "json"),
  ])
  func readsTheExtension(fileName: String, fileExtension: String) {
    #expect(RecordingName.fileExtension(fileName: fileName) == fileExtension)
  }

  @Test func seesASeparatorBeforeAMark() throws {
    #expect(Category(folderNamesIn: "test/\u{301}a.json") == .testing)
    let folder = try TemporaryFolder()
    try folder.write(
      "info.labels", #"{"files":[{"path":"../\u0301x","category":"training","label":{"type":"unlabeled"}}]}"#)
    #expect(errors(folder.path).first?.contains("expected a path without \"..\"") == true)
  }
}
