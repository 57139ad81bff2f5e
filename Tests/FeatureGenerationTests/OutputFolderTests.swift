// Whatever goes wrong, the folder that was there before must be the same to the byte, hidden entries included.
// Refusals first: existing sets, foreign folders, places that take no folder. Then failure half way.
// Abandoned build folders are made by hand, as a killed process leaves them; a living process is played by a lock.
// The metadata are read back through the public type and compared with the arrays beside them.
import Datasets
import Foundation
import Glibc
import NumPyFiles
import OutputFiles
import Testing

@testable import FeatureGeneration

struct OutputFolderTests {
  private func generate(
    _ folder: TemporaryFolder, to output: String = "out", overwrites: Bool = false, increaseMs: Int = 80
  ) throws {
    let impulse = SyntheticImpulse(increaseMs: increaseMs, blocks: [("raw", ["accX"]), ("flatten", ["accX"])])
    _ = try impulse.generator { $0.overwrites = overwrites }
      .generate(try folder.dataset(), to: folder.path(output))
  }

  private func withDataset(_ body: (TemporaryFolder) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for index in 0..<3 {
        try SyntheticRecording(name: "a.\(index).json", rows: 60, seed: UInt64(index)).write(to: folder)
      }
      try body(folder)
    }
  }

  @Test func anExistingSetIsRefused() throws {
    try withDataset { folder in
      try generate(folder)
      let before = folder.snapshot("out")
      let error = try #require(throws: OutputError.self) { try generate(folder, increaseMs: 160) }
      #expect(error.kind == .exists)
      #expect(error.description == "\(folder.path("out"))/2-raw: exists already")
      #expect(firstDifference(folder.snapshot("out"), before) == nil)
    }
  }

  @Test func overwritingReplacesTheWholeSet() throws {
    try withDataset { folder in
      try generate(folder)
      try folder.write("left over", to: "out/2-raw/X_raw.npy")
      try folder.write("mine", to: "out/notes.txt")
      try generate(folder, overwrites: true, increaseMs: 160)
      try generate(folder, to: "fresh", increaseMs: 160)
      var expected = folder.snapshot("fresh")
      expected["notes.txt"] = Data("mine".utf8)
      #expect(firstDifference(folder.snapshot("out"), expected) == nil)
    }
  }

  /// A file system without exchange, on which nothing comes back to its place either.
  @Test func anOldSetThatCannotBePutBackIsKept() throws {
    try withDataset { folder in
      try generate(folder)
      let old = folder.snapshot("out/2-raw")
      var moves = OutputFolder.Moves()
      moves.renameNew = { _, _ in
        errno = EINVAL
        return -1
      }
      moves.exchange = moves.renameNew
      let target = folder.path("out/2-raw")
      moves.rename = { from, to in
        if to != target { return Glibc.rename(from, to) }
        errno = EIO
        return -1
      }
      let output = try OutputFolder(path: folder.path("out"), names: ["2-raw"], overwrite: true, moves: moves)
      let error = try #require(throws: OutputError.self) { try output.commit(["2-raw"]) }
      output.discard()
      let place = try #require(error.reason.components(separatedBy: "the old set is in ").last)
      #expect(error.path == target && place.hasPrefix(folder.path("out") + "/"))
      let name = String(place.dropFirst(folder.path("").count))
      #expect(firstDifference(folder.snapshot(name), old) == nil)
      // The next run puts it back.
      _ = try? OutputFolder(path: folder.path("out"), names: ["2-raw"], overwrite: false)
      try OutputFolder(path: folder.path("out"), names: ["other"], overwrite: false).discard()
      #expect(firstDifference(folder.snapshot("out/2-raw"), old) == nil)
    }
  }

  /// The new sets are in place then, and the error says so.
  @Test func aFolderThatCannotBeSyncedHasTheNewSets() throws {
    try withDataset { folder in
      try generate(folder)
      var moves = OutputFolder.Moves()
      moves.sync = { _ in
        errno = EIO
        return false
      }
      let output = try OutputFolder(path: folder.path("out"), names: ["2-raw"], overwrite: true, moves: moves)
      try output.write(Data("new".utf8), "2-raw", "metadata.json")
      let error = try #require(throws: OutputError.self) { try output.commit(["2-raw"]) }
      output.discard()
      #expect(error.kind == .unsynced)
      #expect(firstDifference(folder.snapshot("out/2-raw"), ["metadata.json": Data("new".utf8)]) == nil)
      #expect(folder.snapshot("out").keys.allSatisfy { !$0.hasPrefix(".") })
    }
  }

  @Test func aForeignFolderIsNeverReplaced() throws {
    try withDataset { folder in
      try folder.write("precious", to: "out/3-flatten/thesis.txt")
      let before = folder.snapshot("out")
      let error = try #require(throws: OutputError.self) { try generate(folder, overwrites: true) }
      #expect(
        error.description == "\(folder.path("out"))/3-flatten: holds thesis.txt and is not replaced; move it away")
      #expect(firstDifference(folder.snapshot("out"), before) == nil)
    }
  }

  @Test func aFileInThePlaceOfASetIsNeverReplaced() throws {
    try withDataset { folder in
      try folder.write("precious", to: "out/2-raw")
      let error = try #require(throws: OutputError.self) { try generate(folder, overwrites: true) }
      #expect(error.kind == .cannotCreate)
      #expect(try String(contentsOf: folder.url.appending(path: "out/2-raw"), encoding: .utf8) == "precious")
    }
  }

  /// What a process leaves that dies between the two renames of a file system without exchange.
  @Test func aSetLeftAsideComesBack() throws {
    try withDataset { folder in
      try generate(folder)
      let set = folder.snapshot("out/2-raw")
      try folder.write("", to: "out/.edgedsp-1-1/x")
      try FileManager.default.moveItem(
        atPath: folder.path("out/2-raw"), toPath: folder.path("out/.edgedsp-1-1/2-raw.old"))
      try FileManager.default.removeItem(atPath: folder.path("out/3-flatten"))
      #expect(throws: OutputError.self) { try generate(folder) }
      _ = try? generate(folder, to: "out", overwrites: false)
      #expect(firstDifference(folder.snapshot("out/2-raw"), set) == nil)
    }
  }

  @Test func aFileInThePlaceOfTheOutputIsRefused() throws {
    try withDataset { folder in
      try folder.write("file", to: "out")
      for output in ["out", "out/below"] {
        let error = try #require(throws: OutputError.self) { try generate(folder, to: output) }
        #expect(error.kind == .cannotCreate)
        #expect(error.path == folder.path("out"))
        #expect(error.reason == "is not a folder")
      }
    }
  }

  @Test(arguments: [false, true])
  func failureLeavesTheOldSets(hadSets: Bool) throws {
    try withDataset { folder in
      if hadSets { try generate(folder) }
      let before = folder.snapshot("out")
      try SyntheticRecording(name: "a.1.json", rows: 3000, seed: 1).write(to: folder, badRow: 2900)
      #expect(throws: DatasetErrors.self) { try generate(folder, overwrites: true, increaseMs: 160) }
      #expect(firstDifference(folder.snapshot("out"), before) == nil)
    }
  }

  @Test func abandonedBuildFoldersAreRemoved() throws {
    try withDataset { folder in
      try folder.write("half", to: "out/.edgedsp-1-2/2-raw/X.npy")
      try folder.write("half", to: "out/.edgedsp-living/2-raw/X.npy")
      try folder.write("mine", to: "out/.hidden/file")
      let descriptor = open(folder.path("out/.edgedsp-living"), O_RDONLY | O_DIRECTORY)
      #expect(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      try generate(folder)
      let names = Set(folder.snapshot("out").keys.filter { $0.hasPrefix(".") })
      #expect(
        names == [".edgedsp-living", ".edgedsp-living/2-raw", ".edgedsp-living/2-raw/X.npy", ".hidden", ".hidden/file"])
      close(descriptor)
      try generate(folder, overwrites: true)
      #expect(Set(folder.snapshot("out").keys.filter { $0.hasPrefix(".") }) == [".hidden", ".hidden/file"])
    }
  }

  /// y.npy holds ids in 32 bits.
  @Test func idsThatYCannotHoldAreRefused() throws {
    try withDataset { folder in
      let dataset = try folder.dataset()
      var entries = dataset.entries
      entries[1].sampleID = 1 << 31
      let generator = try SyntheticImpulse(blocks: [("flatten", ["accX"])]).generator()
      let error = try #require(throws: DatasetErrors.self) {
        try generator.generate(dataset.replacing(entries: entries, disabled: []), to: folder.path("out"))
      }
      #expect(error.errors.first?.file == entries[1].path && "\(error)".contains("2147483648"))
      #expect(folder.snapshot("out").isEmpty)
    }
  }

  @Test func metadataDescribesTheArrays() throws {
    try withDataset { folder in
      try SyntheticRecording(name: "b.short.json", rows: 7, seed: 4).write(to: folder)
      try SyntheticRecording(name: "c.json", rows: 120, seed: 5).write(to: folder)
      try generate(folder)
      let metadata = try folder.metadata("3-flatten")
      let x = try folder.features("3-flatten")
      let y = try folder.y("3-flatten")
      #expect(x.shape == [metadata.windowCount, metadata.featureCount])
      #expect(metadata.windowCount == y.count)
      let ids = metadata.includedSamples.flatMap { Array(repeating: Int32($0.id), count: $0.windowCount) }
      #expect(firstDifference(ids, y.map { $0[1] }) == nil)
      #expect(metadata.includedSamples.allSatisfy { $0.windowCount > 0 })
      #expect(metadata.labels == ["a", "b", "c"])
      #expect(metadata.generated && metadata.created == "1970-01-01T00:00:00.000Z")
      #expect(metadata.outputConfig == .init(type: "flat", shape: ["width": 7]))
      #expect(metadata.featureLabels?.count == 7)
      #expect(metadata.edgedsp.recordings.map(\.windowCount) == [21, 0, 9, 9, 9])
      #expect(metadata.edgedsp.recordings.map(\.rows) == [120, 7, 60, 60, 60])
      #expect(metadata.edgedsp.recordings.allSatisfy { $0.fingerprint.wholeMatch(of: #/xxh128:[0-9a-f]{32}/#) != nil })
      #expect(try folder.metadata("2-raw").featureLabels == nil)
    }
  }

  @Test func labelsFileNamesFeaturesAndClasses() throws {
    try withDataset { folder in
      try generate(folder)
      let data = try Data(contentsOf: folder.url.appending(path: "out/3-flatten/labels.json"))
      let labels = try JSONDecoder().decode(FeatureSetLabels.self, from: data)
      #expect(labels.featureLabels == (try folder.metadata("3-flatten")).featureLabels)
      #expect(labels.labels == ["a"])
    }
  }

  @Test func theHashTellsConfigurationsApart() throws {
    func hash(_ change: (inout SyntheticImpulse) -> Void) throws -> String {
      var impulse = SyntheticImpulse(blocks: [("flatten", ["accX", "accY"])])
      change(&impulse)
      return try impulse.generator().blocks[0].configurationHash
    }
    let hashes = try [
      hash { _ in }, hash { $0.sizeMs = 336 }, hash { $0.increaseMs = 96 }, hash { $0.padsZeros = true },
      hash { $0.frequency = 100 }, hash { $0.blocks[0].axes = ["accY", "accX"] }, hash { $0.blocks[0].type = "raw" },
      hash { $0.labeling = .anywhereInWindow(["a"]) }, hash { $0.labeling = .anywhereInWindow(["b"]) },
    ]
    #expect(Set(hashes).count == hashes.count)
    #expect(try hash { _ in } == hashes[0])
  }
}
