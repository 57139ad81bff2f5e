/// A key or token. It shows itself only to the request that needs it and to encoders.
public struct Secret: Sendable, Hashable, Codable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// What stands in for a secret wherever one would show.
  public static let mask = "<redacted>"

  package let value: String

  /// Wraps a key.
  public init(_ value: String) { self.value = value }

  /// Decodes a text.
  public init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(String.self)
  }

  /// Encodes the text itself: what is encoded holds the secret.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  /// The mask.
  public var description: String { Self.mask }
  /// The mask.
  public var debugDescription: String { Self.mask }
  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// A text in which the mask stands for the secret.
  func scrubbed(from text: String) -> String {
    value.isEmpty ? text : text.replacing(value, with: Self.mask)
  }
}

/// How requests prove who makes them.
public enum Credential: Sendable, Hashable {
  /// A project's API key, sent as `x-api-key`.
  case apiKey(Secret)
  /// A user's token, sent as `x-jwt-token`.
  case token(Secret)

  var header: (name: String, value: String) {
    switch self {
    case .apiKey(let key): ("x-api-key", key.value)
    case .token(let token): ("x-jwt-token", token.value)
    }
  }

  var secret: Secret {
    switch self {
    case .apiKey(let secret), .token(let secret): secret
    }
  }
}
