// Strategy: each of the uploader's rules (2022) has a small table that only that rule reads right; axes, interval,
// rows and remarks are compared whole. Every table is read with buffers of one byte to the default, so that the
// road for plain rows and the one for all others must agree. Refusals are compared word for word, with line and
// column. A long table that mixes both roads is compared with values that the test itself has written.

import Testing

@testable import Datasets

@Suite struct CSVRuleTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var axes: [String] = ["x", "y"]
    var interval = 10.0
    var rows: [Double] = [1.5, -2, 3, 4]
    var remarks: [String] = []

    init(_ name: String, _ text: String) { (testDescription, self.text) = (name, text) }

    func with(_ change: (inout Rule) -> Void) -> Rule {
      var rule = self
      change(&rule)
      return rule
    }
  }

  static let dropped = "1 row does not have 3 columns and is left out, the first in line 3"
  static let rules: [Rule] = [
    Rule("comma", "timestamp,x,y\n0,1.5,-2\n10,3,4\n"),
    Rule("no last line end", "timestamp,x,y\n0,1.5,-2\n10,3,4"),
    Rule("semicolon, decimal comma", "timestamp;x;y\n0;1,5;-2,0\n10;3;4\n"),
    Rule("tab", "timestamp\tx\ty\n0\t1.5\t-2\n10\t3\t4\n"),
    Rule("most columns win", "timestamp;x;y,z\n0;1,5;-2\n10;3;4\n").with { $0.axes = ["x", "y,z"] },
    Rule("mark and CRLF", "\u{FEFF}timestamp,x,y\r\n0,1.5,-2\r\n10,3,4\r\n"),
    Rule("CR at the end", "timestamp,x,y\r\n0,1.5,-2\r\n10,3,4\r"),
    Rule("names are trimmed", " timestamp ,\tx, y  \n0,1.5,-2\n10,3,4\n"),
    Rule("blanks around values", "timestamp,x,y\n 0 , 1.5,-2 \n10,3 ,\t4\n"),
    Rule("timestamp is not first", "x,timestamp,y\n1.5,0,-2\n3,10,4\n"),
    Rule("only the exact name", "timestamp,Timestamp\n0,1\n10,2\n").with {
      ($0.axes, $0.rows) = (["Timestamp"], [1, 2])
    },
    Rule("quotes", "\"timestamp\",\"x\",\"y\"\n\"0\",\"1.5\",\"-2\"\n\"10\",\"3\" , \"4\"\n"),
    Rule("quoted decimal comma", "timestamp,x,y\n0,\"1,5\",-2\n10,3,4\n"),
    Rule("quoted delimiters and line ends", "timestamp,\"x,\"\"1\"\"\",\"y\n2\"\r\n0,1.5,-2\n10,3,4\n").with {
      $0.axes = ["x,\"1\"", "y\n2"]
    },
    Rule("quotes inside a field", "timestamp,x\"1\",y\n0,1.5,-2\n10,3,4\n").with { $0.axes = ["x\"1\"", "y"] },
    Rule("rows of other lengths", "timestamp,x,y\n0,1.5,-2\n5,9\n7,9,9,9\n10,3,4\n").with {
      $0.remarks = ["2 rows do not have 3 columns and are left out, the first in line 3"]
    },
    Rule("a quoted row of another length", "timestamp,x,y\n0,1.5,-2\n\"5,9\",9\n10,3,4\n").with {
      $0.remarks = [dropped]
    },
    Rule("blank lines between rows", "timestamp,x,y\n0,1.5,-2\n\n10,3,4\n\n\r\n").with { $0.remarks = [dropped] },
    Rule("an index as pandas writes it", ",timestamp,x,y\n0,0,1.5,-2\n1,10,3,4\n").with {
      $0.remarks = ["column 1 has no name and counts the rows in the first rows: it is left out"]
    },
    Rule("a delimiter behind every line", "timestamp,x,y,\n0,1.5,-2,\n10,3,4,\n").with {
      $0.remarks = ["column 4 has no name and is empty in the first rows: it is left out"]
    },
    Rule("values without a name", "timestamp,x,\n0,1.5,-2\n10,3,4\n").with { $0.axes = ["x", "column3"] },
    Rule("one row", "timestamp,x,y\n77,1.5,-2\n").with { ($0.interval, $0.rows) = (1000, [1.5, -2]) },
    Rule("one row without timestamp", "x,y\n1.5,-2\n").with {
      ($0.interval, $0.rows) = (1000, [1.5, -2])
      $0.remarks = ["it is one row without a rate: 1 Hz (1000 ms) is assumed"]
    },
    Rule("first difference", "timestamp,x\n0,1\n10,2\n22,3\n").with {
      ($0.axes, $0.rows) = (["x"], [1, 2, 3])
      $0.remarks = [
        "the first two timestamps are 10.0 ms apart, which counts as the interval, but all of them on average 11.0 ms"
      ]
    },
    Rule("within 1 %", "timestamp,x\n0,1\n10,2\n20.2,3\n").with { ($0.axes, $0.rows) = (["x"], [1, 2, 3]) },
    Rule("jumps", "timestamp,x\n0,1\n10,2\n14,3\n\"24\",4\n34,5\n50,6\n").with {
      ($0.axes, $0.rows) = (["x"], [1, 2, 3, 4, 5, 6])
      $0.remarks = ["2 steps between timestamps are more than 50 % off the interval of 10.0 ms, the first in line 4"]
    },
    Rule("as doubles subtract", "timestamp,x\n0.1,1\n0.3,2\n").with {
      ($0.axes, $0.rows, $0.interval) = (["x"], [1, 2], 0.3 - 0.1)
    },
    Rule("spellings", "timestamp,a,b,c,d,e,f\n0,+1,.5,5.,007.25,1e3,-0\n10,1E-2,-.5,+5.,-00,2.5e+1,12345678.5\n").with {
      $0.axes = ["a", "b", "c", "d", "e", "f"]
      $0.rows = [1, 0.5, 5, 7.25, 1000, -0.0, 0.01, -0.5, 5, -0.0, 25, 12_345_678.5]
    },
  ]

  @Test(arguments: rules)
  func reads(rule: Rule) throws {
    for chunk in [1, 2, 7, 64, ByteSource.defaultChunk] {
      let contents = try readTable(rule.text, chunk: chunk)
      let expected = RecordingHeader(
        sensors: rule.axes.map { Sensor(name: $0, units: "N/A") }, intervalMs: rule.interval)
      #expect(contents.recording.header == expected, "chunk \(chunk)")
      #expect(difference(contents.recording.rows, rule.rows) == nil, "chunk \(chunk)")
      #expect(contents.remarks == rule.remarks, "chunk \(chunk)")
    }
  }

  static let refusals: [(String, String)] = [
    (
      "accX,accY\n1,2\n3,4\n",
      "line 3: expected one row only, since no column is named \"timestamp\": name one with --csv-timestamp, or state "
        + "the sampling rate with --csv-frequency, found another row below the columns \"accX\", \"accY\""
    ),
    (
      "timestamp,x\n0,1\n10,abc\n", "line 3, column 2: expected a number for \"x\", found \"abc\", which is not numeric"
    ),
    (
      "timestamp,x\n0,1\n10,\n",
      "line 3, column 2: expected a number for \"x\", found an empty field, which is not numeric"
    ),
    (
      "timestamp,x\n0,1\n10,NaN\n",
      "line 3, column 2: expected a finite number for \"x\", found \"NaN\", which is not finite"
    ),
    (
      "timestamp,x\n0,1\n10,-inf\n",
      "line 3, column 2: expected a finite number for \"x\", found \"-inf\", which is not finite"
    ),
    (
      "timestamp,x\n0,1\n10,1e999\n",
      "line 3, column 2: expected a finite number for \"x\", found \"1e999\", which is not finite"
    ),
    (
      "timestamp;x\n0;1\n10;1.000,5\n",
      "line 3, column 2: expected a number for \"x\", found \"1.000,5\", which is not numeric"
    ),
    (
      "timestamp,x\n0,1\n10,0x10\n",
      "line 3, column 2: expected a number for \"x\", found \"0x10\", which is not numeric"
    ),
    (
      "timestamp,x\n0,1\n10,\"1\n\"\n",
      "line 3, column 2: expected a number for \"x\", found \"1\\n\", which is not numeric"
    ),
    (
      "timestamp,x\n0,1\n0,2\n",
      "line 3, column 1: expected a timestamp after that of the first row, found an interval of 0.0 ms"
    ),
    (
      "timestamp,x\n5,1\n0,2\n",
      "line 3, column 1: expected a timestamp after that of the first row, found an interval of -5.0 ms"
    ),
    (
      "timestamp,x\n0,1\n10,2\n20,3\n15,4\n",
      "line 5, column 1: expected a timestamp after that of the row before (--csv-frequency states the rate without "
        + "timestamps), found \"15\", which is 5.0 ms before it"
    ),
    (
      "timestamp,x\n0,1\n10,2\n\"10\",3\n",
      "line 4, column 1: expected a timestamp after that of the row before (--csv-frequency states the rate without "
        + "timestamps), found \"10\" again"
    ),
    ("timestamp,x\n0,1\nnow,2\n", "line 3, column 1: expected a timestamp in ms, found \"now\""),
    ("timestamp,x\n0,1\n10,2\nnan,3\n", "line 4, column 1: expected a timestamp in ms, found \"nan\""),
    ("timestamp,x,x\n0,1,2\n", "line 1, column 3: expected columns with different names, found \"x\", as in column 2"),
    (
      "1,1\n2,3\n",
      "line 1, column 2: expected columns with different names (--csv-no-header where the first line is a row), "
        + "found \"1\", as in column 1"
    ),
    (
      "1,2\n2,3\n4,5\n",
      "line 3: expected one row only, since no column is named \"timestamp\": name one with --csv-timestamp, or state "
        + "the sampling rate with --csv-frequency (--csv-no-header where the first line is a row), found another row "
        + "below the columns \"1\", \"2\""
    ),
    (
      "# made by hand\ntimestamp,x\n0,1\n10,2\n",
      "line 1: expected a line that names the columns: --csv-skip-lines passes over others, found a line that begins "
        + "with #"
    ),
    (
      "timestamp\n0\n10\n",
      "line 1: expected a column of values beside timestamps and labels, found the columns \"timestamp\""
    ),
    ("timestamp,x\n", "line 2: expected a row of 2 columns, found the end of the file"),
    (
      "timestamp,x\n\n0,1,2\n10,3,4\n",
      "line 3: expected a row of 2 columns, found 2 rows that have 3 columns, the first in line 3"
    ),
    (
      "sep=;\r\ntimestamp;x\r\n0;1\r\n",
      "line 1: expected a line that names the columns: --csv-skip-lines 1 passes over this one, found \"sep=;\""
    ),
    ("timestamp,x\n0,1\n10,\"2\n", "line 3, column 2: expected a closing quote, found the end of the file"),
    (
      "timestamp,x\n0,1\n10,\"2\"3\n", "line 3, column 2: expected a delimiter behind the closing quote, found \"3\""
    ),
  ]

  @Test func columnsAreNamedByTheUser() throws {
    let named = try table { try $0.setNames(["timestamp", "x", "y"]) }
    let bare = try table {
      try $0.setNames(["timestamp", "x", "y"])
      $0.hasHeader = false
    }
    for (text, options) in [("a,a,\n0,1.5,-2\n10,3,4\n", named), ("0,1.5,-2\n10,3,4\n", bare)] {
      let contents = try readTable(text, options)
      #expect(contents.axes == ["x", "y"] && contents.recording.header.intervalMs == 10)
      #expect(difference(contents.recording.rows, [1.5, -2, 3, 4]) == nil)
    }
    #expect(tableFailure("0,1\n10,3\n", bare) == "line 1: expected 3 columns, one for each name, found 2")
    #expect(throws: TableOptions.Refusal.self) { try table { try $0.setNames(["x", "x"]) } }
  }

  @Test func unnamedColumnsCanBeChosen() throws {
    let options = table { $0.valueColumns = ["1", "x"] }
    let contents = try readTable(",timestamp,x\n0,0,5\n1,10,6\n", options)
    #expect(contents.axes == ["column1", "x"] && contents.remarks.isEmpty)
    #expect(difference(contents.recording.rows, [0, 5, 1, 6]) == nil)
  }

  @Test(arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]] as [[UInt8]])
  func refusesUTF16(bytes: [UInt8]) {
    #expect(failure(bytes) == "r: byte 0: expected text in UTF-8, found UTF-16: save it as UTF-8")
  }

  @Test(arguments: refusals)
  func refuses(text: String, expected: String) {
    for chunk in [1, 5, ByteSource.defaultChunk] { #expect(tableFailure(text, chunk: chunk) == expected) }
  }

  @Test func refusesLongLines() {
    let long = String(repeating: "1", count: ByteSource.tokenLimit)
    for (text, expected) in [
      ("x\n\(long)2", "a line of at most 65536 bytes"), ("x\n\"\(long)", "a closing quote within 65536 bytes"),
      ("x\n\(long)2\n", "a line of at most 65536 bytes"), ("x\n\"\(long)\"\n", "a closing quote within 65536 bytes"),
    ] {
      for chunk in [1000, ByteSource.defaultChunk] {
        #expect(
          tableFailure(text, chunk: chunk)
            == "line 2: expected \(expected), found a longer line (its first byte is 2)")
      }
    }
  }

  /// 20 000 rows in which plain and other spellings alternate.
  @Test func readsLongTables() throws {
    var random = SeededGenerator(seed: 4180)
    var text = "timestamp,a,b,c\n"
    var expected: [Double] = []
    var dropped = 0
    for row in 0..<20_000 {
      var fields = ["\(row * 16)"]
      for _ in 0..<3 {
        let value = Double(Int.random(in: -999_999_999...999_999_999, using: &random)) / 1e4
        expected.append(value)
        switch Int.random(in: 0..<20, using: &random) {
        case 0: fields.append("\"\(value)\"")
        case 1: fields.append(" \(value) ")
        case 2: fields.append("\"\(value)\"".replacing(".", with: ","))
        default: fields.append("\(value)")
        }
      }
      text += fields.joined(separator: ",") + (row % 7 == 0 ? "\r\n" : "\n")
      if row % 97 == 50 {
        text += "1,2\n"
        dropped += 1
      }
    }
    let contents = try readTable(text)
    #expect(difference(contents.recording.rows, expected) == nil)
    #expect(contents.recording.header.intervalMs == 16)
    #expect(contents.remarks == ["\(dropped) rows do not have 4 columns and are left out, the first in line 53"])
  }

  /// A sample of an uploader's own tests: rows without timestamps.
  @Test func refusesRowsWithoutTime() {
    let rows = "4.220828473773600,1.8800472920291100,-16.89228981323240\n"
    #expect(
      tableFailure("accX,accY,accZ\n\(rows)\(rows)").hasPrefix(
        "line 3: expected one row only, since no column is named"))
  }

  @Test func onlyPrintableTextIsATable() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", Array("timestamp,x\n0,1\u{1}\n".utf8))
    let text = try folder.write("t.json", "timestamp,x\n0,1\n")
    #expect {
      try RecordingFile.open(path: path, displayName: "t")
    } throws: {
      "\($0)" == "t: byte 15: expected text, found the byte 0x01"
    }
    for path in [text] {
      #expect {
        try RecordingFile.open(path: path, displayName: "t")
      } throws: {
        "\($0)".hasPrefix("t: byte 0: expected \(RecordingFormat.expectation), found \"timestamp,x")
      }
    }
  }
}
