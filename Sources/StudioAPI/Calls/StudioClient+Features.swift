private let binary = "application/octet-stream"

extension StudioClient {
  /// What the generated features look like and were made from.
  ///
  /// - Parameters:
  ///   - leavesOutSamples: Whether the list of recordings is left empty.
  ///   - category: Part of the dataset; nil leaves the choice to Studio.
  public func dspMetadata(
    project: Int, block: Int, leavesOutSamples: Bool? = nil, category: Studio.RawDataCategory? = nil
  ) async throws(StudioError) -> Studio.DSPMetadataResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/dsp/\(block)/metadata",
        query: ["excludeIncludedSamples": leavesOutSamples, "category": category]))
  }

  /// One name per feature, in feature order.
  public func featureLabels(project: Int, block: Int) async throws(StudioError) -> Studio.DSPFeatureLabelsResponse {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)/features/labels"))
  }

  /// How much each feature tells about each label.
  public func featureImportance(
    project: Int, block: Int
  ) async throws(StudioError) -> Studio.DSPFeatureImportanceResponse {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)/features/importance"))
  }

  /// The features of every window of a recording.
  public func features(
    project: Int, block: Int, sample: Int
  ) async throws(StudioError) -> Studio.DSPSampleFeaturesResponse {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)/features/get-graph/classification/\(sample)"))
  }

  /// Three features of a sample of the windows.
  ///
  /// - Parameter axes: Indices of three features, from 0.
  public func trainedFeatures(
    project: Int, block: Int, category: Studio.RawDataCategory, axes: (Int, Int, Int)
  ) async throws(StudioError) -> Studio.DSPTrainedFeaturesResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/dsp/\(block)/features/get-graph/\(category)",
        query: ["featureAx1": axes.0, "featureAx2": axes.1, "featureAx3": axes.2]))
  }

  /// A recording as a block sees it, with its values.
  ///
  /// - Parameters:
  ///   - block: The block's id; 0 for the values as they are.
  ///   - limit: Largest number of values; nil for all.
  ///   - truncatesLabels: Whether long label lists are cut.
  ///   - usesCache: Whether resampled values may come from a cache.
  public func dspRawSample(
    project: Int, block: Int, sample: Int, limit: Int? = nil, truncatesLabels: Bool? = nil, usesCache: Bool? = nil
  ) async throws(StudioError) -> Studio.GetSampleDSPResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/dsp/\(block)/raw-data/\(sample)",
        query: [
          "limitPayloadValues": limit, "truncateStructuredLabels": truncatesLabels, "useCachedUpsampledData": usesCache,
        ]))
  }

  /// A slice of a recording as a block sees it.
  ///
  /// - Parameters:
  ///   - start: First row.
  ///   - end: Row after the last; nil means one window.
  ///   - truncatesLabels: Whether long label lists are cut.
  public func dspSampleSlice(
    project: Int, block: Int, sample: Int, start: Int, end: Int? = nil, truncatesLabels: Bool? = nil
  ) async throws(StudioError) -> Studio.GetSampleDSPResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/dsp/\(block)/raw-data/\(sample)/slice",
        query: ["sliceStart": start, "sliceEnd": end, "truncateStructuredLabels": truncatesLabels]))
  }

  // MARK: Files

  /// Downloads the features array, or with `raw` the values before processing: windows × values, `.npy`.
  @discardableResult
  public func downloadFeatures(
    project: Int, block: Int, category: Studio.RawDataCategory, raw: Bool? = nil, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(.get, "/api/\(project)/dsp-data/\(block)/x/\(category)", query: ["raw": raw], accept: binary), to: path,
      format: .array)
  }

  /// Downloads the labels array: a row per window, class numbers from 1 in column 0, `.npy`.
  @discardableResult
  public func downloadLabels(
    project: Int, block: Int, category: Studio.RawDataCategory, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(.get, "/api/\(project)/dsp-data/\(block)/y/\(category)", accept: binary), to: path, format: .array)
  }

  /// Downloads an internal file of a block. Newer servers do not have the call.
  @discardableResult
  public func downloadArtifact(
    project: Int, block: Int, key: String, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(.get, "/api/\(project)/dsp-data/\(block)/artifact/\(key)", accept: binary), to: path)
  }
}
