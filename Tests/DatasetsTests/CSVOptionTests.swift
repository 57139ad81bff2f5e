// Strategy: one table, and a change of options at a time: axes, interval and rows are compared whole, so that an
// option that changes more than it should is seen. Timestamps of every format stand for the same instants and must
// give the same interval exactly; differences of large ones must not lose nanoseconds. Columns that are not there
// must be answered with those that are. The options file must give what the setters give, and refuse all else.

import Testing

@testable import Datasets

@Suite struct CSVOptionTests {
  static let text = "t,x,y,activity\n0,1,2,walk\n20,3,4,walk\n40,5,6,run\n"

  func summary(_ text: String, _ change: (inout TableOptions) throws -> Void) throws -> String {
    let options = try table(change)
    let contents = try readTable(text, options)
    let pieces = try readTable(text, options, chunk: 3)
    #expect(contents.recording == pieces.recording && contents.label == pieces.label)
    return "\(contents.axes) \(contents.recording.header.intervalMs) \(contents.recording.rows)"
  }

  @Test func takesColumnsByNameAndNumber() throws {
    let expected = #"["x", "y"] 20.0 [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]"#
    #expect(try summary(Self.text) { ($0.timestampColumn, $0.labelColumn) = ("t", "activity") } == expected)
    #expect(try summary(Self.text) { ($0.timestampColumn, $0.labelColumn) = ("1", "4") } == expected)
    #expect(
      try summary(Self.text) { ($0.timestampColumn, $0.valueColumns) = ("t", ["y"]) } == #"["y"] 20.0 [2.0, 4.0, 6.0]"#)
    // File order, whatever the order of the options; a name that is a number wins.
    #expect(
      try summary("timestamp,2,1\n0,7,8\n") { $0.valueColumns = ["1", "2"] } == #"["2", "1"] 1000.0 [7.0, 8.0]"#)
    #expect(
      try summary(Self.text) { ($0.frequencyHz, $0.valueColumns) = (50, ["x", "t"]) }
        == #"["t", "x"] 20.0 [0.0, 1.0, 20.0, 3.0, 40.0, 5.0]"#)
  }

  @Test func frequencyReplacesTimestamps() throws {
    let text = "timestamp,x\nyesterday,1\n,2\n"
    #expect(try summary(text) { $0.frequencyHz = 62.5 } == #"["x"] 16.0 [1.0, 2.0]"#)
  }

