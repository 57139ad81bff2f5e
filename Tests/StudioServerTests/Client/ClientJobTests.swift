// Jobs over our own client: each ends, is in the lists, and its log comes whole, cut and by level.
// Times are asserted by their order alone. A log that is followed must be the log that is downloaded.
import Foundation
import StudioAPI
import Synchronization
import Testing

@testable import StudioServer

struct ClientJobTests {
  @Test func logsComeWholeAndCut() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let id = try await client.generateFeatures(
        project: project,
        Studio.GenerateFeaturesRequest(
          dspId: 4, calculateFeatureImportance: false, skipFeatureExplorer: true,
          normalizeData: Studio.DSPNormalizeData.none)
      ).id
      let heard = Mutex<[String]>([])
      let job = try await client.followJob(project: project, job: id, interval: 0.02) { item in
        heard.withLock { $0.append(item.data) }
      }
      #expect(job.id == id && job.finishedSuccessful == true && job.categoryKey == "generate-features")
      #expect(job.metadata?["dspId"] == .integer(4))
      let times = [job.created.date, job.started?.date, job.finished?.date].compactMap(\.self)
      #expect(times.count == 3 && times == times.sorted())
      let lines = heard.withLock { $0 }
      #expect(lines.contains { $0.contains("Created 2424 windows of 24 recordings") })
      let text = try await client.jobLogText(project: project, job: id)
      #expect(text == lines.joined() && text.hasSuffix("Job completed (success)\n"))
      // The newest comes first.
      let log = try await client.jobLog(project: project, job: id)
      #expect(log.stdout.map(\.data) == lines.reversed() && log.totalCount == lines.count)
      let last = try await client.jobLog(project: project, job: id, limit: 1)
      #expect(last.stdout.map(\.data) == lines.suffix(1) && last.totalCount == lines.count)
      let tail = try await client.jobLogText(project: project, job: id, limit: 2)
      #expect(tail == lines.suffix(2).joined())
      let errors = try await client.jobLog(project: project, job: id, level: "error")
      #expect(errors.stdout.isEmpty && errors.totalCount == 0)
      let none = try await client.jobLogText(project: project, job: id, level: "error")
      #expect(none == "")
      let refused = await live.failure {
        _ = try await client.generateFeatures(
          project: project,
          Studio.GenerateFeaturesRequest(dspId: 4, normalizeData: .normalizeChannelStandardScaler))
      }
      #expect(refused?.kind == .refused && refused?.message.contains("normalizeData") == true)
    }
  }

  @Test func listsAreFiltered() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let early = Timestamp(rawValue: "2000-01-01T00:00:00Z")
      let (late, later) = (Timestamp(rawValue: "2100-01-01T00:00:00Z"), Timestamp(rawValue: "2101-01-01T00:00:00Z"))
      for block in [4, 4, 3] { try await live.generate(block) }
      let tuning = try await client.autotune(project: project, Studio.AutotuneDSPRequest(dspId: 2)).id
      _ = try await client.waitForJob(project: project, job: tuning, interval: 0.02)
      let all = try await client.allJobs(project: project)
      #expect(all.jobs.map(\.id) == [4, 3, 2, 1] && all.totalJobCount == 4)
      let page = try await client.allJobs(project: project, limit: 2, offset: 1, rootOnly: true)
      #expect(page.jobs.map(\.id) == [3, 2] && page.totalJobCount == 4)
      let tuned = try await client.allJobs(project: project, category: "autotune-dsp")
      #expect(tuned.jobs.map(\.id) == [4] && tuned.totalJobCount == 1)
      let keyed = try await client.allJobs(project: project, key: all.jobs[1].key)
      #expect(keyed.jobs.map(\.id) == [3] && keyed.totalJobCount == 1)
      let dated = try await client.allJobs(project: project, from: early, to: late)
      #expect(dated.jobs.map(\.id) == [4, 3, 2, 1])
      let beyond = try await client.allJobs(project: project, from: late, to: later)
      #expect(beyond.jobs.isEmpty && beyond.totalJobCount == 0)
      let finished = try await client.finishedJobs(project: project, from: early, to: late, limit: 3, offset: 1)
      #expect(finished.jobs.map(\.id) == [3, 2, 1] && finished.totalJobCount == 4)
      let ended = try await client.finishedJobs(project: project, from: late, to: later, rootOnly: true)
      #expect(ended.jobs.isEmpty && ended.totalJobCount == 0)
      let active = try await client.activeJobs(project: project, rootOnly: true)
      #expect(active.jobs.isEmpty)
      let summary = try await client.jobSummary(project: project, from: early, to: late).summary
      #expect(summary.map(\.category) == ["autotune-dsp", "generate-features"])
      let nothing = try await client.jobSummary(project: project, from: late, to: later).summary
      #expect(nothing.isEmpty)
    }
  }

  @Test func jobsThatWaitAreCancelled() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      // One job runs at a time, and the others wait for it: the last cannot have begun when it is cancelled.
      var ids: [Int] = []
      for _ in 0..<20 {
        ids.append(
          try await client.generateFeatures(
            project: project, Studio.GenerateFeaturesRequest(dspId: 2, calculateFeatureImportance: true)
          ).id)
      }
      let active = try await client.activeJobs(project: project)
      #expect(active.jobs.first?.id == ids[19] && active.totalJobCount == active.jobs.count)
      let impatient = await live.failure {
        _ = try await client.waitForJob(project: project, job: ids[19], interval: 0.001, limit: 0)
      }
      #expect(impatient?.kind == .timedOut && impatient?.message == "job \(ids[19]) has not ended within 0 s")
      for id in ids.reversed() {
        try await client.cancelJob(project: project, job: id, force: id % 2 == 0 ? "true" : nil)
      }
      let last = try await client.waitForJob(project: project, job: ids[19], interval: 0.02, limit: 60)
      #expect(last.finishedSuccessful == false && last.started == nil)
      let log = try await client.jobLogText(project: project, job: ids[19])
      #expect(log.contains("Job was cancelled before it began"))
      let status = try await client.job(project: project, job: ids[19]).job
      #expect(status.finished?.rawValue == last.finished?.rawValue)
      let unknown = await live.failure { try await client.cancelJob(project: project, job: 99) }
      #expect(unknown?.kind == .refused && unknown?.message == "No job found with ID 99")
    }
  }
}
