// Sorting and the statistics of a band, against scalar code in WaveletReference.swift.
// 1. Sorting: every number of rows to 70 and larger ones, each lane its own values, ties included.
// 2. Statistics: the same numbers of rows; noise, ties, two values, constants, subnormals, bands far from zero. All
//    features bit for bit but entropy, which is right to 1e-12 before rounding.
// 3. Known answers: a band with one value in each bin has entropy ln 100, a fair coin ln 2.
// 4. NaN and infinity stay in their lane; rms 0 gives shape 0 and 0.
// 5. Constants of any size: 0 while bins are distinct, NaN where their edges collide. Lanes without a window are left.

import Glibc
import Testing

@testable import DSPKernels

@Suite struct WaveletStatisticsTests {
  static let rows = Array(1...70) + [127, 128, 129, 250, 1000, 2049]

  private func batch<T: BinaryFloatingPoint>(_ rows: Int, _: T.Type) -> LaneBuffer<T> {
    var random = SeededGenerator(seed: UInt64(rows) + 77)
    return LaneBuffer(rows: rows) { row, lane in T(bandSample(lane, row, &random)) + 0 }
  }

  @Test(arguments: rows)
  func sorting(_ rows: Int) {
    let narrow = batch(rows, Float.self)
    let wide = batch(rows, Double.self)
    let expected = (0..<laneCount).map { narrow.column($0, rows: rows).sorted() }
    let expectedWide = (0..<laneCount).map { wide.column($0, rows: rows).sorted() }
    sortRows(narrow.base, rows: rows, FloatLanes.self)
    sortRows(wide.base, rows: rows, DoubleLanes.self)
    #expect((0..<laneCount).allSatisfy { narrow.column($0, rows: rows) == expected[$0] })
    #expect((0..<laneCount).allSatisfy { wide.column($0, rows: rows) == expectedWide[$0] })
  }

  /// Statistics of a batch, with dirty results and a scratch that another batch has used.
  private func measure(_ x: LaneBuffer<Float>, _ rows: Int) -> LaneBuffer<Float> {
    let statistics = LaneBandStatistics(rows: rows)
    let scratch = statistics.makeScratch()
    let results = LaneBuffer<Float>(count: 14 * laneCount)
    let other = batch(rows, Float.self)
    withExtendedLifetime(other) { statistics.measure(other.base, into: results.base, scratch: scratch) }
    results.fillWithNaN()
    statistics.measure(x.base, into: results.base, scratch: scratch)
    return results
  }

  @Test(arguments: rows)
  func floatBands(_ rows: Int) {
    let x = batch(rows, Float.self)
    let bands = (0..<laneCount).map { x.column($0, rows: rows) }
    let results = measure(x, rows)
    for lane in 0..<laneCount {
      #expect(statisticsDifference(results.column(lane, rows: 14), of: bands[lane]) == nil, "lane \(lane)")
    }
  }

  @Test(arguments: rows)
  func doubleBands(_ rows: Int) {
    let x = batch(rows, Double.self)
    let bands = (0..<laneCount).map { x.column($0, rows: rows) }
    let statistics = LaneBandStatistics(rows: rows)
    let results = LaneBuffer<Float>(count: 14 * laneCount)
    results.fillWithNaN()
    withExtendedLifetime(x) {
      statistics.measure(x.base, into: results.base, scratch: statistics.makeScratch())
    }
    for lane in 0..<laneCount {
      #expect(statisticsDifference(results.column(lane, rows: 14), of: bands[lane]) == nil, "lane \(lane)")
    }
  }

  /// Both sides of the limit of the shortcut, and of where Float, then Double, cannot tell edges apart.
  static let constants: [Double] = [
    0, 0x1p-149, 1e-30, 0.1, 1, 4095.9, 4096, 4096.001, 8191.5, 32767, 65536, 131_072, 1e6, 16_777_216, 1e9, 1e13, 1e15,
    0x1p52, 1e20, 1e38,
  ]

