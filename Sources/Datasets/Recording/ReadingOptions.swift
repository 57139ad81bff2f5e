/// How files are read where their formats leave room.
public struct ReadingOptions: Sendable, Equatable {
  /// The size that pictures are brought to; nil leaves them as they are.
  public var image: ImageResizing?

  /// What each format does by itself.
  public init() {}
}
