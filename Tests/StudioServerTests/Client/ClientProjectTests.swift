// Our own client asks the local server what the project is. What must come is worked out from the dataset folder and
// the impulse file by the engine's own readers.
// Calls that the server has no use for must bring its reason to the caller, in the words that it was given.
import Datasets
import Foundation
import ProcessingBlocks
import StudioAPI
import Testing

@testable import StudioServer

struct ClientProjectTests {
  @Test func projectsAreThoseOfTheServer() async throws {
    try await LiveStudio.run {
      $0.projectID = 7
    } _: { live in
      let list = try await live.client.projects().projects
      #expect(list.map(\.id) == [7] && list.map(\.name) == ["dataset"])
      let id = try await live.client.projectID()
      #expect(id == 7)
      let key = try await live.client.currentKey()
      #expect(key.projectId == 7 && key.role == .admin)
      let summary = try await live.client.projectSummary(project: 7)
      #expect(summary.id == 7 && summary.name == "dataset" && summary.studioUrl == live.server.address)
      let keys = try await live.client.developmentKeys(project: 7)
      #expect(keys.apiKey == nil && keys.hmacKey == nil)
      let (first, second) = (
        try await live.client.socketToken(project: 7).token, try await live.client.socketToken(project: 7).token
      )
      #expect(first.socketToken.value != second.socketToken.value)
      #expect((first.expires.date ?? .distantPast) > Date())
      let other = await live.failure { _ = try await live.client.projectSummary(project: 1) }
      #expect(other?.kind == .refused && other?.message == "No project found with ID 1")
    }
  }

