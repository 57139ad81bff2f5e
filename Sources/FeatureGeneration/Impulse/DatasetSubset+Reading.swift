import Datasets
import ProcessingBlocks

extension DatasetSubset {
  /// The subset of an input block; nil where there is none, and where it is everything.
  init?(_ document: ImpulseDocument.Subset?, place: String, file: String) throws(ImpulseError) {
    guard let document, let percentage = document.includePercentage, percentage != 100 else { return nil }
    let seed = document.seed ?? 0
    guard let seed = Int(exactly: seed) else {
      throw .problem(file, place, "datasetSubset.seed", "\(seed)", "must be a whole number")
    }
    if !(0...100).contains(percentage) {
      throw .problem(file, place, "datasetSubset.includePercentage", "\(percentage)", "must be from 0 to 100")
    }
    self.init(includePercentage: percentage, seed: seed)
  }
}
