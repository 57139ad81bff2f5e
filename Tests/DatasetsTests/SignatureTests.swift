// Strategy: documents are signed by another implementation (Python's hmac); the signatures stand here as literals.
// They stand before and behind the rows, in JSON, CBOR and before a binary tail, and chunks of 1 byte up put them
// into the latest chunk, across two, and behind what has passed. Every byte of every document is changed in turn:
// none may pass as signed. What cannot be checked must leave a remark, what cannot be a signature an error.

import Testing

@testable import Datasets

private typealias C = CBORWriter

@Suite struct SignatureTests {
  static let key = "fed53116f20684c067774ebf9e7bcbdc"

  static func front(_ signature: String, alg: String = "HS256") -> [UInt8] {
    Array(
      #"{"protected":{"ver":"v1","alg":"\#(alg)"},"signature":"\#(signature)","payload":{"interval_ms":10,"sensors":[{"name":"a"}],"values":[1,2,3]}}"#
        .utf8)
  }

  static func cbor(_ signature: [UInt8], _ values: [UInt8], tail: [UInt8] = []) -> [UInt8] {
    C.head(5, 3) + C.text("protected") + C.map([("ver", C.text("v1")), ("alg", C.text("HS256"))])
      + C.text("signature") + signature + C.text("payload") + C.head(5, 3) + C.text("interval_ms") + C.integer(10)
      + C.text("sensors") + C.list([C.map([("name", C.text("a"))])]) + C.text("values") + values + tail
  }

  static let signed: [[UInt8]] = [
    front("7c0145679da9184b58799ffb07a64867de4f1ce6e3d8796e4e9b7206b33ff1e6"),
    front("7C0145679DA9184B58799FFB07A64867DE4F1CE6E3D8796E4E9B7206B33FF1E6"),
    Array(
      (#"{"payload":{"values":[1,2,3],"interval_ms":10,"sensors":[{"name":"a"}]},"protected":{"ver":"v1","alg":"HS256"},"#
        + #""signature":"c8173a9ce07b57e95ef3245c8039ba19910b986b8c93de86e05f394dc02ea8f6"}"# + "\n").utf8),
    cbor(
      C.text("c4dab33086040cf0d27512ccb97be169af0838ff851d8dd723fd8e97d401e9ab"),
      C.list([C.integer(1), C.integer(2), C.integer(3)], open: true)),
    cbor(
      C.text("5161a0b6ee6aa350cd798f49a2e7d91e8fe66d793d3c9048ac1c94d9f9bfb673"),
      C.list([C.text("Ref-BINARY-i16 ")]), tail: [1, 0, 2, 0, 3, 0]),
  ]

  private static func options(_ key: String = key) -> ReadingOptions {
    var options = ReadingOptions()
    options.hmacKey = key
    return options
  }

  @Test(arguments: signed.indices, [1, 7, 64, 100, 4096])
  func acceptsWhatIsSigned(index: Int, chunk: Int) throws {
    var remarks: [String]?
    let recording = try read(Self.signed[index], chunk: chunk, options: Self.options()) { remarks = $0 }
    #expect(recording.rows == [1, 2, 3])
    #expect(remarks == [])
    #expect(recording.fingerprint.count == 39)
  }

  @Test(arguments: signed.indices, [3, 80, 4096])
  func refusesEveryChange(index: Int, chunk: Int) throws {
    let folder = try TemporaryFolder()
    var passed: [Int] = []
    for place in Self.signed[index].indices {
      var bytes = Self.signed[index]
      // Letters keep their meaning in a digest in capitals, so another bit.
      bytes[place] ^= 1
      do {
        var remarks: [String] = []
        _ = try read(bytes, chunk: chunk, in: folder, options: Self.options()) { remarks = $0 }
        // A broken key, such as `signatura`, leaves a file without a signature, and the remark that says so.
        if remarks.isEmpty { passed.append(place) }
      } catch is DatasetError {}
    }
    #expect(passed == [])
  }

  @Test func usesTheKeyAsUTF8() throws {
    let bytes = Self.front("bb939ad27377d326114780ed9203b1943e0aa72eec869eb0c9218584e428c358")
    #expect(try read(bytes, options: Self.options("schlüssel")).rows == [1, 2, 3])
    #expect(
      failure(bytes, options: Self.options())
        == "r: byte 52: expected the signature that the HMAC key gives, found another: the file has been changed, or was signed with another key"
    )
  }

  @Test func looksAtNothingWithoutAKey() throws {
    for signature in ["0", String(repeating: "1", count: 64), "\\u0030"] {
      var remarks: [String]?
      #expect(try read(Self.front(signature)) { remarks = $0 }.rows == [1, 2, 3])
      #expect(remarks == [])
    }
  }

  @Test(arguments: [
    (front(String(repeating: "0", count: 64)), "its signature is not checked: it is all zeros"),
    (front("anything", alg: "none"), "its signature is not checked: its algorithm is \"none\""),
    (
      Array(#"{"payload":{"interval_ms":10,"sensors":[{"name":"a"}],"values":[1,2,3]}}"#.utf8),
      "its signature is not checked: it has none"
    ),
    (
      Array(#"{"payload":{"values":[1,2,3],"interval_ms":10,"sensors":[{"name":"a"}]},"protected":7}"#.utf8),
      "its signature is not checked: it has none"
    ),
  ])
  func remarksOnWhatIsUnsigned(bytes: [UInt8], remark: String) throws {
    var remarks: [String]?
    #expect(try read(bytes, chunk: 50, options: Self.options()) { remarks = $0 }.rows == [1, 2, 3])
    #expect(remarks == [remark])
  }

  @Test(arguments: [
    (
      front("7c01"), "byte 52: expected a signature of 64 hexadecimal digits, found the text \"7c01\""
    ),
    (
      front(String(repeating: "g", count: 64)),
      "byte 52: expected a signature of 64 hexadecimal digits, found the text \"ggggggggggggggggggggggggggggggggggggggg…\""
    ),
    (
      front("\\u0037" + "c0145679da9184b58799ffb07a64867de4f1ce6e3d8796e4e9b7206b33ff1e6"),
      "byte 52: expected a signature without escapes and in one piece, found one that is written otherwise"
    ),
    (
      cbor(
        C.pieces(["c4dab33086040cf0d27512ccb97be169", "af0838ff851d8dd723fd8e97d401e9ab"]),
        C.list([C.integer(1)])),
      "byte 39: expected a signature without escapes and in one piece, found one that is written otherwise"
    ),
    (
      cbor(C.integer(7), C.list([C.integer(1)])),
      "byte 39: expected a signature of 64 hexadecimal digits, found 7.0"
    ),
    (
      front(String(repeating: "1", count: 64), alg: "HS512"),
      "byte 31: expected the algorithm \"HS256\" or \"none\", found \"HS512\""
    ),
  ])
  func refusesWhatIsNoSignature(bytes: [UInt8], message: String) {
    #expect(failure(bytes, options: Self.options()) == "r: " + message)
    #expect(failure(bytes) == "read")
  }

  @Test func refusesTwoSignatures() {
    let text = #"{"signature":"0","signature":"1","payload":{}}"#
    #expect(failure(text) == "r: byte 17: expected the key \"signature\" once, found it again")
    #expect(
      failure(#"{"protected":{},"protected":{"alg":"none"}}"#)
        == "r: byte 16: expected the key \"protected\" once, found it again")
  }
}
