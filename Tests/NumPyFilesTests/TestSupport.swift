import Foundation
import Testing

@testable import NumPyFiles

/// The committed example files.
enum Example {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/npy")

  static func path(_ name: String) -> String {
    folder.appending(path: "\(name).npy").path(percentEncoded: false)
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).npy")))
  }

  /// The rule of `write_examples.py`: element k, counted in C order.
  static func numbers(_ kind: NumPyElementType.Kind, count: Int) -> [Double] {
    (0..<count).map { k in
      switch kind {
      case .float: Double(k - 3) / 2
      case .signedInteger: Double(k - 3)
      case .unsignedInteger: Double(k)
      case .boolean: k % 3 == 0 ? 1 : 0
      }
    }
  }
}

/// A folder of its own for each test, removed at the end.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "numpy-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String {
    url.appending(path: name).path(percentEncoded: false)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appending(path: name)))
  }
}

/// Nil when two arrays have the same bits, otherwise the first difference.
func firstDifference(_ found: [Double], _ expected: [Double]) -> String? {
  guard found.count == expected.count else { return "\(found.count) values instead of \(expected.count)" }
  for k in found.indices where found[k].bitPattern != expected[k].bitPattern {
    return "value \(k) is \(found[k]) instead of \(expected[k])"
  }
  return nil
}

/// A file with the given header text, unpadded.
func handWritten(_ header: String, data: Int = 0, version: UInt8 = 1) -> [UInt8] {
  let length = header.utf8.count
  let bytes = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + bytes + Array(header.utf8)
    + [UInt8](repeating: 0, count: data)
}

/// The error that a closure throws, or nil and a failed expectation.
func numPyError(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) -> NumPyError? {
  #expect(throws: NumPyError.self, sourceLocation: sourceLocation) { try body() }
}

/// xorshift64*: the same sequence on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}
