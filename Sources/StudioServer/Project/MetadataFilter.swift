/// Conditions on the metadata of recordings, as Studio's lists take them: a JSON list of conditions and options.
struct MetadataFilter: Decodable, Sendable {
  private var conditions: [Condition] = []
  /// Whether recordings without any metadata pass, whatever the conditions.
  private var includesNone = false
  /// Whether one condition is enough.
  private var isAny = false

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    while !list.isAtEnd {
      let item = try list.decode(Item.self)
      if let condition = item.condition { conditions.append(condition) }
      includesNone = item.includesNone ?? includesNone
      isAny = item.combinator.map { $0 == .or } ?? isAny
    }
  }

  /// Whether a recording with this metadata passes.
  func includes(_ metadata: [String: String]) -> Bool {
    if includesNone && metadata.isEmpty { return true }
    guard isAny, !conditions.isEmpty else { return conditions.allSatisfy { $0.includes(metadata) } }
    // Studio also takes recordings that have a key of which no condition speaks.
    let keys = Set(conditions.map(\.key))
    return conditions.contains { $0.includes(metadata) } || metadata.keys.contains { !keys.contains($0) }
  }

  /// A condition on one key.
  private struct Condition: Sendable {
    var key: String
    var isEqual: Bool
    /// Empty for any value.
    var values: [String]

    /// A key that a recording does not have equals nothing.
    func includes(_ metadata: [String: String]) -> Bool {
      let matches = metadata[key].map { values.isEmpty || values.contains($0) } ?? false
      return matches == isEqual
    }
  }

  /// An element of the list: a condition or an option.
  private struct Item: Decodable {
    enum Operation: String, Decodable { case eq, neq }
    enum Combinator: String, Decodable { case and, or }
    enum CodingKeys: String, CodingKey {
      case key, values
      case operation = "op"
      case includesNone = "no_metadata"
      case combinator = "filters_combinator"
    }

    var condition: Condition?
    var includesNone: Bool?
    var combinator: Combinator?

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      includesNone = try fields.decodeIfPresent(Bool.self, forKey: .includesNone)
      combinator = try fields.decodeIfPresent(Combinator.self, forKey: .combinator)
      if includesNone == nil && combinator == nil || fields.contains(.key) {
        condition = Condition(
          key: try fields.decode(String.self, forKey: .key),
          isEqual: try fields.decode(Operation.self, forKey: .operation) == .eq,
          values: try fields.decodeIfPresent([String].self, forKey: .values) ?? [])
      }
    }
  }
}
