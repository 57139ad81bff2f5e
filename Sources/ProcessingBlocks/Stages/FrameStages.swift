import DSPKernels

extension FrameLayout {
  private var bins: Int { fftLength / 2 + 1 }

  /// Cutting into frames, transforming, and the power of each bin.
  func spectrumStage(windowRows: Int) -> PlanStage {
    let frame = OperationCount.copy(fftLength) + .realTransform(fftLength) + .power(bins: bins)
    return PlanStage("FFT", frame * count, deviceValues: 2 * fftLength + bins) { [self] signal in
      let window = signal.window(windowRows)
      let spectrum = FrameSpectrum(self)
      let scratch = spectrum.makeScratch()
      return StageWork(windows: 1) {
        for first in Swift.stride(from: 0, to: count, by: frameLanes) {
          let frames = min(frameLanes, count - first)
          load(window, first, frames, spectrum, scratch)
          spectrum.run(scratch, frames: frames)
        }
      }
    }
  }

  /// Copies frames from `first` on into the lanes of a batch.
  private func load(
    _ window: [Double], _ first: Int, _ frames: Int, _ spectrum: FrameSpectrum, _ scratch: FrameSpectrum.Scratch
  ) {
    window.withUnsafeBufferPointer { window in
      guard let values = window.baseAddress else { return }
      for lane in 0..<frames {
        let start = (first + lane) * stride
        let held = max(0, min(spectrum.values, window.count - start))
        if held > 0 { scratch.frame(lane).update(from: values + start, count: held) }
      }
    }
  }

  /// The powers of a window's first frames, and how many batches the window has.
  private func firstBatch(_ signal: StageSignal) -> (power: LaneBuffer<Double>, batches: Double) {
    let spectrum = FrameSpectrum(self)
    let scratch = spectrum.makeScratch()
    let frames = min(frameLanes, count)
    load(signal.window((frames - 1) * stride + fftLength), 0, frames, spectrum, scratch)
    spectrum.run(scratch, frames: frames)
    return (scratch.power, Double((count + frameLanes - 1) / frameLanes))
  }

  /// Copies as many powers as there are, or as the target has room for.
  private func fill(_ target: LaneBuffer<Double>, from power: LaneBuffer<Double>) {
    withExtendedLifetime((power, target)) {
      target.base.update(from: power.base, count: min(target.count, power.count))
    }
  }

  func melStage(_ bank: MelFilterBank) -> PlanStage {
    let weights = zip(bank.edges, bank.edges.dropFirst(2)).reduce(0) { $0 + max(1, $1.1 - $1.0) }
    let frame = OperationCount(arithmetic: 2 * weights, memory: 2 * weights + bank.count)
    return PlanStage("mel", frame * count, deviceValues: bank.count * count) { [self] signal in
      let (power, batches) = firstBatch(signal)
      let energies = LaneBuffer<Double>(count: bank.count * frameLanes)
      return StageWork(windows: 1 / batches) { bank.apply(power.base, into: energies.base) }
    }
  }

  /// The decibel scale of `values` values a frame.
  func decibelStage(_ values: Int, floor: Double, limit: DecibelScale.Limit) -> PlanStage {
    let frame = OperationCount(
      arithmetic: 5 * values, memory: 2 * values, logarithms: values, comparisons: 3 * values)
    return PlanStage("log", frame * count) { [self] signal in
      let (power, batches) = firstBatch(signal)
      let scale = DecibelScale(floor: floor, limit: limit)
      let values = LaneBuffer<Double>(count: values * frameLanes)
      fill(values, from: power)
      let scaled = LaneBuffer<Float>(count: values.count)
      return StageWork(windows: 1 / batches) { scale.apply(values.base, count: values.count, into: scaled.base) }
    }
  }