  @Test(arguments: [1, 7, 64])
  func constantLanes(rows: Int) {
    // Some lanes alone, some beside others of the same value.
    func value(_ lane: Int) -> Double {
      let constants = Self.constants
      return constants[lane / 2 % constants.count] * (lane % 2 == 0 || lane / 2 % 3 == 0 ? 1 : -1) + 0
    }
    for offset in [0, laneCount] {
      let x = LaneBuffer<Float>(rows: rows) { _, lane in Float(value(lane + offset)) }
      let wide = LaneBuffer<Double>(rows: rows) { _, lane in value(lane + offset) }
      let statistics = LaneBandStatistics(rows: rows)
      let results = LaneBuffer<Float>(count: 14 * laneCount)
      withExtendedLifetime(wide) {
        statistics.measure(wide.base, into: results.base, scratch: statistics.makeScratch())
      }
      let narrow = measure(x, rows)
      for lane in 0..<laneCount {
        let constant = value(lane + offset)
        let expected = naiveEntropy([Float](repeating: Float(constant), count: rows))
        let expectedWide = naiveEntropy([Double](repeating: constant, count: rows))
        let (found, foundWide) = (narrow.column(lane, rows: 14)[0], results.column(lane, rows: 14)[0])
        #expect(firstDifference([found], [Float(expected)]) == nil, "\(constant)")
        #expect(firstDifference([foundWide], [Float(expectedWide)]) == nil, "\(constant)")
        if abs(constant) <= 4096 { #expect(found == 0 && foundWide == 0) }
      }
    }
    #expect(naiveEntropy([Float](repeating: 1e9, count: rows)).isNaN)
  }

  @Test(arguments: [1, 5, 16, 31])
  func lanesWithoutWindow(_ windows: Int) {
    let rows = 70
    let all = measure(batch(rows, Float.self), rows)
    let x = batch(rows, Float.self)
    for row in 0..<rows {
      for lane in windows..<laneCount { x.base[row * laneCount + lane] = lane % 2 == 0 ? .nan : 1e9 }
    }
    let statistics = LaneBandStatistics(rows: rows)
    let results = LaneBuffer<Float>(count: 14 * laneCount)
    withExtendedLifetime(x) {
      statistics.measure(x.base, windows: windows, into: results.base, scratch: statistics.makeScratch())
    }
    for lane in 0..<windows {
      #expect(firstDifference(results.column(lane, rows: 14), all.column(lane, rows: 14)) == nil, "lane \(lane)")
    }
    // The entropy of a lane that nobody asks for is not computed.
    #expect(results.column(laneCount - 1, rows: 14)[0] == 0)
  }

  @Test func knownAnswers() {
    let rows = 100
    // Lane 0 one value a bin, lane 1 a fair coin, lane 2 zeros, lane 3 squares that vanish.
    let x = LaneBuffer<Float>(rows: rows) { row, lane in
      switch lane % 4 {
      case 0: Float(row)
      case 1: row % 2 == 0 ? 1 : -1
      case 2: 0
      default: Float(row) * 0x1p-140
      }
    }
    let results = measure(x, rows)
    let even = results.column(0, rows: 14)
    #expect(abs(Double(even[0]) - log(100)) < 1e-6)
    // entropy, crossings of zero and of the mean, n5, n25, n75, n95, median, mean, std, var, rms, skewness, kurtosis
    let coin: [Float] = [Float(log(2.0)), 0.99, 0.99, -1, -1, 1, 1, 1, 0, 1, Float(100.0 / 99), 1, 0, -2]
    #expect(firstDifference(results.column(1, rows: 14), coin) == nil)
    #expect(firstDifference(results.column(2, rows: 14), [Float](repeating: 0, count: 14)) == nil)
    let vanishing = results.column(3, rows: 14)
    #expect(Array(vanishing[11...]) == [0, 0, 0] && vanishing[3] == 5 * 0x1p-140 && vanishing[8] > 0)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func badLanes(_ bad: Float) {
    for rows in [1, 2, 9, 70, 129] {
      for row in [0, rows / 2, rows - 1] {
        let x = batch(rows, Float.self)
        let clean = measure(batch(rows, Float.self), rows)
        for lane in [0, 13, 31] {
          x.base[row * laneCount + lane] = bad
          for k in 0..<14 { clean.base[k * laneCount + lane] = .nan }
        }
        #expect(firstDifference(measure(x, rows).values, clean.values) == nil, "\(rows) rows, row \(row)")
      }
    }
  }
}
