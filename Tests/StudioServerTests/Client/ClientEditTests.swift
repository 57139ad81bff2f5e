// Edits over our own client. Each must be in `info.labels` as Studio writes it when the call returns, must come back in
// the server's next answer, and must be found by a fresh look at the folder; recordings that were not named stay.
// Deleted recordings must be gone from the disk.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientEditTests {
  @Test func editsAreWritten() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try await live.dataset().entries
      let paths = Dictionary(before.map { ($0.sampleID, $0.path) }, uniquingKeysWith: { $1 })
      func written(_ sample: Int) throws -> [String: JSONValue] {
        try live.labelEntry(try #require(paths[sample]))
      }
      func listed(_ sample: Int) async throws -> Studio.Sample {
        try await client.sample(project: project, sample: sample, limit: 0).sample
      }

      try await client.renameSample(project: project, sample: 3, to: "renamed \u{e9}/2")
      #expect(try written(3)["name"] == .string("renamed \u{e9}/2"))
      #expect(try await listed(3).filename == "renamed \u{e9}/2")

      try await client.setSampleLabel(project: project, sample: 4, "other/label\"")
      #expect(
        try written(4)["label"] == .object(["type": .string("label"), "label": .string("other/label\"")]))
      #expect(try await listed(4).label == "other/label\"")
      try await client.setSampleLabel(project: project, sample: 5, nil)
      #expect(try written(5)["label"] == .object(["type": .string("unlabeled")]))
      #expect(try await listed(5).label == "")

      let spans = [(0, 99, "a"), (100, 299, "b"), (300, 624, "a")].map {
        Studio.StructuredLabel(startIndex: $0.0, endIndex: $0.1, label: $0.2)
      }
      try await client.setStructuredLabels(project: project, sample: 6, spans)
      let entry = try written(6)["label"]
      #expect(entry?["type"] == .string("multi-label"))
      #expect(
        entry?.list("labels")
          == [(0, 99, "a"), (100, 299, "b"), (300, 624, "a")].map {
            .object(["startIndex": .integer($0.0), "endIndex": .integer($0.1), "label": .string($0.2)])
          })
      let several = try await listed(6)
      #expect(
        several.structuredLabels?.map(\.endIndex) == [99, 299, 624] && several.structuredLabelsList == ["a", "b"])

      try await client.moveSample(project: project, sample: 8, to: .testing)
      #expect(try written(8)["category"] == .string("testing"))
      #expect(try await listed(8).category == .testing)

      try await client.setSampleMetadata(project: project, sample: 9, ["site": "north", "\u{fc}": "\"2\""])
      #expect(
        try written(9)["metadata"] == .object(["site": .string("north"), "\u{fc}": .string("\"2\"")]))
      let metadata = try await client.sampleMetadata(project: project, category: .all).metadata
      #expect(metadata.map(\.id) == [9] && metadata[0].metadata == ["site": "north", "\u{fc}": "\"2\""])
      #expect(try await client.sampleMetadata(project: project, category: .testing).metadata.isEmpty)
      try await client.setSampleMetadata(project: project, sample: 9, nil)
      #expect(try await listed(9).metadata?.isEmpty != false)

      try await client.setSampleEnabled(project: project, sample: 10, false)
      #expect(try written(10)["isDisabled"] == .bool(true))
      #expect(try await listed(10).isDisabled)
      try await client.setSampleEnabled(project: project, sample: 11, false)
      try await client.setSampleEnabled(project: project, sample: 11, true)
      #expect(try await !listed(11).isDisabled)

      let after = try await live.dataset()
      #expect(after.disabled.map(\.sampleID) == [10])
      let touched: Set<Int> = [3, 4, 5, 6, 8, 10]
      #expect(
        after.entries.filter { !touched.contains($0.sampleID) }.map(\.path).sorted()
          == before.filter { !touched.contains($0.sampleID) }.map(\.path).sorted())
      #expect(
        try await live.entry(6)?.label
          == .multi(spans.map { .init(start: $0.startIndex, end: $0.endIndex, label: $0.label) }))
      // What the labels say is what windows get.
      let features = try await client.features(project: project, block: 4, sample: 4).data
      #expect(Set(features.map(\.yLabel)) == ["other/label\""])
      let windows = try await live.windows(4, 6)
      let labelled = try await client.features(project: project, block: 4, sample: 6).data
      #expect(labelled.map(\.yLabel) == windows.map { $0.label ?? "" } && Set(labelled.map(\.yLabel)) == ["a", "b"])
    }
  }

  @Test func refusedEditsChangeNothing() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try await client.samples(project: project, category: .all).samples
      let calls: [(String, @Sendable () async throws -> Void)] = [
        ("name must have", { try await client.renameSample(project: project, sample: 3, to: "") }),
        (
          "Unknown category \"split\"",
          {
            try await client.moveSample(project: project, sample: 3, to: Studio.RawDataCategory(rawValue: "split"))
          }
        ),
        (
          "rows 5 to 624 have no label",
          {
            try await client.setStructuredLabels(
              project: project, sample: 3, [Studio.StructuredLabel(startIndex: 0, endIndex: 4, label: "a")])
          }
        ),
        (
          "rows 0 to 625 are no rows of 625",
          {
            try await client.setStructuredLabels(
              project: project, sample: 3, [Studio.StructuredLabel(startIndex: 0, endIndex: 625, label: "a")])
          }
        ),
        ("No sample found with ID 99", { try await client.renameSample(project: project, sample: 99, to: "x") }),
        ("No sample found with ID 99", { try await client.setSampleLabel(project: project, sample: 99, "x") }),
        ("No sample found with ID 99", { try await client.setSampleMetadata(project: project, sample: 99, [:]) }),
        ("No sample found with ID 99", { try await client.setSampleEnabled(project: project, sample: 99, false) }),
        ("No sample found with ID 99", { try await client.deleteSample(project: project, sample: 99) }),
      ]
      for (words, call) in calls {
        let error = await live.failure(call)
        #expect(error?.kind == .refused && error?.message.hasPrefix(words) == true, "\(words): \(error?.message ?? "")")
      }
      let after = try await client.samples(project: project, category: .all).samples
      #expect(after.map(\.filename) == before.map(\.filename) && after.map(\.label) == before.map(\.label))
      #expect(!FileManager.default.fileExists(atPath: "\(live.server.dataset)/info.labels"))
    }
  }

  @Test func deletedRecordingsAreGone() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let path = try #require(try await live.entry(7)).filePath
      try await client.deleteSample(project: project, sample: 7)
      #expect(!FileManager.default.fileExists(atPath: path))
      let twice = await live.failure { try await client.deleteSample(project: project, sample: 7) }
      #expect(twice?.kind == .refused && twice?.message.hasPrefix("No sample found with ID") == true)
      let (first, second) = (
        try await client.deleteSampleIfPresent(project: project, sample: 8),
        try await client.deleteSampleIfPresent(project: project, sample: 8)
      )
      #expect(first && !second)
      let named = try await client.deleteSamples(project: project, fileName: "wave.0.json")
      #expect(named.map(\.id) == [19])
      let many = try await client.deleteSamples(
        project: project, fileName: "idle", match: .contained, category: .testing)
      #expect(many.map(\.fileName).allSatisfy { $0.hasPrefix("idle") } && many.count == 2)
      var left = try await live.dataset().entries
      #expect(left.map(\.sampleID).sorted() == Array(1...32).filter { ![7, 8, 19, 25, 26].contains($0) })
      try await client.deleteAllSamples(project: project, category: .testing)
      left = try await live.dataset().entries
      #expect(left.count == 21 && left.allSatisfy { $0.category == .training })
      try await client.deleteAllSamples(project: project)
      let count = try await client.sampleCount(project: project, category: .all).count
      #expect(count == 0)
      for folder in ["training", "testing"] {
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(live.server.dataset)/\(folder)").isEmpty)
      }
    }
  }
}
