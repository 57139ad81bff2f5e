// Moments of windows. The reference is scalar code that follows SciPy line by line, with NumPy's sums.
// 1. Rows from 1 to 40 and around the borders of the summation order, Float and Double, bit for bit.
// 2. Another kind of window in each lane: noise, skewed noise, a constant, nearly constant with a large mean, values
//    whose squares overflow or vanish, NaN, infinity, zero. A lane that sees its neighbour differs from the reference.
// 3. Known answers: constants give 0 and −3, a fair coin 0 and −2.
// 4. Scratch is used twice with different data.

import Testing

@testable import DSPKernels

/// Kinds of windows, one for each of eight neighbouring lanes.
private func sample(_ lane: Int, _ row: Int, _ random: inout SeededGenerator) -> Double {
  let noise = random.uniform()
  switch lane % 8 {
  case 0: return noise * Double(lane + 1)
  case 1: return noise * noise * noise + 0.3
  case 2: return Double(lane) * 0.1
  // The second kind differs from a constant by a few ulps of Double: rounding noise, which gives 0 and −3.
  case 3: return lane < 16 ? 1000 + noise * 1e-3 : 1 + noise * 1e-15
  case 4: return noise * (lane < 16 ? 1e25 : 1e-25)
  case 5: return row == lane ? .nan : noise
  case 6: return row == lane ? -.infinity : noise
  default: return lane < 16 ? 0 : -0.0
  }
}

private struct Moments<T: BinaryFloatingPoint> {
  let mean: T
  /// Mean square.
  let square: T
  let m2: T
  let skewness: Double
  let kurtosis: Double

  /// `numpy.mean`, and `scipy.stats.skew` and `kurtosis` of SciPy 1.7.3.
  init(_ x: [T]) {
    let n = T(x.count)
    mean = numpySum(x) / n
    square = numpySum(x.map { $0 * $0 }) / n
    let mean = mean
    let d = x.map { $0 - mean }
    let s = d.map { $0 * $0 }
    m2 = numpySum(s) / n
    let m3 = Double(numpySum(zip(s, d).map { $0 * $1 }) / n)
    let m4 = Double(numpySum(s.map { $0 * $0 }) / n)
    let epsilon: T = T.self == Float.self ? 1e-6 : 1e-15
    let noise = (epsilon * mean) * (epsilon * mean)
    let wide = Double(m2)
    skewness = m2 <= noise ? 0 : m3 / (wide * wide.squareRoot())
    kurtosis = m2 <= noise ? -3 : m4 / (wide * wide) - 3
  }
}

@Suite struct LaneStatisticsTests {
  static let rows = Array(1...40) + [64, 127, 128, 129, 300, 1000, 8192, 8197]

  /// Lanes to check: all of short windows, one of each kind of long ones.
  private func lanes(_ rows: Int) -> Range<Int> { rows < 200 ? 0..<laneCount : 12..<20 }

  private func batch<T: BinaryFloatingPoint>(_ rows: Int, seed: UInt64, _: T.Type) -> LaneBuffer<T> {
    var random = SeededGenerator(seed: seed)
    return LaneBuffer(rows: rows) { row, lane in T(sample(lane, row, &random)) }
  }

  /// RMS, skewness and kurtosis, one row each.
  private final class Results {
    let buffer = LaneBuffer<Float>(count: 3 * laneCount)
    var rms: UnsafeMutablePointer<Float> { buffer.base }
    var shape: LaneMoments.ShapeResult {
      LaneMoments.ShapeResult(skewness: buffer.base + laneCount, kurtosis: buffer.base + 2 * laneCount)
    }
    init() { buffer.fillWithNaN() }
  }

  @Test(arguments: rows)
  func centeringInFloat(_ rows: Int) {
    let moments = LaneMoments(rows: rows)
    let scratch = moments.makeScratch()
    let other = batch(rows, seed: 1, Float.self)
    let lost = Results()
    withExtendedLifetime((other, lost)) {
      moments.center(other.base, rms: lost.rms, shape: lost.shape, scratch: scratch)
    }
    let input = batch(rows, seed: UInt64(rows) + 2, Float.self)
    let centered = LaneBuffer<Float>(rows: rows) { input.base[$0 * laneCount + $1] }
    let results = Results()
    moments.center(centered.base, rms: results.rms, shape: results.shape, scratch: scratch)
    for lane in lanes(rows) {
      let x = input.column(lane, rows: rows)
      let mean = Moments(x).mean
      let expected = x.map { $0 - mean }
      #expect(firstDifference(centered.column(lane, rows: rows), expected) == nil, "lane \(lane)")
      let left = Moments(expected)
      let wanted = [left.square.squareRoot(), Float(left.skewness), Float(left.kurtosis)]
      #expect(firstDifference(results.buffer.column(lane, rows: 3), wanted) == nil, "lane \(lane)")
    }
  }

