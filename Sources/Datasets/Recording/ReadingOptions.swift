/// How files are read where their formats leave room.
public struct ReadingOptions: Sendable, Equatable {
  /// The project's HMAC key as text: signatures of acquisition files are verified with its UTF-8 bytes. Default: nil,
  /// signatures are not looked at.
  public var hmacKey: String?
  /// The size that pictures are brought to; nil leaves them as they are.
  public var image: ImageResizing?
  /// How tables of text are read: columns, timestamps, labels, splitting.
  public var table = TableOptions()
  /// The part of the file to read; nil for the whole.
  public var section: RecordingSection?

  /// What each format does by itself.
  public init() {}
}
