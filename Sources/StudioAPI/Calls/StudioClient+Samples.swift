extension StudioClient {
  // MARK: Lists

  /// A page of the list of recordings. Past the end it is empty.
  ///
  /// - Parameters:
  ///   - limit: Largest number; nil leaves it to Studio.
  ///   - offset: Recordings to skip.
  ///   - proposedActionsJob: Job whose proposals come with the recordings.
  public func samples(
    project: Int, category: Studio.RawDataFilterCategory, filter: SampleFilter = SampleFilter(), limit: Int? = nil,
    offset: Int? = nil, excludesSensors: Bool? = nil, truncatesLabels: Bool? = nil, sortedBy order: String? = nil,
    proposedActionsJob: Int? = nil
  ) async throws(StudioError) -> Studio.ListSamplesResponse {
    var endpoint = Endpoint<Studio.ListSamplesResponse>(
      .get, "/api/\(project)/raw-data",
      query: [
        "category": category, "limit": limit, "offset": offset, "excludeSensors": excludesSensors,
        "truncateStructuredLabels": truncatesLabels, "sortBy": order,
        "proposedActionsJobId": proposedActionsJob,
      ])
    endpoint.query += try filter.query()
    return try await run(endpoint)
  }

  /// How many recordings there are.
  public func sampleCount(
    project: Int, category: Studio.RawDataFilterCategory, filter: SampleFilter = SampleFilter()
  ) async throws(StudioError) -> Studio.CountSamplesResponse {
    var endpoint = Endpoint<Studio.CountSamplesResponse>(
      .get, "/api/\(project)/raw-data/count", query: ["category": category])
    endpoint.query += try filter.query()
    return try await run(endpoint)
  }

  // MARK: One recording

  /// A recording with its values.
  ///
  /// - Parameters:
  ///   - limit: Largest number of values; nil for all.
  ///   - cacheKey: Any text that tells versions apart.
  ///   - proposedActionsJob: Job whose proposals come with the recording.
  public func sample(
    project: Int, sample: Int, limit: Int? = nil, cacheKey: String? = nil, impulse: Int? = nil,
    truncatesLabels: Bool? = nil, datasetVersion: Int? = nil, proposedActionsJob: Int? = nil
  ) async throws(StudioError) -> Studio.GetSampleResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)",
        query: [
          "limitPayloadValues": limit, "cacheKey": cacheKey, "impulseId": impulse,
          "truncateStructuredLabels": truncatesLabels, "datasetVersionId": datasetVersion,
          "proposedActionsJobId": proposedActionsJob,
        ]))
  }

  /// A slice of a recording. `end` is the row after the last; nil means one window.
  public func sampleSlice(
    project: Int, sample: Int, start: Int, end: Int? = nil, impulse: Int? = nil, datastream: Int? = nil,
    truncatesLabels: Bool? = nil, datasetVersion: Int? = nil
  ) async throws(StudioError) -> Studio.GetSampleDSPResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)/slice",
        query: [
          "sliceStart": start, "sliceEnd": end, "impulseId": impulse, "datastreamIndex": datastream,
          "truncateStructuredLabels": truncatesLabels, "datasetVersionId": datasetVersion,
        ]))
  }

  // MARK: Files

  /// Downloads a recording as Studio stores it.
  @discardableResult
  public func downloadRaw(
    project: Int, sample: Int, datasetVersion: Int? = nil, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)/raw", query: ["datasetVersionId": datasetVersion],
        accept: "application/octet-stream"), to: path)
  }

  /// Downloads an axis of a recording as a WAV file. The slice is given in rows.
  @discardableResult
  public func downloadAudio(
    project: Int, sample: Int, axis: Int = 0, start: Int? = nil, end: Int? = nil, cacheKey: String? = nil,
    datasetVersion: Int? = nil, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)/wav",
        query: [
          "axisIx": axis, "sliceStart": start, "sliceEnd": end, "cacheKey": cacheKey,
          "datasetVersionId": datasetVersion,
        ], accept: "audio/wav"), to: path)
  }

  /// Downloads a recording as a picture.
  ///
  /// - Parameter afterInputBlock: Whether it is resized as the impulse says.
  @discardableResult
  public func downloadImage(
    project: Int, sample: Int, afterInputBlock: Bool? = nil, cacheKey: String? = nil, impulse: Int? = nil,
    datastream: Int? = nil, datasetVersion: Int? = nil, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)/image",
        query: [
          "afterInputBlock": afterInputBlock, "cacheKey": cacheKey, "impulseId": impulse,
          "datastreamIndex": datastream, "datasetVersionId": datasetVersion,
        ], accept: "image/jpeg"), to: path)
  }

  /// Downloads a recording as a video.
  ///
  /// - Parameter afterInputBlock: Whether it is resized as the impulse says.
  @discardableResult
  public func downloadVideo(
    project: Int, sample: Int, afterInputBlock: Bool? = nil, cacheKey: String? = nil, impulse: Int? = nil,
    datastream: Int? = nil, datasetVersion: Int? = nil, to path: String
  ) async throws(StudioError) -> DownloadedFile {
    try await download(
      Endpoint(
        .get, "/api/\(project)/raw-data/\(sample)/video",
        query: [
          "afterInputBlock": afterInputBlock, "cacheKey": cacheKey, "impulseId": impulse,
          "datastreamIndex": datastream, "datasetVersionId": datasetVersion,
        ], accept: "video/mp4"), to: path)
  }
}