  @Test(arguments: rows)
  func centeringInDouble(_ rows: Int) {
    let moments = LaneMoments(rows: rows)
    let scratch = moments.makeScratch()
    let other = batch(rows, seed: 1, Double.self)
    let lost = Results()
    withExtendedLifetime((other, lost)) {
      moments.center(other.base, rms: lost.rms, shape: lost.shape, scratch: scratch)
    }
    let input = batch(rows, seed: UInt64(rows) + 2, Double.self)
    let centered = LaneBuffer<Double>(rows: rows) { input.base[$0 * laneCount + $1] }
    let results = Results()
    moments.center(centered.base, rms: results.rms, shape: results.shape, scratch: scratch)
    let shape = Results()
    moments.shape(input.base, into: shape.shape, scratch: scratch)
    for lane in lanes(rows) {
      let x = input.column(lane, rows: rows)
      let whole = Moments(x)
      let expected = x.map { $0 - whole.mean }
      #expect(firstDifference(centered.column(lane, rows: rows), expected) == nil, "lane \(lane)")
      let left = Moments(expected)
      let wanted = [Float(left.square.squareRoot()), Float(left.skewness), Float(left.kurtosis)]
      #expect(firstDifference(results.buffer.column(lane, rows: 3), wanted) == nil, "lane \(lane)")
      // Skewness and kurtosis alone, of the window as it is; RMS is not touched.
      let alone = [.nan, Float(whole.skewness), Float(whole.kurtosis)]
      #expect(firstDifference(shape.buffer.column(lane, rows: 3), alone) == nil, "lane \(lane), shape alone")
    }
  }

  @Test(arguments: rows)
  func summaries(_ rows: Int) {
    // Overlapping windows of a recording: the kinds of samples change from row to row instead of lane to lane.
    let (hop, windows) = (max(1, rows / 3), 40)
    let split = WindowSplit(rows: rows, hop: hop, windows: windows)
    var random = SeededGenerator(seed: UInt64(rows))
    let bad = (windows - 1) * hop + rows - 1
    let recording = (0...bad).map { row in
      row == bad ? Double.nan : row == bad - hop ? .infinity : row < rows + hop ? 0.1 : random.uniform() + 0.2
    }
    let samples = LaneBuffer<Double>(count: split.count)
    samples.fillWithNaN()
    recording.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      split.fill(samples.base, from: base, stride: 1, windows: windows, scale: 1)
    }
    let summary = LaneSummary(rows: rows)
    let scratch = summary.makeScratch()
    for first in [0, laneCount] {
      let results = LaneBuffer<Float>(count: LaneSummary.Statistic.allCases.count * laneCount)
      results.fillWithNaN()
      summary.measure(samples.base, split: split, first: first, into: results.base, scratch: scratch)
      for lane in 0..<min(laneCount, windows - first) where rows < 200 || lane % 7 == 0 {
        let x = Array(recording[(first + lane) * hop..<(first + lane) * hop + rows])
        let moments = Moments(x)
        let hasNaN = x.contains { $0.isNaN }
        let expected = [
          moments.mean, hasNaN ? .nan : x.min() ?? 0, hasNaN ? .nan : x.max() ?? 0,
          moments.square.squareRoot(),
          moments.m2.squareRoot(), moments.skewness, moments.kurtosis,
        ].map { Float($0) }
        #expect(firstDifference(results.column(lane, rows: 7), expected) == nil, "window \(first + lane)")
      }
    }
  }

  @Test func knownAnswers() {
    let rows = 64
    let moments = LaneMoments(rows: rows)
    let scratch = moments.makeScratch()
    // Lane 0 a constant, lane 1 a fair coin, lane 2 one tick in 64 values, lane 3 as good as constant in Float.
    let x = LaneBuffer<Float>(rows: rows) { row, lane in
      switch lane % 4 {
      case 0: 0.1
      case 1: row % 2 == 0 ? 5 : 3
      case 2: row == 17 ? 64 : 0
      default: row % 2 == 0 ? 1e6 : 1e6 + 0.0625
      }
    }
    let results = Results()
    moments.center(x.base, rms: results.rms, shape: results.shape, scratch: scratch)
    // A tick with probability p: skewness (1 − 2p) / √(p(1 − p)), kurtosis (1 − 6p(1 − p)) / (p(1 − p)).
    let variance = 1.0 / 64 * 63 / 64
    let constant = results.buffer.column(0, rows: 3)
    #expect(constant[0] < 1e-7 && constant[1] == 0 && constant[2] == -3)
    #expect(results.buffer.column(1, rows: 3) == [1, 0, -2])
    let tick = results.buffer.column(2, rows: 3)
    #expect(abs(Double(tick[0]) - 64 * variance.squareRoot()) < 1e-5)
    #expect(abs(Double(tick[1]) - (1 - 2.0 / 64) / variance.squareRoot()) < 1e-5)
    #expect(abs(Double(tick[2]) - (1 - 6 * variance) / variance) < 1e-4)
  }
}
