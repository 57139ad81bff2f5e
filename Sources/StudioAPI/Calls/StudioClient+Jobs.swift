import Foundation

extension StudioClient {
  // MARK: Start

  /// Starts generating the features of a block.
  public func generateFeatures(
    project: Int, _ content: Studio.GenerateFeaturesRequest
  ) async throws(StudioError) -> Studio.StartJobResponse {
    try await run(Endpoint(.post, "/api/\(project)/jobs/generate-features", json: content))
  }

  /// Starts the autotuner of a block.
  public func autotune(
    project: Int, _ content: Studio.AutotuneDSPRequest
  ) async throws(StudioError) -> Studio.StartJobResponse {
    try await run(Endpoint(.post, "/api/\(project)/jobs/autotune-dsp", json: content))
  }

  // MARK: Watch

  /// The state of a job.
  public func job(project: Int, job: Int) async throws(StudioError) -> Studio.GetJobResponse {
    try await run(Endpoint(.get, "/api/\(project)/jobs/\(job)/status"))
  }

  /// Waits until a job has ended.
  ///
  /// - Parameters:
  ///   - interval: Seconds between questions.
  ///   - limit: Seconds to wait in all; nil for no limit.
  /// - Returns: The job, successful or not.
  /// - Throws: `StudioError`; `timedOut` when the limit passes. The job runs on then.
  public func waitForJob(
    project: Int, job id: Int, interval: Double = 2, limit: Double? = nil
  ) async throws(StudioError) -> Studio.Job {
    let start = ContinuousClock.now
    while true {
      let job = try await self.job(project: project, job: id).job
      if job.finished != nil { return job }
      if let limit, ContinuousClock.now - start > .seconds(limit) {
        throw StudioError(.timedOut, "job \(id) has not ended within \(NumberText.shortest(limit)) s")
      }
      do {
        try await Task.sleep(for: .seconds(interval))
      } catch {
        throw StudioError(.cancelled, "cancelled while job \(id) runs")
      }
    }
  }

  /// Waits until a job has ended, and hands on what it logs meanwhile.
  ///
  /// A log that cannot be read is no reason to give up the job: its entries come with the next question.
  ///
  /// - Parameters:
  ///   - interval: Seconds between questions.
  ///   - output: Takes each entry of the log once, in the order of their making. Texts need not be whole lines.
  /// - Returns: The job, successful or not.
  /// - Throws: `StudioError`; `cancelled` while the job runs on.
  public func followJob(
    project: Int, job id: Int, interval: Double = 1, output: @Sendable (Studio.JobLogItem) throws -> Void
  ) async throws -> Studio.Job {
    var shown = 0
    while true {
      let job = try await self.job(project: project, job: id).job
      if let log = try? await jobLog(project: project, job: id) {
        // Which end comes first is not documented.
        let isReversed =
          (log.stdout.first?.created.date ?? .distantPast) > (log.stdout.last?.created.date ?? .distantPast)
        let entries = isReversed ? log.stdout.reversed() : log.stdout
        // A log that is cut has its end, as `totalCount` counts.
        let left = max(0, log.totalCount - entries.count)
        for entry in entries.dropFirst(max(0, shown - left)) { try output(entry) }
        shown = max(shown, left + entries.count)
      }
      if job.finished != nil { return job }
      do {
        try await Task.sleep(for: .seconds(interval))
      } catch {
        throw StudioError(.cancelled, "cancelled while job \(id) runs")
      }
    }
  }

  /// The last lines of a job's log.
  ///
  /// - Parameters:
  ///   - limit: Largest number of lines; nil for all.
  ///   - level: `error`, `warn`, `info` or `debug`; nil for all.
  public func jobLog(
    project: Int, job: Int, limit: Int? = nil, level: String? = nil
  ) async throws(StudioError) -> Studio.LogStdoutResponse {
    try await run(
      Endpoint(.get, "/api/\(project)/jobs/\(job)/stdout", query: ["limit": limit, "logLevel": level]))
  }

  /// A job's log as text.
  public func jobLogText(
    project: Int, job: Int, limit: Int? = nil, level: String? = nil
  ) async throws(StudioError) -> String {
    try await text(
      Endpoint(
        .get, "/api/\(project)/jobs/\(job)/stdout/download", query: ["limit": limit, "logLevel": level],
        accept: "text/plain"))
  }

  // MARK: Lists

  /// Jobs that wait or run.
  public func activeJobs(project: Int, rootOnly: Bool? = nil) async throws(StudioError) -> Studio.ListJobsResponse {
    try await run(Endpoint(.get, "/api/\(project)/jobs", query: ["rootOnly": rootOnly]))
  }

  /// Jobs that are over.
  public func finishedJobs(
    project: Int, from start: Timestamp? = nil, to end: Timestamp? = nil, limit: Int? = nil, offset: Int? = nil,
    rootOnly: Bool? = nil
  ) async throws(StudioError) -> Studio.ListJobsResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/jobs/history",
        query: ["startDate": start, "endDate": end, "limit": limit, "offset": offset, "rootOnly": rootOnly]))
  }

  /// All jobs.
  public func allJobs(
    project: Int, from start: Timestamp? = nil, to end: Timestamp? = nil, limit: Int? = nil, offset: Int? = nil,
    rootOnly: Bool? = nil, key: String? = nil, category: String? = nil, finished: String? = nil
  ) async throws(StudioError) -> Studio.ListJobsResponse {
    try await run(
      Endpoint(
        .get, "/api/\(project)/jobs/all",
        query: [
          "startDate": start, "endDate": end, "limit": limit, "offset": offset, "rootOnly": rootOnly, "key": key,
          "category": category, "finished": finished,
        ]))
  }

  /// Time that jobs took, by kind.
  public func jobSummary(
    project: Int, from start: Timestamp, to end: Timestamp
  ) async throws(StudioError) -> Studio.JobSummaryResponse {
    try await run(Endpoint(.get, "/api/\(project)/jobs/summary", query: ["startDate": start, "endDate": end]))
  }

  // MARK: End

  /// Ends a job.
  ///
  /// - Parameter force: `true` ends it even where that loses its state.
  @discardableResult
  public func cancelJob(
    project: Int, job: Int, force: String? = nil
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(
      Endpoint(.post, "/api/\(project)/jobs/\(job)/cancel", query: ["forceCancel": force], isIdempotent: true))
  }

  /// The result of a profiling job.
  public func profilingResult(project: Int, job: Int) async throws(StudioError) -> Studio.ProfileTfLiteResponse {
    try await run(Endpoint(.get, "/api/\(project)/jobs/profile-tflite/\(job)/result"))
  }
}
