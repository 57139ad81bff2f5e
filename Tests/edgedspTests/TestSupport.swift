import Foundation
import Glibc

/// What a run of the tool has left.
struct Outcome {
  var output: String
  var errors: String
  /// Exit code, or the number of the signal that ended the process, negative.
  var code: Int32

  /// Lines of standard error.
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
}

/// The command line tool, as the build put it beside the tests.
enum Tool {
  /// The folder of the running test program; the fallback serves test runners that live elsewhere.
  static let url: URL? = {
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let places = [program] + CommandLine.arguments
    return places.lazy.map { URL(filePath: $0).deletingLastPathComponent().appending(path: "edgedsp") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
  }()

  /// Starts the tool with output into files of `folder`.
  ///
  /// - Parameters:
  ///   - terminal: takes the place of standard input and standard error.
  ///   - prepare: changes the process before it starts.
  static func start(
    _ arguments: [String], in folder: TemporaryFolder, memoryLimit: Int? = nil, environment: [String: String] = [:],
    terminal: FileHandle? = nil, prepare: (Process) -> Void = { _ in }
  ) throws -> Process {
    guard let url else { throw CocoaError(.executableNotLoadable) }
    let process = Process()
    if let memoryLimit {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments =
        [
          "-c", "ulimit -v \(memoryLimit / 1024) && exec \"$0\" \"$@\"", url.path(percentEncoded: false),
        ] + arguments
    } else {
      process.executableURL = url
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder.url
    let inherited = ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }
    process.environment = inherited.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
    process.standardInput = terminal ?? FileHandle.nullDevice
    process.standardOutput = try folder.newFile("stdout.txt")
    process.standardError = try terminal ?? folder.newFile("stderr.txt")
    prepare(process)
    try process.run()
    return process
  }

  /// Runs a shell line in which `edgedsp` is the tool, and gives its exit code.
  static func shell(_ line: String, in folder: TemporaryFolder) throws -> Int32 {
    guard let url else { throw CocoaError(.executableNotLoadable) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "edgedsp() { '\(url.path(percentEncoded: false))' \"$@\"; }; \(line)"]
    process.currentDirectoryURL = folder.url
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Runs the tool to its end; one that takes a minute is killed, which no test takes for a success.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, memoryLimit: Int? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try start(arguments, in: folder, memoryLimit: memoryLimit, environment: environment)
    let watchdog = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    process.waitUntilExit()
    watchdog.cancel()
    return Outcome(
      output: try folder.text("stdout.txt"), errors: try folder.text("stderr.txt"),
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
  }
}

/// A folder of its own for a test, removed at the end. The tool runs in it.
struct TemporaryFolder: Sendable {
  let url: URL

  var path: String { url.path(percentEncoded: false) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  func write(_ data: Data, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func newFile(_ name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: url.appending(path: name))
  }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

  func text(_ name: String) throws -> String { String(decoding: try data(name), as: UTF8.self) }

  /// All files below a folder with their bytes, hidden ones too; folders count as empty files.
  func snapshot(_ name: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for case let file as String in FileManager.default.enumerator(atPath: path(name)) ?? .init() {
      files[file] = FileManager.default.contents(atPath: path("\(name)/\(file)")) ?? Data()
    }
    return files
  }

  /// Runs the tool in this folder.
  func edgedsp(_ arguments: String..., memoryLimit: Int? = nil) throws -> Outcome {
    try Tool.run(arguments, in: self, memoryLimit: memoryLimit)
  }
}

/// Runs a test with a folder that exists as long as the test runs, however it ends.
func withTemporaryFolder(_ body: (TemporaryFolder) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "edgedsp-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(TemporaryFolder(url: url))
}

/// The committed example files.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  static let dataset = path("dataset")
  static let impulse = path("impulses/motion.json")

  /// The impulse file with a text replaced.
  static func impulse(replacing text: String, with other: String) throws -> String {
    try String(contentsOf: URL(filePath: impulse), encoding: .utf8).replacing(text, with: other)
  }
}

/// Nil when two folders hold the same bytes, otherwise the first difference.
func firstDifference(_ found: [String: Data], _ expected: [String: Data]) -> String? {
  for name in Set(found.keys).union(expected.keys).sorted() {
    guard let a = found[name] else { return "\(name) is missing" }
    guard let b = expected[name] else { return "\(name) should not be there" }
    if a != b { return "\(name) has other bytes" }
  }
  return nil
}

/// Nil when two lists are equal, otherwise the first difference.
func firstDifference<Value: Equatable>(_ found: [Value], _ expected: [Value]) -> String? {
  for (index, (a, b)) in zip(found, expected).enumerated() where a != b {
    return "value \(index) is \(a) instead of \(b)"
  }
  return found.count == expected.count ? nil : "\(found.count) values instead of \(expected.count)"
}

/// An acquisition file with two axes at 100 Hz; `values` is the text between the brackets.
func acquisition(_ values: String, axes: [String] = ["x", "y"], intervalMs: Double = 10) -> String {
  let sensors = axes.map { "{\"name\":\"\($0)\",\"units\":\"N/A\"}" }.joined(separator: ",")
  return """
    {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"TEST",\
    "interval_ms":\(intervalMs),"sensors":[\(sensors)],"values":[\(values)]}}
    """
}

/// `count` rows of two axes, as the text of an acquisition file.
func rows(_ count: Int) -> String {
  (0..<count).map { "[\($0),\(Double($0 * 7 % 32) / 4)]" }.joined(separator: ",")
}

/// An impulse for these recordings: windows of 10 rows, a raw block.
let smallImpulse = """
  {"impulse":{"inputBlocks":[{"id":1,"type":"time-series","windowSizeMs":100,"windowIncreaseMs":50,"frequencyHz":100}],\
  "dspBlocks":[{"id":2,"type":"raw","name":"Raw","axes":["x","y"],"implementationVersion":1}]}}
  """
