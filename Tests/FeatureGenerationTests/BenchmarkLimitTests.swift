// What bounds a measurement; no test here looks at how fast anything is.
// 1. All threads together do no more than the wall clock has time for.
// 2. Windows that are too large are refused before memory is taken for them; those that fit get smaller batches.

import Foundation
import Synchronization
import Testing

@testable import FeatureGeneration

struct BenchmarkLimitTests {
  /// More threads than processors: rates of single threads would add up to more than there is time for.
  @Test func threadsShareTheWallClock() {
    let steps = Atomic(0)
    let start = monotonicSeconds()
    let result = ParallelRound.run(threads: 40, seconds: 0.005) { _ in
      Machine.runFixedLoop()
      return steps.add(1, ordering: .relaxed).newValue > 0 ? 1 : 0
    }
    let wall = (monotonicSeconds() - start) * 1e6
    let count = steps.load(ordering: .relaxed)
    #expect(result.threads == 40 && count > 0 && result.loop > 0)
    #expect(result.window * Double(count) <= wall)
  }

  /// A batch of windows of 16 million rows that do not meet is 4 GB for the lanes; of such that do, a few hundred MB.
  @Test(arguments: [(16_000_000, true), (1, false)])
  func memoryIsRefusedBeforeItIsTaken(increaseMs: Int, isRefused: Bool) throws {
    let file = Fixture.path("impulses/motion.json")
    var flatten = try #require(Impulse(contentsOf: file).blocks.first { $0.type == "flatten" })
    flatten.axes = [flatten.axes[0]]
    flatten.input.frequency = 1000
    flatten.input.window = SlidingWindow(
      sizeMs: 16_000_000, increaseMs: increaseMs, frequency: 1000, padsZeros: false)
    let block = try PreparedBlock(flatten, includesRaw: false)
    let batch = BatchShape(block)
    #expect(batch.windows <= 32 && batch.threads(1024) < 100)
    if isRefused {
      #expect(throws: ImpulseError.self) { try batch.check(block, threads: 2, file) }
    } else {
      #expect(batch.scratch < 1 << 29)
    }
  }
}
