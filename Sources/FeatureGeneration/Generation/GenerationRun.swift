import Datasets
import Foundation
import ProcessingBlocks

/// One generation under way: what its worker threads share.
final class GenerationRun: Sendable {
  private let generator: FeatureGenerator
  private let entries: [DatasetEntry]
  private let sink: GenerationSink
  private let queue: Monitor<SlabQueue>
  private let window: SlidingWindow
  private let slabWindows: Int

  init(generator: FeatureGenerator, entries: [DatasetEntry], sink: GenerationSink) {
    self.generator = generator
    self.entries = entries
    self.sink = sink
    window = generator.blocks[0].block.input.window
    slabWindows = generator.slabWindows
    queue = Monitor(SlabQueue(recordingCount: entries.count, threads: max(1, generator.options.threads)))
  }

  /// A worker's life: decode a slab, compute it, write what is due.
  func work() {
    let runners = SlabRunners(generator.blocks, hop: window.hop, windows: slabWindows)
    while true {
      let (work, slab) = queue.wait { $0.take() }
      switch work {
      case .stop:
        return
      case .open(let recording):
        if let stream = open(recording, slab) { read(stream, slab, runners) }
      case .continueReading(let stream):
        read(stream, slab, runners)
      }
      queue.update { $0.submit(slab) }
      writeWhatIsDue()
    }
  }

  private func open(_ recording: Int, _ slab: Slab) -> RecordingStream? {
    do throws(DatasetError) {
      let reader = try entries[recording].open()
      try generator.check(reader.header, file: entries[recording].path)
      return RecordingStream(reader, recording: recording, window: window, slabWindows: slabWindows)
    } catch {
      slab.recording = recording
      slab.sequence = 0
      slab.windowCount = 0
      slab.outcome = .failed(error)
      queue.update { $0.noteUnopened() }
      return nil
    }
  }

  private func read(_ stream: RecordingStream, _ slab: Slab, _ runners: SlabRunners) {
    stream.next(slab)
    queue.update { $0.giveBack(stream) }
    runners.run(slab, header: stream.header)
  }

  private func writeWhatIsDue() {
    while let slab = queue.update({ $0.takeDue() }) {
      let goesOn = sink.write(slab)
      queue.update {
        $0.noteWritten(slab)
        if !goesOn { $0.stop() }
      }
    }
  }
}

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
      columns = runners.map { $0.axes.compactMap { axis in sensors.firstIndex { $0.name == axis } } }
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

extension FeatureGenerator {
  /// Whether a recording can be used at all: all axes present, and sampled at the impulse's rate.
  ///
  /// Rates count as equal within 0.01 %: less than a row over any window that Studio makes.
  func check(_ header: RecordingHeader, file: String) throws(DatasetError) {
    let names = header.sensors.map(\.name)
    for block in blocks {
      for axis in block.block.axes where !names.contains(axis) {
        throw DatasetError(
          file: file, position: .entry("payload.sensors"),
          expected: "axis \"\(axis)\" for block \(block.block.id) (\(block.block.name))",
          found: "axes " + names.joined(separator: ", "))
      }
      let wanted = block.block.input.frequency
      if abs(header.frequencyHz - wanted) > 1e-4 * wanted {
        throw DatasetError(
          file: file, position: .entry("payload.interval_ms"),
          expected: "a sampling rate of \(wanted) Hz, as the impulse has",
          found: "\(header.frequencyHz) Hz (interval \(header.intervalMs) ms)", kind: .unsupported)
      }
    }
  }
}
