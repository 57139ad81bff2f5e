// Base-10 logarithms, against the C library's. Both are accurate to two ulps; three apart is the bound used here.
// 1. Every power of two and of ten, both neighbours of each, values around 1, subnormals.
// 2. 100,000 seeded values with exponents over the whole range: also equal once rounded to Float.
// 3. Zero, infinity, NaN and negative values; each lane by itself.
// 4. Powers as features: an exact zero counts as 1e-10, the smallest non-zero value does not.

import Foundation
import Testing

@testable import DSPKernels

@Suite struct LaneLogarithmTests {
  /// Logarithms of a list of values.
  private func logarithms(_ values: [Double]) -> [Double] {
    let width = DoubleLanes.width
    let count = (values.count + width - 1) / width * width
    let buffer = LaneBuffer<Double>(count: count)
    for (index, value) in values.enumerated() { buffer.base[index] = value }
    for i in stride(from: 0, to: count, by: width) {
      DoubleLanes(buffer.base + i).log10().store(buffer.base + i)
    }
    return Array(buffer.values[0..<values.count])
  }

  /// The largest distance from the C library in ulps, and where it is.
  private func worst(_ values: [Double]) -> (ulps: Double, value: Double) {
    var result = (ulps: 0.0, value: 0.0)
    for (value, found) in zip(values, logarithms(values)) {
      let expected = Foundation.log10(value)
      let error = abs(found - expected) / expected.ulp
      if !(error <= result.ulps) { result = (error, value) }
    }
    return result
  }

  @Test func powersAndTheirNeighbours() {
    var values: [Double] = []
    for exponent in -1074...1023 { values.append(Double(sign: .plus, exponent: exponent, significand: 1)) }
    for exponent in -323...308 { values.append(Double("1e\(exponent)") ?? .nan) }
    for value in values { values += [value.nextUp, value.nextDown].filter { $0 > 0 } }
    let result = worst(values)
    #expect(result.ulps <= 3, "at \(result.value)")
  }

  @Test func besideOne() {
    var values: [Double] = []
    var (above, below) = (1.0, 1.0)
    for _ in 0..<500 {
      values += [above, below]
      (above, below) = (above.nextUp, below.nextDown)
    }
    for exponent in -52 ... -1 {
      let step = Double(sign: .plus, exponent: exponent, significand: 1)
      values += [1 + step, 1 - step / 2, 1 + 1.37 * step, 1 - 0.61 * step]
    }
    let result = worst(values)
    #expect(result.ulps <= 3, "at \(result.value)")
    #expect(firstDifference(logarithms([1]), [0]) == nil)
  }

  @Test func randomValues() {
    var random = SeededGenerator(seed: 100)
    let values = (0..<100_000).map { k in
      let bits = random.next() >> 1
      // Half over all exponents, subnormal ones included, half near 1, where powers of sensors lie.
      let value = Double(bitPattern: bits % 0x7FF0_0000_0000_0000)
      return k % 2 == 0 ? value : pow(10, 6 * random.uniform())
    }
    let result = worst(values)
    #expect(result.ulps <= 3, "at \(result.value)")
    #expect(
      firstDifference(logarithms(values).map { Float($0) }, values.map { Float(Foundation.log10($0)) }) == nil
    )
  }

  @Test func powersOfTenAreWholeAsFeatures() {
    let exponents = Array(-307...308)
    let found = logarithms(exponents.map { Double("1e\($0)") ?? .nan })
    #expect(firstDifference(found.map { Float($0) }, exponents.map { Float($0) }) == nil)
  }

  @Test func specialValues() {
    let values =
      [
        0, -0.0, .infinity, .nan, -.nan, -1, -.infinity, -Double.leastNonzeroMagnitude,
        .leastNonzeroMagnitude, 10, 1,
      ] as [Double]
    let found = logarithms(values)
    #expect(
      firstDifference(Array(found[0..<8]), [-.infinity, -.infinity, .infinity, .nan, .nan, .nan, .nan, .nan])
        == nil)
    #expect(found[8] == Foundation.log10(Double.leastNonzeroMagnitude))
    #expect(firstDifference(Array(found[9...]), [1, 0]) == nil)
  }

  @Test func logarithmsOfPowers() {
    let powers = LaneBuffer<Double>(rows: 1) { _, lane in
      [0, .leastNonzeroMagnitude, 1e-10, 1e-300, 100, .nan, .infinity, 2][lane % 8]
    }
    let features = LaneBuffer<Float>(count: laneCount)
    writeLogPower(powers.base, count: laneCount, to: features.base)
    let expected = powers.values.map { Float(Foundation.log10($0 == 0 ? 1e-10 : $0)) }
    #expect(firstDifference(features.values, expected) == nil)
    writePower(powers.base, count: laneCount, to: features.base)
    #expect(firstDifference(features.values, powers.values.map { Float($0) }) == nil)
  }
}
