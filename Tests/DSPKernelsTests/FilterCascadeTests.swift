// Filters that run along the rows of a batch. The reference is a scalar cascade in transposed direct form II.
// 1. Butterworth filters of order 2 to 8, low and high, in Float and in Double: the same bits, in every lane.
// 2. Lanes hold noise, a step, an impulse whose tail becomes subnormal, values of 1e-38 to 1e38, NaN and infinity;
//    comparing all lanes with scalars proves that none sees its neighbour.
// 3. Decimation: rows, a constant, the bits of the scalar cascade, tones inside and outside the pass band.
// 4. Memory is NaN before each run where a kernel may not read it.

import Foundation
import Testing

@testable import DSPKernels

/// A cascade of second-order sections over one window. `state` gives each section's start.
private func scalarCascade<T: BinaryFloatingPoint>(
  _ filter: SectionedFilter, _ x: [T], state: (Int) -> (T, T) = { _ in (0, 0) }
) -> [T] {
  var y = x
  for (index, section) in filter.sections.enumerated() {
    let b0 = index == 0 ? T(filter.gain) : 1
    let b1 = filter.kind == .low ? 2 * b0 : -2 * b0
    let b2 = b0
    let (a1, a2) = (T(section.a1), T(section.a2))
    var (z1, z2) = state(index)
    for row in y.indices {
      let input = y[row]
      let output = b0 * input + z1
      z1 = (b1 * input - a1 * output) + z2
      z2 = b2 * input - a2 * output
      y[row] = output
    }
  }
  return y
}

@Suite struct FilterCascadeTests {
  /// A batch with another kind of window in each of eight lanes.
  private func batch<T: BinaryFloatingPoint>(rows: Int, seed: UInt64, _: T.Type) -> LaneBuffer<T> {
    var random = SeededGenerator(seed: seed)
    return LaneBuffer<T>(rows: rows) { row, lane in
      let noise = Float(random.uniform())
      switch lane % 8 {
      case 0, 1: return T(noise)
      case 2: return T(Float(row < 3 ? 0 : lane))
      case 3: return T(Float(row == 0 ? lane : 0))
      case 4: return T(noise * 1e-37)
      case 5: return T(noise * 1e37)
      case 6: return row == rows / 2 ? .nan : T(noise)
      default: return row == rows / 3 ? .infinity : T(noise)
      }
    }
  }

  @Test(arguments: Design.all)
  func singleEqualsTheScalarCascade(_ design: Design) {
    let rows = 150
    let input = batch(rows: rows, seed: UInt64(design.order), Float.self)
    // A split of windows that do not overlap, so that a lane is a window.
    let split = WindowSplit(rows: rows, hop: rows, windows: laneCount)
    let samples = LaneBuffer<Float>(count: split.count)
    samples.fillWithNaN()
    for row in 0..<rows {
      (samples.base + split.offsets[row]).update(from: input.base + row * laneCount, count: laneCount)
    }
    let output = LaneBuffer<Float>(count: rows * laneCount)
    output.fillWithNaN()
    LaneFilter(design.filter).load(samples.base, split: split, first: 0, into: output.base)
    let rounded = design.filter.roundedToFloat
    for lane in 0..<laneCount {
      let expected = scalarCascade(rounded, input.column(lane, rows: rows))
      #expect(firstDifference(output.column(lane, rows: rows), expected) == nil, "lane \(lane)")
    }
  }

  @Test(arguments: Design.all)
  func doubleEqualsTheScalarCascade(_ design: Design) {
    let rows = 100
    let input = batch(rows: rows, seed: UInt64(design.order), Double.self)
    let output = LaneBuffer<Double>(rows: rows) { input.base[$0 * laneCount + $1] }
    LaneFilter(design.filter).run(output.base, rows: rows)
    let rounded = design.filter.roundedToFloat
    for lane in 0..<laneCount {
      let expected = scalarCascade(rounded, input.column(lane, rows: rows))
      #expect(firstDifference(output.column(lane, rows: rows), expected) == nil, "lane \(lane)")
    }
  }

