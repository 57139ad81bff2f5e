// Strategy: seeded damage to good tables under several options. A mutant is a recording or gives a DatasetError; the
// outcome must not depend on the buffer, which holds the two roads for rows, and the pass that indexes, to the same
// verdict. A recording that is cut and put together again must be the whole one. The short run has 300 mutants a
// document; EDGEDSP_MUTANTS sets another number for long runs, which are watched from outside for time and memory.

import Foundation
import Testing

@testable import Datasets

@Suite struct CSVMutationTests {
  static let documents: [(String, TableOptions)] = [
    ("timestamp,x,y\n0,1.5,-2\n10,3,4e1\n20,\"5,5\",12345678.25\r\n\n30,0.001,7\n", TableOptions()),
    ("\u{FEFF}timestamp;\"x\"\"1\";y\r\n0;1,5;2\r\n10;3;4\r\n20;5;6\r\n", TableOptions()),
    (
      "# log\n12:00:00.0\t1\ta\n12:00:00.5\t2\t\"b\"\n12:00:01.0\t3\tb\n",
      table {
        ($0.skippedLines, $0.hasHeader, $0.delimiter, $0.timestampColumn) = (1, false, 9, "1")
        ($0.timestampFormat, $0.labelColumn, $0.labeling) = (.clock, "3", .runs)
      }
    ),
    (
      "when,x,why\n2024-05-01T12:00:00Z,1,so\n2024-05-01T12:00:00.02Z,2,\"so\nwhat\"\n2024-05-01T12:00:00.04Z,3,\n",
      table {
        ($0.timestampColumn, $0.timestampFormat, $0.valueColumns, $0.split) = ("when", .dateTime, ["x"], .rows(2))
      }
    ),
    (
      "a,b,c\n1,2,u\n3,4,v\n5,6,v\n7,8,w\n",
      table { ($0.frequencyHz, $0.labelColumn, $0.split) = (100, "c", .milliseconds(20)) }
    ),
  ]

  static func mutant(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[index], at: index)
      case 4: bytes = Array(bytes.prefix(max(1, index)))
      case 5: bytes.insert(Array("\",;\t\r\n .-e0:\u{0}".utf8).randomElement(using: &random) ?? 0, at: index)
      case 6:
        // A piece many times over: lines that grow long, and tables that leave the buffer.
        let piece = Array(bytes[index..<min(bytes.count, index + 9)])
        bytes.insert(contentsOf: Array(repeating: piece, count: 40).joined(), at: index)
      default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
      }
      if bytes.isEmpty { return [0] }
    }
    return bytes
  }

  /// What reading gives: rows, interval, label and remarks, or the line of the error.
  static func outcome(_ bytes: [UInt8], _ options: TableOptions, chunk: Int, in folder: TemporaryFolder) -> String {
    do {
      let contents = try readTable(bytes, options, chunk: chunk, batch: 3, in: folder)
      let label = contents.label.map { "\($0)" } ?? "none"
      return "[\(contents.recording.rows.map(\.bitPattern)) \(contents.recording.header) \(label) \(contents.remarks)"
    } catch let error as DatasetError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }

  /// The rows of all sections; nil when any of them cannot be read.
  static func parts(_ bytes: [UInt8], _ options: TableOptions, in folder: TemporaryFolder) -> [UInt64]? {
    var reading = ReadingOptions()
    reading.table = options
    guard let path = try? folder.write("t.csv", bytes),
      let whole = try? RecordingFile.open(path: path, displayName: "t.csv", options: reading)
    else { return nil }
    var rows: [UInt64] = []
    for section in whole.sections {
      guard let part = try? readTable(bytes, options, chunk: 50, in: folder, section: section) else { return nil }
      if part.recording.rowCount != section.rows.count { return nil }
      rows += part.recording.rows.map(\.bitPattern)
    }
    return rows
  }

  @Test(arguments: documents.indices)
  func readsOrRefusesMutants(index: Int) throws {
    let count = Int(ProcessInfo.processInfo.environment["EDGEDSP_MUTANTS"] ?? "").map { max(10, $0) } ?? 300
    let folder = try TemporaryFolder()
    let (text, options) = Self.documents[index]
    var random = SeededGenerator(seed: UInt64(2022 + index))
    var readable = 0
    var wrong: [String] = []
    var slowest = Duration.zero
    for _ in 0..<count {
      let bytes = Self.mutant(of: Array(text.utf8), &random)
      let start = ContinuousClock.now
      let whole = Self.outcome(bytes, options, chunk: 4096, in: folder)
      slowest = max(slowest, ContinuousClock.now - start)
      let pieces = Self.outcome(bytes, options, chunk: Int.random(in: 1...60, using: &random), in: folder)
      var isRight = whole == pieces && !whole.hasPrefix("another")
      if whole.first == "[" {
        readable += 1
        if options.split != nil {
          let rows = try readTable(bytes, options, in: folder).recording.rows.map(\.bitPattern)
          isRight = isRight && Self.parts(bytes, options, in: folder) == rows
        }
      }
      if !isRight, wrong.count < 5 { wrong.append("\(bytes): \(whole) | \(pieces)") }
    }
    #expect(wrong == [])
    // Damage to digits leaves a recording; were it all or nothing, the test would be blind.
    #expect(readable > count / 100 && readable < count - count / 100)
    if count > 300 { print("mutants of table \(index): \(readable) of \(count) readable, slowest \(slowest)") }
  }
}
