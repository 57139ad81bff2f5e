// Strategy: objects with a key twice in every kind of place (the top, below keys, below lists, spelt with an escape,
// behind a container), with the path that must be named; then documents in which equal texts are no equal keys.

import Datasets
import Foundation
import Testing

@Suite struct JSONDuplicateKeyTests {
  @Test(arguments: [
    (#"{"a":1,"a":2}"#, "a"), (#"{"a":{"b":[],"c":{},"b":null}}"#, "a.b"),
    (#"[1,[{"x":1},{"y":"y","y":2}]]"#, "[1][1].y"),
    (#"{"a":[{"k":1,"\u006b":2}]}"#, "a[0].k"), (#"{"":1,"":2}"#, ""), ("{\"a\":1,\n \"b\":2,\n \"a\":1}", "a"),
  ])
  func namesTheKey(text: String, path: String) {
    #expect(JSONDuplicateKey(in: Data(text.utf8))?.path == path)
  }

  @Test(arguments: [
    #"{"a":1,"b":2}"#, #"{"a":{"a":{"a":"a"}},"b":"a"}"#, #"[{"a":1},{"a":2}]"#, #"["a","a"]"#, #"{"a":"a","b":"a"}"#,
    #"{"a":1,"A":2}"#, "", "{", #"{"a":1,:"a":2}"#, "7", String(repeating: "[", count: 1000),
  ])
  func findsNone(text: String) {
    #expect(JSONDuplicateKey(in: Data(text.utf8)) == nil)
  }

  @Test func quotesTheKeyShortened() {
    let long = String(repeating: "k", count: 3000)
    let found = JSONDuplicateKey(in: Data("{\"\(long)\":1,\"\(long)\":2}".utf8))
    #expect(found?.key == "\"\(long.prefix(39))…\"" && found?.path == String(long.prefix(40)))
    let longer = String(repeating: "k", count: 5000)
    #expect(JSONDuplicateKey(in: Data("{\"\(longer)a\":1,\"\(longer)b\":2}".utf8)) == nil)
  }
}
