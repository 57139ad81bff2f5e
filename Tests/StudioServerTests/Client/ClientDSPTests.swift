// The calls of a processing block, but for those that need generated features: configuration, runs, what a block sees.
// Features must be, to the last bit, those that the engine computes from the same file; slices the rows of its reader.
// A changed configuration must be in the impulse file, and in the next features.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientDSPTests {
  @Test func configurationIsReadAndSet() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let first = try await client.dspConfiguration(project: project, block: 2)
      #expect(first.dsp.id == 2 && first.dsp.type == "spectral-analysis" && first.dsp.windowLength == 2000)
      #expect(first.dsp.inputAxes == ["accX", "accY", "accZ"] && !first.dsp.features.generated)
      #expect(first.dsp.expectedWindowCount == 24 * 101 && first.dsp.classes == ["idle", "snake", "updown", "wave"])
      let items = try #require(first.config).flatMap(\.items)
      #expect(items.first { $0.param == "fft-length" }?.value == "16" && first.configError == nil)
      try await client.setDSPConfiguration(project: project, block: 2, ["fft-length": "64", "filter-type": "none"])
      let second = try #require(try await client.dspConfiguration(project: project, block: 2).config).flatMap(\.items)
      let changed = zip(items, second).filter { $0.value != $1.value }.map(\.1)
      #expect(Set(changed.map { "\($0.param)=\($0.value ?? "")" }) == ["fft-length=64", "filter-type=none"])
      let written = try live.impulseFile().list("dspBlockConfigs").first { $0["blockId"] == .integer(2) }
      #expect(written?["config"]?["fft-length"] == .string("64") && written?["config"]?["do-log"] == .string("true"))
      let features = try await client.features(project: project, block: 2, sample: 7).data
      let windows = try await live.windows(2, 7)
      #expect(firstDifference(features.map(\.x), windows.map { $0.features.map(Double.init) }) == nil)
      let before = try live.impulseFile()
      for (parameters, word) in [
        (["fft-length": "33"], "fft-length"), (["fft-lengh": "32"], "fft-length"), (["scale-axes": ""], "scale-axes"),
      ] {
        let error = await live.failure {
          try await client.setDSPConfiguration(project: project, block: 2, parameters)
        }
        #expect(error?.kind == .refused && error?.message.contains(word) == true, "\(parameters)")
      }
      #expect(try live.impulseFile() == before)
    }
  }

  @Test(arguments: [2, 3, 4])
  func featuresAreThoseOfTheEngine(block: Int) async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let answer = try await client.features(project: project, block: block, sample: 7)
      let windows = try await live.windows(block, 7)
      #expect(firstDifference(answer.data.map(\.x), windows.map { $0.features.map(Double.init) }) == nil)
      #expect(answer.data.map(\.yLabel) == windows.map { $0.label ?? "" })
      #expect(answer.data.map { $0.sample?.startMs } == windows.map { Double($0.startMs) })
      #expect(answer.data.map { $0.sample?.endMs } == windows.map { Double($0.endMs) })
      #expect(answer.data.allSatisfy { $0.sample?.id == 7 && $0.sample?.name == "snake.0" })
      #expect(answer.totalSampleCount == 24 * 101 && answer.skipFirstFeatures == 0)
      let labels = try await client.featureLabels(project: project, block: block).labels
      #expect(labels.count == windows[0].features.count && Set(labels).count == labels.count)
      // 62.5 Hz and a stride of 80 ms: the third window begins at row 10.
      let run = try await client.runDSPReadOnly(project: project, block: block, sample: 7, start: 10)
      #expect(run.features == windows[2].features.map(Double.init))
      // Blocks that treat all axes alike name the features of the first alone.
      let names = FeatureNames.columns(
        run.labels ?? [], axes: ["accX", "accY", "accZ"], count: labels.count, isRaw: block == 4)
      #expect(names == labels && (run.labels == nil) == (block == 4))
      #expect(run.labelForWindow == windows[2].label && run.labelAtEndOfWindow == windows[2].label)
      let whole = try await client.runDSPReadOnly(project: project, block: block, sample: 7, start: 10, end: 135)
      #expect(whole.features == run.features && whole.sample.payload.values.count == 125)
      let values = run.sample.payload.values.flatMap { $0 }
      let bare = try await client.runDSP(project: project, block: block, on: values, parameters: [:])
      #expect(bare.features == run.features && bare.graphs.isEmpty && bare.performance == nil)
      let full = try await client.runDSP(
        project: project, block: block, on: values, parameters: [:], graphs: true, performance: true)
      #expect(full.features == run.features && full.graphs.map(\.name) == run.graphs.map(\.name))
      #expect(full.graphs.isEmpty == (block != 2) && full.performance != nil)
    }
  }

  @Test func runsStoreParametersWhereWanted() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try live.impulseFile()
      let (base, wide) = (
        try await client.runDSPReadOnly(project: project, block: 2, sample: 7, start: 0),
        try await client.runDSP(
          project: project, block: 2, sample: 7, start: 0, parameters: ["fft-length": "32"], storesParameters: false)
      )
      #expect(wide.features.count > base.features.count)
      #expect(try live.impulseFile() == before)
      let stored = try await client.runDSP(
        project: project, block: 2, sample: 7, start: 0, end: 125, parameters: ["fft-length": "32"],
        storesParameters: true)
      #expect(stored.features == wide.features)
      let written = try live.impulseFile().list("dspBlockConfigs").first { $0["blockId"] == .integer(2) }
      #expect(written?["config"]?["fft-length"] == .string("32"))
      let windows = try await live.windows(2, 7)
      #expect(wide.features == windows[0].features.map(Double.init))
      let after = try await client.runDSPReadOnly(project: project, block: 2, sample: 7, start: 0)
      #expect(after.features == wide.features)
      let error = await live.failure {
        _ = try await client.runDSP(
          project: project, block: 2, sample: 7, start: 0, parameters: ["fft-length": "33"], storesParameters: true)
      }
      #expect(error?.kind == .refused && error?.message.contains("fft-length") == true)
    }
  }

  @Test func blocksSeeTheRowsOfTheFile() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let recording = try await live.recording(7)
      let rows = (0..<recording.rowCount).map { Array(recording.rows[3 * $0..<3 * $0 + 3]) }
      for block in [0, 2] {
        let whole = try await client.dspRawSample(project: project, block: block, sample: 7, usesCache: true)
        #expect(
          firstDifference(whole.payload.values, rows) == nil && whole.totalPayloadLength == rows.count
            && whole.sample.id == 7)
        let short = try await client.dspRawSample(
          project: project, block: block, sample: 7, limit: 10, truncatesLabels: false)
        #expect(short.payload.values == Array(rows[..<10]) && short.totalPayloadLength == rows.count)
        let window = try await client.dspSampleSlice(project: project, block: block, sample: 7, start: 20)
        #expect(firstDifference(window.payload.values, Array(rows[20..<145])) == nil)
        let slice = try await client.dspSampleSlice(
          project: project, block: block, sample: 7, start: 20, end: 23, truncatesLabels: true)
        #expect(slice.payload.values == Array(rows[20..<23]))
        #expect(slice.payload.cropStart == 20 && slice.payload.cropEnd == 23 && slice.payload.intervalMs == 16)
      }
    }
  }

  @Test func costsAreMeasuredAndEstimated() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let rows = try #require(try await client.dspPerformance(project: project, block: 2).performance)
      #expect(rows.count > 3 && rows[0].mcu == "This machine, measured" && Set(rows.map(\.mcu)).count == rows.count)
      #expect(rows.allSatisfy { $0.latency > 0 && $0.ram > 0 })
      let started = try await client.profileCustomBlock(
        project: project, block: 2, parameters: ["fft-length": "32"])
      let job = try await client.waitForJob(project: project, job: started.id, interval: 0.02)
      #expect(job.finishedSuccessful == true)
      let profile = try await client.profilingResult(project: project, job: started.id)
      #expect(profile.hasPerformance && (profile.timePerInferenceMs ?? 0) > 0 && profile.variant == .float32)
      #expect(profile.customMetrics.count == rows.count - 1)
      let tuned = await live.failure { _ = try await client.profilingResult(project: project, job: 99) }
      #expect(tuned?.message == "No job found with ID 99")
    }
  }

  @Test func suggestionsWork() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try await client.autotunerResults(project: project, block: 2)
      #expect(before.results.isEmpty)
      let started = try await client.autotune(project: project, Studio.AutotuneDSPRequest(dspId: 2))
      let job = try await client.waitForJob(project: project, job: started.id, interval: 0.02)
      #expect(job.finishedSuccessful == true && job.categoryKey == "autotune-dsp")
      let results = try await client.autotunerResults(project: project, block: 2).results
      let suggestions = Dictionary(results.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
      #expect(suggestions["fft-length"] != nil && suggestions.count == results.count)
      try await client.setDSPConfiguration(project: project, block: 2, suggestions)
      let items = try #require(try await client.dspConfiguration(project: project, block: 2).config).flatMap(\.items)
      for (key, value) in suggestions { #expect(items.first { $0.param == key }?.value == value, "\(key)") }
      let refused = await live.failure {
        _ = try await client.autotune(project: project, Studio.AutotuneDSPRequest(dspId: 4))
      }
      #expect(refused?.kind == .refused && refused?.message == "Raw Data has no autotuner")
    }
  }
}
