import DSPKernels

/// Statistics and band powers of an axis at one sampling rate: what both the plain and the low-frequency pass do.
struct SpectrumStage: AxisAnalysis {
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

  var paddedRows: Int { spectrum.paddedRows }
  func makeScratch() -> any AxisScratch { SpectrumScratch(self) }

  var scratchByteCount: Int {
    spectrum.scratchByteCount + moments.scratchByteCount + spectralMoments.scratchByteCount
      + spectrum.bins * laneCount * MemoryLayout<Double>.stride
      + featureCount * laneCount * MemoryLayout<Float>.stride
  }
}
