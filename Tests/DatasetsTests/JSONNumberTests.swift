// Strategy: Double(String) is the reference. 20 000 seeded literals of all lengths and exponents, and the
// cases that are hard by construction (halfway between two doubles and its neighbours, subnormals, the
// ends of the range, 17 to 800 digits), go through the scanner and must give the same bits.
// The division that replaces the long road for up to 19 decimals is compared on its own, too.

import Testing

@testable import Datasets

@Suite struct JSONNumberTests {
  static func randomLiterals() -> [String] {
    var random = SeededGenerator(seed: 1990)
    return (0..<20_000).map { index in
      var text = Bool.random(using: &random) ? "-" : ""
      let digits = { (count: Int, random: inout SeededGenerator) in
        String((0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &random))") })
      }
      switch index % 4 {
      case 0:
        let value = Double(bitPattern: random.next() & 0x7FFF_FFFF_FFFF_FFFF)
        return text + (value.isFinite ? "\(value)" : "0")
      case 1: return text + "\(Float.random(in: 0...100, using: &random))"
      case 2: return text + "\(Double(Float.random(in: 0...20, using: &random)))"
      default:
        text +=
          Bool.random(using: &random) ? "0" : "7" + digits(Int.random(in: 0...20, using: &random), &random)
        if Bool.random(using: &random) {
          text += "." + digits(Int.random(in: 1...24, using: &random), &random)
        }
        if Bool.random(using: &random) { text += "e\(Int.random(in: -340...280, using: &random))" }
        return text
      }
    }
  }

  static let hardLiterals: [String] = {
    var list = [
      "0", "-0", "0.0", "-0.000", "0e999999999999", "0.0e-999999999999", "5e-324", "2.4703282292062327e-324",
      "2.4703282292062328e-324", "2.225073858507201e-308", "2.2250738585072011e-308",
      "2.2250738585072014e-308",
      "1.7976931348623157e308", "17976931348623157e292", "9007199254740993", "9007199254740992.99999",
      "9007199254740993.00000001", "9007199254740991e22", "9007199254740993e-22", "1e22", "1e23", "1e-22",
      "1e-23",
      "8.5e22", "9999999999999999999", "18446744073709551615", "18446744073709551616",
      "0.000000000000000000001",
      "0.1000000000000000055511151231257827", "0.5000000000000000277555756156289135", "1E+5", "1e05",
      "123e-2",
      "1.00000000000000011102230246251565", "1.00000000000000011102230246251566", "1e-400",
      "0.30000000000000004",
      "0.0000000000000000000000000000000000000000001234567890123456789", "6929495644600919.5", "3.0e-17",
      "1.5e-19",
    ]
    // Halfway between 1 and its successor, and one digit to either side, at several lengths.
    let half = "1.00000000000000011102230246251565404236316680908203125"
    for zeros in [0, 1, 20, 700] {
      list.append(half + String(repeating: "0", count: zeros))
      list.append(half + String(repeating: "0", count: zeros) + "1")
    }
    list.append(String(half.dropLast()) + "4999")
    // Integers halfway between two doubles, with 1 to 19 decimals that decide.
    for decimals in 1...3 {
      let zeros = String(repeating: "0", count: decimals - 1)
      list += ["9007199254740993.\(zeros)0", "9007199254740993.\(zeros)1", "9007199254740995.\(zeros)0"]
    }
    return list
  }()

  /// The scanner's values for literals in rows of one number, on the road for whole rows or on the other.
  static func scan(_ literals: [String], chunk: Int) throws -> [Double] {
    let head = #"{"payload":{"interval_ms":1,"sensors":[{"name":"a"}],"values":["#
    return try read(head + literals.joined(separator: ",") + "]}}", chunk: chunk, batch: 1000).rows
  }

  @Test(arguments: [ByteSource.defaultChunk, 1])
  func equalsDoubleOfString(chunk: Int) throws {
    let literals = Self.hardLiterals + Self.randomLiterals()
    let expected = literals.map { Double($0) ?? .nan }
    let rows = try Self.scan(literals, chunk: chunk)
    let wrong = zip(literals, zip(rows, expected)).filter { $1.0.bitPattern != $1.1.bitPattern }.map(\.0)
    #expect(wrong == [] && rows.count == literals.count)
  }

  @Test func dividesExactly() {
    var random = SeededGenerator(seed: 53)
    var wrong: [String] = []
    for index in 0..<20_000 {
      let decimals = 1 + index % 19
      var n = random.next() % 10_000_000_000_000_000_000
      if index % 5 == 0 { n = (1 << 53) + random.next() % 1000 }
      if index % 7 == 0 { n = 1 + random.next() % 1000 }
      let value = JSONNumber.quotient(n, JSONNumber.integerPowers[decimals])
      if value != Double("\(n)e-\(decimals)") { wrong.append("\(n)e-\(decimals)") }
    }
    #expect(wrong == [])
  }
}
