/// Which column of one set belongs to which column of the other.
struct ColumnAlignment {
  /// How columns were paired.
  enum Rule: String, Sendable, Encodable { case label, order }

  let rule: Rule
  /// For each column of the local set, that of the other.
  let studio: [Int]
  /// Names of the local columns; `feature 7` where nobody has named them.
  let names: [String]
  /// Whether the other set has its columns in another order.
  var isPermuted: Bool { !studio.elementsEqual(0..<studio.count) }

  /// Pairs columns by name where both sets name all of theirs alike, else by their order.
  ///
  /// - Parameter count: columns of both sets.
  init(local: FeatureSetDescription, studio other: FeatureSetDescription, count: Int) {
    let localNames = local.columnNames(count)
    let otherNames = other.columnNames(count)
    names = localNames ?? otherNames ?? (0..<count).map { "feature \($0)" }
    if let localNames, let otherNames, Set(localNames) == Set(otherNames) {
      let places = Dictionary(uniqueKeysWithValues: otherNames.enumerated().map { ($1, $0) })
      studio = localNames.compactMap { places[$0] }
      rule = .label
    } else {
      studio = Array(0..<count)
      rule = .order
    }
  }
}
