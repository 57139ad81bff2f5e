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
    FrameSpectrum(layout).scratchByteCount + input.rows * MemoryLayout<Double>.stride
      + (bank.count + transform.count) * laneCount * MemoryLayout<Double>.stride
      + layout.count * SlidingNormalization.padded(transform.count) * 16
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { MFCCRunner(plan: self, hop: hop) }
}

final class MFCCRunner: BlockRunner {
  private let plan: MFCCPlan
  private let hop: Int
  private let spectrum: FrameSpectrum
  private let scratch: FrameSpectrum.Scratch
  private let samples: LaneBuffer<Double>
  private let energies: LaneBuffer<Double>
  private let coefficients: LaneBuffer<Double>
  private let plain: LaneBuffer<Float>
  private let matrix: FrameMatrix?

  init(plan: MFCCPlan, hop: Int) {
    self.plan = plan
    self.hop = hop
    spectrum = FrameSpectrum(plan.layout)
    scratch = spectrum.makeScratch()
    samples = LaneBuffer(count: plan.input.rows)
    energies = LaneBuffer(count: plan.bank.count * laneCount)
    coefficients = LaneBuffer(count: plan.transform.count * laneCount)
    plain = LaneBuffer(count: plan.transform.count * laneCount)
    matrix =
      plan.window > 0
      ? FrameMatrix(
        frames: plan.layout.count, columns: plan.transform.count, window: plan.window, dividesByDeviation: true)
      : nil
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == 1, "a slab of one axis")
    for window in 0..<slab.count {
      load(slab.samples + window * hop * slab.stride + slab.columns[0], slab.stride)
      run(features + window * plan.featureCount)
    }
  }

  /// The window with pre-emphasis; its beginning is paired with its end.
  private func load(_ source: UnsafePointer<Double>, _ stride: Int) {
    let rows = plan.input.rows
    var earlier = rows - 1 - (plan.shift - 1) % rows
    for row in 0..<rows {
      samples.base[row] = source[row * stride] - plan.emphasis * source[earlier * stride]
      earlier = earlier + 1 == rows ? 0 : earlier + 1
    }
  }

  /// An infinite bin makes all coefficients but the energy NaN: the reference multiplies it with weights of 0 too.
  private func clearInfiniteFrames(_ power: UnsafePointer<Double>) {
    for lane in 0..<laneCount where coefficients.base[lane] == .infinity {
      guard (0..<spectrum.bins).contains(where: { power[$0 * laneCount + lane] == .infinity }) else { continue }
      for row in 1..<max(1, plan.transform.count) { coefficients.base[row * laneCount + lane] = .nan }
    }
  }

  private func run(_ features: UnsafeMutablePointer<Float>) {
    let count = plan.transform.count
    spectrum.forEachBatch(of: samples.base, scratch: scratch) { first, power in
      plan.bank.apply(power, into: energies.base)
      takeLogarithms(energies.base, count: plan.bank.count * laneCount)
      plan.transform.apply(energies.base, into: coefficients.base)
      // The first coefficient gives way to the frame's energy.
      writeLogEnergy(power, bins: spectrum.bins, into: coefficients.base)
      clearInfiniteFrames(power)
      let frames = min(laneCount, plan.layout.count - first)
      if let matrix {
        matrix.write(coefficients.base, columns: count, first: first, frames: frames)
      } else {
        writePower(coefficients.base, count: count * laneCount, to: plain.base)
        writeFeatureRows(
          plain.base, features: count, to: features + first * count, width: count, windows: frames)
      }
    }
    matrix?.normalize(into: features, columns: count)
  }
}
