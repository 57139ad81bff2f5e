import DSPKernels
import Datasets
import Foundation
import ProcessingBlocks

extension DatasetScan {
  /// What generation would write, and about how long it would take.
  func forecast(
    _ generator: FeatureGenerator, _ findings: [Finding], threads: Int, _ problems: inout [DatasetProblem]
  ) -> ScanForecast {
    let category = generator.options.category
    let subset = generator.options.subset ?? generator.blocks[0].block.input.subset
    let used = zip(dataset.entries, findings).filter { entry, finding in
      finding.use != nil && (category == nil || entry.category == category)
        && (subset == nil || subset?.includes(name: entry.name) == true)
    }
    let windows = used.reduce(0) { $0.saturatingSum($1.1.use?.windowCount ?? 0) }
    if windows == 0, !dataset.entries.isEmpty {
      problems.append(
        DatasetProblem(
          severity: .error, file: dataset.path,
          message: "expected recordings \(category.map { "of category \($0) " } ?? "")that give a window, found none"))
    }
    for block in generator.blocks {
      problems += block.named(block.plan.warnings.map(\.description)).map {
        DatasetProblem(severity: .notice, file: generator.impulseFile, message: $0)
      }
    }
    let blocks = generator.blocks.map { block in
      let features = block.outputs.reduce(0) { $0 + $1.plan.featureCount }
      // X in 4 bytes a feature, y in 16 a window.
      let (bytes, overflow) = windows.multipliedReportingOverflow(by: 4 * features + 16)
      return ScanForecast.Block(
        blockID: block.block.id, name: block.block.name, type: block.block.type, folder: block.block.folderName,
        featureCount: block.plan.featureCount, byteCount: overflow ? .max : bytes,
        seconds: windows == 0 ? 0 : generator.secondsPerWindow(block) * Double(windows))
    }
    let threads = max(1, min(threads, generator.threads))
    let reading = used.map(\.1.seconds)
    let work = reading.reduce(0, +) + blocks.reduce(0) { $0 + $1.seconds }
    return ScanForecast(
      category: category?.rawValue ?? "all", recordings: used.count, windows: windows, blocks: blocks, threads: threads,
      // One recording is read by one thread at a time.
      seconds: max(work / Double(threads), reading.max() ?? 0))
  }
}

extension FeatureGenerator {
  /// How long one block is run to see how fast it is.
  private static let trialSeconds = 0.05

  /// Runs a block on a slab of noise, which is the same every time, for some 50 ms.
  func secondsPerWindow(_ block: PreparedBlock) -> Double {
    let window = block.block.input.window
    let windows = slabWindows
    let axes = block.block.axes
    let slab = Slab()
    let rows = (windows - 1) * window.hop + window.rows
    slab.reserve(samples: rows * axes.count)
    slab.stride = axes.count
    slab.windowCount = windows
    let isPicture = block.block.input.resizing != nil
    var random: UInt64 = 1
    for index in 0..<rows * axes.count {
      // Knuth's generator modulo 2^64: its upper bits are random enough for noise.
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(random >> 40)
      // Pixels are 0xRRGGBB, samples within ±1.
      slab.samples.base[index] = isPicture ? value : value / 0x1p23 - 1
    }
    let runners = SlabRunners(
      [block], hop: window.hop, windows: windows, sample: WindowSample(recordings: 1, blocks: [block]))
    let header = RecordingHeader(sensors: axes.map { Sensor(name: $0, units: "") }, intervalMs: 1)
    // The first run fills caches and buffers.
    runners.run(slab, header: header)
    let started = DispatchTime.now().uptimeNanoseconds
    var runs = 0
    var seconds = 0.0
    repeat {
      runners.run(slab, header: header)
      runs += 1
      seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
    } while seconds < Self.trialSeconds
    return seconds / Double(runs * windows)
  }
}
