import DSPKernels

extension SpectralAnalysisPlan {
  func stages() -> [PlanStage] {
    var stages = [loadStage]
    if decimator != nil { stages.append(decimationStage) }
    if configuration.filterType != .none && configuration.filterOrder > 0 { stages.append(filterStage) }
    switch configuration.analysis {
    case .peaks: stages += peakStages
    case .wavelet: stages += waveletStages
    case .spectrum: stages += spectrumStages
    }
    if let low { stages.append(lowFrequencyStage(low)) }
    return stages
  }

  private var axes: Int { input.axes.count }
  /// A batch of lanes holds one axis.
  private func windowsPerBatch(_ signal: StageSignal) -> Double { signal.windowsPerLaneBatch / Double(axes) }

  private func batch(_ signal: StageSignal) -> StageBatch {
    StageBatch(signal, windowRows: input.rows, axes: axes, rows: max(input.rows, main.paddedRows))
  }

  private var loadStage: PlanStage {
    let values = input.rows * axes
    return PlanStage("scale", OperationCount(arithmetic: values, memory: 2 * values)) { [self] signal in
      let batch = batch(signal)
      let target = LaneBuffer<Float>(count: batch.split.count)
      // A filter loads windows as it runs.
      let loads = filter == nil || decimator != nil
      return StageWork(windows: Double(signal.windows) / Double(axes)) { [scale, isDecimated = decimator != nil] in
        batch.fill(target, scale: scale)
        if !loads { return }
        for first in stride(from: 0, to: signal.windows, by: laneCount) {
          if isDecimated {
            batch.split.load(target.base, first: first, into: batch.double.base)
          } else {
            batch.split.load(target.base, first: first, into: batch.single.base)
          }
        }
      }
    }
  }

  private var decimationStage: PlanStage {
    var rows = input.rows
    var operations = OperationCount()
    for ratio in configuration.decimation.stages {
      operations = operations + .sections(4, rows: rows)
      rows = LaneDecimator.outputRows(rows, ratios: [ratio])
    }
    return PlanStage("decimation", operations * axes) { [self] signal in
      let batch = batch(signal)
      let target = LaneBuffer<Double>(count: batch.double.count)
      return StageWork(windows: windowsPerBatch(signal)) { [decimator, rows = input.rows] in
        // Decimated over and over, values would soon be subnormal, and arithmetic on them slow.
        target.base.update(from: batch.double.base, count: rows * laneCount)
        decimator?.run(target.base, rows: rows)
      }
    }
  }

  private var filterStage: PlanStage {
    let operations = OperationCount.sections(configuration.filterOrder / 2, rows: rows) * axes
    return PlanStage("filter", operations) { [self] signal in
      let batch = batch(signal)
      let source = LaneBuffer<Float>(count: batch.split.count)
      batch.fill(source, scale: scale)
      let target = LaneBuffer<Double>(count: rows * laneCount)
      return StageWork(windows: windowsPerBatch(signal)) { [filter, rows, isDecimated = decimator != nil] in
        if isDecimated {
          target.base.update(from: batch.double.base, count: target.count)
          filter?.run(target.base, rows: rows)
        } else {
          filter?.load(source.base, split: batch.split, first: 0, into: batch.single.base)
        }
      }
    }
  }

  private func statisticsStage(_ rows: Int) -> PlanStage {
    PlanStage("statistics", .moments(rows) * axes) { [self] signal in
      let batch = batch(signal)
      let moments = LaneMoments(rows: rows)
      let scratch = moments.makeScratch()
      let results = LaneBuffer<Float>(count: 3 * laneCount)
      return StageWork(windows: windowsPerBatch(signal)) { [isDecimated = decimator != nil] in
        let shape = LaneMoments.ShapeResult(
          skewness: results.base + laneCount, kurtosis: results.base + 2 * laneCount)
        if isDecimated {
          moments.center(batch.double.base, rms: results.base, shape: shape, scratch: scratch)
        } else {
          moments.center(batch.single.base, rms: results.base, shape: shape, scratch: scratch)
        }
      }
    }
  }

  private static func transforms(rows: Int, _ configuration: SpectralAnalysisConfiguration) -> Int {
    let step = max(1, configuration.overlapsFrames ? configuration.fftLength / 2 : configuration.fftLength)
    return (rows - 1) / step + 1
  }

  private static func spectrumOperations(
    _ configuration: SpectralAnalysisConfiguration, rows: Int
  ) -> OperationCount {
    let bins = configuration.fftLength / 2 + 1
    let frame =
      OperationCount.copy(configuration.fftLength) + .realTransform(configuration.fftLength) + .power(bins: bins)
      + OperationCount(memory: bins, comparisons: bins)
    return frame * transforms(rows: rows, configuration)
  }

