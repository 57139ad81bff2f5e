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
      let (lines, total) = try jobs.log(try call.id("jobId"))
      let level = call.query("logLevel")
      let wanted = lines.filter { level == nil || $0.logLevel == level }
      let limit = try call.count("limit") ?? wanted.count
      // The newest line comes first.
      return try Answer.json(
        Studio.LogStdoutResponse(
          stdout: Array(wanted.suffix(limit).reversed()), totalCount: level == nil ? total : wanted.count))
    }
    routes.project(.get, "jobs/{jobId}/stdout/download") { call in
      let text = try jobs.log(try call.id("jobId")).lines.map(\.data).joined()
      return Answer.bytes(Data(text.utf8), type: "text/plain; charset=utf-8")
    }
    routes.project(.post, "jobs/{jobId}/cancel") { call in
      try jobs.cancel(try call.id("jobId"))
      return try Answer.success()
    }
    routes.project(.get, "jobs") { _ in try Self.answer(jobs.all.filter { $0.finished == nil }) }
    routes.project(.get, "jobs/history") { call in
      try Self.answer(jobs.all.filter { $0.finished != nil }, call)
    }
    routes.project(.get, "jobs/all") { call in try Self.answer(jobs.all, call) }
    routes.project(.get, "jobs/summary") { _ in
      let times = Dictionary(grouping: jobs.all, by: \.categoryKey).mapValues { jobs in
        jobs.reduce(0) { $0 + Int(1000 * ($1.computeTime ?? 0)) }
      }
      return try Answer.json(
        Studio.JobSummaryResponse(
          summary: times.sorted { $0.key < $1.key }.map {
            Studio.JobSummaryResponseSummary(category: $0.key, lengthMs: $0.value)
          }))
    }
  }

  private static func answer(_ jobs: [Studio.Job], _ call: Call? = nil) throws -> Response {
    var page = jobs[...]
    if let call {
      if let key = call.query("key") { page = page.filter { $0.key == key }[...] }
      if let category = call.query("category") { page = page.filter { $0.categoryKey == category }[...] }
      page = page.dropFirst(try call.count("offset") ?? 0).prefix(try call.count("limit") ?? .max)
    }
    return try Answer.json(Studio.ListJobsResponse(jobs: Array(page), totalJobCount: jobs.count))
  }
}

extension LocalProject {
  /// Generation changes nothing of the dataset: a read-only server keeps its sets elsewhere.
  nonisolated func checkGeneration() throws(Refusal) {
    if contents.recordings.entries.isEmpty { throw Refusal("the dataset has no recordings") }
  }
}
