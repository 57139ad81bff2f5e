import Foundation

/// A moment as Studio spells it, in ISO 8601. The text is kept as it came.
public struct Timestamp: OpenValue {
  /// The text on the wire, such as `2024-05-01T10:00:00.000Z`.
  public var rawValue: String

  /// A moment from its text, which is not checked.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A moment from a date, with milliseconds, in UTC.
  public init(_ date: Date) {
    rawValue = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// The date; nil when the text is none.
  public var date: Date? {
    (try? Date(rawValue, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      ?? (try? Date(rawValue, strategy: Date.ISO8601FormatStyle()))
  }
}
