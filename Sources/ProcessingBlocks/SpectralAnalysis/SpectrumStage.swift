import DSPKernels

/// Statistics and band powers of an axis at one sampling rate: what both the plain and the low-frequency pass do.
struct SpectrumStage: Sendable {
  let rows: Int
  let bins: Range<Int>
  let takesLog: Bool
  /// Whether skewness and kurtosis of the spectrum are features (version 4).
  let spectralShape: Bool
  let labels: [String]
  let spectrum: MaxHoldSpectrum
  let moments: LaneMoments
  let spectralMoments: LaneMoments

  init(
    _ configuration: SpectralAnalysisConfiguration, rows: Int, frequency: Double, spectralShape: Bool,
    suffix: String
  ) {
    self.rows = rows
    self.spectralShape = spectralShape
    takesLog = configuration.takesLog
    bins = configuration.keptBins(frequency: frequency)
    labels = SpectralLabels.labels(
      bins: bins, length: configuration.fftLength, frequency: frequency, spectralShape: spectralShape,
      suffix: suffix)
    spectrum = MaxHoldSpectrum(
      length: configuration.fftLength, rows: rows, overlap: configuration.overlapsFrames)
    moments = LaneMoments(rows: rows)
    spectralMoments = LaneMoments(rows: spectrum.bins)
  }

  var featureCount: Int { labels.count }

  /// Memory of one thread.
  final class Scratch {
    let spectrum: MaxHoldSpectrum.Scratch
    let moments: LaneMoments.Scratch
    let spectralMoments: LaneMoments.Scratch
    let power: LaneBuffer<Double>
    let features: LaneBuffer<Float>

    init(_ stage: SpectrumStage) {
      spectrum = stage.spectrum.makeScratch()
      moments = stage.moments.makeScratch()
      spectralMoments = stage.spectralMoments.makeScratch()
      power = LaneBuffer(count: stage.spectrum.bins * laneCount)
      features = LaneBuffer(count: stage.featureCount * laneCount)
    }
  }

  /// Bytes of the scratch, apart from a few hundred.
  var scratchByteCount: Int {
    spectrum.scratchByteCount + spectrum.bins * laneCount * MemoryLayout<Double>.stride
      + featureCount * laneCount * MemoryLayout<Float>.stride
  }

  /// Subtracts each window's mean from `x` and leaves the features of the batch in the scratch.
  ///
  /// - Parameter x: `spectrum.paddedRows` rows of `laneCount` values, zero from row `rows` on.
  func run(_ x: UnsafeMutablePointer<Float>, _ scratch: Scratch) {
    moments.center(
      x, rms: feature(0, scratch), shape: shape(at: 1, scratch), scratch: scratch.moments)
    spectrum.run(x, into: scratch.power.base, scratch: scratch.spectrum)
    finish(scratch)
  }

  /// The same for decimated windows.
  func run(_ x: UnsafeMutablePointer<Double>, _ scratch: Scratch) {
    moments.center(
      x, rms: feature(0, scratch), shape: shape(at: 1, scratch), scratch: scratch.moments)
    spectrum.run(x, into: scratch.power.base, scratch: scratch.spectrum)
    finish(scratch)
  }

  private func finish(_ scratch: Scratch) {
    if spectralShape {
      spectralMoments.shape(scratch.power.base, into: shape(at: 3, scratch), scratch: scratch.spectralMoments)
    }
    let kept = scratch.power.base + bins.lowerBound * laneCount
    let target = feature(featureCount - bins.count, scratch)
    if takesLog {
      writeLogPower(kept, count: bins.count * laneCount, to: target)
    } else {
      writePower(kept, count: bins.count * laneCount, to: target)
    }
  }

  private func feature(_ index: Int, _ scratch: Scratch) -> UnsafeMutablePointer<Float> {
    scratch.features.base + index * laneCount
  }

  private func shape(at index: Int, _ scratch: Scratch) -> LaneMoments.ShapeResult {
    LaneMoments.ShapeResult(skewness: feature(index, scratch), kurtosis: feature(index + 1, scratch))
  }
}
