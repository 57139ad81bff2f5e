import Foundation
import Testing

@testable import Datasets

// Strategy: texts whose tree is known, with lists of numbers of many lengths, since these take a fast road with an end
// of its own; each list is compared with what Foundation reads. What is no JSON must be an error that names the place.

struct JSONDocumentTests {
  private func read(_ text: String) throws -> JSONDocument { try JSONDocument(Data(text.utf8), name: "text") }

  @Test func valuesKeepTheirKind() throws {
    #expect(
      try read(#" {"a": [1, -2.5e3], "b": {"c": null, "d": [true, 1]}, "e": "x\né", "f": [], "g": 7} "#)
        == .object([
          "a": .numbers([1, -2500]), "b": .object(["c": .null, "d": .list([.boolean(true), .number(1)])]),
          "e": .text("x\né"), "f": .numbers([]), "g": .number(7),
        ]))
    #expect(try read("3") == .number(3))
    #expect(try read("[[1,2],[3]]") == .list([.numbers([1, 2]), .numbers([3])]))
    #expect(try read(#"{"a":1,"a":2}"#)["a"] == .number(2), "the last counts")
    #expect(try read("[1]")["a"] == nil)
  }

  @Test(arguments: [0, 1, 2, 511, 512, 513, 1024, 2000]) func listsOfNumbersAreExact(_ count: Int) throws {
    let numbers = (0..<count).map { Double($0) * 0.1 - 7e-5 }
    let text = "[" + numbers.map { "\($0)" }.joined(separator: " ,\n") + "]"
    #expect(try read(text) == .numbers(numbers))
    // Something else behind them makes it a list, with the same numbers.
    let mixed = try read(String(text.dropLast()) + (count == 0 ? "\"x\"]" : ",\"x\"]"))
    #expect(mixed == .list(numbers.map(JSONDocument.number) + [.text("x")]))
  }

  @Test(arguments: [
    "", "[1,]", "[NaN]", "[1 2]", "{\"a\"}", "[1]x", "nul", "[1e999", "\"\u{1}\"", String(repeating: "[", count: 65),
  ])
  func whatIsNoJSONIsRefused(_ text: String) {
    #expect(throws: DatasetError.self) { try read(text) }
  }
}
