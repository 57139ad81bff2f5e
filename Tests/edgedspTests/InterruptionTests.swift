// What is left on disk when a run does not come to its end: killed at a random moment, or out of space.
// Two impulses that differ in one parameter take turns; after each kill every set must be, to the byte, the one of
// the last complete state or the new one. Then a run must succeed and leave nothing hidden.
// The moments are spread over the time that a whole run takes, measured first; they differ from run to run.
// The full disk is a memory file system of 256 kB, which only root can mount.
import Foundation
import Glibc
import Testing

@Suite(.onOwnThreads) struct InterruptionTests {
  private static let sets = ["2-spectral-features", "3-flatten", "4-raw-data"]

  private func arguments(_ impulse: String, _ dataset: String = Fixture.dataset, output: String = "out") -> [String] {
    ["generate", dataset, "--impulse", impulse, "-o", output, "--overwrite", "--quiet"]
  }

  @Test func killedRunsLeaveWholeSets() throws {
    try withTemporaryFolder { folder in
      try folder.write(
        try Fixture.impulse(replacing: "\"scale-axes\": \"1\"", with: "\"scale-axes\": \"1\""), to: "0.json")
      try folder.write(
        try Fixture.impulse(replacing: "\"scale-axes\": \"1\"", with: "\"scale-axes\": \"2\""), to: "1.json")
      var whole: [[String: [String: Data]]] = []
      var seconds = 0.0
      for index in 0...1 {
        let started = DispatchTime.now().uptimeNanoseconds
        #expect(try Tool.run(arguments("\(index).json", output: "whole-\(index)"), in: folder).code == 0)
        seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
        whole.append(Dictionary(uniqueKeysWithValues: Self.sets.map { ($0, folder.snapshot("whole-\(index)/\($0)")) }))
      }
      #expect(Self.sets.allSatisfy { whole[0][$0] != whole[1][$0] })
      #expect(try Tool.run(arguments("0.json"), in: folder).code == 0)

      for round in 1...20 {
        let process = try Tool.start(arguments("\(round % 2).json"), in: folder)
        usleep(UInt32.random(in: 0...UInt32(seconds * 1.2e6)))
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        for set in Self.sets {
          let found = folder.snapshot("out/\(set)")
          let differences = whole.map { firstDifference(found, $0[set] ?? [:]) }
          #expect(differences.contains(nil), "round \(round), \(set): \(differences)")
        }
      }
      let last = try Tool.run(arguments("1.json"), in: folder)
      #expect(last.code == 0 && last.errors.isEmpty)
      #expect(firstDifference(folder.snapshot("out"), folder.snapshot("whole-1")) == nil)
    }
  }

  /// Without descriptors every run ends with 71 and a message, or succeeds, and leaves nothing hidden.
  @Test(arguments: 4...12) func runsWithoutDescriptorsEndCleanly(limit: Int) throws {
    try withTemporaryFolder { folder in
      let code = try Tool.shell(
        "{ ulimit -n \(limit); edgedsp generate '\(Fixture.dataset)' --impulse '\(Fixture.impulse)' -o out --quiet"
          + "; } 2> errors.txt < /dev/null > /dev/null", in: folder)
      let errors = try folder.text("errors.txt")
      #expect(code == 0 || code == 71 && errors.hasPrefix("error: "), "\(code) \(errors)")
      #expect(limit > 4 || code == 71)
      let left = folder.snapshot("out").keys.filter { $0.contains(".edgedsp-") }
      #expect(left.isEmpty)
      #expect(code == 0 || !FileManager.default.fileExists(atPath: folder.path("out")))
    }
  }

  @Test func aReportThatCannotBeWrittenSaysThatTheSetsAreThere() throws {
    try withTemporaryFolder { folder in
      let code = try Tool.shell(
        "edgedsp generate '\(Fixture.dataset)' --impulse '\(Fixture.impulse)' -o out > /dev/full 2> errors.txt",
        in: folder)
      #expect(code == 74)
      #expect(try folder.text("errors.txt").hasSuffix("; all feature sets are complete in out\n"))
      #expect(Self.sets.allSatisfy { FileManager.default.fileExists(atPath: folder.path("out/\($0)/X.npy")) })
    }
  }

