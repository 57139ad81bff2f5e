// What a format cannot hold is refused with the recording, the value and the way out, and leaves no file behind.
// A dataset that is converted reads back with the same rows, labels, categories, metadata and order; parts of a table get
// files of their own. A conversion never touches what it reads, never takes two recordings to one file, and takes back
// what it has written when it fails. A full disk is simulated by a limit on file sizes elsewhere, with the tool.
import Foundation
import OutputFiles
import Synchronization
import Testing

@testable import Datasets

struct ConversionTests {
  private static func write(
    _ format: WritableFormat, axes: [String] = ["audio"], interval: Double = 1, _ rows: [Double], image: Bool = false
  ) throws -> (message: String, files: [String]) {
    let folder = try TemporaryFolder()
    var header = RecordingHeader(sensors: axes.map { Sensor(name: $0, units: "") }, intervalMs: interval)
    if image { header.imageSize = PixelSize(width: 1, height: 1) }
    var message = "written"
    do {
      try MemoryReader(header, rows).write(format, to: "\(folder.path)/r.\(format)", name: "r")
    } catch {
      message = "\(error)"
      #expect((error as? DatasetError)?.kind == .unsupported)
    }
    return (message, try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
  }

  @Test func whatWAVCannotHoldIsRefused() throws {
    let cases: [(axes: [String], interval: Double, rows: [Double], words: [String])] = [
      (["x", "y"], 1, [1, 2], ["expected one axis", "found 2", "npy"]),
      (["x"], 16, [1, 2], ["whole number of Hz", "16.0 ms"]),
      (["x"], 1, [1, 0.5], ["r: row 1: ", "found 0.5", "use json"]),
      (["x"], 1, [1, 2, 40_000], ["row 2", "found 40000.0"]),
      (["x"], 1, [-0.0], ["found -0.0"]),
      (["x"], 1, [1e308], ["found 1e+308"]),
    ]
    for one in cases {
      let (message, files) = try Self.write(.wav, axes: one.axes, interval: one.interval, one.rows)
      #expect(one.words.filter { !message.contains($0) } == [], "\(message)")
      #expect(files == [])
    }
    #expect(try Self.write(.wav, [-32_768, 32_767, 0]).message == "written")
  }

  @Test func whatCSVCannotHoldIsRefused() throws {
    for name in ["timestamp", " x", "x\t", "\u{1}", ""] {
      let (message, files) = try Self.write(.csv, axes: [name], [1, 2])
      #expect(message.contains("axis names that CSV can hold") && files == [], "\(message)")
    }
    #expect(try Self.write(.csv, interval: 16, [1]).message.contains("one row at 16.0 ms"))
    #expect(try Self.write(.csv, interval: 1e308, [1, 2, 3, 4]).message.contains("timestamps that are finite"))
    let many = (0..<3000).map { "axis\($0)" }
    #expect(try Self.write(.csv, axes: many, Array(repeating: 1, count: 3000)).message.contains("65534 bytes"))
  }

  @Test(arguments: WritableFormat.allCases)
  func picturesAreRefused(format: WritableFormat) throws {
    let (message, files) = try Self.write(format, [1], image: true)
    #expect(message.contains("found a picture") && files == [])
  }

  // MARK: Datasets

  private static func json(_ values: String, device: String = "") -> String {
    """
    {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{\(device)"device_type":"T","interval_ms":16,\
    "sensors":[{"name":"x","units":"g"}],"values":[\(values)]}}
    """
  }

  private static func dataset(_ folder: TemporaryFolder) throws -> Dataset {
    try folder.write("in/training/wave.1.json", json("1,2,3"))
    try folder.write("in/testing/deep/idle.2.json", json("4.5,-0.0"))
    try folder.write("in/training/long.csv", "timestamp,x\n0,1\n16,2\n32,3\n48,4\n64,5\n")
    try folder.write(
      "in/info.labels",
      """
      {"version":1,"files":[
      {"path":"training/wave.1.json","name":"first","category":"training","label":{"type":"label","label":"wave"},\
      "metadata":{"who":"a \\"b\\""}},
      {"path":"testing/deep/idle.2.json","category":"testing","label":{"type":"unlabeled"}},
      {"path":"training/long.csv","category":"training","label":{"type":"multi-label","labels":[\
      {"startIndex":0,"endIndex":1,"label":"a"},{"startIndex":2,"endIndex":4,"label":"b"}]}}]}
      """)
    var reading = ReadingOptions()
    try reading.table.setSplit(rows: 3)
    return try Dataset.open(path: "\(folder.path)/in", reading: reading)
  }

  @Test(arguments: [WritableFormat.json, .cbor, .csv, .npy])
  func aDatasetReadsBackTheSame(format: WritableFormat) throws {
    let folder = try TemporaryFolder()
    let dataset = try Self.dataset(folder)
    let conversion = try DatasetConversion(dataset, format: format, to: "\(folder.path)/out", overwrites: false)
    let report = try conversion.run(threads: 2, keepsGoing: false)
    #expect(report.recordings == 4 && report.rows == 10 && report.failures.isEmpty)
    #expect(report.leftOut.map(\.part) == (format == .csv ? ["devices", "units"] : []))
    let again = try Dataset.open(path: "\(folder.path)/out")
    #expect(again.entries.map(\.path).contains("training/long.s2.\(format)"))
    for (a, b) in zip(dataset.entries, again.entries) {
      #expect(a.name == b.name && a.category == b.category && a.label == b.label && a.metadata == b.metadata)
      #expect(difference(try Recording(reading: b.open()).rows, try Recording(reading: a.open()).rows) == nil)
    }
    #expect(again.entries.count == dataset.entries.count && again.problems.isEmpty)
    // What is there stays, unless told otherwise.
    #expect(throws: (any Error).self) {
      _ = try DatasetConversion(dataset, format: format, to: "\(folder.path)/out", overwrites: false)
    }
    _ = try DatasetConversion(dataset, format: format, to: "\(folder.path)/out", overwrites: true)
      .run(threads: 1, keepsGoing: false)
  }

