// Strategy: tails of every number format are written byte by byte from the format's definition and read with chunks
// that cut numbers in two and with small batches; the extremes of each format are among them. The name of the format
// comes in every case and padded. Each way to be wrong has its whole line; each prefix of a file is refused or has
// fewer rows, never other ones.

import Foundation
import Testing

@testable import Datasets

private typealias C = CBORWriter

@Suite struct BinaryTailTests {
  static func document(
    _ name: String, _ tail: [UInt8], sensors: [String] = ["audio"], interval: [UInt8] = C.half(0x4900),
    valuesFirst: Bool = false
  ) -> [UInt8] {
    var pairs = [("interval_ms", interval), ("sensors", C.sensors(sensors))]
    pairs.insert(("values", C.list([C.text(name)], open: name.count % 2 == 0)), at: valuesFirst ? 0 : 2)
    return C.map([("payload", C.map(pairs))]) + tail
  }

  /// `width` bytes a number, lowest first.
  static func little(_ bits: [UInt64], _ width: Int) -> [UInt8] {
    bits.flatMap { bits in (0..<width).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) } }
  }

  static let formats: [(name: String, tail: [UInt8], rows: [Double])] = [
    ("Ref-Binary-u8", [0, 1, 127, 128, 255], [0, 1, 127, 128, 255]),
    ("ref-binary-i8", [0, 1, 127, 128, 255], [0, 1, 127, -128, -1]),
    ("Ref-BINARY-U16", little([0, 0x1234, 0x8000, 0xFFFF], 2), [0, 4660, 32768, 65535]),
    ("Ref-Binary-i16", little([0, 0x1234, 0x8000, 0xFFFF], 2), [0, 4660, -32768, -1]),
    (
      "REF-BINARY-u32   ", little([0, 0x1234_5678, 0x8000_0000, 0xFFFF_FFFF], 4), [0, 305_419_896, 0x1p31, 0x1p32 - 1]
    ),
    ("Ref-Binary-I32 ", little([0, 0x1234_5678, 0x8000_0000, 0xFFFF_FFFF], 4), [0, 305_419_896, -0x1p31, -1]),
    (
      "Ref-Binary-f32",
      little([0, 0x3F80_0000, 0x8000_0000, 0xC020_0000, 0x0000_0001, 0x7F7F_FFFF, 0x3DCC_CCCD], 4),
      [0, 1, -0.0, -2.5, 0x1p-149, Double(Float.greatestFiniteMagnitude), Double(Float(0.1))]
    ),
  ]

  @Test(arguments: formats.indices, [1, 2, 3, 5, 64, 4096])
  func readsEveryFormat(index: Int, chunk: Int) throws {
    let (name, tail, expected) = Self.formats[index]
    for valuesFirst in [false, true] {
      let document = Self.document(name, tail, valuesFirst: valuesFirst)
      for batch in [1, 2, 100] {
        #expect(try difference(read(document, chunk: chunk, batch: batch).rows, expected) == nil)
      }
    }
  }

  @Test func readsManyNumbers() throws {
    var random = SeededGenerator(seed: 5)
    let numbers = (0..<300_001).map { _ in Int16.random(in: .min ... .max, using: &random) }
    let tail = Self.little(numbers.map { UInt64(UInt16(bitPattern: $0)) }, 2)
    let document = Self.document("Ref-Binary-i16", tail)
    #expect(try difference(read(document, batch: 999).rows, numbers.map(Double.init)) == nil)
  }

  @Test func knowsItsRowsAndEnd() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("r", Self.document("Ref-Binary-i16", [1, 0, 2, 0]))
    let reader = try RecordingFile.open(path: path, displayName: "r")
    #expect(reader.rowCount == 2)
    #expect(reader.fingerprint == nil)
    #expect(try Recording(reading: reader).rows == [1, 2])
    #expect(reader.fingerprint?.count == 39)
    #expect(try read(Self.document("Ref-Binary-i16", [])).rows.isEmpty)
  }

  @Test func readsOneRowWithoutARate() throws {
    let single = Self.document("Ref-Binary-f32", [0, 0, 0x80, 0x3F], interval: C.integer(0))
    #expect(try read(single).rows == [1])
    #expect(try read(single).header.intervalMs == 1000)
    #expect(
      failure(Self.document("Ref-Binary-i8", [1, 2, 3], interval: C.integer(0)))
        == "r: row 1 (byte 75): expected a single row, as an interval_ms of 0 says, found 3")
  }

  @Test(arguments: [
    (document("Ref-Binary-i16", [1, 0, 2]), "byte 80: expected a number of 2 bytes, found 1 at the end of the file"),
    (
      document("Ref-Binary-f32", [1, 2, 3]),
      "byte 78: expected a number of 4 bytes, found 3 at the end of the file"
    ),
    (
      document("Ref-Binary-f32", [0, 0, 0, 0, 0, 0, 0xC0, 0x7F]),
      "row 1 (byte 82): expected a finite number, found NaN"
    ),
    (
      document("Ref-Binary-f32", little([0, 0, 0, 0, 0, 0xFF80_0000, 0], 4)),
      "row 5 (byte 98): expected a finite number, found -Infinity"
    ),
    (
      document("Ref-Binary-i16", [1, 0], sensors: ["a", "b"]),
      "byte 74: expected one sensor for a binary tail, found 2"
    ),
    (
      document("Ref-Binary-f64", []),
      "byte 62: expected numbers in \"values\", or Ref-Binary- and u8, u16, u32, i8, i16, i32, f32, found \"Ref-Binary-f64\""
    ),
    (
      document("Ref-BINARY-image/jpeg (7 bytes) ab", [1, 2, 3]),
      "byte 62: expected numbers in \"values\", found \"Ref-BINARY-image/jpeg (7 bytes) ab\": the picture or video is in a file of its own, which can be read in its place"
    ),
    (document("Ref-Binar", [1]), "row 0 (byte 62): expected a number, found the text \"Ref-Binar\""),
    (
      C.document(C.list([C.text("Ref-Binary-i8"), C.integer(1)]), sensors: ["a"]),
      "byte 72: expected the end of \"values\" after the name of a binary tail, found 1.0"
    ),
    (
      C.document(C.list([C.integer(1), C.text("Ref-Binary-i8")]), sensors: ["a"]),
      "row 1 (byte 59): expected a number, found the text \"Ref-Binary-i8\""
    ),
  ])
  func refuses(bytes: [UInt8], message: String) {
    #expect(failure(bytes) == "r: " + message)
    #expect(failure(bytes, chunk: 1) == "r: " + message)
  }

  @Test(arguments: [1, 4096])
  func refusesPrefixesOrReadsLess(chunk: Int) throws {
    let tail = Self.little([10, 20, 30], 2)
    let document = Self.document("Ref-Binary-i16", tail)
    let head = document.count - tail.count
    for length in 1..<document.count {
      let prefix = Array(document.prefix(length))
      if length >= head, (length - head) % 2 == 0 {
        #expect(try read(prefix, chunk: chunk).rows == Array([10.0, 20, 30].prefix((length - head) / 2)))
      } else {
        #expect(failure(prefix, chunk: chunk) != "read", "\(length)")
      }
    }
  }

  @Test func refusesAFileThatShrinks() throws {
    let folder = try TemporaryFolder()
    let document = Self.document("Ref-Binary-i16", [UInt8](repeating: 1, count: 2000))
    let path = try folder.write("r", document)
    let reader = try RecordingFile.open(path: path, displayName: "r", chunk: 600)
    truncate(path, 1001)
    #expect(
      throws: DatasetError(
        file: "r", position: .byte(1000), expected: "1000 numbers behind the document",
        found: "461, in a file that has been cut")
    ) { try Recording(reading: reader) }
  }
}
