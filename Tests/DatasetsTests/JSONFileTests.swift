// Strategy: broken documents with the fault in every kind of place (a value, a key, a separator, the end, behind the
// end, several lines down), each with the line, byte and words that the error must give. Reading: the size limit from
// both sides, the mark before UTF-8, what is no regular file, a pipe that may and one that may not be read.

import Foundation
import Testing

@testable import Datasets

@Suite struct JSONFileTests {
  struct Document: Decodable, Equatable { let a: Int }

  static func decode(_ text: String) -> String {
    do throws(DatasetError) {
      return "\(try JSONFile(data: Data(text.utf8), name: "f").decode(Document.self).a)"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("", "f: line 1: expected a value, found the end of the file at byte 0 of the line"),
    ("{", "f: line 1: expected a key in quotes, found the end of the file at byte 1 of the line"),
    (#"{"a":1,,}"#, "f: line 1: expected a key in quotes, found \",\" at byte 7 of the line"),
    (#"{"a":tru}"#, "f: line 1: expected a value, found \"tru\" at byte 5 of the line"),
    ("{\"a\":\n 1}\nx", "f: line 3: expected the end of the file, found \"x\" at byte 0 of the line"),
    ("{\n\"é\": 1,\n\"b\" 2}", "f: line 3: expected \":\", found \"2\" at byte 4 of the line"),
    ("\u{FEFF}{\"é\": [1,\r\n 2 3]}", "f: line 2: expected \",\" or \"]\", found \"3\" at byte 3 of the line"),
    (
      String(repeating: "[", count: 100_000),
      "f: line 1: expected at most 64 levels of nesting, found a deeper level at byte 64 of the line"
    ),
    (#"{"a":"x"}"#, "f: a: expected a number, found something else"), (#"{"a":7}"#, "7"), ("\u{FEFF}{\"a\":7}", "7"),
  ])
  func namesThePlace(text: String, outcome: String) {
    #expect(Self.decode(text) == outcome)
  }

  @Test func describesAFault() throws {
    let data = Data("{\n \"a\": }".utf8)
    let fault = try #require(JSONFault(in: data))
    #expect(fault.description == "\"}\" at line 2, byte 6 of the line, expected a value")
    #expect(fault.offset == 8)
    // A slice keeps its own indices.
    #expect(JSONFault(in: (Data([0x0A, 0x20]) + data).dropFirst(2)) == fault)
    #expect(JSONFault(in: Data(#"[{"a":[1,-2.5e3,"x",true,null]}]"#.utf8)) == nil)
  }

  @Test func findsAFaultFarBehind() {
    let text = "[\n" + String(repeating: "{\"key\":\"value é\"},\n", count: 50_000) + "{]"
    let fault = JSONFault(in: Data(text.utf8))
    #expect(fault?.line == 50_002 && fault?.column == 1 && fault?.offset == text.utf8.count - 1)
  }

  @Test func boundsTheSize() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("i", String(repeating: " ", count: 100_000))
    let error = DatasetError(
      file: "i", expected: "a file of at most 99999 bytes", found: "a larger one", kind: .unsupported)
    #expect(throws: error) { try JSONFile(path: path, name: "i", sizeLimit: 99_999) }
    #expect(try JSONFile(path: path, name: "i", sizeLimit: 100_000).data.count == 100_000)
    #expect(throws: DatasetError.self) { try JSONFile(path: "/dev/zero", sizeLimit: 1 << 20, acceptsPipes: true) }
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    let cases = [
      (folder.path, "f: expected a regular file, found a folder", DatasetError.Kind.unreadable),
      (pipe, "f: expected a regular file, found something else", .unreadable),
      (folder.path + "/none", "f: expected a readable file, found nothing at this path", .missing),
      ("a\0b", "f: expected a path without NUL, found \"a\\u{0}b\"", .missing),
    ]
    for (path, message, kind) in cases {
      do throws(DatasetError) {
        _ = try JSONFile(path: path, name: "f")
        Issue.record("read \(path)")
      } catch {
        #expect(error.description == message && error.kind == kind)
      }
    }
    #expect(throws: DatasetError.self) { try JSONFile(path: folder.path, acceptsPipes: true) }
  }

  @Test func readsAPipe() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(#"{"a":5}"#.utf8))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(try JSONFile(path: path, acceptsPipes: true).decode(Document.self) == Document(a: 5))
  }

  @Test func placesTheFaultOfALabelFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("info.labels", "{\"version\":1,\n\"files\":[}\n")
    #expect(errors(folder.path) == ["info.labels: line 2: expected a value, found \"}\" at byte 9 of the line"])
  }
}