  @Test func aFailureTakesBackWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    for index in 0..<20 { try folder.write("in/a.\(index).json", Self.json("1,2")) }
    try folder.write("in/a.7.json", Self.json("1,oops"))
    try folder.write("in/a.9.json", Self.json("1,2.5"))
    let dataset = try Dataset.open(path: "\(folder.path)/in")
    let conversion = try DatasetConversion(dataset, format: .npy, to: "\(folder.path)/x/out", overwrites: false)
    let error = #expect(throws: DatasetErrors.self) { _ = try conversion.run(threads: 2, keepsGoing: false) }
    #expect(error?.errors.first?.file == "a.7.json")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/x"))
    let report = try conversion.run(threads: 2, keepsGoing: true)
    #expect(report.recordings == 19 && report.failures.map(\.file) == ["a.7.json"])
    #expect(try Dataset.open(path: "\(folder.path)/x/out").entries.count == 19)
  }

  /// Fails for the calls that it is told.
  private static func sync(failing calls: Set<Int>) -> SyncedFile.Step {
    let count = Mutex(0)
    return { _ in
      let call = count.withLock { count in
        defer { count += 1 }
        return count
      }
      errno = EIO
      return !calls.contains(call)
    }
  }

  /// A label file that is left would name files that are taken back.
  @Test func aLabelFileThatCannotBeSyncedIsTakenBackToo() throws {
    let folder = try TemporaryFolder()
    let dataset = try Self.dataset(folder)
    var conversion = try DatasetConversion(dataset, format: .json, to: "\(folder.path)/out", overwrites: false)
    conversion.sync = Self.sync(failing: [conversion.count])
    let error = #expect(throws: OutputError.self) { _ = try conversion.run(threads: 2, keepsGoing: false) }
    #expect(error?.kind == .unsynced && error?.path.hasSuffix("info.labels") == true)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/out"))
  }

  /// The description first, then the array: neither may stand beside the other one's old file.
  @Test(arguments: [[0], [1], [0, 1]] as [Set<Int>])
  func anArrayThatCannotBeSyncedIsWhole(calls: Set<Int>) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/r.npy"
    func reader(_ axis: String, _ rows: [Double]) -> MemoryReader {
      MemoryReader(RecordingHeader(sensors: [Sensor(name: axis, units: "")], intervalMs: 1), rows)
    }
    try reader("old", [1, 2]).write(.npy, to: path)
    let error = #expect(throws: OutputError.self) {
      try reader("new", [3, 4, 5]).write(.npy, to: path, name: nil, label: .unlabeled, sync: Self.sync(failing: calls))
    }
    #expect(error?.kind == .unsynced)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["r.json", "r.npy"])
    #expect(try String(contentsOfFile: "\(folder.path)/r.json", encoding: .utf8).contains("\"new\""))
    #expect(try Data(contentsOf: URL(filePath: path)).count == 128 + 24)
  }

  @Test func namesThatMeetAreRefused() throws {
    let folder = try TemporaryFolder()
    for name in ["in/a.json", "in/a.csv", "list/samples.csv", "set/X.csv", "set/metadata.csv"] {
      try folder.write(name, name.hasSuffix("json") ? Self.json("1") : "timestamp,x\n0,1\n1,2\n")
    }
    for (name, words) in [
      ("in", "which becomes \"a.npy\" too"), ("list", "Studio's list of samples"), ("set", "taken for a feature set"),
    ] {
      let dataset = try Dataset.open(path: "\(folder.path)/\(name)")
      let error = #expect(throws: DatasetErrors.self) {
        _ = try DatasetConversion(dataset, format: .npy, to: "\(folder.path)/out", overwrites: true)
      }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
    for files in [["in/a.csv", "in/a.csv"], ["in/a.csv", "in/a.json"]] {
      #expect(throws: DatasetErrors.self) {
        _ = try DatasetConversion(
          files: files.map { "\(folder.path)/\($0)" }, reading: ReadingOptions(), format: .npy,
          to: "\(folder.path)/out", overwrites: true)
      }
    }
  }

  @Test func whatIsReadIsNeverReplaced() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/a.json", Self.json("1,2"))
    try folder.link("alias", to: "\(folder.path)/in")
    let dataset = try Dataset.open(path: "\(folder.path)/in")
    for output in ["in", "in/new", "in/new/deeper", "alias", "alias/new", "in/"] {
      #expect(throws: (any Error).self, "\(output)") {
        _ = try DatasetConversion(dataset, format: .json, to: "\(folder.path)/\(output)", overwrites: true)
      }
    }
    _ = try DatasetConversion(dataset, format: .json, to: "\(folder.path)/in2", overwrites: true)
    for output in ["in", "in/a.json"] {
      #expect(throws: (any Error).self, "\(output)") {
        _ = try DatasetConversion(
          files: ["\(folder.path)/alias/a.json"], reading: ReadingOptions(), format: .json,
          to: "\(folder.path)/\(output)", overwrites: true)
      }
    }
  }
}
