/// How files are read where their formats leave room.
public struct ReadingOptions: Sendable, Equatable {
  /// What each format does by itself.
  public init() {}
}
