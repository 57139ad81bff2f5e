// Strategy: a table is cut in every way and each recording is read through its entry; put together, the recordings
// must be the rows of the whole, and each label what the test counts for those rows. Names, ids, order, precedence of
// labels and byte counts are compared as whole listings. A section must cost its own bytes only, which is seen in
// `bytesRead`, and a file that changes after its index must be refused.

import Testing

@testable import Datasets

@Suite struct CSVSectionTests {
  /// Rows with a label each; one row of another length behind the fifth, one blank line behind the seventh.
  static func text(_ labels: [String]) -> String {
    var text = "timestamp,x,label\n"
    for (row, label) in labels.enumerated() {
      text += "\(row * 10),\(row).5,\(label)\n"
      if row == 4 { text += "1,2\n" }
      if row == 6 { text += "\n" }
    }
    return text
  }

  static let labels = ["a", "a", "b", "b", "b", "", "", "\"c,d\"", "a", "a", "a"]

  func contents(_ entry: DatasetEntry) throws -> (rows: [Double], reader: any RecordingReader) {
    let reader = try entry.open()
    let width = reader.header.sensors.count
    var buffer = [Double](repeating: .nan, count: 3 * width)
    var rows: [Double] = []
    while case let count = try buffer.withUnsafeMutableBufferPointer({ try reader.readRows(into: $0) }), count > 0 {
      rows += buffer.prefix(count * width)
    }
    return (rows, reader)
  }

  func dataset(_ folder: TemporaryFolder, _ options: TableOptions) throws -> Dataset {
    var reading = ReadingOptions()
    reading.table = options
    return try Dataset.open(path: folder.path, reading: reading)
  }

  @Test func cutsRows() throws {
    for length in 1...12 {
      let folder = try TemporaryFolder()
      try folder.write("walk.1.csv", Self.text(Self.labels))
      let options = table { ($0.split, $0.valueColumns) = (.rows(length), ["x"]) }
      let entries = try dataset(folder, options).entries.reversed()
      let count = (11 + length - 1) / length
      #expect(entries.map(\.sampleID) == Array(1...count))
      #expect(entries.map(\.name) == (count == 1 ? ["walk.1"] : (1...count).map { "walk.1.s\($0)" }))
      #expect(entries.map(\.path) == (count == 1 ? ["walk.1.csv"] : (1...count).map { "walk.1.csv.s\($0)" }))
      #expect(entries.allSatisfy { $0.label == .single("walk") })
      let parts = try entries.map { try contents($0) }
      #expect(difference(parts.flatMap(\.rows), (0..<11).map { Double($0) + 0.5 }) == nil)
      #expect(parts.allSatisfy { $0.reader.header.intervalMs == 10 })
      #expect(parts.map(\.reader.bytesRead).reduce(0, +) <= Self.text(Self.labels).utf8.count)
      let prints = parts.compactMap(\.reader.fingerprint)
      #expect(Set(prints).count == count && prints.allSatisfy { $0.hasPrefix("xxh128:") && $0.utf8.count >= 39 })
      let remarks = parts.flatMap(\.reader.remarks)
      // Where a cut lies between the two, each of its sides tells of one.
      #expect(remarks.map { Int($0.prefix { $0 != " " }) ?? 0 }.reduce(0, +) == 2)
    }
  }

