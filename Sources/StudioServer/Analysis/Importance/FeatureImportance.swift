import EngineThreads
import Synchronization

/// How much each feature helps to tell the labels apart, by a random forest.
///
/// The forest is Breiman's ("Random Forests", 2001): each tree is grown from rows drawn with replacement, each split is
/// the best of about √features columns, and a feature's importance is what its splits take from the Gini impurity,
/// averaged over the trees. What it takes from the impurity of one label is the importance for that label: the impurity
/// is a sum over labels, so one forest gives both.
///
/// The result depends on the windows, their labels, `trees`, `depth` and `seed` alone: not on the order of the windows,
/// on threads or on the machine.
public struct FeatureImportance: Sendable, Equatable {
  /// How the forest is grown.
  public struct Options: Sendable {
    /// Trees. Default: 100.
    public var trees = 100
    /// Most splits from root to leaf. Default: 16.
    public var depth = 16
    /// About as many windows are looked at, chosen by a hash of recording and start, in proportion to the labels but at
    /// least 20 of each. Default: 20,000.
    public var mostRows = 20_000
    /// Fewer windows where these have many features: windows times features stay below this. Default: 2^24, 64 MiB.
    public var mostValues = 1 << 24
    /// Where the pseudo-random numbers begin. Default: 1.
    public var seed: UInt64 = 1
    /// The engine's own threads that work, the calling one among them. Default: 1.
    public var threads = 1

    /// The defaults.
    public init() {}
  }

  /// For each column of X, from 0 to 1. They add up to 1; all are 0 where no feature tells anything apart.
  public let overall: [Double]
  /// The same for each label that has windows: what helps to tell it from the others.
  public let byLabel: [String: [Double]]

  /// Looks at a feature set on disk.
  ///
  /// - Parameters:
  ///   - x: `X.npy`, windows times features.
  ///   - y: `y.npy`: label number from 1 (0 for windows without a label, which are passed over), recording, start, end.
  ///   - labels: names; label `i` has number `i + 1` in y.
  ///   - isCancelled: asked before each tree.
  /// - Throws: `AnalysisError` where windows of fewer than two labels are there, or the files do not fit together, or
  ///   after `isCancelled`; `NumPyError` for what is wrong with a file.
  /// - Complexity: O(trees rows √features depth); memory 5 bytes a value of the rows looked at.
  public init(
    x: String, y: String, labels: [String], options: Options = Options(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws {
    let sample = try ImportanceSample(
      x: x, y: y, labels: labels, mostRows: options.mostRows, mostValues: options.mostValues, seed: options.seed)
    let features = BinnedFeatures(sample.values, rows: sample.rows, threads: options.threads)
    sample.deallocate()
    let classes = sample.classes
    let labelCount = sample.labels.count
    if isCancelled() { throw AnalysisError.cancelled }
    let forest = ForestWorth(columns: features.columns, labels: labelCount)
    let next = Atomic(0)
    let tries = max(1, Int(Double(features.columns).squareRoot()))
    OwnThreads.run(min(options.threads, options.trees)) {
      let grower = TreeGrower(
        features, classes: classes, labelCount: labelCount, depth: options.depth, tries: tries)
      while true {
        let tree = next.add(1, ordering: .relaxed).oldValue
        if tree >= options.trees || isCancelled() { break }
        var random = SplitMix64(seed: SplitMix64.mix(options.seed) ^ UInt64(tree))
        forest.add(grower.grow(&random))
      }
    }
    if isCancelled() { throw AnalysisError.cancelled }
    overall = forest.shares(0)
    byLabel = Dictionary(
      zip(sample.labels, (1...labelCount).map(forest.shares)), uniquingKeysWith: { first, _ in first })
  }
}

/// The sum over trees, in units of 2^-40 of a tree: sums of whole numbers do not depend on the order of the trees.
private final class ForestWorth: Sendable {
  private let columns: Int
  private let labels: Int
  /// First all labels together, then each; a value a column.
  private let sums: Mutex<[Int64]>

  private static let unit = 0x1p40

  init(columns: Int, labels: Int) {
    self.columns = columns
    self.labels = labels
    sums = Mutex([Int64](repeating: 0, count: columns * (labels + 1)))
  }

  /// Adds a tree. Each has the same say, overall and for each label that it tells apart.
  func add(_ worth: TreeGrower.Worth) {
    let places = worth.columns.indices
    let totals = (0..<labels).map { label in places.reduce(0) { $0 + worth.values[$1 * labels + label] } }
    let total = totals.reduce(0, +)
    if total == 0 { return }
    sums.withLock { sums in
      for place in places {
        let column = Int(worth.columns[place])
        var all = 0.0
        for label in 0..<labels {
          let value = worth.values[place * labels + label]
          all += value
          if totals[label] > 0 {
            sums[(label + 1) * columns + column] += Int64((value / totals[label] * Self.unit).rounded())
          }
        }
        sums[column] += Int64((all / total * Self.unit).rounded())
      }
    }
  }

  /// Values that add up to 1: of all labels for 0, else of label `row - 1`.
  func shares(_ row: Int) -> [Double] {
    sums.withLock { sums in
      let values = sums[row * columns..<(row + 1) * columns]
      let total = values.reduce(0, +)
      return values.map { total == 0 ? 0 : Double($0) / Double(total) }
    }
  }
}
