// Strategy: one document for each way to be wrong, with the whole line of the error, so that file,
// position, expectation and finding are all pinned. Each document differs from a good one in one place.
// Every prefix of a good document must be refused, at the place where it ends, for every chunk size.
// Hostile sizes (a million brackets, texts of megabytes) must fail by a rule and not by exhaustion.

import Foundation
import Testing

@testable import Datasets

@Suite struct JSONErrorTests {
  /// `values` of two sensors begins at byte 75.
  static func withValues(_ values: String) -> String {
    #"{"payload":{"interval_ms":10,"sensors":[{"name":"x"},{"name":"y"}],"values":"# + values + "}}"
  }

  @Test(arguments: [
    ("[[1,2],[1]]", "row 1 (byte 83): expected 2 numbers, found 1"),
    ("[[1,2],[1,2,3,4]]", "row 1 (byte 83): expected 2 numbers, found 4"),
    ("[[]]", "row 0 (byte 77): expected 2 numbers, found 0"),
    ("[1,2,3]", "row 1 (byte 82): expected a multiple of 2 numbers, found 3"),
    ("[[1,2],3]", "row 1 (byte 83): expected a row of 2 numbers, found 3"),
    ("[1,[2]]", "row 0 (byte 79): expected a number, found an array"),
    ("[[1,[2]]]", "row 0 (byte 80): expected a number, found an array"),
    ("[[1,2],[null,2]]", "row 1 (byte 84): expected a number, found null"),
    ("[[1,2],[true,2]]", "row 1 (byte 84): expected a number, found true"),
    ("[[1,2],[\"12\",2]]", "row 1 (byte 84): expected a number, found the text \"12\""),
    ("[[1,2],{}]", "row 1 (byte 83): expected a number, found an object"),
    ("[[1,NaN]]", "byte 80: expected a finite number, found \"NaN\""),
    ("[[1,-Infinity]]", "byte 80: expected a finite number, found \"-Infinity\""),
    ("[[1,1e999]]", "row 0 (byte 80): expected a finite number, found 1e999"),
    ("[[1,-1e309]]", "row 0 (byte 80): expected a finite number, found -1e309"),
    ("[[1,abc]]", "byte 80: expected a number, found \"abc\""),
    ("[[1,01]]", "byte 80: expected a number, found \"01\""),
    ("[[1,1.]]", "byte 80: expected a number, found \"1.\""),
    ("[[1,.5]]", "byte 80: expected a number, found \".5\""),
    ("[[1,+1]]", "byte 80: expected a number, found \"+1\""),
    ("[[1,-]]", "byte 80: expected a number, found \"-\""),
    ("[[1,2e]]", "byte 80: expected a number, found \"2e\""),
    ("[[1,0x10]]", "byte 81: expected \",\" or \"]\", found \"x10\""),
    ("[[1,2,]]", "byte 82: expected a number, found \"]\""),
    ("[[1 2]]", "byte 80: expected \",\" or \"]\", found \"2\""),
    ("[[1,2}]", "byte 81: expected \",\" or \"]\", found \"}\""),
    ("[[1,\u{0}]]", "byte 80: expected a number, found \"\\u{0}\""),
    (
      "[\"Ref-Binary-i16  \"]",
      "byte 77: expected numbers in \"values\", found \"Ref-Binary-i16  \": only CBOR can have a binary tail"
    ),
    ("{}", "byte 76: expected an array as \"values\", found an object"),
    ("[]}", "byte 80: expected the end of the file, found \"}\""),
  ])
  func refusesRows(values: String, message: String) {
    #expect(failure(Self.withValues(values)) == "r: " + message)
  }

