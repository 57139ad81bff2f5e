// Forged and broken headers. Each case states the byte position and the words of the error.
// 1. A table of malformed dictionaries: position and message of each.
// 2. Shapes that lie: huge, overflowing, negative, too many dimensions; files too short and too long.
// 3. A good file cut at every byte gives an error, never a trap and never an array.
// 4. Thousands of seeded mutants give an array of the stated size or an error.

import Testing

@testable import NumPyFiles

private struct Forgery: Sendable, CustomTestStringConvertible {
  let header: String
  /// Offset in the header text.
  let position: Int
  let expected: String
  let found: String

  var testDescription: String { header }
}

@Suite struct NumPyHeaderTests {
  private static let forgeries = [
    Forgery(header: "", position: 0, expected: "'{'", found: "the end of the header"),
    Forgery(header: "[1]", position: 0, expected: "'{'", found: "\"[\""),
    Forgery(header: "{", position: 1, expected: "a quoted key or '}'", found: "the end of the header"),
    Forgery(header: "{descr: 1}", position: 1, expected: "a quoted key or '}'", found: "\"descr\""),
    Forgery(header: "{'descr", position: 1, expected: "a closing quote", found: "\"'descr\""),
    Forgery(
      header: "{'descr' '<f4'}", position: 9, expected: "':' after the key 'descr'", found: "\"'<f4'\""),
    Forgery(
      header: "{'name': 1}", position: 1, expected: "'descr', 'fortran_order' or 'shape'", found: "\"'name'\""
    ),
    Forgery(
      header: "{'shape': (1,), 'shape': (2,)}", position: 16, expected: "each key once",
      found: "'shape' again"),
    Forgery(
      header: "{'fortran_order': 0}", position: 18, expected: "True or False", found: "\"0\""),
    Forgery(
      header: "{'fortran_order': Falsey}", position: 18, expected: "True or False", found: "\"Falsey\""),
    Forgery(header: "{'shape': 5}", position: 10, expected: "a tuple of dimensions", found: "\"5\""),
    Forgery(header: "{'shape': [5]}", position: 10, expected: "a tuple of dimensions", found: "\"[\""),
    Forgery(header: "{'shape': (5)}", position: 12, expected: "','", found: "\")\""),
    Forgery(header: "{'shape': (,)}", position: 11, expected: "a dimension (0 or more)", found: "\",\""),
    Forgery(header: "{'shape': (3, -4)}", position: 14, expected: "a dimension (0 or more)", found: "\"-4\""),
    Forgery(header: "{'shape': (3, 4.5)}", position: 15, expected: "',' or ')'", found: "\".\""),
    Forgery(header: "{'shape': (3,, 4)}", position: 13, expected: "a dimension (0 or more)", found: "\",\""),
    Forgery(header: "{'shape': (3 4)}", position: 13, expected: "','", found: "\"4\""),
    Forgery(
      header: "{'shape': (03,)}", position: 11, expected: "a dimension without leading zeros", found: "\"03\""
    ),
    Forgery(
      header: "{'shape': (3,", position: 13, expected: "a dimension (0 or more)",
      found: "the end of the header"),
    Forgery(
      header: "{'shape': (9223372036854775808,)}", position: 11, expected: "a dimension below 2**63",
      found: "\"9223372036854775808\""),
    Forgery(header: "{'shape': () 'descr': 1}", position: 13, expected: "',' or '}'", found: "\"'descr'\""),
    Forgery(
      header: "{'descr': '<f4', 'fortran_order': False, 'shape': (), } x", position: 56,
      expected: "blanks up to the end of the header", found: "\"x\""),
    Forgery(
      header: "{'fortran_order': False, 'shape': ()}", position: 0, expected: "the key 'descr'",
      found: "a header without it"),
    Forgery(
      header: "{'descr': '<f4', 'shape': ()}", position: 0, expected: "the key 'fortran_order'",
      found: "a header without it"),
    Forgery(
      header: "{'descr': '<f4', 'fortran_order': True}", position: 0, expected: "the key 'shape'",
      found: "a header without it"),
  ]

  @Test(arguments: forgeries)
  private func malformedHeadersAreLocated(forgery: Forgery) {
    let error = numPyError { _ = try NumPyHeader(bytes: handWritten(forgery.header), name: "x.npy") }
    let expected = NumPyError(
      reason: .malformed, file: "x.npy", position: 10 + forgery.position, expected: forgery.expected,
      found: forgery.found)
    #expect(error == expected)
  }

