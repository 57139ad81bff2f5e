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
      "warning: empty.json: it is empty", "warning: \u{FFFD}.json: its name is not UTF-8, so it is not used",
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
    #expect(dataset.problems[0].severity == .warning && dataset.problems[0].file == "empty.json")
    #expect(throws: DatasetError.self) {
      try dataset.entries.first { $0.path == "empty.json" }?.open()
    }
  }

  @Test func saysNothingOfAGoodFolder() throws {
    let folder = try TemporaryFolder()
    // The same name in two categories is how datasets are made.
    for name in ["training/a.json", "testing/a.json"] { try folder.write(name, "x") }
    #expect(try Dataset.open(path: folder.path).problems.isEmpty)
    #expect(throws: DatasetErrors.self) { try Dataset.scan(path: folder.path + "/none") }
  }
}
