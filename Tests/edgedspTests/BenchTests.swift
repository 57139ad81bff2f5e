// `edgedsp bench`; no test depends on how fast anything is.
// 1. Text names what people look for; JSON is one object with the fields that scripts read.
// 2. A report can be compared with itself at any tolerance that noise cannot reach; a faster past ends with 1.
// 3. Wrong usage, reports that are missing, damaged or of another impulse, and blocks that there are not.
import Foundation
import Testing

@Suite(.onOwnThreads) struct BenchTests {
  @Test func textNamesWhatPeopleLookFor() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("bench", "--impulse", Fixture.impulse, "--seconds", "0.05", "--threads", "2")
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      let words = [
        "block 2 (Spectral features): spectral-analysis v4", "median", "p95", "p99", "1 thread", "2 threads", "filter",
        "statistics", "FFT", "log", "rest", "RAM: scratch", "measured peak", "Cortex-M4F", "RP2040", "expected range",
      ]
      #expect(words.filter { !outcome.output.contains($0) } == [])
    }
  }

  @Test func reportsAreComparable() throws {
    try withTemporaryFolder { folder in
      let measure = ["bench", "--impulse", Fixture.impulse, "--seconds", "0.05", "--block", "3"]
      let first = try Tool.run(measure + ["--json"], in: folder)
      #expect(first.code == 0)
      var report = try #require(JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [String: Any])
      #expect(report["schema"] as? String == "edgedsp-bench-2")
      var block = try #require((report["blocks"] as? [[String: Any]])?.first)
      let keys = [
        "allThreads", "blockId", "calibration", "calibrationAllThreads", "configurationHash", "devices", "features",
        "firstPlan",
        "implementationVersion",
        "input", "latency", "memory", "name", "oneThread", "plan", "singleWindow", "stages", "type",
      ]
      #expect(block.keys.sorted() == keys)
      try folder.write(first.output, to: "before.json")
      let same = try Tool.run(measure + ["--against", "before.json", "--tolerance", "1000"], in: folder)
      #expect(same.code == 0 && same.output.contains("compared with the earlier report"))

      // A past in which a window took no time to speak of.
      block["singleWindow"] = ["rounds": Array(repeating: 1e-6, count: 9)]
      report["blocks"] = [block]
      try folder.write(JSONSerialization.data(withJSONObject: report), to: "faster.json")
      let slower = try Tool.run(measure + ["--against", "faster.json", "--tolerance", "1000"], in: folder)
      #expect(slower.code == 1 && slower.output.contains("slower"))

      block["calibration"] = ["rounds": [0.0]]
      report["blocks"] = [block]
      try folder.write(JSONSerialization.data(withJSONObject: report), to: "damaged.json")
      let damaged = try Tool.run(measure + ["--against", "damaged.json"], in: folder)
      #expect(damaged.code == 65 && damaged.output.isEmpty)
      #expect(damaged.errors.contains("damaged.json: blocks[0].calibration.rounds: expected 9 times, found 1"))
    }
  }

  @Test(
    arguments: [
      (["--seconds", "0"], 64, "error: --seconds 0.0: must be from 0.05 to 3600"),
      (["--threads", "0"], 64, "error: --threads 0: must be from 1 to 1024"),
      (["--threads", "-1"], 64, "error: --threads -1: must be from 1 to 1024"),
      (["--tolerance", "-1"], 64, "error: --tolerance -1.0: must be from 0 to 1000"),
      (["--block", "2", "--block", "3", "--block", "2"], 64, "error: --block 2: is given twice"),
      (["--block", "77"], 78, "block = 77: the impulse has no processing block with this id; its ids are 2, 3, 4"),
      (["--against", "nothing.json"], 66, "error: nothing.json: expected a report"),
      (
        ["--against", "broken.json"], 65,
        "error: broken.json: expected a report of `edgedsp bench --json`, found no JSON"
      ),
      (
        ["--against", "empty.json"], 65,
        "error: empty.json: expected a report of `edgedsp bench --json`, found no schema"
      ),
    ])
  func wrongUseIsExplained(arguments: [String], code: Int, message: String) throws {
    try withTemporaryFolder { folder in
      try folder.write("no report", to: "broken.json")
      try folder.write("{}", to: "empty.json")
      let outcome = try Tool.run(
        ["bench", "--impulse", Fixture.impulse, "--seconds", "0.05"] + arguments, in: folder)
      #expect(outcome.code == code && outcome.output.isEmpty)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
