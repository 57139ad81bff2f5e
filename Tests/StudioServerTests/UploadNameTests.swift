// Names come from outside: whatever they are, the file's name must be one component, visible, short and without control
// characters, and the recording's name as close to it as that allows.
// The table holds what attackers, Windows and phones send.
import Foundation
import Testing

@testable import StudioServer

struct UploadNameTests {
  @Test(arguments: [
    ("wave.1.json", "wave.1", "wave.1", "json"), ("wave.1", "wave.1", "wave.1", ""),
    ("WAVE.WAV", "WAVE", "WAVE", "wav"), ("a b.csv", "a b", "a b", "csv"),
    ("../../etc/passwd", "passwd", "passwd", ""), ("/etc/passwd.json", "passwd", "passwd", "json"),
    (#"C:\Users\x\wave.json"#, "wave", "wave", "json"), (#"..\..\x.json"#, "x", "x", "json"),
    ("..", "recording", "recording", ""), (".", "recording", "recording", ""), ("", "recording", "recording", ""),
    ("/", "recording", "recording", ""), (".json", "recording", "recording", "json"),
    ("...json", "recording", "recording", "json"), (".hidden.json", ".hidden", "_hidden", "json"),
    ("..x", "..x", "__x", ""), ("a\u{0}b.json", "a_b", "a_b", "json"), ("a\r\nb.json", "a__b", "a__b", "json"),
    ("\u{202E}nosj.exe", "_nosj.exe", "_nosj.exe", ""), ("info.labels", "info.labels", "info.labels", ""),
    ("samples.json", "samples", "samples", "json"), ("a/\u{301}b.json", "\u{301}b", "\u{301}b", "json"),
    ("na\u{ef}ve\u{1F30A}.cbor", "na\u{ef}ve\u{1F30A}", "na\u{ef}ve\u{1F30A}", "cbor"),
  ])
  func namesAreSafe(text: String, display: String, stem: String, fileExtension: String) {
    let name = UploadName(text)
    #expect([name.display, name.stem, name.fileExtension] == [display, stem, fileExtension])
  }

  @Test(arguments: ["x", "\u{e9}", "\u{1F30A}"])
  func longNamesAreCutAtAWholeCharacter(unit: String) {
    let name = UploadName(String(repeating: unit, count: 300) + ".json")
    #expect(name.display.utf8.count <= UploadName.mostBytes && name.display.utf8.count > UploadName.mostBytes - 4)
    #expect(name.display == String(repeating: unit, count: name.display.unicodeScalars.count))
    #expect(name.fileExtension == "json")
  }

  @Test func storedExtensionsFitTheContent() {
    #expect(UploadName("a.jpeg").storedExtension(format: "jpeg") == "jpeg")
    #expect(UploadName("a.json").storedExtension(format: "cbor") == "cbor")
    #expect(UploadName("a.labels").storedExtension(format: "json") == "json")
    #expect(UploadName("a.txt").storedExtension(format: "csv") == "txt")
  }

  @Test func dateIDsCountMillisecondsAndNeverRepeat() {
    let ids = DateIDs()
    let date = Date(timeIntervalSince1970: 1_546_300_800 + 32.001)
    #expect([ids.next(date), ids.next(date), ids.next(date.addingTimeInterval(-5))] == ["v81", "v82", "v83"])
  }
}
