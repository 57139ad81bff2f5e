import Crypto

/// What a document says about its own signature. Whether it is true shows at the end of the file.
struct SignatureClaim {
  /// The value of the key `signature`.
  struct Value {
    /// The text; nil when the value is none.
    let bytes: [UInt8]?
    /// File offsets of the text, see `AcquisitionTokenizer.textRange`.
    let range: Range<Int>?
    /// File offset of the value.
    let position: Int
    /// The value in the words of an error message.
    let words: String
  }

  /// `protected.alg`.
  var algorithm: String?
  var algorithmPosition = 0
  var value: Value?

  /// 64 hexadecimal digits, as HMAC-SHA256 gives them.
  static let length = 64

  /// File offsets of the 64 bytes that the signature itself takes to be zeros.
  var place: Range<Int>? { value?.range.flatMap { $0.count == Self.length ? $0 : nil } }

  /// Compares the claim with the bytes that have passed `source`, which must stand at the end of the file.
  ///
  /// - Returns: a remark when there is nothing to compare: the file is unsigned, or all digits are 0, as in files that
  ///   Studio has rewritten. Nil when the signature is right.
  /// - Throws: `DatasetError` when the signature is wrong, or cannot be one.
  func verify(_ source: ByteSource) throws(DatasetError) -> String? {
    if algorithm == "none" { return "its signature is not checked: its algorithm is \"none\"" }
    guard let value else { return "its signature is not checked: it has none" }
    if let algorithm, algorithm != "HS256" {
      throw DatasetError(
        file: source.file, position: .byte(algorithmPosition), expected: "the algorithm \"HS256\" or \"none\"",
        found: DatasetError.quoted(algorithm), kind: .unsupported)
    }
    guard let bytes = value.bytes, let digest = Self.digest(bytes) else {
      throw DatasetError(
        file: source.file, position: .byte(value.position),
        expected: "a signature of \(Self.length) hexadecimal digits", found: value.words)
    }
    if digest.allSatisfy({ $0 == 0 }) { return "its signature is not checked: it is all zeros" }
    // The signer has put the digits over 64 zeros, byte for byte, so they must stand in the file in that way.
    guard place != nil else {
      throw DatasetError(
        file: source.file, position: .byte(value.position),
        expected: "a signature without escapes and in one piece", found: "one that is written otherwise",
        kind: .unsupported)
    }
    guard let code = try source.authenticationCode() else { return nil }
    // Takes the same time wherever the first difference is.
    if code == digest { return nil }
    throw DatasetError(
      file: source.file, position: .byte(value.position), expected: "the signature that the HMAC key gives",
      found: "another: the file has been changed, or was signed with another key")
  }

  private static func digest(_ text: [UInt8]) -> [UInt8]? {
    guard text.count == length else { return nil }
    var digest: [UInt8] = []
    for index in stride(from: 0, to: length, by: 2) {
      guard let high = nibble(text[index]), let low = nibble(text[index + 1]) else { return nil }
      digest.append(high << 4 | low)
    }
    return digest
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
