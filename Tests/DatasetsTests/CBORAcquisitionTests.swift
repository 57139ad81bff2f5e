// Strategy: a writer in the tests produces every width and form of every item; the rows must equal the
// numbers that were written. All 63 488 finite half floats are compared with the shift-free definition.
// Each document is read with chunks of 1 byte up, which forces the token-by-token road, and in one chunk,
// which takes the road for whole rows. Errors are pinned with byte and text; every prefix is refused.

import Testing

@testable import Datasets

private typealias C = CBORWriter

@Suite struct CBORAcquisitionTests {
  static let numbers: [(bytes: [UInt8], value: Double)] = [
    (C.integer(0), 0), (C.integer(23), 23), (C.integer(24), 24), (C.integer(5, width: 1), 5),
    (C.integer(5, width: 2), 5), (C.integer(5, width: 4), 5), (C.integer(5, width: 8), 5),
    (C.integer(256), 256), (C.integer(65_536), 65_536), (C.integer(1 << 40), 1_099_511_627_776),
    (C.integer(-1), -1), (C.integer(-24), -24), (C.integer(-25), -25), (C.integer(-300), -300),
    (C.integer(-70_000), -70_000), (C.integer(-1 << 40), -1_099_511_627_776), (C.integer(-7, width: 8), -7),
    (C.head(0, .max), 0x1p64), (C.head(1, .max), -0x1p64), (C.head(0, (1 << 53) + 1), 0x1p53),
    (C.half(0x3C00), 1), (C.half(0x0001), 0x1p-24), (C.half(0x83FF), -0x1.ff8p-15), (C.half(0x8000), -0.0),
    (C.half(0x7BFF), 65504), (C.single(0.1), Double(Float(0.1))),
    (C.single(Float(bitPattern: 0x8000_0007)), -7 * 0x1p-149),
    (C.double(0.1), 0.1), (C.double(-.leastNonzeroMagnitude), -.leastNonzeroMagnitude),
    (C.tag(1, C.integer(3)), 3),
  ]

  @Test(arguments: [false, true], [1, 2, 3, 16, 4096])
  func readsEveryNumber(valuesFirst: Bool, chunk: Int) throws {
    // Twice, so that the road for whole rows, which leaves the last bytes of a buffer alone, sees all.
    let all = Self.numbers + Self.numbers
    let expected = all.map(\.value)
    let flat = all.map(\.bytes)
    let nested = stride(from: 0, to: flat.count, by: 2).map { C.list(Array(flat[$0..<$0 + 2])) }
    let openRows = stride(from: 0, to: flat.count, by: 2).map { C.list(Array(flat[$0..<$0 + 2]), open: true) }
    let wideRows = stride(from: 0, to: flat.count, by: 2).map {
      C.list(Array(flat[$0..<$0 + 2]), width: 1 + $0 % 4 / 2)
    }
    for items in [flat, nested, openRows, wideRows] {
      for open in [false, true] {
        let document = C.document(C.list(items, open: open), valuesFirst: valuesFirst)
        let recording = try read(document, chunk: chunk, batch: 7)
        #expect(difference(recording.rows, expected) == nil)
        #expect(recording.header.intervalMs == 10)
      }
    }
  }

  @Test func readsAllHalfFloats() throws {
    let all = (UInt16.min...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 }
    let expected = all.map { bits -> Double in
      let fraction = Double(bits & 0x3FF)
      let exponent = Int(bits >> 10 & 31)
      let power = { (n: Int) in Double(sign: .plus, exponent: n, significand: 1) }
      let magnitude = exponent == 0 ? fraction * power(-24) : (1 + fraction / 1024) * power(exponent - 15)
      return bits >> 15 == 0 ? magnitude : -magnitude
    }
    let document = C.document(C.list(all.map(C.half), open: true), sensors: ["a"])
    #expect(try difference(read(document).rows, expected) == nil)
    #expect(try difference(read(document, chunk: 1000).rows, expected) == nil)
  }

