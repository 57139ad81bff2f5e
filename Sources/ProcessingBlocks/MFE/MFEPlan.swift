import DSPKernels

struct MFEPlan: BlockPlan {
  enum Normalization: Sendable {
    /// Versions 1 and 2: the mean over this many frames is subtracted, then the window is stretched to 0...1.
    case slidingMean(window: Int)
    /// Versions 3 and 4: pre-emphasis, and a decibel scale in 256 steps.
    case decibel(floor: Double)
  }

  let layout: FrameLayout
  let bank: MelFilterBank
  let mel: MelConfiguration
  let normalization: Normalization
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  var featureCount: Int { layout.count * bank.count }
  var featureLabels: [String] { [] }
  var outputConfiguration: OutputConfiguration { .spectrogram(width: Double(layout.count), height: bank.count) }
  var fftUsed: [Int] { [layout.fftLength] }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    let output =
      switch normalization {
      case .slidingMean:
        FrameMatrix.byteCount(frames: layout.count, columns: bank.count, dividesByDeviation: false)
      case .decibel: FrameTable<Float>.byteCount(columns: bank.count)
      }
    return MFERunner.scratchByteCount(layout) + bank.count * frameLanes * MemoryLayout<Double>.stride + output
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { MFERunner(plan: self, hop: hop) }
}
