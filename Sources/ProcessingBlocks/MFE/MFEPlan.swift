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

  var spectrum: FrameSpectrum { FrameSpectrum(layout) }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    spectrum.scratchByteCount + input.rows * MemoryLayout<Double>.stride
      + bank.count * laneCount * (MemoryLayout<Double>.stride + MemoryLayout<Float>.stride)
      + layout.count * SlidingNormalization.padded(bank.count) * (MemoryLayout<Double>.stride + 4)
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { MFERunner(plan: self, hop: hop) }
}

extension FrameSpectrum {
  init(_ layout: FrameLayout) {
    self.init(
      frames: layout.count, frameRows: layout.rows, stride: layout.stride, length: layout.fftLength)
  }
}

final class MFERunner: BlockRunner {
  private let plan: MFEPlan
  private let hop: Int
  private let spectrum: FrameSpectrum
  private let scratch: FrameSpectrum.Scratch
  private let samples: LaneBuffer<Double>
  private let energies: LaneBuffer<Double>
  private let scaled: LaneBuffer<Float>
  private let matrix: FrameMatrix?
  private let scale: DecibelScale

  /// - Parameter limit: what happens to the decibel scale, where there is one; Studio's byte unless said otherwise.
  init(plan: MFEPlan, hop: Int, limit: DecibelScale.Limit = .wrappingByte) {
    self.plan = plan
    self.hop = hop
    spectrum = plan.spectrum
    scratch = spectrum.makeScratch()
    samples = LaneBuffer(count: plan.input.rows)
    energies = LaneBuffer(count: plan.bank.count * laneCount)
    scaled = LaneBuffer(count: plan.bank.count * laneCount)
    switch plan.normalization {
    case .slidingMean(let window):
      matrix = FrameMatrix(
        frames: plan.layout.count, columns: plan.bank.count, window: window, dividesByDeviation: false)
      scale = DecibelScale(floor: 0, limit: .zero)
    case .decibel(let floor):
      matrix = nil
      scale = DecibelScale(floor: floor, limit: limit)
    }
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == 1, "a slab of one axis")
    for window in 0..<slab.count {
      let source = slab.samples + window * hop * slab.stride + slab.columns[0]
      load(source, slab.stride)
      run(features + window * plan.featureCount)
    }
  }

  /// The window as Double, with Studio's Float pre-emphasis where the version has it.
  private func load(_ source: UnsafePointer<Double>, _ stride: Int) {
    let rows = plan.input.rows
    guard case .decibel = plan.normalization else {
      for row in 0..<rows { samples.base[row] = source[row * stride] }
      return
    }
    // The window's first value is paired with its last.
    var previous = Float(source[(rows - 1) * stride] / 32768)
    for row in 0..<rows {
      let value = Float(source[row * stride] / 32768)
      samples.base[row] = Double(value - 0.98 * previous)
      previous = value
    }
  }

  private func run(_ features: UnsafeMutablePointer<Float>) {
    let count = plan.bank.count
    spectrum.forEachBatch(of: samples.base, scratch: scratch) { first, power in
      plan.bank.apply(power, into: energies.base)
      let frames = min(laneCount, plan.layout.count - first)
      if let matrix {
        matrix.write(energies.base, columns: count, first: first, frames: frames)
      } else {
        scale.apply(energies.base, count: count * laneCount, into: scaled.base)
        writeFeatureRows(
          scaled.base, features: count, to: features + first * count, width: count, windows: frames)
      }
    }
    if let matrix {
      matrix.normalize(into: features, columns: count)
      stretch(features)
    }
  }

  /// To 0...1 over the whole window, unless its smallest or largest value is exactly 0; NaN becomes 0.
  private func stretch(_ features: UnsafeMutablePointer<Float>) {
    var lowest = features[0]
    var highest = features[0]
    for i in 0..<plan.featureCount {
      let value = features[i]
      // NaN must win, as in NumPy.
      if !(value >= lowest) && !lowest.isNaN { lowest = value }
      if !(value <= highest) && !highest.isNaN { highest = value }
    }
    let stretches = lowest != 0 && highest != 0
    let range = highest - lowest
    for i in 0..<plan.featureCount {
      let value = stretches ? (features[i] - lowest) / range : features[i]
      features[i] = value.isNaN ? 0 : value
    }
  }
}
