import Foundation
import Hummingbird
import StudioAPI

/// Jobs: start, status, log, list, cancel.
struct JobRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let (services, jobs) = (services, services.jobs)
    routes.project(.post, "jobs/generate-features") { call in
      let request = try await call.json(Studio.GenerateFeaturesRequest.self)
      try services.project.checkGeneration()
      if let method = request.normalizeData, method != .none {
        throw Refusal("normalizeData \"\(method)\" is not available here: normalise in the model")
      }
      let id = try services.startGeneration(
        block: request.dspId, importance: request.calculateFeatureImportance ?? false)
      return try Answer.json(Studio.StartJobResponse(id: id))
    }
    routes.project(.get, "jobs/{jobId}/status") { call in
      try Answer.json(Studio.GetJobResponse(job: try jobs.job(try call.id("jobId"))))
    }
    routes.project(.get, "jobs/{jobId}/stdout") { call in
      let (lines, total) = try Self.log(jobs, call)
      // The newest line comes first.
      return Answer.json(
        try await services.engine.run {
          try Answer.encode(Studio.LogStdoutResponse(stdout: lines.reversed(), totalCount: total))
        })
    }
    routes.project(.get, "jobs/{jobId}/stdout/download") { call in
      let text = try Self.log(jobs, call).lines.map(\.data).joined()
      return Answer.bytes(Data(text.utf8), type: "text/plain; charset=utf-8")
    }
    routes.project(.post, "jobs/{jobId}/cancel") { call in
      try jobs.cancel(try call.id("jobId"))
      return try Answer.success()
    }
    routes.project(.get, "jobs") { call in
      try await answer(jobs.all.filter { $0.finished == nil }, call)
    }
    routes.project(.get, "jobs/history") { call in
      try await answer(jobs.all.filter { $0.finished != nil }, call)
    }
    routes.project(.get, "jobs/all") { call in try await answer(jobs.all, call) }
    routes.project(.get, "jobs/summary") { call in
      let period = try Self.period(call)
      let times = Dictionary(grouping: jobs.all.filter(period), by: \.categoryKey).mapValues { jobs in
        jobs.reduce(0) { $0 + Int(1000 * ($1.computeTime ?? 0)) }
      }
      return try Answer.json(
        Studio.JobSummaryResponse(
          summary: times.sorted { $0.key < $1.key }.map {
            Studio.JobSummaryResponseSummary(category: $0.key, lengthMs: $0.value)
          }))
    }
  }

  /// Lines of a job's log, the oldest first: the last of those of a level. And how many there are without that limit.
  private static func log(_ jobs: JobList, _ call: Call) throws -> (lines: [Studio.JobLogItem], total: Int) {
    let (lines, total) = try jobs.log(try call.id("jobId"))
    let limit = try call.count("limit") ?? .max
    guard let level = call.query("logLevel") else { return (lines.suffix(limit), total) }
    let wanted = lines.filter { $0.logLevel == level }
    return (wanted.suffix(limit), wanted.count)
  }

  /// A page of jobs, and how many there are on all pages. Jobs have no parents here, so that all are roots. What
  /// `finished` may say is documented nowhere, so it filters nothing.
  private func answer(_ jobs: [Studio.Job], _ call: Call) async throws -> Response {
    var jobs = jobs.filter(try Self.period(call))
    if let key = call.query("key") { jobs.removeAll { $0.key != key } }
    if let category = call.query("category") { jobs.removeAll { $0.categoryKey != category } }
    let page = jobs.dropFirst(try call.count("offset") ?? 0)
      .prefix(try call.count("limit") ?? .max)
    let list = Studio.ListJobsResponse(jobs: Array(page), totalJobCount: jobs.count)
    return Answer.json(try await services.engine.run { try Answer.encode(list) })
  }

  /// Whether a job was started in the time that a call asks for; its ends are included.
  private static func period(_ call: Call) throws(Refusal) -> @Sendable (Studio.Job) -> Bool {
    let (start, end) = (try call.date("startDate"), try call.date("endDate"))
    return { job in
      guard let date = job.created.date else { return true }
      return date >= start ?? .distantPast && date <= end ?? .distantFuture
    }
  }
}

extension LocalProject {
  /// Generation changes nothing of the dataset: a read-only server keeps its sets elsewhere.
  nonisolated func checkGeneration() throws(Refusal) {
    if contents.recordings.entries.isEmpty { throw Refusal("the dataset has no recordings") }
  }
}