  @Test func dataIsDescribed() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let training = try await live.dataset().entries.filter { $0.category == .training }
      let info = try await client.projectInfo(project: project, truncatesLabels: true)
      #expect(info.project.id == project && info.impulse.created && !info.impulse.complete)
      #expect(info.dataSummary.dataCount == training.count)
      #expect(info.dataSummary.labels == ["idle", "snake", "updown", "wave"])
      // 24 recordings of 625 rows, 16 ms apart.
      #expect(info.dataSummary.totalLengthMs == 240_000)
      let axes = try await client.dataAxes(project: project).dataAxisSummary
      #expect(axes == ["accX": 320_000, "accY": 320_000, "accZ": 320_000])
      let summary = try await client.dataSummary(project: project).dataSummary
      #expect(summary.dataCount == 24 && summary.labels == ["idle", "snake", "updown", "wave"])
      let interval = try await client.recommendedInterval(project: project)
      #expect(interval.intervalMs == 16 && interval.frequencyHz == 62.5)
      for block in [2, 3, 4] { try await live.generate(block) }
      let after = try await client.projectInfo(project: project)
      #expect(after.impulse.complete)
    }
  }

  @Test func disabledRecordingsCountWhereWanted() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try await client.lastModification(project: project).lastModificationDate?.date
      try await client.setSampleEnabled(project: project, sample: 7, false)
      let after = try await client.lastModification(project: project).lastModificationDate?.date
      #expect((before ?? .distantFuture) < (after ?? .distantPast))
      for (includes, axis, count) in [(nil, 320_000, 24), (true, 320_000, 24), (false, 310_000, 23)]
        as [(Bool?, Int, Int)]
      {
        let axes = try await client.dataAxes(project: project, includesDisabled: includes).dataAxisSummary
        #expect(axes["accY"] == axis, "\(String(describing: includes))")
        let summary = try await client.dataSummary(project: project, includesDisabled: includes).dataSummary
        #expect(summary.dataCount == count, "\(String(describing: includes))")
      }
    }
  }

  @Test func impulseIsTheFiles() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let whole = try #require(try await client.impulse(project: project).impulse)
      #expect(whole.id == 1 && whole.name == "Motion")
      #expect(whole.inputBlocks.map(\.windowSizeMs) == [2000] && whole.inputBlocks.map(\.frequencyHz) == [62.5])
      #expect(whole.dspBlocks.map(\.type) == ["spectral-analysis", "flatten", "raw"])
      #expect(whole.learnBlocks.map(\.dsp) == [[2]])
      let all = try await client.impulseWithAllBlocks(project: project, impulse: 1).impulse
      let list = try await client.impulses(project: project)
      #expect(all?.dspBlocks.map(\.id) == [2, 3, 4] && list.impulses.map(\.id) == [1] && list.maxImpulseCount == 1)
      let blocks = try await client.dspBlocks(project: project)
      #expect(blocks.map(\.id) == [2, 3, 4] && blocks.map(\.implementationVersion) == [4, 1, 1])
      #expect(try await client.newBlockID(project: project).blockId == 6)
      let catalogue = try await client.blockCatalogue(project: project)
      #expect(catalogue.dspBlocks.map(\.type) == BlockRegistry.blocks.map(\.type))
      #expect(catalogue.dspBlocks.map(\.latestImplementationVersion) == BlockRegistry.blocks.map(\.versions.upperBound))
    }
  }

  @Test func impulseChangesAreWritten() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      try await client.updateImpulse(
        project: project, Studio.UpdateImpulseRequest(name: "Named", tags: ["a", "b"]), impulse: 1)
      var written = try #require(try live.impulseFile()["impulse"])
      #expect(written["name"] == .string("Named") && written["tags"] == .array([.string("a"), .string("b")]))
      var impulse = try #require(try await client.impulse(project: project).impulse)
      #expect(impulse.name == "Named")
      impulse.inputBlocks[0].windowIncreaseMs = 160
      impulse.dspBlocks.removeAll { $0.id == 3 }
      let answer = try await client.createImpulse(project: project, Studio.CreateImpulseRequest(impulse))
      #expect(answer.id == 1)
      written = try #require(try live.impulseFile()["impulse"])
      #expect(written.list("inputBlocks").first?["windowIncreaseMs"] == .integer(160))
      #expect(written.list("dspBlocks").map { $0["id"] } == [.integer(2), .integer(4)])
      #expect(try await client.dspBlocks(project: project).map(\.id) == [2, 4])
      // The windows are those of the new stride.
      let features = try await client.features(project: project, block: 2, sample: 7)
      let windows = try await live.windows(2, 7)
      #expect(firstDifference(features.data.map(\.x), windows.map { $0.features.map(Double.init) }) == nil)
      impulse.inputBlocks[0].windowSizeMs = -1
      let broken = await live.failure {
        try await client.createImpulse(project: project, Studio.CreateImpulseRequest(impulse))
      }
      #expect(broken?.kind == .refused && broken?.message.contains("windowSizeMs") == true)
      #expect(try live.impulseFile()["impulse"] == written)
    }
  }

  @Test func whatHasNoUseHereIsRefusedInWords() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try live.impulseFile()
      let deleted = await live.failure { try await client.deleteImpulse(project: project) }
      #expect(
        deleted?.message == "The impulse of a local project is its impulse file and cannot be deleted"
          && deleted?.kind == .refused)
      let verified = await live.failure {
        _ = try await client.verifyBlock(project: project, url: "http://127.0.0.1:\(live.server.port)")
      }
      #expect(verified?.message == "custom blocks cannot be added here: this server makes no connections")
      for call in [
        { _ = try await client.impulse(project: project, impulse: 2) },
        { _ = try await client.impulseWithAllBlocks(project: project, impulse: 2) },
        { try await client.updateImpulse(project: project, Studio.UpdateImpulseRequest(name: "x"), impulse: 2) },
        { _ = try await client.projectInfo(project: project, impulse: 2) },
      ] as [@Sendable () async throws -> Void] {
        let error = await live.failure(call)
        #expect(error?.kind == .refused && error?.message == "No impulse found with ID 2")
      }
      #expect(try live.impulseFile() == before)
    }
  }
}
