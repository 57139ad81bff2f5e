// Powers that overflow: where the reference has infinity and where NaN.
// The patterns are those of the reference blocks (NumPy 1.21.5, SciPy 1.7.3) on the same windows.
// Features beside them must stay what they are without the overflow.

import Glibc
import ProcessingBlocks
import Testing

@Suite struct InfinityTests {
  private func pattern(_ features: some Sequence<Float>) -> String {
    features.map { $0.isNaN ? "n" : $0 == .infinity ? "+" : $0 == -.infinity ? "-" : "." }.joined()
  }

  /// Bins beside DC and Nyquist are NaN. These two are not doubled, and infinite; DC is what the mean's rounding leaves.
  @Test(arguments: [(1e15, "..........."), (1e19, "+.......nn+"), (1e30, "+......+nn+")])
  func peaksOfLargeValues(_ factor: Double, _ expected: String) throws {
    let plan = try makePlan(
      "spectral-analysis", ["spectral-power-edges": .text("0, 1, 20, 31, 40")], version: 1)
    let features = plan.features(ofWindow: (0..<125).map { Double($0 * 37 % 101 - 50) * factor })
    #expect(pattern(features) == expected)
    #expect(features[1] == 26.785715 && abs(features[2] / Float(factor) - 30.12972) < 1e-4)
  }

  @Test(arguments: [0, -1, -3])
  func coefficientsOfAnInfiniteBin(_ window: Int) throws {
    let plan = try makePlan(
      "mfcc", ["num_filters": .integer(16), "win_size": .integer(window), "pre_cof": .integer(0)], version: 3,
      rows: 1600)
    var samples = Recording(rows: 1600, stride: 1, seed: 5).samples
    let quiet = plan.features(ofWindow: samples)
    // A tone in one bin, so that all others stay finite.
    for row in 320..<640 { samples[row] = 1e155 * sin(2 * .pi * 16 * Double(row) / 256) }
    let loud = plan.features(ofWindow: samples)
    #expect(pattern(loud[13..<26]) == "+nnnnnnnnnnnn")
    #expect(firstDifference(Array(loud[..<13] + loud[26...]), Array(quiet[..<13] + quiet[26...])) == nil)
  }
}
