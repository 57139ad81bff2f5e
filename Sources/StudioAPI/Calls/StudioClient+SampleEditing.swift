extension StudioClient {
  /// Deletes a recording.
  @discardableResult
  public func deleteSample(project: Int, sample: Int) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(Endpoint(.delete, "/api/\(project)/raw-data/\(sample)"))
  }

  /// Deletes all recordings of a category, or of all.
  @discardableResult
  public func deleteAllSamples(
    project: Int, category: Studio.RawDataCategory? = nil
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    if let category {
      return try await run(Endpoint(.post, "/api/\(project)/raw-data/delete-all/\(category)"))
    }
    return try await run(Endpoint(.post, "/api/\(project)/raw-data/delete-all"))
  }

  /// The metadata of all recordings of a category.
  public func sampleMetadata(
    project: Int, category: Studio.RawDataFilterCategory
  ) async throws(StudioError) -> Studio.GetSampleMetadataResponse {
    try await run(Endpoint(.get, "/api/\(project)/raw-data/metadata", query: ["category": category]))
  }

  /// Replaces the metadata of a recording; nil removes it.
  @discardableResult
  public func setSampleMetadata(
    project: Int, sample: Int, _ metadata: [String: String]?
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await edit(project, sample, "metadata", Studio.SetSampleMetadataRequest(metadata: metadata))
  }

  /// Renames a recording.
  @discardableResult
  public func renameSample(
    project: Int, sample: Int, to name: String
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await edit(project, sample, "rename", Studio.RenameSampleRequest(name: name))
  }

  /// Changes the label of a recording; nil removes it.
  @discardableResult
  public func setSampleLabel(
    project: Int, sample: Int, _ label: String?
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await edit(project, sample, "edit-label", Studio.EditSampleLabelRequest(label: label))
  }

  /// Moves a recording to another category.
  @discardableResult
  public func moveSample(
    project: Int, sample: Int, to category: Studio.RawDataCategory
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await edit(project, sample, "move", Studio.MoveRawDataRequest(newCategory: category))
  }

  /// Replaces the labels for ranges of rows.
  @discardableResult
  public func setStructuredLabels(
    project: Int, sample: Int, _ labels: [Studio.StructuredLabel]
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await edit(
      project, sample, "structured-labels", Studio.SetSampleStructuredLabelsRequest(structuredLabels: labels))
  }

  /// Takes a recording into training and testing, or leaves it out.
  @discardableResult
  public func setSampleEnabled(
    project: Int, sample: Int, _ isEnabled: Bool
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    let action = isEnabled ? "enable" : "disable"
    return try await run(Endpoint(.post, "/api/\(project)/raw-data/\(sample)/\(action)", isIdempotent: true))
  }

  private func edit(
    _ project: Int, _ sample: Int, _ action: String, _ content: some StudioModel
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(
      Endpoint(.post, "/api/\(project)/raw-data/\(sample)/\(action)", json: content, isIdempotent: true))
  }
}