  func logarithmStage(_ values: Int) -> PlanStage {
    let frame = OperationCount(arithmetic: bins, memory: bins + 2 * values, logarithms: values + 1)
    return PlanStage("log", frame * count) { [self] signal in
      let (power, batches) = firstBatch(signal)
      let logarithms = LaneBuffer<Double>(count: values * frameLanes)
      return StageWork(windows: 1 / batches) {
        // Logarithms of logarithms would soon be NaN.
        fill(logarithms, from: power)
        takeLogarithms(logarithms.base, count: logarithms.count)
      }
    }
  }

  func cosineStage(_ transform: CosineTransform, filters: Int) -> PlanStage {
    let values = filters * transform.count
    let frame = OperationCount(arithmetic: 2 * values, memory: 2 * values + transform.count)
    return PlanStage("DCT", frame * count, deviceValues: filters) { [self] signal in
      let (power, batches) = firstBatch(signal)
      let values = LaneBuffer<Double>(count: filters * frameLanes)
      fill(values, from: power)
      let result = LaneBuffer<Double>(count: max(1, transform.count) * frameLanes)
      return StageWork(windows: 1 / batches) { transform.apply(values.base, into: result.base) }
    }
  }

  /// Subtracting the mean of `window` frames around each frame, and dividing by their deviation.
  ///
  /// Counted is what the reference does, which adds up all frames around each frame anew. A device that keeps running
  /// sums needs less.
  func normalizationStage(columns: Int, window: Int, dividesByDeviation: Bool) -> PlanStage {
    let sums = count * columns * window
    var operations = OperationCount(arithmetic: sums, memory: sums, divisions: count * columns)
    if dividesByDeviation {
      operations =
        operations
        + OperationCount(
          arithmetic: 4 * sums, memory: 2 * sums, divisions: 2 * count * columns, squareRoots: count * columns)
    }
    return PlanStage("normalisation", operations, deviceValues: 2 * count * columns) { [self] signal in
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
}

extension MFEPlan {
  func stages() -> [PlanStage] {
    switch normalization {
    case .slidingMean(let window):
      let stretch = OperationCount(
        arithmetic: featureCount, memory: 3 * featureCount, divisions: featureCount, comparisons: 2 * featureCount)
      return [
        PlanStage("load", .copy(input.rows)), layout.spectrumStage(windowRows: input.rows), layout.melStage(bank),
        layout.normalizationStage(columns: bank.count, window: window, dividesByDeviation: false),
        PlanStage("stretch", stretch),
      ]
    case .decibel(let floor):
      return [
        PlanStage("pre-emphasis", OperationCount(arithmetic: 3 * input.rows, memory: 2 * input.rows)),
        layout.spectrumStage(windowRows: input.rows), layout.melStage(bank),
        layout.decibelStage(bank.count, floor: floor, limit: .wrappingByte),
      ]
    }
  }
}

extension MFCCPlan {
  func stages() -> [PlanStage] {
    var stages = [
      PlanStage("pre-emphasis", OperationCount(arithmetic: 2 * input.rows, memory: 2 * input.rows)),
      layout.spectrumStage(windowRows: input.rows), layout.melStage(bank), layout.logarithmStage(bank.count),
      layout.cosineStage(transform, filters: bank.count),
    ]
    if window > 0 {
      stages.append(
        layout.normalizationStage(columns: transform.count, window: window, dividesByDeviation: true))
    }
    return stages
  }
}

extension SpectrogramPlan {
  func stages() -> [PlanStage] {
    let bins = layout.fftLength / 2 + 1
    if version >= 3 {
      return [
        PlanStage("load", .copy(input.rows)), layout.spectrumStage(windowRows: input.rows),
        layout.decibelStage(bins, floor: floor, limit: version == 3 ? .zeroToOne : .zero),
      ]
    }
    let stretch = OperationCount(
      arithmetic: featureCount, memory: 3 * featureCount, divisions: featureCount, comparisons: 2 * featureCount)
    return [
      PlanStage("load", .copy(input.rows)), layout.spectrumStage(windowRows: input.rows), PlanStage("stretch", stretch),
    ]
  }
}
