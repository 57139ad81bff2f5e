import DSPKernels

/// A spectrum stage with the memory of one thread.
final class SpectrumScratch: AxisScratch {
  let features: LaneBuffer<Float>
  private let stage: SpectrumStage
  private let spectrum: MaxHoldSpectrum.Scratch
  private let moments: LaneMoments.Scratch
  private let spectralMoments: LaneMoments.Scratch
  /// All bins of the batch, `[bin][lane]`.
  let power: LaneBuffer<Double>

  init(_ stage: SpectrumStage) {
    self.stage = stage
    spectrum = stage.spectrum.makeScratch()
    moments = stage.moments.makeScratch()
    spectralMoments = stage.spectralMoments.makeScratch()
    power = LaneBuffer(count: stage.spectrum.bins * laneCount)
    features = LaneBuffer(count: stage.featureCount * laneCount)
  }

  func run(_ x: UnsafeMutablePointer<Float>) {
    stage.moments.center(x, rms: feature(0), shape: shape(at: 1), scratch: moments)
    stage.spectrum.run(x, into: power.base, scratch: spectrum)
    finish()
  }

  func run(_ x: UnsafeMutablePointer<Double>) {
    stage.moments.center(x, rms: feature(0), shape: shape(at: 1), scratch: moments)
    stage.spectrum.run(x, into: power.base, scratch: spectrum)
    finish()
  }

  private func finish() {
    if stage.spectralShape {
      stage.spectralMoments.shape(power.base, into: shape(at: 3), scratch: spectralMoments)
    }
    let bins = stage.bins
    let kept = power.base + bins.lowerBound * laneCount
    let target = feature(stage.featureCount - bins.count)
    if stage.takesLog {
      writeLogPower(kept, count: bins.count * laneCount, to: target)
    } else {
      writePower(kept, count: bins.count * laneCount, to: target)
    }
  }

  private func feature(_ index: Int) -> UnsafeMutablePointer<Float> { features.base + index * laneCount }

  private func shape(at index: Int) -> LaneMoments.ShapeResult {
    LaneMoments.ShapeResult(skewness: feature(index), kurtosis: feature(index + 1))
  }
}