  @Test(arguments: [
    "<f3", "<f16", "<i16", "<b2", "<f", "", "<", "<<f4", "f 4", "<f4 ", "float32", "<F4", "|O",
  ])
  func unsupportedDtypes(descriptor: String) {
    #expect(NumPyElementType(descriptor: descriptor) == nil)
    let text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (), }"
    let error = numPyError { _ = try NumPyHeader(bytes: handWritten(text)) }
    #expect(error?.position == 20)
    #expect(error?.found.hasPrefix("\"\(descriptor)\" (") == true)
  }

  @Test(arguments: [
    "(1099511627776,)", "(1099511627776, 4)", "(4611686018427387904, 1)", "(9223372036854775807, 9)",
    "(0, 4611686018427387904, 4)", "(3037000500, 3037000500)",
  ])
  func shapesThatLie(shape: String) {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    let error = numPyError { _ = try NumPyArray(bytes: handWritten(text, data: 48)) }
    #expect(error?.reason == .malformed)
    let isOverflow = error?.expected == "an array of less than 2**63 bytes"
    #expect(isOverflow == !shape.hasPrefix("(1099511627776"))
    #expect(error?.position == (isOverflow ? 60 : 10 + text.utf8.count + 48))
  }

  @Test func rankIsLimited() throws {
    func file(rank: Int) -> [UInt8] {
      let ones = String(repeating: "1, ", count: rank)
      return handWritten("{'descr': '|u1', 'fortran_order': True, 'shape': (\(ones)), }", data: 1)
    }
    #expect(try NumPyArray(bytes: file(rank: 64)).shape.count == 64)
    #expect(numPyError { _ = try NumPyArray(bytes: file(rank: 65)) }?.expected == "at most 64 dimensions")
  }

  @Test func headerLengthIsLimitedBeforeReading() throws {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (), }"
    let blanks = String(repeating: " ", count: 65_536 - text.utf8.count)
    #expect(try NumPyArray(bytes: handWritten(text + blanks, data: 4, version: 2)).values == [0])
    let error = numPyError {
      _ = try NumPyArray(bytes: handWritten(text + blanks + " ", data: 4, version: 2))
    }
    #expect(
      error?.description
        == "array in memory: byte 8: expected a header of at most 65536 bytes, found 65537 bytes")
    let claim: [UInt8] = [0x93] + Array("NUMPY".utf8) + [3, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(numPyError { _ = try NumPyArray(bytes: claim) }?.found == "4294967295 bytes")
  }

  @Test func versionsAndMagic() {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }"
    for version: UInt8 in [0, 4, 255] {
      let error = numPyError { _ = try NumPyArray(bytes: handWritten(text, version: version)) }
      #expect(error?.position == 6)
      #expect(error?.found == "\(version).0")
    }
    let zip = numPyError { _ = try NumPyArray(bytes: Array("PK\u{3}\u{4}rest of it".utf8)) }
    #expect(zip?.found == "bytes 50 4b 03 04 72 65")
    #expect(numPyError { _ = try NumPyArray(bytes: []) }?.found == "an empty file")
  }

  @Test func missingAndExtraBytesDiffer() throws {
    let good = try Example.bytes("dtype-f4-little")
    let short = numPyError { _ = try NumPyArray(bytes: Array(good.dropLast()), name: "x.npy") }
    #expect(
      short?.description
        == "x.npy: byte 175: expected 48 bytes of data for shape (3, 4) of <f4, "
        + "found the end of the file after 47 bytes of data")
    let long = numPyError { _ = try NumPyArray(bytes: good + [0, 0], name: "x.npy") }
    #expect(
      long?.description
        == "x.npy: byte 176: expected the end of the file after 48 bytes of data, found 2 more bytes")
  }

  @Test(arguments: ["dtype-f4-little", "version-2", "version-3", "spelling-studio"])
  func everyTruncationIsAnError(name: String) throws {
    let good = try Example.bytes(name)
    let accepted = good.indices.filter { (try? NumPyArray(bytes: Array(good[..<$0]))) != nil }
    #expect(accepted == [])
  }

  @Test func messagesStayOnOneLine() {
    let text = "{'descr': '<f4\u{1B}[31m\n\u{7}\u{202E}\(String(repeating: "x", count: 100))'}"
    let error = numPyError { _ = try NumPyArray(bytes: handWritten(text), name: "a\nb.npy") }
    let line = error?.description ?? ""
    #expect(line.hasPrefix("a\\u{a}b.npy: byte 20: "))
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    #expect(line.contains("\\u{1b}[31m\\u{a}\\u{7}\\u{202e}") && line.contains("x…\""))
  }

  /// Mutants of the header and of the version and length fields; the data stays as it is.
  @Test(arguments: ["dtype-i2-big", "spelling-loose", "order-fortran-3d", "version-2", "refused-record"])
  func mutantsNeverTrap(name: String) throws {
    let good = try Example.bytes(name)
    var random = SeededGenerator(state: 0x5EED)
    let alphabet = Array("{}()[],:'\" \n0123456789LTrueFalse<>=|fiubO-\\".utf8) + [0, 0x80, 0xFF]
    var wrong: [Int] = []
    var readable = 0
    for mutant in 0..<2_000 {
      var bytes = good
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<min(bytes.count, 140), using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 7))
        default: bytes[place] = alphabet.randomElement(using: &random) ?? 0
        }
        if bytes.isEmpty { bytes = good }
      }
      do throws(NumPyError) {
        let array = try NumPyArray(bytes: bytes)
        readable += 1
        if array.values.count != array.shape.reduce(1, *) { wrong.append(mutant) }
      } catch {
        if error.reason != .malformed { wrong.append(mutant) }
      }
    }
    #expect(wrong == [])
    #expect(name == "refused-record" || readable > 0)
  }
}
