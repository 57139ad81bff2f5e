import DSPKernels

/// The stages that the blocks of frames have in common.
///
/// Windows that overlap on the grid of frames share them: a stage's time is that of the frames that a window adds, as
/// the runner computes them, in full batches.
struct FrameStages {
  let layout: FrameLayout
  /// Makes what loads frames, and says which of them depend on the window's end.
  let makeStage: () -> any FrameStage

  private var bins: Int { layout.fftLength / 2 + 1 }

  private func use(_ stage: any FrameStage, _ signal: StageSignal) -> FrameUse {
    FrameUse(layout, wrapped: stage.wrappedFrames, hop: signal.hop, windows: signal.windows)
  }

  /// Windows that a full batch of frames is the work of.
  private func windowsPerBatch(_ signal: StageSignal) -> Double {
    Double(frameLanes) / use(makeStage(), signal).perWindow
  }

  /// Cutting windows into frames, with what the block does to values on the way.
  func load(_ name: String, _ operations: OperationCount) -> PlanStage {
    PlanStage(name, operations) { [layout] signal in
      let stage = makeStage()
      let use = use(stage, signal)
      let spectrum = FrameSpectrum(layout)
      let scratch = spectrum.makeScratch()
      var window = 0
      return StageWork(windows: Double(use.fresh.count) / use.perWindow) {
        let view = signal.window(window)
        window = window + 1 < signal.windows ? window + 1 : 0
        _ = stage.prepare(view)
        var lane = 0
        for frame in use.fresh {
          stage.load(view, start: frame * layout.stride, count: spectrum.values, into: scratch.frame(lane))
          lane = lane + 1 < frameLanes ? lane + 1 : 0
        }
      }
    }
  }

  /// Transforming frames, and the power of each bin.
  var spectrum: PlanStage {
    let frame = OperationCount.copy(layout.fftLength) + .realTransform(layout.fftLength) + .power(bins: bins)
    return PlanStage("FFT", frame * layout.count, deviceValues: 2 * layout.fftLength + bins) { signal in
      let spectrum = FrameSpectrum(layout)
      let scratch = batch(signal, spectrum)
      return StageWork(windows: windowsPerBatch(signal)) { spectrum.run(scratch, frames: frameLanes) }
    }
  }

  /// A full batch of loaded frames: the first window's, over and over where it has too few.
  private func batch(_ signal: StageSignal, _ spectrum: FrameSpectrum) -> FrameSpectrum.Scratch {
    let scratch = spectrum.makeScratch()
    let stage = makeStage()
    let view = signal.window(0)
    _ = stage.prepare(view)
    for lane in 0..<frameLanes {
      stage.load(
        view, start: lane % layout.count * layout.stride, count: spectrum.values, into: scratch.frame(lane))
    }
    return scratch
  }

  /// The powers of a full batch of frames.
  private func power(_ signal: StageSignal) -> LaneBuffer<Double> {
    let spectrum = FrameSpectrum(layout)
    let scratch = batch(signal, spectrum)
    spectrum.run(scratch, frames: frameLanes)
    return scratch.power
  }

  /// Copies as many powers as there are, or as the target has room for.
  private func fill(_ target: LaneBuffer<Double>, from power: LaneBuffer<Double>) {
    withExtendedLifetime((power, target)) {
      target.base.update(from: power.base, count: min(target.count, power.count))
    }
  }

  func mel(_ bank: MelFilterBank) -> PlanStage {
    let weights = zip(bank.edges, bank.edges.dropFirst(2)).reduce(0) { $0 + max(1, $1.1 - $1.0) }
    let frame = OperationCount(arithmetic: 2 * weights, memory: 2 * weights + bank.count)
    return PlanStage("mel", frame * layout.count, deviceValues: bank.count * layout.count) { signal in
      let power = power(signal)
      let energies = LaneBuffer<Double>(count: bank.count * frameLanes)
      return StageWork(windows: windowsPerBatch(signal)) { bank.apply(power.base, into: energies.base) }
    }
  }

  /// The decibel scale of `values` values a frame.
  func decibel(_ values: Int, floor: Double, limit: DecibelScale.Limit) -> PlanStage {
    let frame = OperationCount(
      arithmetic: 5 * values, memory: 2 * values, logarithms: values, comparisons: 3 * values)
    return PlanStage("log", frame * layout.count) { signal in
      let scale = DecibelScale(floor: floor, limit: limit)
      let values = LaneBuffer<Double>(count: values * frameLanes)
      fill(values, from: power(signal))
      let scaled = LaneBuffer<Float>(count: values.count)
      return StageWork(windows: windowsPerBatch(signal)) {
        scale.apply(values.base, count: values.count, into: scaled.base)
      }
    }
  }

  /// Logarithms of `values` values a frame, and of the frame's energy.
  func logarithm(_ values: Int) -> PlanStage {
    let frame = OperationCount(arithmetic: bins, memory: bins + 2 * values, logarithms: values + 1)
    return PlanStage("log", frame * layout.count) { [bins] signal in
      let power = power(signal)
      let logarithms = LaneBuffer<Double>(count: values * frameLanes)
      let energy = LaneBuffer<Double>(count: frameLanes)
      return StageWork(windows: windowsPerBatch(signal)) {
        // Logarithms of logarithms would soon be NaN.
        fill(logarithms, from: power)
        takeLogarithms(logarithms.base, count: logarithms.count)
        writeLogEnergy(power.base, bins: bins, into: energy.base)
      }
    }
  }

