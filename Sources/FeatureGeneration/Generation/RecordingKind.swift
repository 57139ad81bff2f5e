import Datasets

extension FeatureGenerator {
  /// How the recordings of a dataset are read for the impulse's input block.
  func reading(_ options: ReadingOptions = ReadingOptions()) -> ReadingOptions {
    var options = options
    options.image = blocks.first?.block.input.resizing
    return options
  }

  /// Whether a recording is of the kind that the impulse's input block takes: pictures or numbers.
  func checkKind(_ header: RecordingHeader, file: String) throws(DatasetError) {
    let takesPictures = blocks.first?.block.input.resizing != nil
    if takesPictures == (header.imageSize != nil) { return }
    throw DatasetError(
      file: file,
      expected: takesPictures ? "a picture, as the impulse takes them" : "rows of numbers, as the impulse takes them",
      found: takesPictures ? "rows of numbers" : "a picture", kind: .unsupported)
  }
}
