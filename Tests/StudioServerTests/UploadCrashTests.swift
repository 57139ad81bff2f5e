// A server process is killed in the middle of parallel uploads and started again: each upload that was answered with
// success must be listed with its content, everything listed must read, and no temporary file may be left.
// The moment of the kill differs from round to round, so that it falls into all phases of an upload.
// Leftovers of each phase are also laid out by hand: a start must tell them from what the dataset owns.
// EDGEDSP_KILL_ROUNDS sets the number of rounds.
import Datasets
import Foundation
import Glibc
import StudioAPI
import Synchronization
import Testing

@testable import StudioServer

struct UploadCrashTests {
  /// A server in a process of its own.
  final class Served {
    let process = Process()
    private(set) var port = 0

    init(dataset: String, impulse: String) throws {
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      let places = ([tests] + CommandLine.arguments).map {
        URL(filePath: $0).deletingLastPathComponent().appending(path: "edgedsp")
      }
      let program = places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      let url: URL = try #require(program)
      process.executableURL = url
      process.arguments = ["serve", dataset, "--impulse", impulse, "--port", "0"]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      var text = ""
      while !text.contains("\n") {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        text += String(decoding: data, as: UTF8.self)
      }
      let digits = text.split(separator: "\n").first?.split(separator: ":").last?.prefix { $0.isNumber } ?? ""
      port = try #require(Int(digits), "the server says \(text)")
    }

    func kill() {
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  /// Uploads from several threads until the server is gone.
  private final class Load: Sendable {
    struct Acknowledged: Sendable {
      var id: Int
      var name: String
      var content: Data
    }
    let acknowledged = Mutex<[Acknowledged]>([])
    private let next: Atomic<Int>

    init(first: Int) { next = Atomic(first) }

    var count: Int { acknowledged.withLock { $0.count } }

    func run(port: Int, threads: Int) -> [Thread] {
      (0..<threads).map { index in
        let thread = Thread { [self] in
          while upload(port: port, index: index) {}
          finished.signal()
        }
        thread.start()
        return thread
      }
    }

    let finished = DispatchSemaphore(value: 0)

    private func upload(port: Int, index: Int) -> Bool {
      let number = next.add(1, ordering: .relaxed).newValue
      let content = UploadFixture.acquisition(number, rows: index == 0 ? 4000 : 20)
      let body = UploadFixture.body([("load.\(number).json", content)])
      let head = """
        POST /api/split/files HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nx-disallow-duplicates: 1\r\n\
        Content-Length: \(body.count)\r\n\(UploadFixture.multipart.0): \(UploadFixture.multipart.1)\r\n\r\n
        """
      guard let answer = try? RawConnection(port: port).exchange(Data(head.utf8) + body), answer.status == 200 else {
        return false
      }
      guard let file = try? ServerFixture.files(answer).first, file.success == true, let id = file.sampleId else {
        return false
      }
      acknowledged.withLock { $0.append(.init(id: id, name: file.fileName ?? "", content: content)) }
      return true
    }
  }

  private static let rounds = ProcessInfo.processInfo.environment["EDGEDSP_KILL_ROUNDS"].flatMap { Int($0) } ?? 3

  private static func withDataset(_ body: (_ dataset: String, _ impulse: String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kill-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (dataset, impulse) = (folder.appending(path: "dataset"), folder.appending(path: "impulse.json"))
    try FileManager.default.copyItem(at: ServerFixture.fixtures.appending(path: "dataset"), to: dataset)
    try FileManager.default.copyItem(at: ServerFixture.fixtures.appending(path: "impulses/motion.json"), to: impulse)
    try body(dataset.path, impulse.path)
  }

  /// On a thread of its own: servers of other tests need those of Swift's pool.
  @Test func whatWasAnsweredSurvivesAKill() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      Thread { continuation.resume(with: Result { try Self.killAndCompare() }) }.start()
    }
  }

