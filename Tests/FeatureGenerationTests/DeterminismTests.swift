// Same input, same bytes: some hundred recordings of lengths from nothing to many slabs, with different axes, are
// generated on 1, 2 and 7 threads, twice, and with slabs of another size. Every byte of every file is compared.
// Progress must end where it should whatever the threads do.
import Datasets
import Foundation
import Synchronization
import Testing

@testable import FeatureGeneration

struct DeterminismTests {
  @Test func bytesDependOnTheInputAlone() throws {
    try withTemporaryFolder { folder in
      var random = SeededGenerator(seed: 11)
      for index in 0..<250 {
        let label = ["idle", "wave", "Snake", "é"].randomElement(using: &random) ?? ""
        var recording = SyntheticRecording(
          name: "\(label).\(index).json", rows: Int.random(in: 1...120, using: &random), seed: UInt64(index))
        if index % 50 == 0 { recording.rows = 4_000 }
        if index % 7 == 0 { recording.axes = ["gyrX", "accY", "accX", "accZ"] }
        try recording.write(to: folder, in: index % 10 == 0 ? "data/testing" : "data/training")
      }
      var impulse = SyntheticImpulse(increaseMs: 48, padsZeros: true)
      impulse.blocks = [
        ("spectral-analysis", ["accX", "accY", "accZ"]), ("flatten", ["accZ", "accX"]), ("raw", ["accY"]),
      ]
      let dataset = try folder.dataset()
      func generate(_ threads: Int, slabLimit: Int?, to output: String) throws -> [String: Data] {
        let generator = try impulse.generator(slabLimit: slabLimit) {
          $0.threads = threads
          $0.category = nil
          $0.includesRaw = true
        }
        _ = try generator.generate(dataset, to: folder.path(output))
        return folder.snapshot(output)
      }
      let first = try generate(1, slabLimit: nil, to: "1")
      #expect(first.count == 3 + 3 * 5)
      for (run, threads) in [1, 2, 7, 2, 7].enumerated() {
        let again = try generate(threads, slabLimit: run > 2 ? 3 : nil, to: "run-\(run)")
        #expect(firstDifference(again, first) == nil, "\(threads) threads, run \(run)")
      }
    }
  }

  @Test func aSecondRunReplacesBytesByTheSame() throws {
    try withTemporaryFolder { folder in
      for index in 0..<5 {
        try SyntheticRecording(name: "a.\(index).json", rows: 50, seed: UInt64(index)).write(to: folder)
      }
      let generator = try SyntheticImpulse().generator { $0.overwrites = true }
      _ = try generator.generate(try folder.dataset(), to: folder.path("out"))
      let first = folder.snapshot("out")
      _ = try generator.generate(try folder.dataset(), to: folder.path("out"))
      #expect(firstDifference(folder.snapshot("out"), first) == nil)
    }
  }

  @Test func progressEndsAtTheTotals() throws {
    try withTemporaryFolder { folder in
      for index in 0..<30 {
        try SyntheticRecording(name: "a.\(index).json", rows: 20 + index, seed: 1).write(to: folder)
      }
      let dataset = try folder.dataset()
      let seen = Mutex<[GenerationProgress]>([])
      let report = try SyntheticImpulse().generator().generate(dataset, to: folder.path("out")) { progress in
        seen.withLock { $0.append(progress) }
      }
      let steps = seen.withLock { $0 }
      let last = try #require(steps.last)
      #expect(last.recordings == 30 && last.recordingsTotal == 30)
      #expect(last.bytes == last.bytesTotal && last.bytes == dataset.entries.reduce(0) { $0 + $1.byteCount })
      #expect(last.windows == report.windows)
      #expect(steps.map(\.bytes) == steps.map(\.bytes).sorted())
    }
  }
}
