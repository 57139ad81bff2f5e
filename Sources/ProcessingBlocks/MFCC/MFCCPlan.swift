import DSPKernels

struct MFCCPlan: BlockPlan {
  let layout: FrameLayout
  let bank: MelFilterBank
  /// As asked for; `transform.count` exist.
  let coefficients: Int
  let transform: CosineTransform
  let emphasis: Double
  let shift: Int
  /// Frames of the normalisation; none if 0 or less.
  let window: Int
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  init(
    layout: FrameLayout, bank: MelFilterBank, coefficients: Int, emphasis: Double, shift: Int, window: Int,
    input: SignalShape, warnings: [ConfigurationIssue]
  ) {
    self.layout = layout
    self.bank = bank
    self.coefficients = coefficients
    transform = CosineTransform(filters: bank.count, count: coefficients)
    self.emphasis = emphasis
    self.shift = shift
    self.window = window
    self.input = input
    self.warnings = warnings
  }

  var featureCount: Int { layout.count * transform.count }
  var featureLabels: [String] { [] }
  var outputConfiguration: OutputConfiguration {
    .spectrogram(width: Double(featureCount) / Double(coefficients), height: coefficients)
  }
  var fftUsed: [Int] { [bank.count, layout.fftLength] }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    let columns = transform.count
    let output =
      window > 0
      ? FrameMatrix.byteCount(frames: layout.count, columns: columns, dividesByDeviation: true)
      : FrameTable<Float>.byteCount(columns: columns) + FrameTable<Double>.byteCount(columns: columns)
    return MFCCRunner.scratchByteCount(layout) + bank.count * frameLanes * MemoryLayout<Double>.stride + output
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { MFCCRunner(plan: self, hop: hop) }
}
