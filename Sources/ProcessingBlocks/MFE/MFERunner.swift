import DSPKernels

typealias MFERunner = FrameRunner<MFEStage>

extension FrameRunner where Stage == MFEStage {
  /// - Parameter limit: what happens to the decibel scale, where there is one; Studio's byte unless said otherwise.
  convenience init(plan: MFEPlan, hop: Int, limit: DecibelScale.Limit = .wrappingByte) {
    self.init(
      layout: plan.layout, hop: hop, featureCount: plan.featureCount, stage: MFEStage(plan: plan, limit: limit))
  }
}

/// Mel energies of frames, then a decibel scale or a sliding mean.
final class MFEStage: FrameStage {
  /// What happens after the mel energies.
  private enum Output {
    case decibel(DecibelScale, FrameTable<Float>)
    case slidingMean(FrameMatrix)
  }

  private let plan: MFEPlan
  private let energies: LaneBuffer<Double>
  private let output: Output

  init(plan: MFEPlan, limit: DecibelScale.Limit) {
    self.plan = plan
    let (frames, columns) = (plan.layout.count, plan.bank.count)
    energies = LaneBuffer(count: columns * frameLanes)
    switch plan.normalization {
    case .slidingMean(let window):
      output = .slidingMean(
        FrameMatrix(frames: frames, columns: columns, window: window, dividesByDeviation: false))
    case .decibel(let floor):
      output = .decibel(
        DecibelScale(floor: floor, limit: limit),
        FrameTable(frames: frames, columns: columns, rowStride: columns))
    }
  }

  /// Pre-emphasis pairs the window's first value with its last.
  var wrappedFrames: Int {
    if case .decibel = output { 1 } else { 0 }
  }

  func prepare(_ window: WindowView) -> Bool { true }

  /// Values as Double, with Studio's Float pre-emphasis where the version has it.
  func load(_ window: WindowView, start: Int, count: Int, into frame: UnsafeMutablePointer<Double>) {
    guard case .decibel = output else { return window.load(start: start, count: count, into: frame) }
    if window.stride == 1 && start > 0 {
      emphasizeAudio(window.base + start, count: count, into: frame)
      return
    }
    var previous = window[start == 0 ? plan.input.rows - 1 : start - 1]
    for row in 0..<count {
      let value = window[start + row]
      frame[row] = emphasizedAudio(value, previous: previous)
      previous = value
    }
  }

  func compute(_ power: UnsafePointer<Double>) {
    switch output {
    case .decibel(let scale, let table):
      plan.bank.apply(power, into: energies.base)
      scale.apply(energies.base, count: plan.bank.count * frameLanes, into: table.batch.base)
    case .slidingMean(let matrix):
      plan.bank.apply(power, into: matrix.batch)
    }
  }

  func begin(_ features: UnsafeMutablePointer<Float>, carried: Int) {
    switch output {
    case .decibel(_, let table): table.begin(features, carried: carried)
    case .slidingMean(let matrix): matrix.begin(carried: carried)
    }
  }

  func put(_ lanes: Range<Int>, frame: Int) {
    switch output {
    case .decibel(_, let table): table.put(lanes, frame: frame)
    case .slidingMean(let matrix): matrix.put(lanes, frame: frame)
    }
  }

  func finish(_ features: UnsafeMutablePointer<Float>) {
    guard case .slidingMean(let matrix) = output else { return }
    matrix.normalize(into: features, columns: plan.bank.count)
    Self.stretch(features, count: plan.featureCount, into: features)
  }

  /// To 0...1 over the whole window, unless its smallest or largest value is exactly 0; NaN becomes 0.
  ///
  /// - Parameter features: may be the place of the values themselves.
  static func stretch(_ values: UnsafePointer<Float>, count: Int, into features: UnsafeMutablePointer<Float>) {
    var lowest = values[0]
    var highest = values[0]
    for i in 0..<count {
      let value = values[i]
      // NaN must win, as in NumPy.
      if !(value >= lowest) && !lowest.isNaN { lowest = value }
      if !(value <= highest) && !highest.isNaN { highest = value }
    }
    let stretches = lowest != 0 && highest != 0
    let range = highest - lowest
    for i in 0..<count {
      let value = stretches ? (values[i] - lowest) / range : values[i]
      features[i] = value.isNaN ? 0 : value
    }
  }
}
