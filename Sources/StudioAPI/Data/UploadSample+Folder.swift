import Datasets

extension UploadSample {
  /// What `uploadFolder` would send, in its order.
  ///
  /// - Parameters:
  ///   - category: For plain folders; default `split`.
  ///   - label: For plain folders.
  ///   - metadata: For plain folders.
  /// - Throws: `StudioError` of kind `file` when the folder or its list cannot be read.
  public static func samples(
    inFolder path: String, category: Datasets.Category = .split, label: String? = nil, metadata: [String: String] = [:]
  ) throws(StudioError) -> [UploadSample] {
    let folder = try UploadFolder(path: path)
    if folder.isExported { return try folder.exportedSamples() }
    return try folder.plainFiles().map { file in
      var sample = UploadSample(file: file)
      sample.category = category
      sample.label = label
      sample.metadata = metadata
      return sample
    }
  }
}
