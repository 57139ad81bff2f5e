// Lists, single recordings and their files over our own client, against what the engine's readers find in the folder.
// Each filter is set to let some pass and keep some out, so that one that is ignored fails.
import Crypto
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientSampleTests {
  @Test func listsAndCountsAgree() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let entries = try await live.dataset().entries
      let all = try await client.samples(project: project, category: .all)
      #expect(all.totalCount == 32 && all.samples.map(\.id) == (1...32).reversed())
      for sample in all.samples {
        let entry = try #require(entries.first { $0.sampleID == sample.id })
        #expect(sample.filename == entry.name && sample.category.rawValue == entry.category.rawValue)
        #expect(entry.label == .single(sample.label) && sample.valuesCount == 625 && sample.frequency == 62.5)
        #expect(sample.sensors.map(\.name) == ["accX", "accY", "accZ"])
      }
      let page = try await client.samples(
        project: project, category: .training, limit: 3, offset: 2, excludesSensors: true, truncatesLabels: true,
        sortedBy: "id-desc")
      #expect(page.samples.map(\.id) == [22, 21, 20] && page.samples.allSatisfy(\.sensors.isEmpty))
      let rising = try await client.samples(project: project, category: .training, limit: 3, sortedBy: "id-asc")
      #expect(rising.samples.map(\.id) == [1, 2, 3] && rising.totalCount == 24)
      let past = try await client.samples(project: project, category: .testing, offset: 1000)
      #expect(past.samples.isEmpty && past.totalCount == 8)
      let refused = await live.failure {
        _ = try await client.samples(project: project, category: Studio.RawDataFilterCategory(rawValue: "elsewhere"))
      }
      #expect(refused?.kind == .refused && refused?.message == "Unknown category \"elsewhere\"")
    }
  }

  /// A filter and the ids that pass it, of recordings 1 to 32.
  struct Filtered: Sendable, CustomStringConvertible {
    var description: String
    var ids: [Int]
    var filter: SampleFilter

    init(_ name: String, _ ids: [Int], _ set: (inout SampleFilter) -> Void) {
      (description, self.ids, filter) = (name, ids, SampleFilter())
      set(&filter)
    }

    static let all: [Filtered] = [
      Filtered("labels", [25, 26] + Array(1...6)) { $0.labels = ["idle"] },
      Filtered("odd labels", [9]) { $0.labels = ["a b,\"c\"", "d&+#"] },
      Filtered("name", [19]) { $0.fileName = "wave.0" },
      Filtered("search", [19, 20, 21, 22, 23, 24, 31, 32]) { $0.search = "WAVE" },
      Filtered("longest", [8]) { $0.maxLength = 9000 },
      Filtered("shortest", Array(1...7) + Array(9...32)) { $0.minLength = 9000 },
      Filtered("lowest rate", Array(1...32)) { $0.minFrequency = 62.5 },
      Filtered("lowest rate beyond", []) { $0.minFrequency = 62.6 },
      Filtered("highest rate", []) { $0.maxFrequency = 62.4 },
      Filtered("signature", []) { $0.signatureValidity = "valid" },
      Filtered("disabled", [7]) { $0.includeDisabled = "disabled" },
      Filtered("enabled", Array(1...6) + Array(8...32)) { $0.includeDisabled = "enabled" },
      Filtered("numbers", [10]) { ($0.minLabel, $0.maxLabel) = (1.5, 3) },
      Filtered("kind", []) { $0.dataType = "image" },
      Filtered("ids", [30, 31]) { ($0.minID, $0.maxID) = (30, 32) },
      Filtered("metadata", [11]) { $0.metadata = #"[{"key":"site","op":"eq","values":["north + 1"]}]"# },
      Filtered("first moment", []) { $0.minDate = Timestamp(rawValue: "2100-01-01T00:00:00Z") },
      Filtered("last moment", Array(1...32)) { $0.maxDate = Timestamp(rawValue: "2100-01-01T00:00:00Z") },
    ]
  }

  @Test func filtersSelect() async throws {
    try await LiveStudio.run { configuration in
      // One recording is shorter than the others.
      let url = URL(filePath: "\(configuration.dataset)/training/snake.1.cbor")
      let short = try Recording(path: url.path)
      let rows = (0..<500).map { Array(short.rows[3 * $0..<3 * $0 + 3]) }
      let document = try UploadSample(values: rows, sensors: short.header.sensors, intervalMs: short.header.intervalMs)
      guard case .acquisition(let data) = document.content else { throw ServerError("no document") }
      try data.write(to: url)
    } _: { live in
      let (client, project) = (live.client, live.project)
      try await client.setSampleEnabled(project: project, sample: 7, false)
      try await client.setSampleLabel(project: project, sample: 9, "d&+#")
      try await client.setSampleLabel(project: project, sample: 10, "2")
      try await client.setSampleMetadata(project: project, sample: 11, ["site": "north + 1"])
      for item in Filtered.all {
        let list = try await client.samples(project: project, category: .all, filter: item.filter)
        #expect(list.samples.map(\.id).sorted() == item.ids.sorted(), "\(item)")
        let count = try await client.sampleCount(project: project, category: .all, filter: item.filter).count
        #expect(count == item.ids.count, "\(item)")
      }
      let testing = try await client.sampleCount(project: project, category: .testing).count
      #expect(testing == 8)
    }
  }

  @Test func valuesAndFilesAreThoseOfTheFolder() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let recording = try await live.recording(8)
      let rows = (0..<recording.rowCount).map { Array(recording.rows[3 * $0..<3 * $0 + 3]) }
      let bytes = try Data(contentsOf: URL(filePath: try #require(try await live.entry(8)).filePath))
      let whole = try await client.sample(project: project, sample: 8, cacheKey: "k", impulse: 1, truncatesLabels: true)
      #expect(
        firstDifference(whole.payload.values, rows) == nil && whole.totalPayloadLength == 625
          && whole.payload.intervalMs == 16)
      #expect(whole.datastreamPayloads.map(\.payload.values) == [rows] && whole.sample.id == 8)
      #expect(whole.sample.sha256Hash == SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
      let short = try await client.sample(project: project, sample: 8, limit: 5)
      #expect(short.payload.values == Array(rows[..<5]) && short.totalPayloadLength == 625)
      let slice = try await client.sampleSlice(
        project: project, sample: 8, start: 10, end: 13, impulse: 1, datastream: 0, truncatesLabels: false)
      #expect(slice.payload.values == Array(rows[10..<13]) && slice.payload.cropEnd == 13)
      let window = try await client.sampleSlice(project: project, sample: 8, start: 600)
      #expect(window.payload.values == Array(rows[600...]))
      let file = "\(live.scratch)/file"
      let raw = try await client.downloadRaw(project: project, sample: 8, to: file)
      #expect(try Data(contentsOf: URL(filePath: file)) == bytes && raw.byteCount == bytes.count)
      let audio = try await client.downloadAudio(project: project, sample: 8, axis: 2, start: 5, end: 105, to: file)
      let wave = try await LiveStudio.aside { try Recording(path: file, displayName: "file.wav") }
      let column = rows[5..<105].map { $0[2] }
      let loudest = column.map(abs).max() ?? 0
      #expect(audio.contentType == "audio/wav" && audio.byteCount == 44 + 200)
      #expect(wave.rows == column.map { ($0 * 32767 / loudest).rounded() })
      let beyond = await live.failure {
        try await client.downloadAudio(project: project, sample: 8, axis: 3, to: file)
      }
      #expect(beyond?.message == "axis 3: the recording has 3 axes, from 0" && beyond?.kind == .refused)
      let image = await live.failure { try await client.downloadImage(project: project, sample: 8, to: file) }
      #expect(image?.message == "Sample 8 is no picture")
      let video = await live.failure {
        try await client.downloadVideo(project: project, sample: 8, afterInputBlock: true, cacheKey: "k", to: file)
      }
      #expect(video?.message == "Sample 8 is no video" && video?.kind == .refused)
    }
  }

  @Test func recordingsAreFoundByName() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let exact = try await client.sampleIDs(project: project, fileName: "wave.0.json")
      #expect(exact.map(\.id) == [19] && exact.map(\.fileName) == ["wave.0"])
      #expect(exact.map(\.category) == [.training] && exact.map(\.label) == ["wave"])
      let contained = try await client.sampleIDs(
        project: project, fileName: "wave", match: .contained, category: .testing, labels: ["wave", "idle"])
      #expect(contained.map(\.id) == [32, 31])
      let all = try await client.sampleIDs(project: project, workers: 2)
      #expect(all.map(\.id) == Array((1...24).reversed()) + Array((25...32).reversed()))
      let name = try await client.fileName(project: project, sample: 19)
      #expect(name == "wave.0")
      let none = try await client.fileName(project: project, sample: 99)
      #expect(none == nil)
    }
  }
}
