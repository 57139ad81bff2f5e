import Datasets
import ProcessingBlocks

/// The runners of all blocks for one thread.
final class SlabRunners {
  private struct Runner {
    let axes: [String]
    let featureCount: Int
    let runner: any BlockRunner
  }

  private let runners: [Runner]
  private let blocks: [PreparedBlock]
  private let windows: Int
  /// For windows that lie one behind the other; made when the first of them come.
  private lazy var separate = Self.makeRunners(blocks, hop: blocks.first?.block.input.window.rows ?? 1, windows)
  private let featureCounts: [Int]
  private var columns: [[Int]] = []
  private var sensors: [Sensor] = []

  init(_ blocks: [PreparedBlock], hop: Int, windows: Int) {
    self.blocks = blocks
    self.windows = windows
    runners = Self.makeRunners(blocks, hop: hop, windows)
    featureCounts = runners.map { $0.featureCount * windows }
  }

  private static func makeRunners(_ blocks: [PreparedBlock], hop: Int, _ windows: Int) -> [Runner] {
    blocks.flatMap { block in
      block.outputs.map { output in
        Runner(
          axes: block.block.axes, featureCount: output.plan.featureCount,
          runner: output.plan.makeRunner(hop: hop, windows: windows))
      }
    }
  }

  /// Computes the features of a slab's windows; the header has all axes.
  func run(_ slab: Slab, header: RecordingHeader) {
    if slab.windowCount == 0 { return }
    if sensors != header.sensors {
      sensors = header.sensors
      let places = Dictionary(uniqueKeysWithValues: sensors.enumerated().map { (ByteKey($1.name), $0) })
      columns = runners.map { $0.axes.compactMap { places[ByteKey($0)] } }
    }
    slab.reserve(featureCounts: featureCounts)
    let isSeparate = slab.hasSeparateWindows
    let samples = isSeparate ? slab.resampled.base : slab.samples.base
    for (index, runner) in (isSeparate ? separate : runners).enumerated() {
      runner.runner.run(
        WindowSlab(
          samples: samples, stride: slab.stride, columns: columns[index], count: slab.windowCount),
        into: slab.features[index].base)
    }
  }
}