  @Test func fingerprintsNameTheRows() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "timestamp,x\n0,1\n10,2\n20,3\n")
    let whole = try contents(dataset(folder, TableOptions()).entries[0]).reader.fingerprint ?? ""
    let parts = try dataset(folder, table { $0.split = .milliseconds(25) }).entries
    #expect(try parts.map { try contents($0).reader.fingerprint } == ["\(whole)#rows=2-2", "\(whole)#rows=0-1"])
    let alone = try dataset(folder, table { $0.split = .milliseconds(30) }).entries
    #expect(try alone.map { try contents($0).reader.fingerprint } == [whole])
  }

  @Test func cutsMilliseconds() throws {
    func counts(_ milliseconds: Double, _ frequency: Double) throws -> [Int?] {
      let folder = try TemporaryFolder()
      try folder.write("a.csv", Self.text(Self.labels))
      let options = table {
        ($0.split, $0.frequencyHz, $0.valueColumns) = (.milliseconds(milliseconds), frequency, ["x"])
      }
      return try dataset(folder, options).entries.reversed().map { try $0.open().rowCount }
    }
    #expect(try counts(45, 100) == [4, 4, 3])
    #expect(try counts(0.3, 10_000) == [3, 3, 3, 2])
    #expect(try counts(1e300, 100) == [11])
    let folder = try TemporaryFolder()
    try folder.write("a.csv", Self.text(Self.labels))
    let options = table { ($0.split, $0.valueColumns) = (.milliseconds(9), ["x"]) }
    // Opening tells; the listing itself goes on.
    let entries = try dataset(folder, options).entries
    #expect(entries.count == 1)
    #expect {
      try entries[0].open()
    } throws: {
      "\($0)" == "a.csv: expected recordings of at least an interval, 10.0 ms, found a split every 9.0 ms"
    }
  }

  /// The spans that rows with these labels make.
  func spans(_ labels: some Collection<String>) -> RecordingLabel {
    let rows = labels.enumerated().map {
      LabelSpan(start: $0, end: $0, label: $1.replacing("\"", with: ""))
    }
    let flat = LabelSpan.flattened(rows)
    return flat.isEmpty ? .unlabeled : .multi(flat)
  }

  @Test func takesLabelsFromAColumn() throws {
    for length in 1...12 {
      for mode in TableOptions.Labeling.allCases {
        let folder = try TemporaryFolder()
        try folder.write("walk.csv", Self.text(Self.labels))
        let options = table { ($0.labelColumn, $0.labeling, $0.split) = ("label", mode, .rows(length)) }
        let entries = try dataset(folder, options).entries.reversed()
        let expected = stride(from: 0, to: 11, by: length).map { start -> RecordingLabel in
          let part = Self.labels[start..<min(11, start + length)]
          return mode == .runs ? spans(part) : RecordingLabel(listed: (part.last ?? "").replacing("\"", with: ""))
        }
        #expect(entries.map(\.label) == expected)
        #expect(try entries.map { try $0.open().label } == expected)
      }
    }
  }

  @Test func labelFilesAndListsWin() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.write("training/\(name).csv", Self.text(["x", "x", "y"])) }
    try folder.write(
      "training/info.labels",
      #"{"files": [{"path": "a.csv", "category": "training", "label": {"type": "label", "label": "A"}}, {"path": "b.csv", "category": "training", "label": {"type": "multi-label", "labels": [{"startIndex": 0, "endIndex": 0, "label": "p"}, {"startIndex": 1, "endIndex": 2, "label": "q"}]}}]}"#
    )
    try folder.write("testing/c.csv", Self.text(["x", "x", "y"]))
    let options = table { ($0.labelColumn, $0.labeling, $0.split) = ("label", .runs, .rows(2)) }
    #expect(
      lines(try dataset(folder, options)) == [
        "6 testing/c.csv.s2 c.s2 testing 0-0:y", "5 testing/c.csv.s1 c.s1 testing 0-1:x",
        "4 training/b.csv.s2 b.s2 training 0-0:q", "3 training/b.csv.s1 b.s1 training 0-0:p+1-1:q",
        "2 training/a.csv.s2 a.s2 training A", "1 training/a.csv.s1 a.s1 training A",
      ])
    try folder.write(
      "samples.json",
      #"[{"id": 9, "filename": "c.s2", "label": "L", "category": "testing"}, {"id": 7, "filename": "b.csv.s1", "label": "", "category": "training"}]"#
    )
    let listed = try dataset(folder, options)
    #expect(
      lines(listed) == ["9 testing/c.csv.s2 c.s2 testing L", "7 training/b.csv.s1 b.s1 training 0-0:p+1-1:q"])
    #expect(listed.ignored.map(\.path).contains("training/a.csv.s2"))
  }

  @Test func refusesChangedFiles() throws {
    let folder = try TemporaryFolder()
    let text = Self.text(Self.labels)
    try folder.write("a.csv", text)
    let entries = try dataset(folder, table { ($0.split, $0.valueColumns) = (.rows(3), ["x"]) }).entries
    try folder.write("a.csv", text + "1")
    #expect(throws: DatasetError.self) { try entries[0].open() }
    // The same size, but a row less, or one more.
    try folder.write("a.csv", text.replacing("100,10.5,a\n", with: "100,10.5;a\n"))
    #expect {
      try contents(entries[0])
    } throws: {
      "\($0)".hasSuffix("expected 2 rows, as there were when the file was indexed, found a file that has changed")
    }
  }

  @Test func boundsAnIndex() throws {
    let rows = String(repeating: "1,a\n1,b\n", count: TableIndex.limit / 2) + "1,a\n"
    for (options, what) in [
      (table { ($0.labelColumn, $0.labeling, $0.frequencyHz) = ("label", .runs, 1) }, "runs of labels"),
      (table { ($0.valueColumns, $0.split, $0.frequencyHz) = (["x"], .rows(1), 1) }, "recordings"),
    ] {
      #expect(
        tableFailure("x,label\n" + rows, options)
          == "line \(TableIndex.limit + 2): expected at most \(TableIndex.limit) \(what) in a file, found another one")
    }
  }

  /// Reading the first byte of a process's memory fails as a broken disk does.
  @Test func aFailingDiskIsNotTakenForABadFile() throws {
    var reading = ReadingOptions()
    reading.table.split = .rows(2)
    func parts(_ path: String) throws(DatasetError) -> Int {
      let recording = DatasetListing.Recording(
        file: FolderListing.File(path: "a.csv", byteCount: 9, realPath: path), name: "a", category: .training,
        label: .unlabeled, metadata: [:])
      return try recording.parts(reading).count
    }
    do {
      _ = try parts("/proc/self/mem")
      Issue.record("an error was expected")
    } catch {
      #expect(error.kind == .system)
    }
    let folder = try TemporaryFolder()
    #expect(try parts(folder.write("a.csv", "timestamp,x\n0,one\n")) == 1)
  }
}