  private static func killAndCompare() throws {
    try Self.withDataset { dataset, impulse in
      let load = Load(first: 0)
      var leftovers = 0
      for round in 0..<Self.rounds {
        let server = try Served(dataset: dataset, impulse: impulse)
        let hidden = try Self.hidden(dataset)
        #expect(hidden.isEmpty, "round \(round): \(hidden)")
        let threads = load.run(port: server.port, threads: 6)
        let before = load.count
        for _ in 0..<3000 where load.count < before + 1 + round % 7 { usleep(10_000) }
        usleep(UInt32((round * 7919) % 50_000))
        server.kill()
        for _ in threads { load.finished.wait() }
        leftovers += try Self.hidden(dataset).count
        let entries = Dictionary(
          try Dataset.open(path: dataset).entries.map { ($0.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
        let lost = load.acknowledged.withLock { $0 }.filter { item in
          guard let entry = entries[item.id], entry.name == item.name else { return true }
          return (try? Data(contentsOf: URL(filePath: entry.filePath))) != item.content
        }
        if !lost.isEmpty { Issue.record("round \(round): lost \(lost.map(\.name))") }
        for entry in entries.values { _ = try entry.examine() }
      }
      let server = try Served(dataset: dataset, impulse: impulse)
      server.kill()
      #expect(try Self.hidden(dataset).isEmpty)
      let listed = Set(try Dataset.open(path: dataset).entries.map(\.path))
      let stray = try Self.stray(dataset, listed)
      #expect(stray.isEmpty)
      #expect(load.count >= Self.rounds)
      if Self.rounds > 3 { print("rounds \(Self.rounds), acknowledged \(load.count), leftovers cleared \(leftovers)") }
    }
  }

  private static func hidden(_ dataset: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: dataset).filter { $0.hasPrefix(".edgedsp-") }
  }

  /// Files in the folders of uploads that no label file names.
  private static func stray(_ dataset: String, _ listed: Set<String>) throws -> [String] {
    try ["training", "testing"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(dataset)/\(folder)").map { "\(folder)/\($0)" }
    }.filter { !listed.contains($0) }
  }

  @Test func leftoversOfEachPhaseAreTold() throws {
    try Self.withDataset { dataset, impulse in
      let files = FileManager.default
      let staging = "\(dataset)/\(StagingFolder.prefix)1-abc"
      try files.createDirectory(atPath: staging, withIntermediateDirectories: true)
      // Received in part; placed but not registered; the dataset's own; registered.
      try UploadFixture.acquisition(1).write(to: URL(filePath: "\(staging)/1.json"))
      for (number, path) in [(2, "training/placed.json"), (3, "training/registered.json")] {
        try UploadFixture.acquisition(number).write(to: URL(filePath: "\(staging)/\(number).json"))
        try files.linkItem(atPath: "\(staging)/\(number).json", toPath: "\(dataset)/\(path)")
      }
      let written = "\(dataset)/.edgedsp-\(getpid())-77.tmp"
      try Data().write(to: URL(filePath: written))
      try UploadFixture.acquisition(4).write(to: URL(filePath: "\(dataset)/training/own.json"))
      let info =
        #"{"version": 1, "files": [{"path": "training/registered.json", "category": "training", "#
        + #""label": {"type": "unlabeled"}}]}"#
      try info.write(
        toFile: "\(dataset)/info.labels", atomically: true, encoding: .utf8)
      UnfinishedUploads.clear(dataset: dataset, samplesFile: nil)
      #expect(!files.fileExists(atPath: staging) && !files.fileExists(atPath: written))
      #expect(!files.fileExists(atPath: "\(dataset)/training/placed.json"))
      #expect(files.fileExists(atPath: "\(dataset)/training/registered.json"))
      #expect(files.fileExists(atPath: "\(dataset)/training/own.json"))
    }
  }

  /// Files that name a path in every way that label files may, or that cannot be read and so may name it.
  private static let registers: [(file: String, text: String, isKept: Bool)] = [
    (
      "info.labels",
      """
      {"__ndjson":true}
      {"__key":"files","__item":{"path":"training/placed.json","category":"training","label":{"type":"unlabeled"}}}

      """, true
    ),
    (
      "info.labels",
      """
      {"__ndjson":true}
      {"__key":"files","__item":{"path":"training/other.json","category":"training","label":{"type":"unlabeled"}}}

      """, false
    ),
    ("info.labels", #"{"version": 1, "files": [{"path": "./training//placed.json"}]}"#, true),
    ("info.labels", #"{"version": 1, "files": [{"path": "training/other.json"}]}"#, false),
    ("info.labels", #"{"version": 2, "files": []}"#, true), ("info.labels", "{", true),
    ("samples.json", #"[{"id": 1, "path": "training//./placed.json"}]"#, true),
    ("samples.json", #"{"samples": [{"id": 1, "path": "training/other.json"}]}"#, false),
    ("samples.json", #"{"list": []}"#, true),
  ]

  @Test(arguments: registers.indices, [false, true])
  func strayFilesAreToldByAllThatLabelFilesMaySay(index: Int, isRenamed: Bool) throws {
    let register = Self.registers[index]
    try Self.withDataset { dataset, _ in
      let files = FileManager.default
      let staging = "\(dataset)/\(StagingFolder.prefix)1-abc"
      try files.createDirectory(atPath: staging, withIntermediateDirectories: true)
      let placed = "\(dataset)/training/placed.json"
      try UploadFixture.acquisition(1).write(to: URL(filePath: placed))
      if isRenamed {
        try "training/placed.json".write(
          toFile: "\(staging)/1.json\(RecordingStore.noteSuffix)", atomically: false, encoding: .utf8)
      } else {
        try files.linkItem(atPath: placed, toPath: "\(staging)/1.json")
      }
      try register.text.write(toFile: "\(dataset)/\(register.file)", atomically: true, encoding: .utf8)
      UnfinishedUploads.clear(dataset: dataset, samplesFile: nil)
      #expect(files.fileExists(atPath: placed) == register.isKept)
      #expect(!files.fileExists(atPath: staging))
    }
  }

  @Test(arguments: [false, true])
  func studiosListSaysWhetherAnUploadCameToItsEnd(isListed: Bool) throws {
    try Self.withDataset { dataset, _ in
      let staging = "\(dataset)/\(StagingFolder.prefix)1-abc"
      try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
      let placed = "\(dataset)/training/placed.json"
      try UploadFixture.acquisition(1).write(to: URL(filePath: placed))
      try FileManager.default.linkItem(atPath: placed, toPath: "\(staging)/1.json")
      // The label file is the first to name what is new.
      let names = ["other", "placed"].map { #"{"path": "training/\#($0).json", "category": "training"}"# }
      try #"{"version": 1, "files": [\#(names.joined(separator: ","))]}"#.write(
        toFile: "\(dataset)/info.labels", atomically: true, encoding: .utf8)
      try #"[{"id": 1, "path": "training/\#(isListed ? "placed" : "other").json"}]"#.write(
        toFile: "\(dataset)/samples.json", atomically: true, encoding: .utf8)
      UnfinishedUploads.clear(dataset: dataset, samplesFile: nil)
      #expect(FileManager.default.fileExists(atPath: placed) == isListed)
      #expect(!FileManager.default.fileExists(atPath: staging))
      let labels = try LabelFile(folder: dataset)
      #expect(labels.names("training/placed.json") == isListed && labels.names("training/other.json"))
    }
  }

  @Test func uploadsUnderWayAreLeftAlone() throws {
    try Self.withDataset { dataset, _ in
      let folder = try StagingFolder(in: dataset)
      _ = try folder.makeFile(fileExtension: "json")
      UnfinishedUploads.clear(dataset: dataset, samplesFile: nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
      folder.remove()
      #expect(try Self.hidden(dataset).isEmpty)
    }
  }
}
