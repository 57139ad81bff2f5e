// Strategy: one document for each way to write a single row, in JSON, with an interval of 0 and of 1000; then a
// second row, which an interval of 0 does not allow, in each shape of rows and with chunks that cut it.
// A payload that tells of a crop keeps all its rows and says so.

import Testing

@testable import Datasets

@Suite struct SingleRowTests {
  static func document(_ values: String, interval: String = "0", sensors: String = #"{"name":"x"},{"name":"y"}"#)
    -> String
  {
    #"{"payload":{"interval_ms":\#(interval),"sensors":[\#(sensors)],"values":"# + values + "}}"
  }

  @Test(arguments: ["[[1,2]]", "[1,2]"], ["0", "0.0", "-0", "0e5", "1000"])
  func readsASingleRow(values: String, interval: String) throws {
    let recording = try read(Self.document(values, interval: interval))
    #expect(recording.rows == [1, 2])
    #expect(recording.header.intervalMs == 1000 && recording.header.frequencyHz == 1)
  }

  @Test func readsNoRow() throws { #expect(try read(Self.document("[]")).rows.isEmpty) }

  @Test(
    arguments: [
      ("[[1,2],[3,4]]", "row 1 (byte 82): expected a single row, as an interval_ms of 0 says, found a second one"),
      ("[1,2,3]", "row 1 (byte 80): expected a single row, as an interval_ms of 0 says, found a second one"),
      ("[[1,2],]", "byte 82: expected a number, found \"]\""),
    ], [1, 4096])
  func refusesASecondRow(wrong: (String, String), chunk: Int) {
    #expect(failure(Array(Self.document(wrong.0).utf8), chunk: chunk) == "r: " + wrong.1)
  }

  @Test(arguments: [true, false])
  func keepsTheRowsOfACrop(first: Bool) throws {
    let crop = #""cropStart":1,"cropEnd":2"#
    let rest = #""interval_ms":10,"sensors":[{"name":"x"}],"values":[1,2,3]"#
    var remarks: [String] = []
    let text = "{\"payload\":{\(first ? crop : rest),\(first ? rest : crop)}}"
    #expect(try read(Array(text.utf8)) { remarks = $0 }.rows == [1, 2, 3])
    #expect(remarks == ["its cropStart (1.0) and cropEnd (2.0) are not applied: all rows are read"])
  }
}
