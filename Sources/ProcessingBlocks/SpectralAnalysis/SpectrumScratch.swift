import DSPKernels
import Glibc

/// A spectrum stage with the memory of one thread.
final class SpectrumScratch: AxisScratch {
  let features: LaneBuffer<Float>
  private let stage: SpectrumStage
  private let maxHold: MaxHoldSpectrum.Scratch
  private let moments: LaneMoments.Scratch
  private let spectralMoments: LaneMoments.Scratch
  /// All bins of the batch, `[bin][lane]`.
  private let power: LaneBuffer<Double>

  init(_ stage: SpectrumStage) {
    self.stage = stage
    maxHold = stage.spectrum.makeScratch()
    moments = stage.moments.makeScratch()
    spectralMoments = stage.spectralMoments.makeScratch()
    power = LaneBuffer(count: stage.spectrum.bins * laneCount)
    features = LaneBuffer(count: stage.featureCount * laneCount)
  }

  func run(_ x: UnsafeMutablePointer<Float>, windows: Int) {
    stage.moments.center(x, rms: feature(0), shape: shape(at: 1), scratch: moments)
    stage.spectrum.run(x, into: power.base, scratch: maxHold)
    finish()
  }

  func run(_ x: UnsafeMutablePointer<Double>, windows: Int) {
    stage.moments.center(x, rms: feature(0), shape: shape(at: 1), scratch: moments)
    stage.spectrum.run(x, into: power.base, scratch: maxHold)
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

  func spectrum() -> [Double]? {
    (0..<stage.spectrum.bins).map { bin in
      let power = power.base[bin * laneCount]
      return stage.takesLog ? log10(power == 0 ? 1e-10 : power) : power
    }
  }

  private func feature(_ index: Int) -> UnsafeMutablePointer<Float> { features.base + index * laneCount }

  private func shape(at index: Int) -> LaneMoments.ShapeResult {
    LaneMoments.ShapeResult(skewness: feature(index), kurtosis: feature(index + 1))
  }
}
