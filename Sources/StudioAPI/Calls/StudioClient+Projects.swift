extension StudioClient {
  /// The projects that the key opens; its own first.
  public func projects() async throws(StudioError) -> Studio.ListProjectsResponse {
    try await run(Endpoint(.get, "/api/projects"))
  }

  /// The id of the key's project: the first that it opens.
  ///
  /// - Throws: `StudioError`; `notFound` when it opens none.
  public func projectID() async throws(StudioError) -> Int {
    let endpoint = Endpoint<ProjectIDs>(.get, "/api/projects")
    guard let project = try await run(endpoint).projects.first else {
      throw StudioError(.notFound, "the key opens no project", method: "GET", path: "/api/projects", attempts: 1)
    }
    return project.id
  }

  /// Project, role and end of the key.
  public func currentKey() async throws(StudioError) -> Studio.GetCurrentAPIKeyInfoResponse {
    try await run(Endpoint(.get, "/api/projects/api-key-info"))
  }

  /// Everything about a project.
  public func projectInfo(
    project: Int, impulse: Int? = nil, truncatesLabels: Bool? = nil, datasetVersion: Int? = nil
  ) async throws(StudioError) -> Studio.ProjectInfoResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)",
        query: ["impulseId": impulse, "truncateLabels": truncatesLabels, "datasetVersionId": datasetVersion]))
  }

  /// What anyone may know about a public project.
  public func projectSummary(project: Int) async throws(StudioError) -> Studio.ProjectInfoSummaryResponse {
    try await run(Endpoint(.get, "/api/\(project)/public-info"))
  }

  /// Number of recordings by list of axes.
  public func dataAxes(
    project: Int, includesDisabled: Bool? = nil, includesUnprocessed: Bool? = nil, datasetVersion: Int? = nil
  ) async throws(StudioError) -> Studio.ProjectDataAxesSummaryResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/data-axes",
        query: [
          "includeDisabled": includesDisabled, "includeNotProcessed": includesUnprocessed,
          "datasetVersionId": datasetVersion,
        ]))
  }

  /// Labels and number of recordings of the training data.
  public func dataSummary(
    project: Int, includesDisabled: Bool? = nil, includesUnprocessed: Bool? = nil, datasetVersion: Int? = nil,
    truncatesLabels: Bool? = nil
  ) async throws(StudioError) -> Studio.ProjectTrainingDataSummaryResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/data-summary",
        query: [
          "includeDisabled": includesDisabled, "includeNotProcessed": includesUnprocessed,
          "datasetVersionId": datasetVersion, "truncateLabels": truncatesLabels,
        ]))
  }

  /// When the project changed last.
  public func lastModification(project: Int) async throws(StudioError) -> Studio.LastModificationDateResponse {
    try await run(Endpoint(.get, "/api/\(project)/last-modification"))
  }

  /// The rate that fits the data best.
  public func recommendedInterval(
    project: Int, datasetVersion: Int? = nil
  ) async throws(StudioError) -> Studio.ProjectDataIntervalResponse {
    try await run(Endpoint(.get, "/api/\(project)/data-interval", query: ["datasetVersionId": datasetVersion]))
  }

  /// The project's keys for devices.
  public func developmentKeys(project: Int) async throws(StudioError) -> Studio.DevelopmentKeysResponse {
    try await run(Endpoint(.get, "/api/\(project)/devkeys"))
  }

  /// A token for the web socket.
  public func socketToken(project: Int) async throws(StudioError) -> Studio.SocketTokenResponse {
    try await run(Endpoint(.get, "/api/\(project)/socket-token"))
  }
}
