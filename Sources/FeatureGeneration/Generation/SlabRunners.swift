import Datasets
import ProcessingBlocks

/// The runners of all blocks for one thread.
final class SlabRunners {
  private struct Runner {
    let axes: [String]
    let featureCount: Int
    /// Rows from one window to the next.
    let hop: Int
    /// Of a block's features; nil for its raw windows.
    let plan: (any BlockPlan)?
    let runner: any BlockRunner
  }

  private let runners: [Runner]
  private let blocks: [PreparedBlock]
  private let windows: Int
  private let sample: WindowSample
  /// For windows that lie one behind the other; made when the first of them come.
  private lazy var separate = Self.makeRunners(blocks, hop: blocks.first?.block.input.window.rows ?? 1, windows)
  private let featureCounts: [Int]
  private var columns: [[Int]] = []
  private var sensors: [ByteKey] = []

  /// - Parameters:
  ///   - hop: rows from one window to the next.
  ///   - windows: most windows of a slab.
  ///   - sample: the windows whose values are looked at.
  init(_ blocks: [PreparedBlock], hop: Int, windows: Int, sample: WindowSample) {
    self.blocks = blocks
    self.windows = windows
    self.sample = sample
    runners = Self.makeRunners(blocks, hop: hop, windows)
    featureCounts = runners.map { $0.featureCount * windows }
  }

  private static func makeRunners(_ blocks: [PreparedBlock], hop: Int, _ windows: Int) -> [Runner] {
    blocks.flatMap { block in
      block.outputs.enumerated().map { index, output in
        Runner(
          axes: block.block.axes, featureCount: output.plan.featureCount, hop: hop,
          plan: index == 0 ? output.plan : nil,
          runner: output.plan.makeRunner(hop: hop, windows: windows))
      }
    }
  }

  /// Computes the features of a slab's windows and looks at both; the header has all axes.
  func run(_ slab: Slab, header: RecordingHeader) {
    if slab.windowCount == 0 { return }
    let names = header.sensors.map { ByteKey($0.name) }
    if sensors != names {
      sensors = names
      let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      columns = runners.map { $0.axes.compactMap { places[ByteKey($0)] } }
    }
    slab.reserve(featureCounts: featureCounts)
    let isSeparate = slab.hasSeparateWindows
    let samples = isSeparate ? slab.resampled.base : slab.samples.base
    let range = slab.firstWindow..<slab.firstWindow + slab.windowCount
    let sampled = sample.windows(recording: slab.recording, in: range)
    slab.findings.removeAll(keepingCapacity: true)
    for (index, runner) in (isSeparate ? separate : runners).enumerated() {
      runner.runner.run(
        WindowSlab(
          samples: samples, stride: slab.stride, columns: columns[index], count: slab.windowCount),
        into: slab.features[index].base)
      guard let plan = runner.plan else { continue }
      slab.findings.append(
        WindowFindings(plan: plan, windows: range, features: slab.features[index].base, sampled: sampled) { window in
          let start = samples + (window - slab.firstWindow) * runner.hop * slab.stride
          return Self.values(of: plan, at: start, stride: slab.stride, columns: columns[index])
        })
    }
  }

  /// A window by itself, as plans want it.
  private static func values(
    of plan: any BlockPlan, at start: UnsafePointer<Double>, stride: Int, columns: [Int]
  ) -> [Double] {
    let count = plan.input.rows * columns.count
    return [Double](unsafeUninitializedCapacity: count) { values, filled in
      for row in 0..<plan.input.rows {
        for (axis, column) in columns.enumerated() { values[row * columns.count + axis] = start[row * stride + column] }
      }
      filled = count
    }
  }
}
