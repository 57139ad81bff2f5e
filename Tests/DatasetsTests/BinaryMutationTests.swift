// Strategy: seeded damage to good WAV, FLAC and NumPy files, as in MutationTests, and sizes overwritten by extremes.
// A mutant is a recording whose rows are finite and as many as its head says, or a DatasetError; the outcome does not
// depend on how the file is read. EDGEDSP_MUTANTS sets how many mutants each file gets, for long runs by hand.

import Foundation
import Testing

@testable import Datasets

@Suite struct BinaryMutationTests {
  static let mutants = ProcessInfo.processInfo.environment["EDGEDSP_MUTANTS"].flatMap { Int($0) } ?? 400

  static func documents() throws -> [[UInt8]] {
    let writer = WaveWriter()
    let samples = FLACWriter.noise(60, bits: 16)
    return [
      writer.riff([
        writer.chunk("LIST", Array("INFOodd".utf8)), writer.chunk("fmt ", writer.format(channels: 2)),
        writer.chunk("data", writer.data(samples)), writer.chunk("note", [1, 2, 3]),
      ]),
      writer.file(doubles: samples.map { Double($0) / 32768 }),
      WaveTests.structures[11].bytes,
      WaveTests.structures[12].bytes,
      try FLACWriter.file(samples, channels: 2),
      try FLACWriter.file(FLACWriter.noise(9000, bits: 24), bits: 24),
      NumPyRecordingTests.array(
        "<f4", "(6, 2)", (0..<12).flatMap { WaveWriter.number(UInt64(Float($0).bitPattern), 4) }),
    ]
  }

  static func mutant(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    if Bool.random(using: &random) {
      // Most of the damage falls on the head, where a file says how large it is.
      let place = Int.random(in: 0..<min(bytes.count, Bool.random(using: &random) ? 80 : .max), using: &random)
      let extremes: [UInt64] = [0, 1, 0xFF, 0x7FFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFE]
      let value = extremes.randomElement(using: &random) ?? 0
      for (offset, byte) in WaveWriter.number(value, Bool.random(using: &random) ? 4 : 2).enumerated()
      where place + offset < bytes.count { bytes[place + offset] = byte }
      if Bool.random(using: &random) { return bytes }
    }
    return MutationTests.mutant(of: bytes, &random)
  }

  /// What reading gives: bits of the rows, or the line of the error.
  static func outcome(_ path: String, chunk: Int, batch: Int) -> String {
    do {
      let reader = try RecordingFile.open(path: path, displayName: "r", chunk: chunk)
      let width = reader.header.sensors.count
      var buffer = [Double](repeating: .nan, count: width * batch)
      var rows: [UInt64] = []
      while case let count = try buffer.withUnsafeMutableBufferPointer({ try reader.readRows(into: $0) }), count > 0 {
        rows += buffer.prefix(count * width).map(\.bitPattern)
        if !buffer.prefix(count * width).allSatisfy(\.isFinite) { return "a row that is not finite" }
      }
      if let stated = reader.rowCount, stated != rows.count / width { return "\(rows.count / width) of \(stated) rows" }
      if reader.fingerprint == nil { return "no fingerprint" }
      return "[\(rows.hashValue)]"
    } catch let error as DatasetError {
      return "\(error.file): \(error.expected)"
    } catch {
      return "another error: \(error)"
    }
  }

  @Test(arguments: 0..<7)
  func readsOrRefusesMutants(index: Int) throws {
    let folder = try TemporaryFolder()
    let document = try Self.documents()[index]
    try folder.write("r.json", #"{"axes": ["x", "y"], "frequency": 50}"#)
    var random = SeededGenerator(seed: UInt64(420 + index))
    var readable = 0
    var slowest = Duration.zero
    var wrong: [String] = []
    for _ in 0..<Self.mutants {
      let bytes = Self.mutant(of: document, &random)
      let path = try folder.write("r", bytes)
      let time = ContinuousClock().measure {
        let whole = Self.outcome(path, chunk: 4096, batch: 10_000)
        let pieces = Self.outcome(path, chunk: Int.random(in: 1...50, using: &random), batch: 10_000)
        if whole.first == "[" { readable += 1 }
        let isKnown = whole.first == "[" || whole.hasPrefix("r: ") || whole.hasPrefix("r.json: ")
        if whole != pieces || !isKnown { wrong.append("\(bytes.prefix(200)): \(whole) | \(pieces)") }
      }
      slowest = max(slowest, time)
    }
    #expect(wrong == [])
    #expect(readable > 0 && readable < Self.mutants)
    if Self.mutants > 1000 { print("document \(index): \(readable) of \(Self.mutants) read, slowest \(slowest)") }
  }
}