  func cosine(_ transform: CosineTransform, filters: Int) -> PlanStage {
    let values = filters * transform.count
    let frame = OperationCount(arithmetic: 2 * values, memory: 2 * values + transform.count)
    return PlanStage("DCT", frame * layout.count, deviceValues: filters) { signal in
      let values = LaneBuffer<Double>(count: filters * frameLanes)
      fill(values, from: power(signal))
      let result = LaneBuffer<Double>(count: max(1, transform.count) * frameLanes)
      return StageWork(windows: windowsPerBatch(signal)) { transform.apply(values.base, into: result.base) }
    }
  }

  /// Subtracting the mean of `window` frames around each frame, and dividing by their deviation.
  ///
  /// Counted is what the reference does, which adds up all frames around each frame anew. A device that keeps running
  /// sums needs less. Windows share nothing here.
  func normalization(columns: Int, window: Int, dividesByDeviation: Bool) -> PlanStage {
    let count = layout.count
    let sums = count * columns * window
    var operations = OperationCount(arithmetic: sums, memory: sums, divisions: count * columns)
    if dividesByDeviation {
      operations =
        operations
        + OperationCount(
          arithmetic: 4 * sums, memory: 2 * sums, divisions: 2 * count * columns, squareRoots: count * columns)
    }
    return PlanStage("normalisation", operations, deviceValues: 2 * count * columns) { signal in
      let matrix = FrameMatrix(
        frames: count, columns: columns, window: window, dividesByDeviation: dividesByDeviation)
      for i in 0..<columns * frameLanes { matrix.batch[i] = signal.values[i % signal.values.count] }
      matrix.begin(carried: 0)
      for first in Swift.stride(from: 0, to: count, by: frameLanes) {
        matrix.put(0..<min(frameLanes, count - first), frame: first)
      }
      let features = LaneBuffer<Float>(count: count * columns)
      return StageWork(windows: 1) { matrix.normalize(into: features.base, columns: columns) }
    }
  }

  /// Bringing all `count` features of a window to 0...1. Windows share nothing here.
  func stretch<Source: BinaryFloatingPoint & BitwiseCopyable>(
    _ count: Int, _ run: @escaping (UnsafePointer<Source>, UnsafeMutablePointer<Float>) -> Void
  ) -> PlanStage {
    let operations = OperationCount(arithmetic: count, memory: 3 * count, divisions: count, comparisons: 2 * count)
    return PlanStage("stretch", operations) { signal in
      let values = LaneBuffer<Source>(count: count)
      for i in 0..<count { values.base[i] = Source(signal.values[i % signal.values.count]) }
      let features = LaneBuffer<Float>(count: count)
      return StageWork(windows: 1) { run(values.base, features.base) }
    }
  }
}

extension MFEPlan {
  func stages() -> [PlanStage] {
    let frames = FrameStages(layout: layout) { MFEStage(plan: self, limit: .wrappingByte) }
    switch normalization {
    case .slidingMean(let window):
      return [
        frames.load("load", .copy(input.rows)), frames.spectrum, frames.mel(bank),
        frames.normalization(columns: bank.count, window: window, dividesByDeviation: false),
        frames.stretch(featureCount) { [featureCount] in MFEStage.stretch($0, count: featureCount, into: $1) },
      ]
    case .decibel(let floor):
      let emphasis = OperationCount(arithmetic: 3 * input.rows, memory: 2 * input.rows)
      return [
        frames.load("pre-emphasis", emphasis), frames.spectrum, frames.mel(bank),
        frames.decibel(bank.count, floor: floor, limit: .wrappingByte),
      ]
    }
  }
}

extension MFCCPlan {
  func stages() -> [PlanStage] {
    let frames = FrameStages(layout: layout) { MFCCStage(plan: self) }
    var stages = [
      frames.load("pre-emphasis", OperationCount(arithmetic: 2 * input.rows, memory: 2 * input.rows)),
      frames.spectrum, frames.mel(bank), frames.logarithm(bank.count), frames.cosine(transform, filters: bank.count),
    ]
    if window > 0 {
      stages.append(frames.normalization(columns: transform.count, window: window, dividesByDeviation: true))
    }
    return stages
  }
}

extension SpectrogramPlan {
  func stages() -> [PlanStage] {
    let frames = FrameStages(layout: layout) { SpectrogramStage(plan: self) }
    let stages = [frames.load("load", .copy(input.rows)), frames.spectrum]
    if version >= 3 {
      let limit: DecibelScale.Limit = version == 3 ? .zeroToOne : .zero
      return stages + [frames.decibel(layout.fftLength / 2 + 1, floor: floor, limit: limit)]
    }
    return stages + [
      frames.stretch(featureCount) { [featureCount] in SpectrogramStage.stretch($0, count: featureCount, into: $1) }
    ]
  }
}
