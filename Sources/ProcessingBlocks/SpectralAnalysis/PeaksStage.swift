import DSPKernels

/// Version 1: the level, the highest peaks of the spectrum, and the power between given frequencies.
///
/// All in Float but for the sums of powers; one window after the other, since peaks are anywhere.
struct PeaksStage: AxisAnalysis {
  let rows: Int
  let peaks: Int
  /// Lowest height of a peak.
  let threshold: Double
  let labels: [String]
  let transform: SingleTransform
  /// Bins of each band.
  let bands: [Range<Int>]
  /// Frequencies of the bins for peaks: evenly spaced up to Nyquist, which no bin of the lower half really reaches.
  let peakFrequencies: [Double]
  /// What turns a squared magnitude into a power density.
  let density: Float

  init(_ configuration: SpectralAnalysisConfiguration, rows: Int, frequency: Double) {
    self.rows = rows
    peaks = configuration.peakCount
    threshold = configuration.peakThreshold
    let length = configuration.fftLength
    transform = SingleTransform(length: length)
    labels =
      ["RMS"] + (0..<configuration.peakCount).flatMap { ["Peak \($0 + 1) Freq", "Peak \($0 + 1) Height"] }
      + zip(configuration.powerEdges, configuration.powerEdges.dropFirst()).map {
        "Spectral Power \($0) - \($1) Hz"
      }
    let half = length / 2
    let nyquist = 1 / (2 * (1 / frequency))
    let step = nyquist / Double(max(1, half - 1))
    peakFrequencies = (0..<half).map { $0 == half - 1 && half > 1 ? nyquist : Double($0) * step }
    bands = Self.bands(configuration.powerEdges, length: length, frequency: frequency)
    density = Float(1 / (frequency * Double(min(length, rows))))
  }

  /// The bins of each band: those from its lower edge on, below its upper edge.
  static func bands(_ edges: [Double], length: Int, frequency: Double) -> [Range<Int>] {
    let resolution = Double(length) * (1 / frequency)
    return zip(edges, edges.dropFirst()).map { low, high in
      let first = firstBin(above: low, length / 2, resolution)
      return first..<max(first, firstBin(above: high, length / 2, resolution))
    }
  }

  /// The first of bins 0...half whose frequency is not below an edge; `half + 1` if there is none.
  private static func firstBin(above edge: Double, _ half: Int, _ resolution: Double) -> Int {
    var low = 0
    var high = half + 1
    while low < high {
      let middle = (low + high) / 2
      if Double(middle) / resolution >= edge { high = middle } else { low = middle + 1 }
    }
    return low
  }

  var paddedRows: Int { rows }
  var scratchByteCount: Int {
    (4 * transform.length + rows * laneCount + featureCount * laneCount) * MemoryLayout<Float>.stride
      + LaneMoments(rows: rows).scratchByteCount + LaneMoments(rows: segmentRows).scratchByteCount
  }
  /// Rows at the beginning of a window that the power bands use.
  var segmentRows: Int { min(rows, transform.length) }
  func makeScratch() -> any AxisScratch { PeaksScratch(self) }
}

final class PeaksScratch: AxisScratch {
  let features: LaneBuffer<Float>
  private let stage: PeaksStage
  private let moments: LaneMoments
  private let momentsScratch: LaneMoments.Scratch
  /// The beginning of the windows that the power bands use, and its moments.
  private let segmentMoments: LaneMoments
  private let segmentScratch: LaneMoments.Scratch
  private let segment: LaneBuffer<Float>
  private let unused = LaneBuffer<Float>(count: 3 * laneCount)
  private let values: LaneBuffer<Float>
  private let scratch: LaneBuffer<Float>
  /// The highest peaks found so far, the highest first; of equal heights the lower frequency.
  private var found: [(index: Int, height: Float)] = []

  init(_ stage: PeaksStage) {
    self.stage = stage
    moments = LaneMoments(rows: stage.rows)
    momentsScratch = moments.makeScratch()
    segmentMoments = LaneMoments(rows: stage.segmentRows)
    segmentScratch = segmentMoments.makeScratch()
    segment = LaneBuffer(count: stage.segmentRows * laneCount)
    values = LaneBuffer(count: stage.transform.length)
    scratch = LaneBuffer(count: stage.transform.length)
    features = LaneBuffer(count: stage.featureCount * laneCount)
    found.reserveCapacity(stage.peaks + 1)
  }

