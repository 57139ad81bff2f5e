// Jobs that look at a block: autotuner and profile. What they find must come back through the calls that clients make,
// and suggestions must be values that the block takes.
// The fixture dataset has four motions with clear frequencies, so that the spectral block's tuner has an answer.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct AnalysisRouteTests {
  @Test func suggestionsAreTakenByTheBlock() async throws {
    try await ServerFixture.run { server in
      let before = try await server.call("GET", "/v1/api/1/dsp/2/get-autotuner-results")
      #expect(before.json?["results"] == .array([]))
      let started = try await server.post("/v1/api/1/jobs/autotune-dsp", "{\"dspId\": 2}")
      guard case .integer(let id)? = started.json?["id"] else { throw ServerError("\(started)") }
      #expect(try await DSPTests.wait(server, job: id).finishedSuccessful == true)
      let results = try JSONDecoder().decode(
        Studio.DSPAutotunerResults.self,
        from: try await server.call("GET", "/v1/api/1/dsp/2/get-autotuner-results").body
      ).results
      #expect(!results.isEmpty)
      let parameters = results.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ", ")
      #expect(
        try await server.post("/v1/api/1/dsp/2", "{\"config\": {\(parameters)}}").json?["success"] == .bool(true))
      let refused = try await server.post("/v1/api/1/jobs/autotune-dsp", "{\"dspId\": 4}")
      #expect(refused.json?["success"] == .bool(false))
    }
  }

  @Test func profilesComeBack() async throws {
    try await ServerFixture.run { server in
      let started = try await server.post("/v1/api/1/dsp/2/profile", "{\"params\": {\"fft-length\": \"32\"}}")
      guard case .integer(let id)? = started.json?["id"] else { throw ServerError("\(started)") }
      #expect(try await DSPTests.wait(server, job: id).finishedSuccessful == true)
      let answer = try await server.call("GET", "/v1/api/1/jobs/profile-tflite/\(id)/result")
      let profile = try JSONDecoder().decode(Studio.ProfileTfLiteResponse.self, from: answer.body)
      #expect(profile.hasPerformance && (profile.timePerInferenceMs ?? 0) > 0)
      let log = try await server.call("GET", "/v1/api/1/jobs/\(id)/stdout?limit=2")
      let lines = try JSONDecoder().decode(Studio.LogStdoutResponse.self, from: log.body)
      #expect(lines.stdout.count == 2 && lines.stdout[0].data.contains("completed"))
      let wrong = try await server.post("/v1/api/1/dsp/2/profile", "{\"params\": {\"fft-length\": \"33\"}}")
      #expect(wrong.error?.contains("fft-length") == true)
    }
  }

  @Test func jobsAreListedTheNewestFirst() async throws {
    try await ServerFixture.run { server in
      for _ in 0..<3 { _ = try await DSPTests.generate(server, block: 4) }
      let all = try JSONDecoder().decode(
        Studio.ListJobsResponse.self, from: try await server.call("GET", "/v1/api/1/jobs/all?limit=2").body)
      #expect(all.totalJobCount == 3 && all.jobs.map(\.id) == [3, 2])
      #expect(try await server.call("GET", "/v1/api/1/jobs").json?["jobs"] == .array([]))
    }
  }

  @Test func linesOfALogRiseInTime() async throws {
    let engine = Engine(threads: 1)
    defer { engine.stop() }
    let jobs = JobList(engine: engine)
    let id = try jobs.start(category: "talks", key: "talk") { job in
      for line in 0..<200 { job.log("\(line)") }
    }
    while try jobs.job(id).finished == nil { try await Task.sleep(for: .milliseconds(1)) }
    let lines = try jobs.log(id).lines
    let times = lines.compactMap(\.created.date)
    #expect(times.count == 202 && zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func cancelledJobsEnd() async throws {
    let engine = Engine(threads: 1)
    defer { engine.stop() }
    let jobs = JobList(engine: engine)
    let running = try jobs.start(category: "waits", key: "wait") { job in
      while !job.isCancelled { Thread.sleep(forTimeInterval: 0.001) }
      throw CancellationError()
    }
    let waiting = try jobs.start(category: "never begins", key: "wait") { job in job.log("has begun") }
    try jobs.cancel(waiting)
    try jobs.cancel(running)
    while jobs.all.contains(where: { $0.finished == nil }) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(jobs.all.map(\.finishedSuccessful) == [false, false] && jobs.all[0].started == nil)
    #expect(try !jobs.log(waiting).lines.contains { $0.data.contains("has begun") })
    jobs.stop()
    #expect(throws: Refusal.self) { try jobs.start(category: "late", key: "wait") { _ in } }
  }
}
