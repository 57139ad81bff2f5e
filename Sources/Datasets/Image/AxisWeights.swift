import Glibc

/// The source pixels that each target pixel of one direction is made of, with their weights.
struct AxisWeights {
  /// Weights are fractions of 2^22: 8 bits of colour and 2 of overshoot leave that many of 32.
  static let fractionBits = 22

  /// First source pixel of each target pixel.
  let first: [Int]
  /// Source pixels of each target pixel.
  let count: [Int]
  /// `stride` weights a target pixel; those beyond its count are 0.
  let weights: [Int32]
  let stride: Int

  /// The Lanczos window with three lobes, centred at each target pixel's centre. It covers six source pixels, or six
  /// target pixels where the picture shrinks; what lies beyond the edge is left out and the rest scaled to a sum of 1.
  ///
  /// - Complexity: O(count + source) taps.
  init(lanczos axis: AxisPlacement) {
    let scale = Double(axis.source) / Double(axis.scaled)
    let widening = max(1, scale)
    let reach = 3 * widening
    stride = min(axis.source, 2 * Int(reach.rounded(.up)) + 1)
    var first: [Int] = []
    var count: [Int] = []
    var weights = [Int32](repeating: 0, count: axis.count * stride)
    var exact = [Double](repeating: 0, count: stride)
    for target in 0..<axis.count {
      let center = (Double(axis.offset + target) + 0.5) * scale
      let begin = max(0, Int(center - reach + 0.5))
      let taps = min(stride, min(axis.source, Int(center + reach + 0.5)) - begin)
      var sum = 0.0
      for tap in 0..<taps {
        exact[tap] = Self.lanczos((Double(begin + tap) - center + 0.5) * (1 / widening))
        sum += exact[tap]
      }
      for tap in 0..<taps {
        let share = sum == 0 ? exact[tap] : exact[tap] / sum
        let fixed = (share * Double(1 << Self.fractionBits)).rounded(.toNearestOrAwayFromZero)
        weights[target * stride + tap] = Int32(exactly: fixed) ?? 0
      }
      first.append(begin)
      count.append(taps)
    }
    self.first = first
    self.count = count
    self.weights = weights
  }

  /// sinc(x) · sinc(x / 3) for −3 ≤ x < 3.
  private static func lanczos(_ x: Double) -> Double { -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0 }

  private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }

  /// The source pixel under each target pixel's centre: floor((target + ½) · source / scaled), in whole numbers.
  static func nearest(_ axis: AxisPlacement) -> [Int] {
    (0..<axis.count).map { min(axis.source - 1, (2 * (axis.offset + $0) + 1) * axis.source / (2 * axis.scaled)) }
  }
}
