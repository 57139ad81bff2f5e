// Coefficients of recursive filters.
// 1. Check values of SciPy's designs, to 6e-16 relative.
// 2. Frequency response, computed from the sections: −3 dB at a Butterworth cut-off, the asymptotic slope, gain 1 at
//    DC or Nyquist; ripple and edge of the Chebyshev filter.
// 3. Order of the sections, poles inside the unit circle, rounding to Float, the steady state of a constant input.
// 4. The stability rule accepts ordinary cut-offs and refuses those next to 0 and Nyquist.

import Foundation
import Testing

@testable import DSPKernels

extension SectionedFilter {
  /// Magnitude of the response at a frequency given as a fraction of Nyquist.
  func magnitude(at frequency: Double) -> Double {
    let w = Double.pi * frequency
    // |1 ± 2z + z²| = |1 ± z|², and |1 + z| = 2 |cos(w / 2)|, |1 − z| = 2 |sin(w / 2)|.
    let numerator = 4 * pow(kind == .low ? cos(w / 2) : sin(w / 2), 2)
    return sections.reduce(abs(gain)) { product, section in
      let real = 1 + section.a1 * cos(w) + section.a2 * cos(2 * w)
      let imaginary = section.a1 * sin(w) + section.a2 * sin(2 * w)
      return product * numerator / hypot(real, imaginary)
    }
  }
}

struct Design: Sendable, CustomTestStringConvertible {
  let order: Int
  let cutoff: Double
  let kind: SectionedFilter.Kind
  var filter: SectionedFilter { .butterworth(order: order, cutoff: cutoff, kind: kind) }
  var testDescription: String { "\(kind == .low ? "low" : "high")-pass of order \(order) at \(cutoff)" }

  static let all = [2, 4, 6, 8].flatMap { order in
    [0.02, 0.1, 0.2, 0.5, 0.77, 0.95].flatMap { cutoff in
      [SectionedFilter.Kind.low, .high].map { Design(order: order, cutoff: cutoff, kind: $0) }
    }
  }
}

@Suite struct FilterDesignTests {
  private func relativeError(_ found: [Double], _ expected: [Double]) -> Double {
    found.count == expected.count ? zip(found, expected).map { abs($0 / $1 - 1) }.max() ?? 0 : .infinity
  }