  @Test(arguments: [
    ("", "expected a recording, found an empty file"),
    (" \n", "byte 2: expected a value, found the end of the file"),
    ("hello", "line 1: expected a row, found the end of the file"),
    ("[1]", "byte 0: expected an object at the top, found an array"),
    ("{}", "byte 1: expected the key \"payload\", found an object without it"),
    (#"{"payload":[]}"#, "byte 11: expected an object as \"payload\", found an array"),
    (
      #"{"payload":{}}"#, "byte 12: expected the key \"sensors\" in the payload, found the payload without it"
    ),
    (
      #"{"payload":{"sensors":[{"name":"x"}]}}"#,
      "byte 36: expected the key \"interval_ms\" in the payload, found the payload without it"
    ),
    (
      #"{"payload":{"sensors":[{"name":"x"}],"interval_ms":1}}"#,
      "byte 52: expected the key \"values\" in the payload, found the payload without it"
    ),
    (#"{"payload":{"sensors":[]}}"#, "byte 22: expected at least one sensor, found an empty list"),
    (#"{"payload":{"sensors":{}}}"#, "byte 22: expected an array as \"sensors\", found an object"),
    (
      #"{"payload":{"sensors":["x"]}}"#,
      "byte 23: expected an object {name, units} for a sensor, found the text \"x\""
    ),
    (
      #"{"payload":{"sensors":[{"name":"x"},{"name":"x"}]}}"#,
      "byte 22: expected sensors with different names, found \"x\" twice"
    ),
    (#"{"payload":{"sensors":[{"units":"x"}]}}"#, "byte 23: expected a sensor with a name, found none"),
    (
      #"{"payload":{"sensors":[{"name":""}]}}"#, "byte 23: expected a sensor with a name, found an empty name"
    ),
    (#"{"payload":{"sensors":[{"name":7}]}}"#, "byte 31: expected a text as \"name\", found 7"),
    (
      #"{"payload":{"interval_ms":0}}"#,
      "byte 27: expected the key \"sensors\" in the payload, found the payload without it"
    ),
    (#"{"payload":{"interval_ms":-1}}"#, "byte 26: expected an interval_ms above 0, or 0 for a single row, found -1"),
    (
      #"{"payload":{"interval_ms":1e400}}"#,
      "byte 26: expected an interval_ms above 0, or 0 for a single row, found 1e400"
    ),
    (
      #"{"payload":{"interval_ms":"1"}}"#,
      "byte 26: expected a number as \"interval_ms\", found the text \"1\""
    ),
    (#"{"payload":{"device_name":1}}"#, "byte 26: expected a text as \"device_name\", found 1"),
    (
      #"{"payload":{"interval_ms":1,"interval_ms":2}}"#,
      "byte 28: expected the key \"interval_ms\" once, found it again"
    ),
    (#"{"payload" 1}"#, "byte 11: expected \":\", found \"1\""),
    ("{1:2}", "byte 1: expected a key in quotes, found \"1\""),
    (#"{"a":1,}"#, "byte 7: expected a key in quotes, found \"}\""),
    (#"{"a":tru}"#, "byte 5: expected a value, found \"tru\""),
    (#"{"a":"\x"}"#, #"byte 6: expected an escape, found "\x""#),
    (#"{"a":"\u12g4"}"#, "byte 6: expected four hexadecimal digits, found \"g\""),
    ("{\"a\":\"\n\"}", "byte 6: expected an escaped control character, found \"\\n\""),
    (#"{"payload":{"values":[nope]}}"#, "byte 22: expected a number, found \"nope\""),
    (
      #"{"payload":{"values":["ref-BINARY-image/jpeg (7 bytes)"]}}"#,
      "byte 22: expected numbers in \"values\", found \"ref-BINARY-image/jpeg (7 bytes)\": the picture or video is in a file of its own, which can be read in its place"
    ),
  ])
  func refusesHeads(text: String, message: String) {
    #expect(failure(text) == "r: " + message)
  }

  @Test func refusesTextThatIsNotUTF8() {
    let start = Array(#"{"a":"é"#.utf8)
    for wrong: [UInt8] in [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] {
      let message = failure(start + wrong + Array("\"}".utf8))
      #expect(message.hasPrefix("r: byte") && message.contains("expected UTF-8"), "\(wrong)")
    }
  }

  @Test func shortensAndEscapesWhatItQuotes() {
    let message = failure(#"{"a":x\#u{1b}"# + String(repeating: "y", count: 1000) + "}")
    #expect(
      message == "r: byte 5: expected a value, found \"x\\u{1b}" + String(repeating: "y", count: 37) + "…\"")
  }

  @Test(arguments: [1, 2, 3, 7, 4096])
  func refusesEveryPrefix(chunk: Int) throws {
    let text = Array(Self.withValues(#"[[1,-2.5e3],[3,4]],"t":["\u00e9",true,false,null]"#).utf8)
    #expect(try read(text, chunk: chunk).rows == [1, -2500, 3, 4])
    // What is found is the end of the file, or the word that the end has cut short.
    let wrong = (1..<text.count).filter { length in
      let message = failure(Array(text.prefix(length)), chunk: chunk)
      let word = message.components(separatedBy: "found ").last?.trimmingCharacters(in: ["\""]) ?? ""
      return !message.hasSuffix("found the end of the file")
        && (word.isEmpty || !String(decoding: text.prefix(length), as: UTF8.self).hasSuffix(word))
    }
    #expect(wrong == [])
  }

  @Test func stopsAtDeepNesting() {
    let deep = String(repeating: "[", count: 1_000_000)
    let message = "expected at most 64 levels of nesting, found a deeper level"
    #expect(failure("{\"a\":" + deep) == "r: byte 68: " + message)
    #expect(failure(#"{"payload":{"values":"# + deep) == "r: byte 83: " + message)
    #expect(failure(deep) == "r: byte 0: expected an object at the top, found an array")
    let maps = String(repeating: "{\"a\":", count: 1_000_000)
    #expect(failure(maps) == "r: byte 320: " + message)
  }

  @Test func boundsTokens() throws {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(
      try read(#"{"\#(long)":"\#(long)","payload":{"interval_ms":1,"sensors":[{"name":"a"}],"values":[1]}}"#)
        .rows == [1])
    #expect(
      failure(#"{"payload":{"device_name":"\#(long)"}}"#)
        == "r: byte 26: expected at most 4096 bytes as \"device_name\", found a longer text")
    let digits = String(repeating: "1", count: 1_000_000)
    #expect(
      failure(Self.withValues("[[\(digits),1]]"))
        == "r: byte 78: expected at most 65536 bytes, found a longer token")
  }

  @Test func repeatsItsError() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("r", Self.withValues("[[1,2],[3]]"))
    let reader = try RecordingFile.open(path: path, displayName: "r")
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2)
    defer { buffer.deallocate() }
    #expect(try reader.readRows(into: buffer) == 1)
    let error = DatasetError(
      file: "r", position: .row(1, byte: 83), expected: "2 numbers", found: "1", kind: .malformed)
    for _ in 0..<2 {
      #expect(throws: error) { try reader.readRows(into: buffer) }
    }
    #expect(reader.fingerprint == nil)
  }

  @Test func refusesWhatIsNoFile() throws {
    let folder = try TemporaryFolder()
    let missing = DatasetError(
      file: "r", expected: "a readable file", found: "nothing at this path", kind: .missing)
    #expect(throws: missing) { try RecordingFile.open(path: folder.path + "/none", displayName: "r") }
    let noFile = DatasetError(file: "r", expected: "a regular file", found: "a folder", kind: .unreadable)
    #expect(throws: noFile) { try RecordingFile.open(path: folder.path, displayName: "r") }
    #expect(throws: DatasetError.self) { try RecordingFile.open(path: "a\0b", displayName: "r") }
    #expect(throws: DatasetError.self) { try RecordingFile.open(path: "/dev/null", displayName: "r") }
  }
}
