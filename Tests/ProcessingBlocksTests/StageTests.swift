// Stages of plans.
// 1. Counts that can be worked out by hand: transforms, filters, a whole small block.
// 2. For every block and version: stages have names of their own and count something; axes multiply all counts.
// 3. Every stage runs on a signal, for windows that do and do not overlap.
// 4. Frames that windows share count once a batch, where the runner computes them once.

import Testing

@testable import ProcessingBlocks

struct StageTests {
  static let blocks: [(type: String, version: Int, parameters: [String: ParameterValue])] =
    BlockRegistry.blocks.filter { !$0.takesImages }.flatMap { block in
      block.versions.map { (block.type, $0, [:]) }
    } + [
      ("spectral-analysis", 4, ["filter-type": .text("low"), "input-decimation-ratio": .text("3")]),
      ("spectral-analysis", 4, ["extra-low-freq": .boolean(true)]),
      ("spectral-analysis", 4, ["analysis-type": .text("Wavelet"), "wavelet-level": .integer(2)]),
      ("spectral-analysis", 4, ["do-log": .boolean(false), "filter-type": .text("high")]),
    ]

  private static func plan(
    _ type: String, _ version: Int, _ parameters: [String: ParameterValue], axes: Int = 1
  ) throws -> any BlockPlan {
    let block = try #require(BlockRegistry.block(type: type))
    let isAudio = ["mfe", "mfcc", "spectrogram"].contains(type)
    // Versions 1 to 3 of the audio blocks need long transforms for their filters.
    let long: [String: ParameterValue] = isAudio && type != "spectrogram" ? ["fft_length": .integer(1024)] : [:]
    return try block.makePlan(
      parameters.merging(long) { $1 }, version: version,
      input: SignalShape(
        frequency: isAudio ? 16_000 : 62.5, rows: isAudio ? 4000 : 250, axes: (0..<axes).map { "axis\($0)" }))
  }

  /// 4 points: one butterfly of the complex transform of 2, and one to take it apart.
  @Test(arguments: [(2, 0), (4, 20), (16, 160), (256, 5120)])
  func transformsCountButterflies(length: Int, arithmetic: Int) {
    #expect(OperationCount.realTransform(length).arithmetic == arithmetic)
  }

  @Test func countsAddAndMultiply() {
    let a = OperationCount(arithmetic: 1, memory: 2, divisions: 3, squareRoots: 4, logarithms: 5, comparisons: 6)
    #expect(
      a + a * 2
        == OperationCount(arithmetic: 3, memory: 6, divisions: 9, squareRoots: 12, logarithms: 15, comparisons: 18))
  }

  /// Three sections of 9 operations on each of 250 rows; 31 frames of 16 values every 8 rows.
  @Test func spectralAnalysisIsCountedByHand() throws {
    let plan = try Self.plan("spectral-analysis", 4, ["filter-type": .text("low")])
    let stages = Dictionary(uniqueKeysWithValues: plan.stages().map { ($0.name, $0.operations) })
    #expect(stages["filter"] == OperationCount(arithmetic: 9 * 3 * 250, memory: 2 * 3 * 250))
    // 32 frames start inside 250 rows. Each: a transform, 9 powers of 4 operations, 9 comparisons.
    #expect(stages["FFT"]?.arithmetic == 32 * (160 + 36))
    #expect(stages["FFT"]?.comparisons == 32 * 9)
    #expect(stages["log"]?.logarithms == 1)
  }

  @Test(arguments: blocks)
  func stagesCountSomething(type: String, version: Int, parameters: [String: ParameterValue]) throws {
    let stages = try Self.plan(type, version, parameters).stages()
    #expect(!stages.isEmpty && Set(stages.map(\.name)).count == stages.count)
    for stage in stages {
      let count = stage.operations
      let all = [
        count.arithmetic, count.memory, count.divisions, count.squareRoots, count.logarithms, count.comparisons,
      ]
      #expect(all.allSatisfy { $0 >= 0 } && all.contains { $0 > 0 }, "\(stage.name)")
    }
  }

  @Test(arguments: blocks.filter { ["spectral-analysis", "flatten", "raw"].contains($0.type) })
  func axesMultiplyCounts(type: String, version: Int, parameters: [String: ParameterValue]) throws {
    let one = try Self.plan(type, version, parameters).stages().map { $0.operations * 3 }
    let three = try Self.plan(type, version, parameters, axes: 3).stages().map(\.operations)
    #expect(one == three)
  }

  /// 24 frames of 320 values, 160 apart; 8 of them are a batch. Hop, windows, frames of all windows together.
  @Test(arguments: [
    (160, 1, 24), (160, 32, 24 + 31 * 2), (320, 32, 24 + 31 * 3), (161, 32, 24 * 32), (3840, 32, 24 * 32),
    (3680, 4, 24 * 4),
  ])
  func sharedFramesCountOnce(hop: Int, windows: Int, frames: Int) throws {
    let plan = try Self.plan("mfe", 4, ["frame_length": .number(0.02), "frame_stride": .number(0.01)])
    #expect(plan.featureCount % 24 == 0)
    let count = (max(windows, StageSignal.fewestWindows) - 1) * hop + plan.input.rows
    let values = (0..<count).map { Double($0 * $0 % 1009) - 500 }
    try values.withUnsafeBufferPointer { values in
      let stages = plan.stages()
      for name in ["FFT", "mel", "log"] {
        let stage = try #require(stages.first { $0.name == name })
        let work = try #require(stage.work(on: StageSignal(values, hop: hop, windows: windows)))
        #expect(abs(work.windows - 8 / (Double(frames) / Double(windows))) < 1e-12, "\(name)")
      }
    }
  }

  @Test(arguments: blocks, [1, 40, 20_000])
  func stagesRun(
    block: (type: String, version: Int, parameters: [String: ParameterValue]), hop: Int
  ) throws {
    let plan = try Self.plan(block.type, block.version, block.parameters)
    let step = min(hop, plan.input.rows)
    let values = (0..<(StageSignal.fewestWindows - 1) * step + plan.input.rows).map { Double($0 * $0 % 1009) - 500 }
    values.withUnsafeBufferPointer { values in
      for stage in plan.stages() {
        let signal = StageSignal(values, hop: step, windows: StageSignal.fewestWindows)
        guard let work = stage.work(on: signal) else {
          Issue.record("\(stage.name) is not timed")
          continue
        }
        work.run()
        work.run()
        #expect(work.windows > 0)
      }
    }
  }
}
