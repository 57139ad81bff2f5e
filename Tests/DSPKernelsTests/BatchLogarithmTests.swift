// Logarithms of whole batches, which ask once for several vectors whether all of their values are ordinary.
// 1. Natural logarithms against the C library's, over all exponents and close to 1.
// 2. A value that is not ordinary changes no other value's bits: natural, of powers as features, in decibels.
// 3. The decibel scale at powers whose decibels are whole: what is cut, where bytes wrap, what becomes of NaN.

import Foundation
import Testing

@testable import DSPKernels

@Suite struct BatchLogarithmTests {
  /// More than four vectors of every instruction set, and vectors behind them.
  private static let count = 5 * laneCount

  private func powers(seed: UInt64) -> LaneBuffer<Double> {
    var random = SeededGenerator(seed: seed)
    let powers = LaneBuffer<Double>(count: Self.count)
    for index in 0..<powers.count { powers.base[index] = pow(10, 8 * random.uniform()) }
    return powers
  }

  @Test func naturalLogarithms() {
    var random = SeededGenerator(seed: 7)
    let values = LaneBuffer<Double>(count: 1000 * frameLanes)
    for index in 0..<values.count {
      let bits = random.next() >> 1
      values.base[index] =
        index % 2 == 0 ? Double(bitPattern: bits % 0x7FF0_0000_0000_0000) : 1 + 0.4 * random.uniform()
    }
    values.base[0] = 1
    let expected = values.values.map { Foundation.log($0) }
    takeLogarithms(values.base, count: values.count)
    let worst = zip(values.values, expected).map { $0 == $1 ? 0 : abs($0 - $1) / $1.ulp }.max() ?? 0
    #expect(worst <= 3)
    #expect(values.base[0] == 0)
  }

  @Test(arguments: [0, -0.0, -1, .infinity, -.infinity, .nan, Double.leastNonzeroMagnitude])
  func aValueThatIsNotOrdinaryStaysAlone(_ odd: Double) {
    let scale = DecibelScale(floor: -52, limit: .zeroToOne)
    let kernels: [(LaneBuffer<Double>) -> [Float]] = [
      { values in
        takeLogarithms(values.base, count: values.count)
        // Both halves of the bits.
        return values.values.flatMap { [Float($0), Float($0 - Double(Float($0)))] }
      },
      { values in
        let features = LaneBuffer<Float>(count: values.count)
        writeLogPower(values.base, count: values.count, to: features.base)
        return features.values
      },
      { values in
        let features = LaneBuffer<Float>(count: values.count)
        scale.apply(values.base, count: values.count, into: features.base)
        return features.values
      },
    ]
    for (kernel, run) in kernels.enumerated() {
      let clean = run(powers(seed: 3))
      let width = clean.count / Self.count
      for place in [0, 13, laneCount - 1, Self.count - 1] {
        let spoilt = powers(seed: 3)
        spoilt.base[place] = odd
        var found = run(spoilt)
        let own = place * width..<(place + 1) * width
        // On the decibel scale both may lie beyond an end.
        let differs = firstDifference(Array(found[own]), Array(clean[own])) != nil
        #expect(differs || kernel == 2, "kernel \(kernel), place \(place)")
        found.replaceSubrange(own, with: clean[own])
        #expect(firstDifference(found, clean) == nil, "kernel \(kernel), place \(place)")
      }
    }
  }

  @Test(arguments: [
    // 0, 1/1000, 1, 10, 1000, infinite and negative powers, and NaN.
    (DecibelScale.Limit.zeroToOne, [0, 0.34375, 0.8125, 0.96875, 1, 1, 0, .nan] as [Float]),
    (.zero, [0, 0.34375, 0.8125, 0.96875, 1.28125, .infinity, 0, .nan]),
    (.wrappingByte, [0, 0.34375, 0.8125, 0.96875, 0, 0, 0, 0]),
  ])
  func decibels(_ limit: DecibelScale.Limit, _ expected: [Float]) {
    let values = [0, 1e-3, 1, 10, 1e3, .infinity, -1, .nan]
    let powers = LaneBuffer<Double>(rows: 1) { _, lane in values[lane % 8] }
    let scaled = LaneBuffer<Float>(count: laneCount)
    // 64 dB from the floor to the ceiling of 12.
    DecibelScale(floor: -52, limit: limit).apply(powers.base, count: laneCount, into: scaled.base)
    #expect(firstDifference(scaled.values, (0..<laneCount).map { expected[$0 % 8] }) == nil)
  }
}
