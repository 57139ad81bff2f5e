import DSPKernels

typealias SpectrogramRunner = FrameRunner<SpectrogramStage>

extension FrameRunner where Stage == SpectrogramStage {
  convenience init(plan: SpectrogramPlan, hop: Int) {
    self.init(layout: plan.layout, hop: hop, featureCount: plan.featureCount, stage: SpectrogramStage(plan: plan))
  }
}

/// Powers of frames, on a decibel scale or stretched over the window.
final class SpectrogramStage: FrameStage {
  /// What happens to the powers.
  private enum Output {
    case decibel(DecibelScale, FrameTable<Float>)
    /// All powers of a window, for the versions that stretch them together.
    case stretched(LaneBuffer<Double>, FrameTable<Double>)
  }

  private let plan: SpectrogramPlan
  private let bins: Int
  private let output: Output
  private var isLoud = false

  init(plan: SpectrogramPlan) {
    self.plan = plan
    bins = plan.layout.fftLength / 2 + 1
    let frames = plan.layout.count
    if plan.version < 3 {
      let powers = LaneBuffer<Double>(count: plan.featureCount)
      output = .stretched(
        powers, FrameTable(frames: frames, columns: bins, rowStride: bins, rows: powers.base))
    } else {
      output = .decibel(
        DecibelScale(floor: plan.floor, limit: plan.version == 3 ? .zeroToOne : .zero),
        FrameTable(frames: frames, columns: bins, rowStride: bins))
    }
  }

  var wrappedFrames: Int { 0 }

  /// Version 3 takes a window with values beyond ±1 for 16-bit audio.
  func prepare(_ window: WindowView) -> Bool {
    if plan.version != 3 { return true }
    let wasLoud = isLoud
    isLoud = (0..<plan.input.rows).contains { abs(window[$0]) > 1 }
    return isLoud == wasLoud
  }

  /// The values as they are, or 16-bit audio scaled and rounded to Float.
  func load(_ window: WindowView, start: Int, count: Int, into frame: UnsafeMutablePointer<Double>) {
    window.load(start: start, count: count, into: frame)
    if isLoud { scaleAudio(frame, count: count, into: frame) }
  }

  func compute(_ power: UnsafePointer<Double>) {
    switch output {
    case .decibel(let scale, let table):
      scale.apply(power, count: bins * frameLanes, into: table.batch.base)
    case .stretched(_, let table):
      table.batch.base.update(from: power, count: bins * frameLanes)
    }
  }

  func begin(_ features: UnsafeMutablePointer<Float>, carried: Int) {
    switch output {
    case .decibel(_, let table): table.begin(features, carried: carried)
    case .stretched(_, let table): table.begin(carried: carried)
    }
  }

  func put(_ lanes: Range<Int>, frame: Int) {
    switch output {
    case .decibel(_, let table): table.put(lanes, frame: frame)
    case .stretched(_, let table): table.put(lanes, frame: frame)
    }
  }

  func finish(_ features: UnsafeMutablePointer<Float>) {
    if case .stretched(let powers, _) = output {
      Self.stretch(powers.base, count: plan.featureCount, into: features)
    }
  }

  /// To 0...1 over the whole window in Double; NaN, also from a window without any power, becomes 0.
  static func stretch(_ powers: UnsafePointer<Double>, count: Int, into features: UnsafeMutablePointer<Float>) {
    var lowest = powers[0]
    var highest = powers[0]
    for i in 0..<count {
      let value = powers[i]
      // NaN must win, as in NumPy.
      if !(value >= lowest) && !lowest.isNaN { lowest = value }
      if !(value <= highest) && !highest.isNaN { highest = value }
    }
    let range = highest - lowest
    for i in 0..<count {
      let value = (powers[i] - lowest) / range
      features[i] = value.isNaN ? 0 : Float(value)
    }
  }
}
