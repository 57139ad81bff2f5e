// Strategy: seeded damage to good files: bytes changed, removed, repeated, cut off, swapped. A mutant may
// still be a recording, or it gives a DatasetError with a description; it never ends the process. The
// outcome must not depend on the chunk size, which holds the road for whole rows and the token-by-token
// road to the same verdict on input that neither was written for.

import Testing

@testable import Datasets

@Suite struct MutationTests {
  static func mutant(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[index], at: index)
      case 4: bytes = Array(bytes.prefix(max(1, index)))
      case 5: bytes[index] = Array("[]{},:\"-.e0\u{0}".utf8).randomElement(using: &random) ?? 0
      default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
      }
      if bytes.isEmpty { return [0] }
    }
    return bytes
  }

  /// What reading gives: bits of the rows, or the line of the error.
  static func outcome(_ bytes: [UInt8], chunk: Int, in folder: TemporaryFolder) -> String {
    do {
      return try "\(read(bytes, chunk: chunk, batch: 3, in: folder).rows.map(\.bitPattern))"
    } catch let error as DatasetError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }

  static let documents: [[UInt8]] = [
    Array(
      #"{"protected":{"ver":"v1"},"payload":{"device_name":"d","interval_ms":10,"sensors":[{"name":"x","units":"u"},{"name":"y"}],"values":[[1,2.5],[-3e2,12345.678901234567],[0.001,7],[8,9]]}}"#
        .utf8),
    Array(#"{"payload":{"values":[1.5,2,3,4],"interval_ms":10,"sensors":[{"name":"\u00e9"}]}}"#.utf8),
    CBORWriter.document(
      CBORWriter.list(
        (0..<8).map { CBORWriter.list([CBORWriter.half(0x3C00 + $0), CBORWriter.integer(Int($0) * 100)]) },
        open: true)),
    CBORWriter.document(
      CBORWriter.list((0..<6).map { CBORWriter.single(Float($0)) }), sensors: ["a"], valuesFirst: true),
  ]

  @Test(arguments: documents.indices)
  func readsOrRefusesMutants(index: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: UInt64(42 + index))
    var readable = 0
    var wrong: [String] = []
    for _ in 0..<1500 {
      let bytes = Self.mutant(of: Self.documents[index], &random)
      let whole = Self.outcome(bytes, chunk: 4096, in: folder)
      let pieces = Self.outcome(bytes, chunk: Int.random(in: 1...5, using: &random), in: folder)
      if whole.first == "[" { readable += 1 }
      if whole != pieces || whole.hasPrefix("another") { wrong.append("\(bytes): \(whole) | \(pieces)") }
    }
    #expect(wrong == [])
    // Damage to texts and digits leaves a recording; were it all or nothing, the test would be blind.
    #expect(readable > 10 && readable < 1490)
  }
}