  @Test func butterworthCheckValues() {
    let low = SectionedFilter.butterworth(order: 4, cutoff: 0.2, kind: .low)
    #expect(
      relativeError(
        [low.gain] + low.sections.flatMap { [$0.a1, $0.a2] },
        [
          0.00482434335771623, -1.0485995763626117, 0.2961403575616696, -1.3209134308194264,
          0.6327387928852766,
        ]) < 2e-15)
    let high = SectionedFilter.butterworth(order: 6, cutoff: 0.1, kind: .high)
    #expect(high.sections.count == 3)
    #expect(
      relativeError(
        [high.gain] + [0, 2].flatMap { [high.sections[$0].a1, high.sections[$0].a2] },
        [
          0.5432977372266496, -1.4648681939512453, 0.5402535694278697, -1.7612492291001696,
          0.8518870318675977,
        ]) < 1e-15)
  }

  @Test func chebyshevCheckValues() {
    let by10 = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: 0.08)
    #expect(by10.sections.count == 4)
    #expect(
      relativeError(
        [by10.gain] + [0, 3].flatMap { [by10.sections[$0].a1, by10.sections[$0].a2] },
        [
          3.5863243209995223e-09, -1.8204968644767618, 0.83085974037961374, -1.8965395961864169,
          0.96442455846429320,
        ]) < 4e-15)
    let by3 = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: 0.8 / 3)
    #expect(
      relativeError(
        [by3.gain] + [0, 3].flatMap { [by3.sections[$0].a1, by3.sections[$0].a2] },
        [
          3.4799547399084980e-05, -1.4169074226396270, 0.52045529556700665, -1.2180861262950025,
          0.89878335812532639,
        ]) < 4e-15)
    // Four sums of nearly equal numbers: a few digits are lost.
    let steady = by10.steadyState[0]
    #expect(
      relativeError([steady.z1, steady.z2], [1.3807106042999703e-06, -1.1465702624013162e-06]) < 1e-12)
  }

  @Test(arguments: Design.all)
  func butterworthResponse(_ design: Design) {
    let filter = design.filter
    let pass = design.kind == .low ? 0.0 : 1.0
    #expect(abs(filter.magnitude(at: pass) - 1) < 1e-9)
    #expect(filter.magnitude(at: 1 - pass) < 1e-9)
    #expect(abs(filter.magnitude(at: design.cutoff) - 0.5.squareRoot()) < 1e-9)
    // |H|² = 1 / (1 + (tan(w/2) / tan(c/2))^2n), with the quotient turned over for a high-pass.
    for frequency in [0.01, 0.1, 0.3, 0.6, 0.9] {
      let quotient = tan(Double.pi * frequency / 2) / tan(Double.pi * design.cutoff / 2)
      let exponent = Double(design.kind == .low ? 2 * design.order : -2 * design.order)
      let expected = 1 / (1 + pow(quotient, exponent)).squareRoot()
      #expect(abs(filter.magnitude(at: frequency) / expected - 1) < 1e-8, "at \(frequency)")
    }
  }

  @Test(arguments: [3, 10])
  func chebyshevResponse(_ ratio: Int) {
    let edge = 0.8 / Double(ratio)
    let filter = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: edge)
    let floor = pow(10, -0.05 / 20)
    #expect(abs(filter.magnitude(at: 0) - floor) < 1e-8)
    #expect(abs(filter.magnitude(at: edge) - floor) < 1e-8)
    let pass = (0...500).map { filter.magnitude(at: edge * Double($0) / 500) }
    #expect((pass.max() ?? 0) < 1 + 1e-8 && (pass.max() ?? 0) > 1 - 1e-4)
    #expect((pass.min() ?? 0) > floor - 1e-8)
    let stop = (0...500).map { filter.magnitude(at: 2 * edge + (1 - 2 * edge) * Double($0) / 500) }
    #expect((stop.max() ?? 1) < 1e-3)
  }

  @Test(arguments: Design.all)
  func sectionsRunTowardsTheUnitCircle(_ design: Design) {
    let filter = design.filter
    #expect(filter.sections.count == design.order / 2)
    // A conjugate pair: a2 is the squared distance from 0, and the discriminant is negative.
    #expect(filter.sections.allSatisfy { $0.a2 < 1 && $0.a1 * $0.a1 < 4 * $0.a2 })
    let distances = filter.sections.map { abs($0.a2.squareRoot() - 1) }
    #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 > $1 })
    let rounded = filter.roundedToFloat
    #expect(rounded.sections.map { $0.a1 } == filter.sections.map { Double(Float($0.a1)) })
    #expect(rounded.sections.map { $0.a2 } == filter.sections.map { Double(Float($0.a2)) })
    #expect(rounded.gain == Double(Float(filter.gain)) && rounded.kind == filter.kind)
  }

  @Test func stability() {
    for order in [2, 4, 6, 8] {
      for cutoff in [0.01, 0.1, 1, 3, 20, 49, 49.9] {
        #expect(
          SectionedFilter.isStableButterworth(order: order, cutoff: cutoff, frequency: 100),
          "order \(order), \(cutoff) Hz")
      }
      // Far inside the ragged zones at both ends of the band, at Nyquist, and where nothing is a number.
      for cutoff in [1e-7, 1e-30, 1e-308, 50 - 1e-9, .nan, .infinity] {
        #expect(
          !SectionedFilter.isStableButterworth(order: order, cutoff: cutoff, frequency: 100),
          "order \(order), \(cutoff) Hz")
      }
    }
    // The rule depends on the quotient alone.
    #expect(SectionedFilter.isStableButterworth(order: 6, cutoff: 1e-9, frequency: 1e-8))
    #expect(SectionedFilter.isStableButterworth(order: 6, cutoff: 1e9, frequency: 1e10))
  }
}
