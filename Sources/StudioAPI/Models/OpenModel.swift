/// A model that is read and written back: fields of Studio's that have no name here survive that.
public protocol OpenModel: StudioModel {
  /// Fields that have no name here, as they came; they go back with the others.
  var otherFields: [String: JSONValue] { get set }
}

/// The fields of an object that its model has no name for.
enum OtherFields {
  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static func names<Keys: CodingKey & CaseIterable>(_ keys: Keys.Type) -> Set<String> {
    Set(keys.allCases.map(\.stringValue))
  }

  static func decode(
    _ decoder: any Decoder, besides keys: (some CodingKey & CaseIterable).Type
  ) throws -> [String: JSONValue] {
    let known = names(keys)
    let fields = try decoder.container(keyedBy: AnyKey.self)
    var others: [String: JSONValue] = [:]
    for key in fields.allKeys where !known.contains(key.stringValue) {
      others[key.stringValue] = try fields.decode(JSONValue.self, forKey: key)
    }
    return others
  }

  /// Adds them to an object. One that has a name there is left out: its property counts.
  static func encode(
    _ others: [String: JSONValue], to encoder: any Encoder, besides keys: (some CodingKey & CaseIterable).Type
  ) throws {
    if others.isEmpty { return }
    let known = names(keys)
    var fields = encoder.container(keyedBy: AnyKey.self)
    for (name, value) in others where !known.contains(name) {
      try fields.encode(value, forKey: AnyKey(stringValue: name))
    }
  }
}
