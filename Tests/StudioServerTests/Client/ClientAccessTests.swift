// Who may call, and what may not be called: keys, servers that change nothing, ids that nobody has, servers that are
// gone. The client must tell these apart by the kind of its error, and bring the server's words.
// Each way in which our client sends a credential is tried with the right one and with a wrong one.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientAccessTests {
  @Test func keysAreChecked() async throws {
    try await LiveStudio.run {
      $0.apiKey = Secret("ei_right")
    } _: { live in
      func makeClient(_ credential: Credential) throws -> StudioClient {
        try StudioClient(
          StudioConfiguration(
            credential: credential, endpoint: "\(live.server.address)/v1/", ingestionEndpoint: live.server.address))
      }
      let sample = UploadSample(.bytes(UploadFixture.acquisition(1)), fileName: "a.json", category: .training)
      for right in [Credential.apiKey(Secret("ei_right")), .token(Secret("ei_right"))] {
        let client = try makeClient(right)
        #expect(try await client.projectID() == 1)
        #expect(try await client.features(project: 1, block: 4, sample: 7).data.count == 101)
        let report = await client.upload([sample], options: UploadOptions(allowsDuplicates: true))
        #expect(report.successes.map(\.projectID) == [1])
      }
      let before = try await live.dataset().entries.map(\.path)
      for wrong in [Credential.apiKey(Secret("ei_wrong")), .token(Secret("ei_righ"))] {
        let client = try makeClient(wrong)
        let error = await live.failure { _ = try await client.projectID() }
        #expect(error?.kind == .unauthorized && error?.status == 401 && error?.message == "Invalid API key")
        #expect(error?.attempts == 1 && error?.description.contains("ei_") == false)
        let file = "\(live.scratch)/file"
        let download = await live.failure { try await client.downloadRaw(project: 1, sample: 7, to: file) }
        #expect(download?.kind == .unauthorized && !FileManager.default.fileExists(atPath: file))
        // Behind a refused key nothing more is sent.
        let report = await client.upload(
          (0..<5).map { UploadSample(.bytes(UploadFixture.acquisition($0)), fileName: "\($0).json") },
          options: UploadOptions(workers: 1))
        #expect(report.failures.count == 5 && report.failures.allSatisfy { $0.error.kind == .unauthorized })
        let delete = await live.failure { try await client.deleteAllSamples(project: 1) }
        #expect(delete?.kind == .unauthorized)
      }
      #expect(try await live.dataset().entries.map(\.path) == before)
    }
  }

  @Test func nothingIsChangedWhereNothingMayBe() async throws {
    try await LiveStudio.run {
      $0.isReadOnly = true
    } _: { live in
      let (client, project) = (live.client, live.project)
      let impulse = try #require(try await client.impulse(project: project).impulse)
      let (paths, file) = (live.server.paths(), try live.impulseFile())
      let calls: [(String, @Sendable () async throws -> Void)] = [
        ("rename", { try await client.renameSample(project: project, sample: 3, to: "x") }),
        ("label", { try await client.setSampleLabel(project: project, sample: 3, "x") }),
        ("metadata", { try await client.setSampleMetadata(project: project, sample: 3, ["a": "b"]) }),
        ("move", { try await client.moveSample(project: project, sample: 3, to: .testing) }),
        ("disable", { try await client.setSampleEnabled(project: project, sample: 3, false) }),
        (
          "labels",
          {
            try await client.setStructuredLabels(
              project: project, sample: 3, [Studio.StructuredLabel(startIndex: 0, endIndex: 624, label: "a")])
          }
        ),
        ("delete", { try await client.deleteSample(project: project, sample: 3) }),
        ("delete all", { try await client.deleteAllSamples(project: project) }),
        ("delete category", { try await client.deleteAllSamples(project: project, category: .testing) }),
        ("configuration", { try await client.setDSPConfiguration(project: project, block: 2, ["fft-length": "32"]) }),
        (
          "store",
          {
            _ = try await client.runDSP(
              project: project, block: 2, sample: 3, start: 0, parameters: ["fft-length": "32"], storesParameters: true)
          }
        ),
        ("update", { try await client.updateImpulse(project: project, Studio.UpdateImpulseRequest(name: "x")) }),
        ("replace", { try await client.createImpulse(project: project, Studio.CreateImpulseRequest(impulse)) }),
        (
          "upload",
          {
            let report = await client.upload([UploadSample(.bytes(UploadFixture.acquisition(1)), fileName: "a.json")])
            if let failure = report.failures.first { throw failure.error }
          }
        ),
      ]
      for (name, call) in calls {
        let error = await live.failure(call)
        // The ingestion service has its own way to refuse: a status.
        let kind: StudioError.Kind = name == "upload" ? .forbidden : .refused
        #expect(error?.kind == kind && error?.message.contains("read-only") == true, "\(name): \(error?.message ?? "")")
      }
      #expect(live.server.paths() == paths)
      #expect(try live.impulseFile() == file)
      // What only looks works, generation too.
      #expect(try await live.generate(3).finishedSuccessful == true)
      let download = "\(live.scratch)/X.npy"
      try await client.downloadFeatures(project: project, block: 3, category: .training, to: download)
      let (found, wanted) = (
        try Data(contentsOf: URL(filePath: download)), try await live.generated(3, .training).bytes("X.npy")
      )
      #expect(firstDifference(found, wanted) == nil && live.server.paths() == paths)
      // Such a set lies in a temporary folder, so that it may go as well.
      try await client.clearDSPBlock(project: project, block: 3)
      let gone = await live.failure {
        try await client.downloadFeatures(project: project, block: 3, category: .training, to: download + ".2")
      }
      #expect(gone?.message.contains("No features have been generated") == true && live.server.paths() == paths)
    }
  }

  @Test func unknownIdsAreNamed() async throws {
    try await LiveStudio.run { live in
      let (client, project, file) = (live.client, live.project, "\(live.scratch)/file")
      let calls: [(String, @Sendable () async throws -> Void)] = [
        ("No DSP block found with ID 9", { _ = try await client.dspConfiguration(project: project, block: 9) }),
        ("No DSP block found with ID 9", { _ = try await client.features(project: project, block: 9, sample: 7) }),
        ("No DSP block found with ID 9", { _ = try await client.featureLabels(project: project, block: 9) }),
        ("No DSP block found with ID 9", { _ = try await client.featureImportance(project: project, block: 9) }),
        ("No DSP block found with ID 9", { _ = try await client.dspMetadata(project: project, block: 9) }),
        ("No DSP block found with ID 9", { _ = try await client.dspPerformance(project: project, block: 9) }),
        ("No DSP block found with ID 9", { _ = try await client.autotunerResults(project: project, block: 9) }),
        ("No DSP block found with ID 9", { try await client.clearDSPBlock(project: project, block: 9) }),
        ("No DSP block found with ID 9", { try await client.setDSPConfiguration(project: project, block: 9, [:]) }),
        (
          "No DSP block found with ID 9",
          { _ = try await client.runDSP(project: project, block: 9, on: [1, 2, 3], parameters: [:]) }
        ),
        (
          "No DSP block found with ID 9",
          { _ = try await client.generateFeatures(project: project, Studio.GenerateFeaturesRequest(dspId: 9)) }
        ),
        (
          "No DSP block found with ID 9",
          { _ = try await client.autotune(project: project, Studio.AutotuneDSPRequest(dspId: 9)) }
        ),
        (
          "No DSP block found with ID 9",
          { try await client.downloadLabels(project: project, block: 9, category: .training, to: file) }
        ),
        ("No sample found with ID 99", { _ = try await client.sample(project: project, sample: 99) }),
        ("No sample found with ID 99", { _ = try await client.sampleSlice(project: project, sample: 99, start: 0) }),
        ("No sample found with ID 99", { _ = try await client.features(project: project, block: 2, sample: 99) }),
        ("No sample found with ID 99", { _ = try await client.dspRawSample(project: project, block: 2, sample: 99) }),
        (
          "No sample found with ID 99",
          { _ = try await client.runDSPReadOnly(project: project, block: 2, sample: 99, start: 0) }
        ),
        ("No sample found with ID 99", { try await client.downloadRaw(project: project, sample: 99, to: file) }),
        ("No sample found with ID 99", { try await client.downloadAudio(project: project, sample: 99, to: file) }),
        ("No sample found with ID 99", { try await client.downloadImage(project: project, sample: 99, to: file) }),
        ("No sample found with ID 99", { try await client.downloadVideo(project: project, sample: 99, to: file) }),
        ("No job found with ID 99", { _ = try await client.job(project: project, job: 99) }),
        ("No job found with ID 99", { _ = try await client.jobLog(project: project, job: 99) }),
        ("No job found with ID 99", { _ = try await client.jobLogText(project: project, job: 99) }),
        ("No job found with ID 99", { _ = try await client.waitForJob(project: project, job: 99) }),
        ("No project found with ID 3", { _ = try await client.projectInfo(project: 3) }),
        (
          "rows 900 to 901 are no slice of 625 rows",
          { _ = try await client.sampleSlice(project: project, sample: 7, start: 900, end: 901) }
        ),
      ]
      for (index, (words, call)) in calls.enumerated() {
        let error = await live.failure(call)
        #expect(error?.kind == .refused && error?.message.hasPrefix(words) == true, "\(index): \(error?.message ?? "")")
      }
      #expect(!FileManager.default.fileExists(atPath: file))
    }
  }

  @Test func callsOfOnesOwnAreRun() async throws {
    try await LiveStudio.run { live in
      let (client, file) = (live.client, "\(live.scratch)/file")
      let answer = try await client.run(
        Endpoint<Studio.CountSamplesResponse>(.get, "/api/1/raw-data/count", query: ["category": "testing"]))
      #expect(answer.count == 8)
      let missing = await live.failure {
        _ = try await client.run(Endpoint<Studio.GenericAPIResponse>(.get, "/api/1/nothing"))
      }
      #expect(missing?.kind == .notFound && missing?.status == 404)
      let wanted = try Data(contentsOf: URL(filePath: try #require(try await live.entry(7)).filePath))
      let download = try await client.download(Endpoint<DownloadedFile>(.get, "/api/1/raw-data/7/raw"), to: file)
      let found = try Data(contentsOf: URL(filePath: file))
      #expect(firstDifference(found, wanted) == nil && download.byteCount == wanted.count)
      let page = await live.failure {
        try await client.download(Endpoint<DownloadedFile>(.get, "/", base: .ingestion), to: file)
      }
      #expect(page?.kind == .invalidAnswer && page?.message == "expected a file, found an HTML page")
      let array = await live.failure {
        try await client.download(
          Endpoint<DownloadedFile>(.get, "/api/1/raw-data/7/raw"), to: "\(file).npy", format: .array)
      }
      #expect(array?.kind == .invalidAnswer && !FileManager.default.fileExists(atPath: "\(file).npy"))
      let html = await live.failure {
        _ = try await client.text(Endpoint<String>(.get, "/", accept: "text/plain", base: .ingestion))
      }
      #expect(html?.kind == .invalidAnswer)
    }
  }
}
