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
  private let sample: WindowSample

  init(generator: FeatureGenerator, entries: [DatasetEntry], sink: GenerationSink, slabsInFlight: Int) {
    self.generator = generator
    self.entries = entries
    self.sink = sink
    window = generator.blocks[0].block.input.window
    slabWindows = generator.slabWindows
    sample = WindowSample(recordings: entries.count, blocks: generator.blocks)
    queue = Monitor(SlabQueue(recordingCount: entries.count, limit: slabsInFlight))
  }

  /// A worker's life: decode a slab, compute it, write what is due.
  func work() {
    var runners: SlabRunners?
    while true {
      let (work, slab) = queue.wait { $0.take() }
      switch work {
      case .stop:
        return
      case .open(let recording):
        if let stream = open(recording, slab) { read(stream, slab, &runners) }
      case .continueReading(let stream):
        read(stream, slab, &runners)
      }
      queue.update { $0.submit(slab) }
      writeWhatIsDue()
    }
  }

  private func open(_ recording: Int, _ slab: Slab) -> RecordingStream? {
    do throws(DatasetError) {
      var entry = entries[recording]
      entry.reading = generator.reading(entry.reading)
      return try generator.stream(name: entry.path, recording: recording, label: entry.label) {
        () throws(DatasetError) in try entry.open()
      }
    } catch {
      slab.recording = recording
      slab.sequence = 0
      slab.windowCount = 0
      slab.outcome = .failed(error)
      queue.update { $0.noteUnopened() }
      return nil
    }
  }

  private func read(_ stream: RecordingStream, _ slab: Slab, _ runners: inout SlabRunners?) {
    stream.next(slab)
    queue.update { $0.giveBack(stream) }
    if slab.windowCount == 0 { return }
    // Made with the first windows: a thread that gets none needs no scratch memory.
    let ready = runners ?? SlabRunners(generator.blocks, hop: window.hop, windows: slabWindows, sample: sample)
    runners = ready
    ready.run(slab, header: stream.header)
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
