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
  private let featureCounts: [Int]
  private var columns: [[Int]] = []
  private var sensors: [Sensor] = []

  init(_ blocks: [PreparedBlock], hop: Int, windows: Int) {
    runners = blocks.flatMap { block in
      block.outputs.map { output in
        Runner(
          axes: block.block.axes, featureCount: output.plan.featureCount,
          runner: output.plan.makeRunner(hop: hop, windows: windows))
      }
    }
    featureCounts = runners.map { $0.featureCount * windows }
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
    for (index, runner) in runners.enumerated() {
      runner.runner.run(
        WindowSlab(
          samples: slab.samples.base, stride: slab.stride, columns: columns[index], count: slab.windowCount),
        into: slab.features[index].base)
    }
  }
}