  @Test func aBadLaneStaysAlone() {
    let rows = 40
    let filter = LaneFilter(.butterworth(order: 8, cutoff: 0.3, kind: .high))
    var random = SeededGenerator(seed: 4)
    let clean = LaneBuffer<Double>(rows: rows) { _, _ in random.uniform() }
    let dirty = LaneBuffer<Double>(rows: rows) { row, lane in
      lane == 9 ? .nan : lane == 10 ? .infinity : clean.base[row * laneCount + lane]
    }
    filter.run(clean.base, rows: rows)
    filter.run(dirty.base, rows: rows)
    for lane in 0..<laneCount where lane != 9 && lane != 10 {
      #expect(
        firstDifference(dirty.column(lane, rows: rows), clean.column(lane, rows: rows)) == nil, "lane \(lane)"
      )
    }
    #expect(dirty.column(9, rows: rows).allSatisfy { $0.isNaN })
  }

  // MARK: Decimation

  private static let ratios = [[], [3], [10], [3, 10], [10, 10], [10, 10, 10]]

  @Test func decimatedRows() {
    for ratios in Self.ratios {
      let decimator = LaneDecimator(ratios: ratios)
      for rows in 1...130 {
        // Stage after stage keeps ceil(n / r), which equals ceil(n / product).
        let ratio = ratios.reduce(1, *)
        #expect(decimator.outputRows(rows) == (rows + ratio - 1) / ratio, "\(ratios), \(rows) rows")
      }
    }
  }

  @Test(arguments: ratios)
  func aConstantStaysConstant(_ ratios: [Int]) {
    let decimator = LaneDecimator(ratios: ratios)
    let rows = 700
    let x = LaneBuffer<Double>(rows: rows) { _, lane in Double(lane) - 7.5 }
    decimator.run(x.base, rows: rows)
    // A Chebyshev filter of even order passes DC a ripple below 1: 0.05 dB a stage.
    let gain = pow(10, -0.05 / 20 * Double(ratios.count))
    for lane in 0..<laneCount {
      let found = x.column(lane, rows: decimator.outputRows(rows))
      let level = (Double(lane) - 7.5) * gain
      #expect(largestError(found, found.map { _ in level }) < 1e-6 * abs(level), "lane \(lane)")
    }
  }

  @Test(arguments: ratios, [1, 2, 29, 30, 31, 205])
  func decimationEqualsTheScalarCascade(_ ratios: [Int], _ rows: Int) {
    let decimator = LaneDecimator(ratios: ratios)
    let input = batch(rows: rows, seed: UInt64(rows), Double.self)
    let output = LaneBuffer<Double>(rows: rows) { input.base[$0 * laneCount + $1] }
    decimator.run(output.base, rows: rows)
    for lane in 0..<laneCount {
      var expected = input.column(lane, rows: rows)
      for ratio in ratios {
        let filter = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: 0.8 / Double(ratio))
        let steady = filter.steadyState
        let first = expected[0]
        let filtered = scalarCascade(filter, expected) { (steady[$0].z1 * first, steady[$0].z2 * first) }
        expected = stride(from: 0, to: filtered.count, by: ratio).map { filtered[$0] }
      }
      #expect(firstDifference(output.column(lane, rows: expected.count), expected) == nil, "lane \(lane)")
    }
  }

  @Test(arguments: [3, 10])
  func tones(_ ratio: Int) {
    let decimator = LaneDecimator(ratios: [ratio])
    let rows = 300 * ratio
    // Lane l carries a tone of l/32 of Nyquist.
    let x = LaneBuffer<Double>(rows: rows) { row, lane in
      sin(Double.pi * Double(lane) / Double(laneCount) * Double(row) + 0.3)
    }
    decimator.run(x.base, rows: rows)
    let filter = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: 0.8 / Double(ratio))
    for lane in 1..<laneCount {
      let settled = x.column(lane, rows: decimator.outputRows(rows)).suffix(150)
      let peak = settled.map { abs($0) }.max() ?? 0
      let response = filter.magnitude(at: Double(lane) / Double(laneCount))
      #expect(peak <= response + 1e-6, "lane \(lane)")
      if Double(lane) / Double(laneCount) < 0.8 / Double(ratio) { #expect(peak > 0.9, "lane \(lane)") }
      if Double(lane) / Double(laneCount) > 1.6 / Double(ratio) { #expect(peak < 1e-3, "lane \(lane)") }
    }
  }
}
