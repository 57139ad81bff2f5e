import Foundation

/// A folder of its own for a test, removed at the end.
struct TemporaryFolder: Sendable {
  let url: URL

  var path: String { url.path(percentEncoded: false) }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  /// Writes a file and the folders that lead to it.
  func write(_ text: String, to name: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// All files below a folder with their bytes, hidden ones too; folders count as empty files.
  func snapshot(_ name: String = "") -> [String: Data] {
    let root = name.isEmpty ? path : path(name)
    var files: [String: Data] = [:]
    for case let file as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      files[file] = FileManager.default.contents(atPath: "\(root)/\(file)") ?? Data()
    }
    return files
  }
}

/// Runs a test with a folder that exists as long as the test runs, however it ends.
func withTemporaryFolder(_ body: (TemporaryFolder) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "feature-generation-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(TemporaryFolder(url: url))
}

/// xorshift64*: the same sequence on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// Nil when two lists are equal, otherwise the first difference.
func firstDifference<Value: Equatable>(_ found: [Value], _ expected: [Value]) -> String? {
  for (index, (a, b)) in zip(found, expected).enumerated() where a != b {
    return "value \(index) is \(a) instead of \(b)"
  }
  return found.count == expected.count ? nil : "\(found.count) values instead of \(expected.count)"
}

/// Nil when two lists of features have the same bits, otherwise the first difference.
func firstDifference(bits found: [Float], _ expected: [Float]) -> String? {
  firstDifference(found.map(\.bitPattern), expected.map(\.bitPattern)).map { "\($0) (bit patterns)" }
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

/// The committed example files.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
}
