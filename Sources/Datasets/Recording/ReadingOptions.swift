/// How files are read where their formats leave room.
public struct ReadingOptions: Sendable, Equatable {
  /// The project's HMAC key as text: signatures of acquisition files are verified with its UTF-8 bytes. Default: nil,
  /// signatures are not looked at.
  public var hmacKey: String?

  /// What each format does by itself.
  public init() {}
}
