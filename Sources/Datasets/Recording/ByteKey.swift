/// A text that is the same as another only when their UTF-8 bytes are.
///
/// `String` compares by canonical equivalence: `é` as one code point equals `é` as two. File systems and Studio
/// compare bytes, so paths, file names and labels are looked up by this key.
public struct ByteKey: Hashable, Sendable {
  /// The text, as it was given.
  public let text: String

  /// - Complexity: O(1) for a `String`, O(bytes) for a slice of one.
  public init(_ text: some StringProtocol) { self.text = String(text) }

  /// Whether all bytes are equal.
  public static func == (left: ByteKey, right: ByteKey) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    // Keeps a key apart from its own beginning where several are hashed in a row.
    hasher.combine(0xFF as UInt8)
  }
}