  @Test func skipsLinesAndHeader() throws {
    let text = "Logger \"3\ndate;now\n0|1,5|2\n10|3|4\n"
    #expect(
      try summary(text) {
        ($0.skippedLines, $0.hasHeader, $0.timestampColumn) = (2, false, "1")
        try $0.setDelimiter("|")
      } == #"["column2", "column3"] 10.0 [1.5, 2.0, 3.0, 4.0]"#)
    #expect(
      try summary("0 1.5 2\n10 3 4\n") {
        ($0.hasHeader, $0.timestampColumn) = (false, "column1")
        try $0.setDelimiter(" ")
      } == #"["column2", "column3"] 10.0 [1.5, 2.0, 3.0, 4.0]"#)
    #expect(
      tableFailure("a\n", table { $0.skippedLines = 3 })
        == "line 2: expected a line that names the columns, found the end of the file")
  }

  static let instants: [(TableOptions.TimestampFormat, String, String, Double)] = [
    (.milliseconds, "1000", "1016", 16), (.milliseconds, "0.1", "0.3", 0.3 - 0.1),
    (.seconds, "1700000000.010", "1700000000.026", 16), (.seconds, "-0.008", "0.008", 16),
    (.seconds, "1e3", "1.016e3", 16_000),
    (.seconds, "1700000000.0000625", "1700000000.000125", 0.0625), (.seconds, ".5", "1", 500),
    (.microseconds, "1700000000000010", "1700000000016010", 16),
    (.microseconds, "1700000000000010.5", "1700000000000011", 0.0005),
    (.nanoseconds, "1700000000000000001", "1700000000016000001", 16),
    (.dateTime, "2024-02-29T23:59:59.992Z", "2024-03-01T00:00:00.008Z", 16),
    (.dateTime, "2023-12-31 23:59:59.992", "2024-01-01 00:00:00.008", 16),
    (.dateTime, "2024-05-01T12:00:00+02:00", "2024-05-01T10:00:01Z", 1000),
    (.dateTime, "2024-05-01T12:00:00-0330", "2024-05-01T15:31Z", 60_000),
    (.dateTime, "1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00.25Z", 750),
    (.clock, "09:59:59.992", "10:00:00.008", 16), (.clock, "23:59:59.992", "00:00:00.008", 16),
    (.clock, "00:00:01", "00:00:02", 1000), (.clock, "25:00:00,5", "25:00:01", 500),
  ]

  @Test(arguments: instants)
  func readsTimestamps(format: TableOptions.TimestampFormat, first: String, second: String, interval: Double) throws {
    let text = "timestamp;x\n\(first);1\n\(second);2\n"
    let contents = try readTable(text, table { $0.timestampFormat = format })
    #expect(contents.recording.header.intervalMs == interval)
    // The other column, and nothing odd about times that pass midnight.
    #expect(contents.recording.rows == [1, 2] && contents.remarks == [])
  }

  @Test func timestampsBecome1970() {
    for (text, seconds) in [
      ("1970-01-01T00:00Z", 0), ("2000-03-01T00:00:00Z", 951_868_800), ("2024-02-29T00:00Z", 1_709_164_800),
    ] {
      let instant = Array(text.utf8).withUnsafeBufferPointer { TableInstant($0, format: .dateTime) }
      #expect(instant?.nanoseconds == Int64(seconds) * 1_000_000_000)
    }
  }

  static let wrongInstants: [(TableOptions.TimestampFormat, String)] = [
    (.dateTime, "2023-02-29T00:00Z"), (.dateTime, "2023-13-01T00:00Z"), (.dateTime, "2023-01-01"),
    (.dateTime, "2023-01-01T24:00"), (.dateTime, "2023-01-01T00:00Zulu"), (.dateTime, "0001-01-01T00:00Z"),
    (.dateTime, "2023-01-01T00:00:00."), (.clock, "12:00"), (.clock, "1:00:00"), (.clock, "12:60:00"),
    (.clock, "12:00:00 PM"),
    (.seconds, "99999999999999"), (.seconds, "1e300"), (.nanoseconds, "9223372036854775808"), (.seconds, "nan"),
    (.microseconds, ""), (.nanoseconds, "1.5.5"),
  ]

  @Test(arguments: wrongInstants)
  func refusesTimestamps(format: TableOptions.TimestampFormat, text: String) {
    let options = table { $0.timestampFormat = format }
    let expected = "line 2, column 1: expected \(format.expectation), found \"\(text)\""
    #expect(tableFailure("timestamp,x\n\(text),1\n", options) == expected)
    let good =
      format == .clock
      ? ["00:00:00", "00:00:01"] : format == .dateTime ? ["2024-01-01T00:00", "2024-01-01T00:01"] : ["0", "1"]
    // On the road for plain rows, too.
    let rows = good.map { "\($0),1\n" }.joined() + "\(text),1\n" + String(repeating: "\(good[1]),1\n", count: 20)
    #expect(tableFailure("timestamp,x\n\(rows)", options) == expected.replacing("line 2", with: "line 4"))
  }

  @Test func namesTheColumnsThereAre() {
    let columns = #"the columns "t", "x", "y", "activity""#
    for (purpose, options) in [
      ("timestamp", table { $0.timestampColumn = "time" }), ("label", table { $0.labelColumn = "time" }),
      ("value", table { $0.valueColumns = ["x", "time"] }),
    ] {
      #expect(tableFailure(Self.text, options) == "line 1: expected the \(purpose) column \"time\", found \(columns)")
    }
    #expect(
      tableFailure(Self.text, table { ($0.timestampColumn, $0.labelColumn) = ("t", "t") })
        == "line 1: expected different columns for timestamps and labels, found \"t\"")
    #expect(
      tableFailure(Self.text, table { ($0.timestampColumn, $0.valueColumns) = ("t", ["1"]) })
        == "line 1: expected different columns for timestamps and values, found \"t\"")
  }

  // MARK: The options file

  @Test func readsOptionsFiles() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "o.json",
      #"{"skip-lines": 2, "delimiter": "tab", "no-header": true, "timestamp": 1, "timestamp-format": "hh:mm:ss", "frequency": 50, "label": "a", "label-mode": "runs", "values": ["x", 3], "split-ms": 1000}"#
    )
    let expected = try table {
      ($0.skippedLines, $0.delimiter, $0.hasHeader, $0.timestampColumn) = (2, 9, false, "1")
      ($0.timestampFormat, $0.frequencyHz, $0.labelColumn, $0.labeling) = (.clock, 50, "a", .runs)
      $0.valueColumns = ["x", "3"]
      try $0.setSplit(milliseconds: 1000)
    }
    #expect(try TableOptions(path: path) == expected)
  }

  static let wrongFiles: [(String, String)] = [
    (#"{"skip": 1}"#, "o.json: expected one of the keys \(TableOptions.keys.joined(separator: ", ")), found \"skip\""),
    (#"{"skip-lines": -1}"#, "o.json: skip-lines: expected a whole number of lines, 0 or more, found -1.0"),
    (#"{"skip-lines": 1.5}"#, "o.json: skip-lines: expected a whole number of lines, 0 or more, found 1.5"),
    (
      #"{"delimiter": "ab"}"#,
      "o.json: delimiter: expected one character, or tab; not a quote, digit, sign, dot or e, found \"ab\""
    ),
    (#"{"frequency": 0}"#, "o.json: frequency: expected a frequency in Hz above 0, found 0.0"),
    (#"{"values": "x"}"#, "o.json: values: expected a list of columns, found \"x\""),
    (
      #"{"timestamp-format": "min"}"#,
      "o.json: timestamp-format: expected one of ms, s, us, ns, iso8601, hh:mm:ss, found \"min\""
    ),
    (#"{"label-mode": "all"}"#, "o.json: label-mode: expected last or runs, found \"all\""),
    (#"{"split-rows": 0}"#, "o.json: split-rows: expected a whole number of rows above 0, found 0.0"),
    (#"{"split-rows": 1, "split-ms": 1}"#, "o.json: expected split-ms or split-rows, found both"),
    (#"{"no-header": "yes"}"#, "o.json: no-header: expected true or false, found \"yes\""),
  ]

  @Test(arguments: wrongFiles)
  func refusesOptionsFiles(text: String, expected: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("o.json", text)
    #expect {
      try TableOptions(path: path)
    } throws: {
      "\($0)".hasSuffix(expected)
    }
  }
}