  private var spectrumStages: [PlanStage] {
    guard let stage = main as? SpectrumStage else { return [] }
    let spectrum = stage.spectrum
    let isDecimated = decimator != nil
    let fft = PlanStage(
      "FFT", Self.spectrumOperations(configuration, rows: rows) * axes,
      deviceValues: 2 * configuration.fftLength + spectrum.bins
    ) { [self] signal in
      let batch = batch(signal)
      let scratch = spectrum.makeScratch()
      let power = LaneBuffer<Double>(count: spectrum.bins * laneCount)
      return StageWork(windows: windowsPerBatch(signal)) {
        if isDecimated {
          spectrum.run(UnsafePointer(batch.double.base), into: power.base, scratch: scratch)
        } else {
          spectrum.run(UnsafePointer(batch.single.base), into: power.base, scratch: scratch)
        }
      }
    }
    /// The powers of the window, for the stages that follow the transform.
    func power(_ signal: StageSignal) -> LaneBuffer<Double> {
      let batch = batch(signal)
      let power = LaneBuffer<Double>(count: spectrum.bins * laneCount)
      withExtendedLifetime(batch) {
        spectrum.run(UnsafePointer(batch.single.base), into: power.base, scratch: spectrum.makeScratch())
      }
      return power
    }
    var stages = [statisticsStage(rows), fft]
    if stage.spectralShape {
      stages.append(
        PlanStage("spectral shape", .moments(spectrum.bins) * axes) { [self] signal in
          let power = power(signal)
          let results = LaneBuffer<Float>(count: 2 * laneCount)
          let scratch = stage.spectralMoments.makeScratch()
          return StageWork(windows: windowsPerBatch(signal)) {
            let shape = LaneMoments.ShapeResult(skewness: results.base, kurtosis: results.base + laneCount)
            stage.spectralMoments.shape(power.base, into: shape, scratch: scratch)
          }
        })
    }
    let bins = stage.bins.count
    let writing = OperationCount(memory: 2 * bins, logarithms: stage.takesLog ? bins : 0)
    stages.append(
      PlanStage(stage.takesLog ? "log" : "power", writing * axes) { [self] signal in
        let power = power(signal)
        let results = LaneBuffer<Float>(count: max(1, bins) * laneCount)
        return StageWork(windows: windowsPerBatch(signal)) {
          if stage.takesLog {
            writeLogPower(power.base, count: bins * laneCount, to: results.base)
          } else {
            writePower(power.base, count: bins * laneCount, to: results.base)
          }
        }
      })
    return stages
  }

  private var waveletStages: [PlanStage] {
    guard let stage = main as? WaveletStage else { return [] }
    let wavelet = stage.analysis.wavelet
    let taps = wavelet.filter.lowpass.count
    var operations = OperationCount()
    for rows in wavelet.bandRows.dropFirst() {
      operations = operations + OperationCount(arithmetic: 4 * taps * rows, memory: (3 * taps + 2) * rows)
    }
    for rows in wavelet.bandRows {
      operations =
        operations + .moments(rows) + .sort(rows)
        // Entropy over 100 bins, crossings of zero and of the mean.
        + OperationCount(arithmetic: 2 * rows, memory: 4 * rows, logarithms: 100, comparisons: 4 * rows)
    }
    let analysis = stage.analysis
    return [
      statisticsStage(rows),
      PlanStage("wavelet bands", operations * axes, deviceValues: 2 * (wavelet.bandRows.max() ?? 0)) { [self] signal in
        let batch = batch(signal)
        let scratch = analysis.makeScratch()
        let features = LaneBuffer<Float>(count: analysis.featureCount * laneCount)
        return StageWork(windows: windowsPerBatch(signal)) { [isDecimated = decimator != nil] in
          if isDecimated {
            analysis.run(
              UnsafePointer(batch.double.base), windows: signal.lanes, into: features.base, scratch: scratch)
          } else {
            analysis.run(
              UnsafePointer(batch.single.base), windows: signal.lanes, into: features.base, scratch: scratch)
          }
        }
      },
    ]
  }

  /// Version 1: all that it does behind the filter is one window after the other, and one stage.
  private var peakStages: [PlanStage] {
    let length = configuration.fftLength
    let operations =
      OperationCount.moments(rows) + .copy(length) + .realTransform(length) * 2 + .power(bins: length)
      + .sort(length / 2) + OperationCount(memory: length, squareRoots: length / 2 + 1, comparisons: length)
    return [
      PlanStage("FFT and peaks", operations * axes, deviceValues: 3 * length) { [self] signal in
        let batch = batch(signal)
        let scratch = main.makeScratch()
        return StageWork(windows: windowsPerBatch(signal)) { scratch.run(batch.single.base, windows: signal.lanes) }
      }
    ]
  }

  private func lowFrequencyStage(_ low: SpectrumStage) -> PlanStage {
    let bins = configuration.fftLength / 2 + 1
    let operations =
      OperationCount.sections(4, rows: rows) + .moments(low.rows) + .moments(bins)
      + Self.spectrumOperations(configuration, rows: low.rows)
      + OperationCount(memory: bins, logarithms: low.takesLog ? low.bins.count : 0)
    return PlanStage("low frequencies", operations * axes, deviceValues: rows) { [self] signal in
      let batch = StageBatch(
        signal, windowRows: input.rows, axes: axes, rows: max(input.rows, low.paddedRows))
      let target = LaneBuffer<Double>(count: batch.double.count)
      let scratch = low.makeScratch()
      return StageWork(windows: windowsPerBatch(signal)) { [rows] in
        target.base.update(from: batch.double.base, count: rows * laneCount)
        Self.lowFrequencyDecimator.run(target.base, rows: rows)
        scratch.run(target.base, windows: signal.lanes)
      }
    }
  }
}