  /// A memory file system of 256 kB, if this process may make one.
  private static func mount(_ path: String) -> Bool {
    Glibc.mount("tmpfs", path, "tmpfs", 0, "size=256k") == 0
  }

  private static let canMount: Bool = {
    let path = FileManager.default.temporaryDirectory.appending(path: "edgedsp-mount-\(UUID().uuidString)")
      .path(percentEncoded: false)
    guard mkdir(path, 0o700) == 0 else { return false }
    defer { rmdir(path) }
    guard mount(path) else { return false }
    umount(path)
    return true
  }()

  @Test(.enabled(if: canMount, "a small file system can be mounted"))
  func aFullDiskLeavesTheOldSet() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "small"), withIntermediateDirectories: true)
      #expect(Self.mount(folder.path("small")))
      defer { umount(folder.path("small")) }
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition(rows(100)), to: "few/training/a.json")
      try folder.write(acquisition(rows(20_000)), to: "many/training/a.json")
      #expect(try Tool.run(arguments("impulse.json", "few", output: "small/out"), in: folder).code == 0)
      let before = folder.snapshot("small")

      let outcome = try Tool.run(arguments("impulse.json", "many", output: "small/out"), in: folder)
      #expect(outcome.code == 74)
      #expect(outcome.errorLines.count == 1 && outcome.errors.contains("No space left on device"), "\(outcome.errors)")
      // Which of the two arrays takes the last page is chance.
      #expect(outcome.errors.contains(#/^error: small/out/2-raw/[Xy]\.npy: expected to write [0-9]+ bytes, found /#))
      #expect(firstDifference(folder.snapshot("small"), before) == nil)
    }
  }

  /// A file that is created while standard error is closed must not become standard error.
  @Test func closedDescriptorsDamageNothing() throws {
    try withTemporaryFolder { folder in
      let command = "edgedsp generate '\(Fixture.dataset)' --impulse '\(Fixture.impulse)' --output"
      let code1 = try Tool.shell("\(command) plain >out.txt 2>err.txt", in: folder)
      #expect(code1 == 0)
      let code2 = try Tool.shell("\(command) closed <&- 2>&- >out.txt", in: folder)
      #expect(code2 == 0)
      #expect(firstDifference(folder.snapshot("closed"), folder.snapshot("plain")) == nil)
    }
  }

  /// A reader that has seen enough does not end the work.
  @Test func aClosedPipeEndsNothing() throws {
    try withTemporaryFolder { folder in
      let command = "edgedsp generate '\(Fixture.dataset)' --impulse '\(Fixture.impulse)' --output"
      let code3 = try Tool.shell("\(command) plain >out.txt 2>err.txt", in: folder)
      #expect(code3 == 0)
      _ = try Tool.shell("\(command) piped 2>&1 | true", in: folder)
      #expect(firstDifference(folder.snapshot("piped"), folder.snapshot("plain")) == nil)
    }
  }

  @Test func ctrlCLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<400_000).map { "[\($0 % 97),\($0 % 31),\($0 % 7)]" }.joined(separator: ",")
      try folder.write(
        """
        {"protected":{"ver":"v1","alg":"none"},"signature":"0","payload":{"device_type":"x","interval_ms":16,"sensors":[
        {"name":"accX","units":""},{"name":"accY","units":""},{"name":"accZ","units":""}],"values":[\(rows)]}}
        """, to: "data/a.json")
      let process = try Tool.start(
        ["generate", "data", "--impulse", Fixture.impulse, "--output", "out", "--threads", "1"], in: folder)
      while folder.snapshot("out").isEmpty && process.isRunning { usleep(1000) }
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      #expect(!FileManager.default.fileExists(atPath: folder.path("out")), "an empty folder stays")
    }
  }

  /// `nohup` and background jobs of scripts have signals ignored; the tool must not take them back.
  @Test func ignoredSignalsStayIgnored() throws {
    try withTemporaryFolder { folder in
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition(rows(20_000)), to: "data/training/a.json")
      let line = """
        trap '' HUP; edgedsp generate data --impulse impulse.json --output out --threads 1 >o.txt 2>e.txt & p=$!
        while kill -0 $p 2>/dev/null; do kill -HUP $p 2>/dev/null; sleep 0.01; done; wait $p
        """
      let code = try Tool.shell(line, in: folder)
      #expect(code == 0)
    }
  }
}
