import Datasets

extension StudioClient {
  /// Uploads the recordings of a folder: an exported dataset where it holds `info.labels`, else all files below it.
  ///
  /// - Parameters:
  ///   - category: For plain folders; default `split`.
  ///   - label: For plain folders.
  ///   - metadata: For plain folders.
  ///   - batchSize: Recordings that are described at a time. Default 1024.
  ///   - transform: Changes a recording before it is sent, given the path of its file.
  /// - Returns: What became of each; empty when no file fits.
  /// - Throws: `StudioError` of kind `file` when the folder or its list cannot be read; nothing was sent then.
  public func uploadFolder(
    _ path: String, category: Datasets.Category = .split, label: String? = nil, metadata: [String: String] = [:],
    batchSize: Int = 1024, options: UploadOptions = UploadOptions(),
    transform: (@Sendable (inout UploadSample, _ path: String) -> Void)? = nil
  ) async throws(StudioError) -> UploadReport {
    let folder = try UploadFolder(path: path)
    if folder.isExported {
      return try await uploadExportedFolder(path, batchSize: batchSize, options: options, transform: transform)
    }
    return try await uploadPlainFolder(
      path, category: category, label: label, metadata: metadata, batchSize: batchSize, options: options,
      transform: transform)
  }

  /// Uploads every jpg, png, mp4, avi, wav, cbor, json and csv file below a folder, hidden ones excepted.
  ///
  /// Parameters and errors are those of `uploadFolder`.
  public func uploadPlainFolder(
    _ path: String, category: Datasets.Category = .split, label: String? = nil, metadata: [String: String] = [:],
    batchSize: Int = 1024, options: UploadOptions = UploadOptions(),
    transform: (@Sendable (inout UploadSample, _ path: String) -> Void)? = nil
  ) async throws(StudioError) -> UploadReport {
    let samples = try UploadFolder(path: path).plainFiles().map { file in
      var sample = UploadSample(file: file)
      sample.category = category
      sample.label = label
      sample.metadata = metadata
      return sample
    }
    return await upload(samples, batchSize, options, transform)
  }

  /// Uploads what `info.labels` lists, with its categories, labels, boxes and metadata.
  ///
  /// Parameters and errors are those of `uploadFolder`. A path that leads out of the folder is an error.
  public func uploadExportedFolder(
    _ path: String, batchSize: Int = 1024, options: UploadOptions = UploadOptions(),
    transform: (@Sendable (inout UploadSample, _ path: String) -> Void)? = nil
  ) async throws(StudioError) -> UploadReport {
    await upload(try UploadFolder(path: path).exportedSamples(), batchSize, options, transform)
  }

  private func upload(
    _ samples: [UploadSample], _ batchSize: Int, _ options: UploadOptions,
    _ transform: (@Sendable (inout UploadSample, String) -> Void)?
  ) async -> UploadReport {
    var report = UploadReport()
    var start = 0
    while start < samples.count {
      let end = min(samples.count, start + max(1, batchSize))
      var batch = Array(samples[start..<end])
      for index in batch.indices {
        if let transform, case .file(let path) = batch[index].content { transform(&batch[index], path) }
      }
      var options = options
      let (offset, total, progress) = (start, samples.count, options.progress)
      if let progress { options.progress = { done, _ in progress(offset + done, total) } }
      report.append(await upload(batch, options: options), offset: start)
      start = end
    }
    return report
  }
}
