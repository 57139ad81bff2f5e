// Strategy: strtod is the reference. Seeded texts of every length on both sides of the point, with and without sign,
// exponent, leading zeros and blanks, go through whole tables and must give strtod's bits: once in a buffer that
// holds all (the road for plain rows) and once byte by byte. Texts that are numbers only to strtod (hex, "nan") and
// texts that are no numbers must be refused on both roads.

import Glibc
import Testing

@testable import Datasets

@Suite struct CSVNumberTests {
  static func literals(_ count: Int) -> [String] {
    var random = SeededGenerator(seed: 754)
    func digits(_ range: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: range, using: &random)).map { _ in
          Character("\(Int.random(in: 0...9, using: &random))")
        })
    }
    return (0..<count).map { index in
      var text = ["", "-", "-", "", "+"].randomElement(using: &random) ?? ""
      switch index % 5 {
      case 0: text += digits(1...3) + "." + digits(3...6)
      case 1: text += digits(1...8) + "." + digits(1...9)
      case 2: text += digits(1...9)
      case 3: text += "\(Double(bitPattern: random.next() & 0x7FEF_FFFF_FFFF_FFFF))"
      default:
        text += digits(1...24) + "." + digits(0...24)
        if Bool.random(using: &random) { text += "e\(Int.random(in: -330...280, using: &random))" }
      }
      return Bool.random(using: &random) ? text : " \(text)\t"
    }
  }

  @Test(arguments: [ByteSource.defaultChunk, 50])
  func equalsStrtod(chunk: Int) throws {
    let literals = Self.literals(chunk == 50 ? 20_000 : 100_000) + JSONNumberTests.hardLiterals
    let expected = literals.map { strtod($0, nil) }
    let text = "timestamp,x\n" + literals.enumerated().map { "\($0),\($1)\n" }.joined()
    let rows = try readTable(Array(text.utf8), chunk: chunk, batch: 1000).recording.rows
    #expect(difference(rows, expected) == nil)
  }

  @Test(arguments: [
    "", "-", ".", "-.", "e5", "1e", "1e+", "1.2.3", "1,2,3", "--1", "+-1", "1 2", "0x1p3", "1_000", "½", "1f",
  ])
  func refuses(text: String) {
    let outcome = Array(text.utf8).withUnsafeBufferPointer { TableNumber.read($0) }
    #expect(outcome == .notNumeric)
  }
}
