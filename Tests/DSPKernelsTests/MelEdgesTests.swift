// Strategy: edges whose place is known without the formula (the ends, Nyquist, even spacing on the mel scale), then the
// filter bank's edges, which must be these rounded down, for both rules and many sizes.

import Glibc
import Testing

@testable import DSPKernels

@Suite struct MelEdgesTests {
  @Test func endsAndSpacing() {
    let edges = MelEdges(count: 40, length: 256, frequency: 16000, low: 300, high: 8000, rule: .fullSpectrum)
    #expect(edges.frequencies.count == 42 && edges.positions.count == 42)
    #expect(abs(edges.frequencies[0] - 300) < 1e-9)
    #expect(abs(edges.frequencies[41] - 7999.999) < 1e-9)
    #expect(edges.bins.first == 4 && edges.bins.last == 128)
    // Mel is the logarithm of 700 + f: even steps are equal ratios.
    let ratios = zip(edges.frequencies, edges.frequencies.dropFirst()).dropLast().map { ($1 + 700) / ($0 + 700) }
    #expect(ratios.allSatisfy { abs($0 - pow(8700.0 / 1000, 1.0 / 41)) < 1e-12 })
  }

  @Test(arguments: [MelFilterBank.BinRule.fullSpectrum, .lowerHalf])
  func areThoseOfTheBank(_ rule: MelFilterBank.BinRule) {
    for (count, length, low) in [(2, 64, 0.0), (13, 256, 80), (32, 512, 300), (40, 1024, 0)] {
      let bank = MelFilterBank(count: count, length: length, frequency: 16000, low: low, high: 8000, rule: rule)
      let edges = MelEdges(count: count, length: length, frequency: 16000, low: low, high: 8000, rule: rule)
      #expect(bank.edges == edges.bins)
      #expect(bank.edges.last == (rule == .fullSpectrum ? length / 2 : length / 4))
    }
  }
}