  @Test(arguments: [1, 3, 4096])
  func readsEveryContainerForm(chunk: Int) throws {
    let sensor: [UInt8] =
      [0xBF] + C.pieces(["na", "me"]) + C.pieces(["acc", "", "X"]) + C.text("units") + [0xF6] + [0xFF]
    let payload = C.map(
      [
        ("skipped", C.tag(2, [0x5F, 0x41, 1, 0x40, 0xFF])), ("values", C.list([C.integer(1), C.integer(2)])),
        ("device_type", C.text("T")), ("interval_ms", C.integer(16)),
        ("sensors", C.list([sensor], open: true)),
      ], open: true)
    let odd = C.list([C.integer(1), C.map([])]) + C.head(4, 0) + C.integer(7) + [0xF5]
    let document = C.tag(55_799, C.head(5, 4) + odd + C.text("payload") + payload + C.text("x") + [0xF7])
    let recording = try read(document, chunk: chunk)
    #expect(recording.rows == [1, 2])
    #expect(
      recording.header
        == RecordingHeader(sensors: [Sensor(name: "accX", units: "")], intervalMs: 16, deviceType: "T"))
  }

  @Test(arguments: [
    (
      C.list([C.list([C.integer(1), C.half(0x7E00)])]), "row 0 (byte 76): expected a finite number, found NaN"
    ),
    (
      C.list([C.list([C.integer(1), C.single(.infinity)])]),
      "row 0 (byte 76): expected a finite number, found Infinity"
    ),
    (
      C.list([C.integer(1), C.double(-.infinity)]),
      "row 0 (byte 75): expected a finite number, found -Infinity"
    ),
    (C.list([C.list([C.integer(1)])]), "row 0 (byte 74): expected 2 numbers, found 1"),
    (C.list([C.list([C.integer(1)], open: true)]), "row 0 (byte 74): expected 2 numbers, found 1"),
    (
      C.list([C.list([C.integer(1), C.integer(1), C.integer(1)])]),
      "row 0 (byte 74): expected 2 numbers, found 3"
    ),
    (
      C.list([C.integer(1), C.integer(2), C.integer(3)]),
      "row 1 (byte 77): expected a multiple of 2 numbers, found 3"
    ),
    (C.list([[0xF6]]), "row 0 (byte 74): expected a number, found null"),
    (C.list([[0x41, 7]]), "row 0 (byte 74): expected a number, found a byte string"),
    (C.list([C.map([])]), "row 0 (byte 74): expected a number, found a map"),
    (
      C.list([C.text("Ref-Binary-i16")]),
      "byte 74: expected one sensor for a binary tail, found 2"
    ),
    (C.list([[0xFF], C.integer(1)]), "byte 74: expected a number, found a break code"),
    (C.list([C.tag(1, [0xFF])], open: true), "byte 75: expected a number, found a break code"),
    (C.list([[0x1C]]), "byte 74: expected a number, found the byte 0x1c"),
    (
      C.head(4, 1 << 62),
      "byte 73: expected at most 0 more bytes of content, found an array of 4611686018427387904 items"
    ),
    (
      C.list([C.head(5, .max)]),
      "byte 74: expected at most 0 more bytes of content, found a map of 18446744073709551615 pairs"
    ),
    (
      C.list([C.head(3, 1 << 40)]),
      "byte 74: expected at most 0 more bytes of content, found a string of 1099511627776 bytes"
    ),
    (C.integer(1), "byte 73: expected an array as \"values\", found 1.0"),
    (
      C.list([C.integer(1), C.integer(2)]) + C.integer(9),
      "byte 76: expected the end of the file, found the byte 0x09"
    ),
  ])
  func refusesRows(values: [UInt8], message: String) {
    #expect(failure(C.document(values)) == "r: " + message)
    #expect(failure(C.document(values), chunk: 1) == "r: " + message)
  }

  @Test(arguments: [
    (C.map([]), "byte 1: expected the key \"payload\", found a map without it"),
    (
      C.map([("payload", C.map([]))]),
      "byte 10: expected the key \"sensors\" in the payload, found the payload without it"
    ),
    ([0xBF, 0x61, 0x61, 0xFF], "byte 3: expected a value, found a break code"),
    (
      [0xBF, 0x7F, 0x41, 0x61, 0xFF, 0xFF],
      "byte 2: expected a piece of the string or a break code, found the byte 0x41"
    ),
    ([0xA1, 0x62, 0xC3, 0x28, 0x01], "byte 3: expected UTF-8, found the byte 0x28"),
    ([0xA1, 0x61, 0x61, 0xF8, 0x20], "byte 3: expected a value, found the byte 0xf8"),
    (
      C.map([("payload", C.map([("values", C.list([C.text("ref-binary-F32")]))]))]) + [1, 2],
      "byte 33: expected the key \"sensors\" in the payload, found the payload without it"
    ),
  ])
  func refusesHeads(bytes: [UInt8], message: String) {
    #expect(failure(bytes) == "r: " + message)
  }

  @Test(arguments: [1, 4096])
  func refusesEveryPrefix(chunk: Int) throws {
    let document = C.document(
      C.list([C.list([C.integer(1), C.single(2)]), C.list([C.double(3), C.half(0x4400)])], open: true))
    #expect(try read(document, chunk: chunk).rows == [1, 2, 3, 4])
    let wrong = (1..<document.count).filter { length in
      let message = failure(Array(document.prefix(length)), chunk: chunk)
      return !message.hasSuffix("found the end of the file") && !message.contains("more bytes of content")
    }
    #expect(wrong == [])
  }

  @Test func stopsAtDeepNesting() {
    let message = "expected at most 64 levels of nesting, found a deeper level"
    for open: UInt8 in [0x81, 0x9F] {
      let deep = [UInt8](repeating: open, count: 1_000_000)
      #expect(failure([0xA1, 0x61, 0x61] + deep) == "r: byte 66: " + message)
    }
    let tags = [UInt8](repeating: 0xC1, count: 1_000_000)
    #expect(
      failure([0xA1, 0x61, 0x61] + tags) == "r: byte 1000003: expected a value, found the end of the file")
  }

  @Test func readsTextsLongerThanTheBuffer() throws {
    let long = String(repeating: "é", count: 300_000)
    let values = C.list([C.integer(1), C.integer(2)])
    let payload = C.map([("values", values), ("interval_ms", C.integer(1)), ("sensors", C.sensors(["a"]))])
    #expect(try read(C.map([(long, C.text(long)), ("payload", payload)])).rows == [1, 2])
  }
}
