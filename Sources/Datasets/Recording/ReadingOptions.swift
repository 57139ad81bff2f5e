/// How files are read where their formats leave room.
public struct ReadingOptions: Sendable, Equatable {
  /// How tables of text are read: columns, timestamps, labels, splitting.
  public var table = TableOptions()
  /// The part of the file to read; nil for the whole.
  public var section: RecordingSection?

  /// What each format does by itself.
  public init() {}
}