  func run(_ x: UnsafeMutablePointer<Float>, windows: Int) {
    let shape = LaneMoments.ShapeResult(skewness: unused.base + laneCount, kurtosis: unused.base + 2 * laneCount)
    moments.center(x, rms: features.base, shape: shape, scratch: momentsScratch)
    segment.base.update(from: x, count: segment.count)
    segmentMoments.center(segment.base, rms: unused.base, shape: shape, scratch: segmentScratch)
    for lane in 0..<windows {
      transform(x, lane)
      findPeaks(lane)
      transform(segment.base, lane)
      sumBands(lane)
    }
  }

  /// Version 1 has no decimation, so that data is never Double.
  func run(_ x: UnsafeMutablePointer<Double>, windows: Int) { preconditionFailure("version 1 does not decimate") }

  private func transform(_ x: UnsafePointer<Float>, _ lane: Int) {
    let length = stage.transform.length
    for row in 0..<length { values.base[row] = row < stage.rows ? x[row * laneCount + lane] : 0 }
    stage.transform.run(values.base, scratch: scratch.base)
  }

  /// Real and imaginary part of a bin.
  private func bin(_ index: Int) -> (Float, Float) {
    if index == 0 { return (values.base[0], 0) }
    if 2 * index == stage.transform.length { return (values.base[2 * index - 1], 0) }
    return (values.base[2 * index - 1], values.base[2 * index])
  }

  /// `|real + i imaginary|` as NumPy 1.21.5 computes it with AVX-512: larger times the root of 1 + ratio², the sum
  /// fused. Without AVX-512 NumPy's last bit may differ.
  private static func magnitude(_ real: Float, _ imaginary: Float) -> Float {
    let larger = max(abs(real), abs(imaginary))
    if larger == 0 { return 0 }
    let ratio = min(abs(real), abs(imaginary)) / larger
    return larger * Float(Double(ratio) * Double(ratio) + 1).squareRoot()
  }

  /// Writes the highest peaks as pairs of frequency and height; zeros where there are fewer.
  ///
  /// A peak is higher than both neighbours and than the lowest value; of a plateau it is the middle, the left one of
  /// two. Source: the behaviour of PeakUtils 1.3.2.
  private func findPeaks(_ lane: Int) {
    let half = stage.transform.length / 2
    let scale = Float(2 / Double(stage.transform.length))
    for index in 0..<half {
      let (real, imaginary) = bin(index)
      scratch.base[index] = scale * Self.magnitude(real, imaginary)
    }
    let heights = UnsafeBufferPointer(start: scratch.base, count: half)
    found.removeAll(keepingCapacity: true)
    let lowest = heights.min() ?? 0
    var start = 1
    while start < half - 1 {
      var end = start
      while end + 1 < half && heights[end + 1] == heights[start] { end += 1 }
      if end < half - 1 && heights[start - 1] < heights[start] && heights[end + 1] < heights[end]
        && heights[start] > lowest && !(Double(heights[start]) < stage.threshold)
      {
        keep((start + end) / 2, heights[start])
      }
      start = end + 1
    }
    for peak in 0..<stage.peaks {
      let place = features.base + (1 + 2 * peak) * laneCount + lane
      place[0] = peak < found.count ? Float(stage.peakFrequencies[found[peak].index]) : 0
      place[laneCount] = peak < found.count ? found[peak].height : 0
    }
  }

  /// Puts a peak in its place among the highest. Peaks come in order of frequency.
  private func keep(_ index: Int, _ height: Float) {
    var place = found.count
    while place > 0 && found[place - 1].height < height { place -= 1 }
    guard place < stage.peaks else { return }
    if found.count == stage.peaks { found.removeLast() }
    found.insert((index, height), at: place)
  }

  /// Power density of a bin of the transformed segment; both halves of the spectrum count.
  private func density(_ index: Int) -> Float {
    let (real, imaginary) = bin(index)
    let square = real * real + imaginary * imaginary
    if index == 0 || 2 * index == stage.transform.length { return square * stage.density }
    // The reference doubles complex numbers, which makes infinity NaN.
    return square.isInfinite ? .nan : square * stage.density * 2
  }

  /// Densities, without DC: Studio gives version 1 none.
  func spectrum() -> [Double]? {
    transform(segment.base, 0)
    return (1...stage.transform.length / 2).map { Double(density($0)) }
  }

  private func sumBands(_ lane: Int) {
    for (band, bins) in stage.bands.enumerated() {
      var sum = 0.0
      for index in bins { sum += Double(density(index)) }
      let value = bins.isEmpty ? 0 : sum / Double(bins.count) / 10
      features.base[(1 + 2 * stage.peaks + band) * laneCount + lane] = Float(value)
    }
  }
}
