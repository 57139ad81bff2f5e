// A bad recording at every place of a list: first, middle, last, in pairs, all of them. The result must be that of
// the good recordings alone, apart from sample ids, which a smaller folder numbers anew.
// One that turns bad after thousands of rows has windows in the files already; these must vanish again.
// Without keepsGoing the first bad recording in order ends the run, whichever thread sees which error first.
import Datasets
import Foundation
import Testing

@testable import FeatureGeneration

struct KeepsGoingTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    var bad: Set<Int>
    var threads: Int
    var slabLimit: Int?
    var testDescription: String { "bad \(bad.sorted()), \(threads) threads" }
  }

  static let layouts: [Layout] = [[0], [3], [6], [0, 1], [5, 6], [0, 3, 6], [1, 2, 3, 4, 5]].flatMap { bad in
    [
      Layout(bad: bad, threads: 1, slabLimit: 4), Layout(bad: bad, threads: 4, slabLimit: 4),
      Layout(bad: bad, threads: 3),
    ]
  }

  /// Seven recordings of different lengths; in the bad ones row 900 of 1000 is no number.
  private func write(_ folder: TemporaryFolder, bad: Set<Int>, leavingOut: Bool) throws {
    for index in 0..<7 where !leavingOut || !bad.contains(index) {
      let isBad = bad.contains(index)
      let recording = SyntheticRecording(
        name: "l\(index % 3).\(index).json", rows: isBad ? 1000 : 30 + 40 * index, seed: UInt64(index))
      try recording.write(to: folder, in: leavingOut ? "good/training" : "data/training", badRow: isBad ? 900 : nil)
    }
  }

  private var impulse: SyntheticImpulse {
    SyntheticImpulse(blocks: [("flatten", ["accX", "accY"]), ("raw", ["accX", "accY", "accZ"])])
  }

  @Test(arguments: layouts)
  func resultIsThatOfTheGoodOnes(layout: Layout) throws {
    try withTemporaryFolder { folder in
      try write(folder, bad: layout.bad, leavingOut: false)
      try write(folder, bad: layout.bad, leavingOut: true)
      let good = try Dataset.open(path: folder.path("good"))
      let all = try folder.dataset()
      _ = try impulse.generator { $0.includesRaw = true }.generate(good, to: folder.path("expected"))
      let report = try impulse.generator(slabLimit: layout.slabLimit) {
        $0.keepsGoing = true
        $0.includesRaw = true
        $0.threads = layout.threads
      }.generate(all, to: folder.path("out"))

      for (set, file) in [("2-flatten", "X.npy"), ("2-flatten", "X_raw.npy"), ("3-raw", "X.npy")] {
        let expected = try folder.features(set, file, in: "expected")
        let found = try folder.features(set, file)
        #expect(found.shape == expected.shape)
        #expect(firstDifference(bits: found.values, expected.values) == nil)
      }
      let names = Dictionary(uniqueKeysWithValues: all.entries.map { ($0.sampleID, $0.name) })
      let goodNames = Dictionary(uniqueKeysWithValues: good.entries.map { ($0.sampleID, $0.name) })
      let rows = try folder.y("3-raw").map { [names[Int($0[1])] ?? "", "\($0[2]) \($0[3])"] }
      let goodRows = try folder.y("3-raw", in: "expected").map { [goodNames[Int($0[1])] ?? "", "\($0[2]) \($0[3])"] }
      #expect(firstDifference(rows, goodRows) == nil)

      let skipped = all.entries.map(\.path).filter { path in layout.bad.contains { path.hasSuffix(".\($0).json") } }
      #expect(report.skipped.map(\.path) == skipped)
      #expect(report.skipped.allSatisfy { $0.reason.hasPrefix("\($0.path): row 900 (byte ") })
      #expect(report.recordings == 7 - layout.bad.count && report.windows == rows.count)
      let metadata = try folder.metadata("3-raw")
      #expect(metadata.edgedsp.skipped.map(\.path) == skipped)
      #expect(metadata.edgedsp.skipped.map(\.reason) == report.skipped.map(\.reason))
      #expect(metadata.includedSamples.reduce(0) { $0 + $1.windowCount } == metadata.windowCount)
    }
  }

  @Test func allBadIsAnError() throws {
    try withTemporaryFolder { folder in
      try write(folder, bad: Set(0..<7), leavingOut: false)
      let error = try #require(throws: DatasetErrors.self) {
        try impulse.generator { $0.keepsGoing = true }.generate(try folder.dataset(), to: folder.path("out"))
      }
      #expect(error.errors.count == 7)
      #expect(folder.snapshot("out").isEmpty)
    }
  }

  @Test(arguments: [1, 4])
  func theFirstBadRecordingInOrderIsTheOneReported(threads: Int) throws {
    try withTemporaryFolder { folder in
      try write(folder, bad: [0, 2, 4], leavingOut: false)
      for _ in 0..<5 {
        let error = try #require(throws: DatasetErrors.self) {
          try impulse.generator(slabLimit: 2) { $0.threads = threads }
            .generate(try folder.dataset(), to: folder.path("out"))
        }
        // Newest first: l2.2 comes last in the listing.
        #expect(error.errors.map(\.file) == ["training/l2.2.json"])
      }
    }
  }
}
