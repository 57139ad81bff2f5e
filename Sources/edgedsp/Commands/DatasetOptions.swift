import ArgumentParser
import Datasets

/// Which recordings of a dataset are used, and for what.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      Deal out recordings that no label file and no folder puts into training or testing: md5, by the file's bytes, \
      about 80 to 20. Default: they are training.
      """)
  var split: CategorySplit?

  @Option(
    help: """
      Use only a share of the recordings: PERCENT or PERCENT:SEED. Overrides the impulse's datasetSubset. The choice \
      is the same every time, but not Studio's.
      """)
  var subset: DatasetSubset?
}

extension CategorySplit: ExpressibleByArgument {}

extension DatasetSubset: ExpressibleByArgument {
  /// `20` or `20:7`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let percentage = parts.first.flatMap({ Double($0) }), let seed = parts.count < 2 ? 0 : Int(parts[1])
    else { return nil }
    self.init(includePercentage: percentage, seed: seed)
  }
}
