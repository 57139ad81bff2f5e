// The command translates arguments into a conversion and its outcome into words and exit codes: 65 for data that the
// format cannot hold, 66 for inputs that are missing, 73 for places that cannot be used, 74 for a disk that is full.
// Features of a converted dataset are those of the dataset, byte for byte.
import Foundation
import Testing

@Suite(.onOwnThreads) struct DatasetConvertTests {
  @Test(arguments: ["json", "cbor", "csv", "npy"])
  func featuresStayTheSame(format: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("dataset", "convert", Fixture.dataset, "--to", format, "-o", "converted")
      #expect(outcome.code == 0 && outcome.output.hasPrefix("32 recordings, 20,000 rows written as \(format) in "))
      #expect(outcome.errors.contains("no place for units") == (format == "csv"))
      for (dataset, output) in [(Fixture.dataset, "a"), ("converted", "b")] {
        let made = try folder.edgedsp("generate", dataset, "--impulse", Fixture.impulse, "-o", output, "--quiet")
        #expect(made.code == 0, "\(made.errors)")
      }
      for (name, bytes) in folder.snapshot("a") where name.hasSuffix("X.npy") || name.hasSuffix("labels.json") {
        #expect(folder.snapshot("b")[name] == bytes, "\(name)")
      }
    }
  }

  @Test func singleFilesGoWhereTheyAreSent() throws {
    try withTemporaryFolder { folder in
      try folder.write(acquisition(rows(4)), to: "wave.1.json")
      try folder.write(acquisition(rows(4)), to: "wave.2.json")
      #expect(
        try folder.edgedsp("dataset", "convert", "wave.1.json", "--to", "csv", "-o", "one.csv", "--quiet").code == 0)
      #expect(try folder.text("one.csv") == "timestamp,x,y\n0,0,0\n10,1,1.75\n20,2,3.5\n30,3,5.25\n")
      let two = try folder.edgedsp("dataset", "convert", "wave.1.json", "wave.2.json", "--to", "npy", "-o", "out")
      #expect(two.code == 0 && two.output.hasPrefix("2 recordings, 8 rows"))
      #expect(
        folder.snapshot("out").keys.sorted() == ["wave.1.json", "wave.1.npy", "wave.2.json", "wave.2.npy"])
      let cut = try folder.edgedsp(
        "dataset", "convert", "one.csv", "--to", "json", "-o", "cut", "--csv-split-rows", "3")
      #expect(cut.code == 0 && folder.snapshot("cut").keys.sorted() == ["one.s1.json", "one.s2.json"])
    }
  }

  @Test func refusalsHaveTheirExitCodes() throws {
    try withTemporaryFolder { folder in
      try folder.write(acquisition(rows(4)), to: "d/wave.1.json")
      try folder.write(acquisition("1,2,3", axes: ["audio"]), to: "d/wave.2.json")
      try folder.write("", to: "file")
      func run(_ arguments: String...) throws -> Outcome {
        try Tool.run(["dataset", "convert"] + arguments, in: folder)
      }
      let axes = try run("d", "--to", "wav", "-o", "out")
      #expect(axes.code == 65 && axes.errors.contains("d/wave.1.json: expected one axis") == false)
      #expect(axes.errors.hasPrefix("error: wave.1.json: expected one axis") && folder.snapshot("out").isEmpty)
      let some = try run("d", "--to", "wav", "-o", "out", "--keep-going")
      #expect(
        some.code == 65 && some.errors.contains("skipped: wave.1.json: ") && some.output.hasPrefix("1 recording,"))
      #expect(folder.snapshot("out").keys.sorted() == ["info.labels", "wave.2.wav"])
      #expect(try run("d", "--to", "json", "-o", "d/inside").code == 73)
      #expect(try run("d", "--to", "json", "-o", "file").code == 73)
      #expect(try run("d", "--to", "json", "-o", "file/below").code == 73)
      #expect(try run("nowhere", "--to", "json", "-o", "x").code == 66)
      #expect(try run("d", "d/wave.1.json", "--to", "json", "-o", "x").code == 64)
      #expect(try run("d", "--to", "mp3", "-o", "x").code == 64)
      #expect(try run("d", "--to", "cbor", "-o", "twice").code == 0)
      let again = try run("d", "--to", "cbor", "-o", "twice")
      #expect(again.code == 73 && again.errors.contains("--overwrite"))
      #expect(try run("d", "--to", "cbor", "-o", "twice", "--overwrite").code == 0)
    }
  }

  @Test func aFullDiskLeavesNothing() throws {
    try withTemporaryFolder { folder in
      try folder.write(acquisition(rows(200_000)), to: "d/wave.1.json")
      for format in ["json", "cbor", "csv", "npy"] {
        let line = "ulimit -f 100; edgedsp dataset convert d --to \(format) -o out --keep-going 2> errors; exit $?"
        #expect(try Tool.shell(line, in: folder) == 74, "\(format)")
        #expect(try folder.text("errors").contains("out/wave.1.\(format)"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
      }
    }
  }
}
