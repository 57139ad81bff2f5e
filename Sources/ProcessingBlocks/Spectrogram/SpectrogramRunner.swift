import DSPKernels

final class SpectrogramRunner: BlockRunner {
  private let plan: SpectrogramPlan
  private let hop: Int
  private let spectrum: FrameSpectrum
  private let scratch: FrameSpectrum.Scratch
  private let samples: LaneBuffer<Double>
  private let scaled: LaneBuffer<Float>
  private let scale: DecibelScale
  /// All powers of a window, for the versions that stretch them together.
  private let powers: LaneBuffer<Double>

  init(plan: SpectrogramPlan, hop: Int) {
    self.plan = plan
    self.hop = hop
    spectrum = FrameSpectrum(plan.layout)
    scratch = spectrum.makeScratch()
    samples = LaneBuffer(count: plan.input.rows)
    scaled = LaneBuffer(count: spectrum.bins * laneCount)
    scale = DecibelScale(floor: plan.floor, limit: plan.version == 3 ? .zeroToOne : .zero)
    powers = LaneBuffer(count: plan.version < 3 ? plan.featureCount : 0)
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == 1, "a slab of one axis")
    for window in 0..<slab.count {
      load(slab.samples + window * hop * slab.stride + slab.columns[0], slab.stride)
      run(features + window * plan.featureCount)
    }
  }

  /// The window as Double. Version 3 takes values beyond ±1 for 16-bit audio and rescales all of them.
  private func load(_ source: UnsafePointer<Double>, _ stride: Int) {
    var isLoud = false
    for row in 0..<plan.input.rows {
      let value = source[row * stride]
      samples.base[row] = value
      isLoud = isLoud || abs(value) > 1
    }
    if plan.version == 3 && isLoud {
      for row in 0..<plan.input.rows { samples.base[row] = Double(Float(samples.base[row] / 32768)) }
    }
  }

  private func run(_ features: UnsafeMutablePointer<Float>) {
    let bins = spectrum.bins
    spectrum.forEachBatch(of: samples.base, scratch: scratch) { first, power in
      let frames = min(laneCount, plan.layout.count - first)
      if plan.version < 3 {
        for frame in 0..<frames {
          for bin in 0..<bins { powers.base[(first + frame) * bins + bin] = power[bin * laneCount + frame] }
        }
      } else {
        scale.apply(power, count: bins * laneCount, into: scaled.base)
        writeFeatureRows(
          scaled.base, features: bins, to: features + first * bins, width: bins, windows: frames)
      }
    }
    if plan.version < 3 { stretch(features) }
  }

  /// To 0...1 over the whole window in Double; NaN, also from a window without any power, becomes 0.
  private func stretch(_ features: UnsafeMutablePointer<Float>) {
    var lowest = powers.base[0]
    var highest = powers.base[0]
    for i in 0..<plan.featureCount {
      let value = powers.base[i]
      // NaN must win, as in NumPy.
      if !(value >= lowest) && !lowest.isNaN { lowest = value }
      if !(value <= highest) && !highest.isNaN { highest = value }
    }
    let range = highest - lowest
    for i in 0..<plan.featureCount {
      let value = (powers.base[i] - lowest) / range
      features[i] = value.isNaN ? 0 : Float(value)
    }
  }
}
