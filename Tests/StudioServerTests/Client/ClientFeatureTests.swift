// Generated features over our own client: what it downloads must be, byte by byte, what the engine writes for the same
// folder and impulse without a server, and what it decodes must agree with those files.
// The explorer and the metadata are held against the arrays, not against the server's own answers.
import Datasets
import Foundation
import NumPyFiles
import StudioAPI
import Testing

@testable import StudioServer

struct ClientFeatureTests {
  @Test(arguments: [2, 3, 4])
  func downloadsAreThoseOfTheEngine(block: Int) async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let file = "\(live.scratch)/file.npy"
      let none = await live.failure {
        try await client.downloadFeatures(project: project, block: block, category: .training, to: file)
      }
      #expect(none?.kind == .refused && none?.message.hasPrefix("No features have been generated") == true)
      #expect(!FileManager.default.fileExists(atPath: file))
      #expect(try await live.generate(block).finishedSuccessful == true)
      for category in [Datasets.Category.training, .testing] {
        let wanted = try await live.generated(block, category)
        let name = Studio.RawDataCategory(rawValue: category.rawValue)
        for raw in [nil, false, true] {
          let download = try await client.downloadFeatures(
            project: project, block: block, category: name, raw: raw, to: file)
          let bytes = try wanted.bytes(raw == true ? "X_raw.npy" : "X.npy")
          let found = try Data(contentsOf: URL(filePath: file))
          #expect(firstDifference(found, bytes) == nil)
          #expect(download.byteCount == bytes.count && download.contentType == "application/octet-stream")
        }
        let labels = try await client.downloadLabels(project: project, block: block, category: name, to: file)
        let (found, y) = (try Data(contentsOf: URL(filePath: file)), try wanted.bytes("y.npy"))
        #expect(firstDifference(found, y) == nil)
        #expect(labels.path == file)
      }
      // Artifacts are files of the training set.
      let training = try await live.generated(block, .training)
      for key in ["X.npy", "y.npy", "X_raw.npy", "labels.json"] {
        try await client.downloadArtifact(project: project, block: block, key: key, to: file)
        let (found, artifact) = (try Data(contentsOf: URL(filePath: file)), try training.bytes(key))
        #expect(firstDifference(found, artifact) == nil, "\(key)")
      }
      let unknown = await live.failure {
        try await client.downloadArtifact(project: project, block: block, key: "../X.npy", to: file)
      }
      #expect(unknown?.kind == .refused && unknown?.message.contains("No artifact") == true)
    }
  }

  @Test func metadataFitsTheArrays() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      let before = try await client.dspMetadata(project: project, block: 2)
      #expect(!before.generated && before.windowCount == 0 && before.includedSamples.isEmpty)
      try await live.generate(2)
      let x = try NumPyArray(contentsOf: "\(try await live.generated(2, .training).path)/X.npy")
      let after = try await client.dspMetadata(project: project, block: 2)
      #expect(after.generated && [after.windowCount, after.featureCount] == x.shape)
      #expect(after.featureCount == before.featureCount && after.dspConfig == before.dspConfig)
      #expect(after.dspConfig["fft-length"] == "16" && after.labels == ["idle", "snake", "updown", "wave"])
      #expect(after.includedSamples.map(\.id) == (1...24).reversed())
      #expect(after.includedSamples.allSatisfy { $0.windowCount == 101 })
      #expect(after.windowSizeMs == 2000 && after.windowIncreaseMs == 80 && after.frequency == 62.5 && after.padZeros)
      let testing = try await client.dspMetadata(project: project, block: 2, leavesOutSamples: true, category: .testing)
      #expect(testing.windowCount == 8 * 101 && testing.includedSamples.isEmpty)
      let configuration = try await client.dspConfiguration(project: project, block: 2)
      #expect(configuration.dsp.features.generated && configuration.dsp.features.count == after.windowCount)
      let names = try await client.featureLabels(project: project, block: 2).labels
      #expect(configuration.dsp.features.labels == names && names.count == after.featureCount)
      try await client.clearDSPBlock(project: project, block: 2)
      let cleared = try await client.dspMetadata(project: project, block: 2, category: .testing)
      #expect(!cleared.generated)
    }
  }

  @Test func explorerShowsTheArrays() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      try await live.generate(3)
      let folder = try await live.generated(3, .testing)
      let (x, y) = (
        try NumPyArray(contentsOf: "\(folder.path)/X.npy"), try NumPyArray(contentsOf: "\(folder.path)/y.npy")
      )
      let explored = try await client.trainedFeatures(
        project: project, block: 3, category: .testing, axes: (0, 4, 20))
      #expect(explored.totalSampleCount == x.shape[0] && explored.data.count == x.shape[0])
      let points = explored.data.map { [$0.x["0"], $0.x["4"], $0.x["20"]] }
      let features = (0..<x.shape[0]).map { row in [0, 4, 20].map { Optional(x.values[row * x.shape[1] + $0]) } }
      #expect(firstDifference(points, features) == nil)
      let numbers = explored.data.map { [Double($0.y), $0.sample?.id, $0.sample?.startMs, $0.sample?.endMs] }
      let labels = (0..<x.shape[0]).map { row in (0..<4).map { Optional(y.values[row * y.shape[1] + $0]) } }
      #expect(firstDifference(numbers, labels) == nil)
      #expect(Set(explored.data.map(\.yLabel)) == ["idle", "snake", "updown", "wave"])
      let beyond = await live.failure {
        _ = try await client.trainedFeatures(project: project, block: 3, category: .testing, axes: (0, 4, 21))
      }
      #expect(beyond?.kind == .refused && beyond?.message == "feature 21: the block has 21 features, from 0")
    }
  }

  @Test func importanceNamesTheFeatures() async throws {
    try await LiveStudio.run { live in
      let (client, project) = (live.client, live.project)
      try await live.generate(3)
      let before = try await client.featureImportance(project: project, block: 3)
      #expect(!before.hasFeatureImportance && before.labels.isEmpty)
      try await live.generate(3, importance: true)
      let folder = try await live.generated(3, .training)
      let expected = try await LiveStudio.aside {
        try FeatureImportance(
          x: "\(folder.path)/X.npy", y: "\(folder.path)/y.npy", labels: ["idle", "snake", "updown", "wave"])
      }
      let names = try await client.featureLabels(project: project, block: 3).labels
      let found = try await client.featureImportance(project: project, block: 3)
      #expect(found.hasFeatureImportance && found.labels.keys.sorted() == expected.byLabel.keys.sorted())
      for (label, shares) in expected.byLabel {
        #expect(found.labels[label]?.features.map(\.axis) == names, "\(label)")
        #expect(found.labels[label]?.features.map(\.importance) == shares, "\(label)")
      }
    }
  }
}
