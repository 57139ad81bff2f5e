import Crypto

/// A share of a dataset, for quick runs over a large one: the input block's `datasetSubset`.
///
/// Which recordings are in it depends on their names and the seed alone, so the choice is the same in every run, on
/// every machine and in every order of files. A larger share with the same seed holds all of a smaller one. The choice
/// is not Studio's, whose rule is not public: numbers of windows agree about, X does not.
public struct DatasetSubset: Sendable, Equatable, Codable {
  /// Share of the recordings in percent, 0 to 100. Recordings that share a name are in or out together, and the share
  /// is met on average only.
  public var includePercentage: Double
  /// Another seed makes another choice. Default: 0.
  public var seed: Int

  /// Nil when the percentage is not within 0 to 100.
  public init?(includePercentage: Double, seed: Int = 0) {
    guard (0...100).contains(includePercentage) else { return nil }
    self.includePercentage = includePercentage
    self.seed = seed
  }

  /// Whether a recording of this name is in the subset.
  ///
  /// The first 64 bits of SHA-256 over `<seed>:<name>` are a number from 0 to 1, which is compared with the share.
  /// - Complexity: O(bytes of the name).
  public func includes(name: String) -> Bool {
    var hasher = SHA256()
    hasher.update(data: Array("\(seed):\(name)".utf8))
    let head = hasher.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    // 53 bits, which a double holds; the largest number stays below 1, so that 100 % is everything.
    return Double(head >> 11) * 0x1p-53 * 100 < includePercentage
  }
}
