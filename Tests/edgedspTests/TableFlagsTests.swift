// A table must give the features of the same rows as JSON, through `generate` and `features` alike. Flags and the
// options file must say the same, flags winning; files that are cut give one recording each to both commands.
// Refusals are one line that names the flag or the key.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct TableFlagsTests {
  /// 30 rows, 100 a second, that differ in every value.
  static let rows: [[Double]] = (0..<30).map { (row: Int) -> [Double] in
    let value = Double(row)
    return [value / 8, value * value / 4 - 3]
  }

  private func write(to folder: TemporaryFolder) throws {
    try folder.write(smallImpulse, to: "impulse.json")
    try folder.write(
      acquisition(Self.rows.map { "[\($0[0]),\($0[1])]" }.joined(separator: ",")), to: "json/wave.1.json")
    let lines = Self.rows.enumerated().map { (row, values) -> String in
      let label = row < 15 ? "up" : "down"
      return "\(row * 10);\(values[0]);\(values[1]);\(label)\n"
    }
    try folder.write("ms;x;y;what\n\(lines.joined())", to: "csv/wave.1.csv")
  }

  @Test func tablesGiveTheFeaturesOfJSON() throws {
    try withTemporaryFolder { folder in
      try write(to: folder)
      func x(_ arguments: [String]) throws -> Data {
        let outcome = try Tool.run(
          ["generate"] + arguments + ["--impulse", "impulse.json", "-o", "out", "--quiet", "--overwrite"], in: folder)
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let set = try #require(folder.snapshot("out").keys.first { $0.hasSuffix("X.npy") })
        return try folder.data("out/\(set)")
      }
      let expected = try x(["json"])
      let flags = ["--csv-timestamp", "ms", "--csv-value", "x", "--csv-value", "3"]
      #expect(try x(["csv", "--csv-timestamp", "ms", "--csv-label", "what"]) == expected)
      try folder.write(#"{"timestamp": 1, "values": [3], "skip-lines": 0}"#, to: "o.json")
      #expect(try x(["csv", "--csv-options", "o.json", "--csv-value", "x", "--csv-value", "y"]) == expected)
      #expect(
        try x(["csv", "--csv-frequency", "100", "--csv-value", "x", "--csv-value", "y", "--csv-delimiter", ";"])
          == expected)
      #expect(
        try x(["csv", "--csv-names", "t, x,y,w", "--csv-timestamp", "t", "--csv-value", "x", "--csv-value", "y"])
          == expected)
      // Ten rows are a window: without an overlap over the cuts there are fewer of them.
      #expect(try x(["csv", "--csv-split-rows", "10"] + flags).count < expected.count)
    }
  }

  @Test func featuresChoosesTheSection() throws {
    try withTemporaryFolder { folder in
      try write(to: folder)
      let common = [
        "features", "csv/wave.1.csv", "--impulse", "impulse.json", "--csv-timestamp", "ms", "--csv-label", "what",
        "--csv-split-ms", "100",
      ]
      for (arguments, text) in [
        ([], "\"id\":1,\"name\":\"wave.1.s3\""), (["--dataset", "csv"], "\"id\":3,\"name\":\"wave.1.s3\""),
      ] {
        let outcome = try Tool.run(common + ["--section", "3"] + arguments, in: folder)
        #expect(outcome.code == 0 && outcome.output.contains(text), "\(outcome)")
        #expect(outcome.output.contains("\"yLabel\":\"down\""))
      }
      for (arguments, line) in [
        ([], "csv/wave.1.csv holds 3 recordings: choose one with --section"),
        (["--section", "4"], "--section 4: csv/wave.1.csv holds 3 recordings"),
      ] {
        let outcome = try Tool.run(common + arguments, in: folder)
        #expect(outcome.code == 64 && outcome.errors.contains(line), "\(outcome)")
      }
    }
  }

  @Test(
    arguments: [
      (["--csv-delimiter", "ab"], 64, "--csv-delimiter ab: must be one character, or tab;"),
      (["--csv-frequency", "0"], 64, "--csv-frequency 0.0: must be a frequency in Hz above 0"),
      (["--csv-split-ms", "1", "--csv-split-rows", "1"], 64, "--csv-split-ms and --csv-split-rows exclude each other"),
      (["--csv-options", "none.json"], 66, "none.json: expected a readable file, found nothing at this path"),
      (["--csv-options", "o.json"], 78, "o.json: split-rows: expected a whole number of rows above 0, found 0.0"),
      ([], 65, "wave.1.csv: line 3: expected one row only, since no column is named \"timestamp\""),
      (
        ["--csv-timestamp", "t"], 65,
        "expected the timestamp column \"t\", found the columns \"ms\", \"x\", \"y\", \"what\""
      ),
    ] as [([String], Int32, String)])
  func refuses(arguments: [String], code: Int32, text: String) throws {
    try withTemporaryFolder { folder in
      try write(to: folder)
      try folder.write(#"{"split-rows": 0}"#, to: "o.json")
      let outcome = try Tool.run(
        ["generate", "csv", "--impulse", "impulse.json", "-o", "out", "--quiet"] + arguments, in: folder)
      #expect(outcome.code == code && outcome.errors.contains(text) && outcome.errorLines.count == 1, "\(outcome)")
    }
  }
}
