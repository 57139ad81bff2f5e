/// Studio's models: what its REST interface takes and answers. Property names are Studio's own.
///
/// Fields that have no name here are ignored, but for models that are written back (`OpenModel`). A required field that is missing makes decoding fail with the path
/// of the field.
public enum Studio {}

/// A value of Studio's REST interface.
public protocol StudioModel: Codable, Sendable, Equatable {}

/// An answer of Studio. Refusals come as answers too.
public protocol StudioAnswer: StudioModel {
  /// Whether Studio did what it was asked to.
  var success: Bool { get }
  /// Why it did not.
  var error: String? { get }
}

/// A text from a list that may grow: unknown texts decode and encode as they are.
public protocol OpenValue: RawRepresentable, Codable, Sendable, Hashable, CustomStringConvertible
where RawValue == String {
  /// Any text.
  init(rawValue: String)
}

extension OpenValue {
  /// Decodes a text.
  public init(from decoder: any Decoder) throws {
    self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  /// The text.
  public var description: String { rawValue }
}

/// One of several models, told apart by the field `type`.
protocol TaggedValue: StudioModel {
  static var alternatives: [String: @Sendable (any Decoder) throws -> Self] { get }
  static func unknown(_ value: JSONValue) -> Self
  var content: any Encodable { get }
}

private struct Tag: Decodable { let type: String? }

extension TaggedValue {
  /// Decodes the model that `type` names; any other is kept as it came.
  public init(from decoder: any Decoder) throws {
    if let type = try Tag(from: decoder).type, let decode = Self.alternatives[type] {
      self = try decode(decoder)
    } else {
      self = .unknown(try JSONValue(from: decoder))
    }
  }

  /// Encodes the model, without a level of its own.
  public func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }
}
