import Glibc

/// The mel scale of D. O'Shaughnessy (1987): `1127 ln(1 + f / 700)`.
public enum MelScale {
  /// Hz to mel.
  public static func mel(_ hertz: Double) -> Double { 1127 * log(1 + hertz / 700) }
  /// Mel to Hz.
  public static func hertz(_ mel: Double) -> Double { 700 * (exp(mel / 1127) - 1) }
}

/// A filter over bins: it rises from `left` to `center` and falls to `right`.
public struct MelTriangle: Sendable {
  /// The bin at which it begins; its weight is 0 unless it is the centre.
  public let left: Int
  /// The bin of weight 1, unless it is `right` too.
  public let center: Int
  /// The bin at which it ends; its weight is 0.
  public let right: Int

  /// A filter between bins, `left <= center <= right`.
  public init(left: Int, center: Int, right: Int) {
    self.left = left
    self.center = center
    self.right = right
  }

  /// The share of a bin's power that the filter takes, from 0 to 1.
  public func weight(_ bin: Int) -> Double {
    if center <= bin && bin < right { return Double(right - bin) / Double(right - center) }
    if left < bin && bin <= center { return Double(bin - left) / Double(center - left) }
    return 0
  }

  /// The bin that the filter takes, if it takes no other.
  public var onlyBin: Int? {
    let first = min(center, left + 1)
    return first == max(center, right - 1) ? first : nil
  }
}

/// Where the edges of mel filters fall: `count + 2` points, evenly spaced on the mel scale.
///
/// Filter `i` reaches from edge `i` to edge `i + 2`.
public struct MelEdges: Sendable {
  /// In Hz.
  public let frequencies: [Double]
  /// In bins, not yet rounded down.
  public let positions: [Double]

  /// Arguments as `MelFilterBank` takes them.
  ///
  /// - Complexity: O(count).
  public init(
    count: Int, length: Int, frequency: Double, low: Double, high: Double, rule: MelFilterBank.BinRule
  ) {
    let points = rule == .fullSpectrum ? length : length / 2 + 1
    let lowest = MelScale.mel(low)
    let highest = MelScale.mel(high)
    let step = (highest - lowest) / Double(count + 1)
    frequencies = (0..<count + 2).map { index in
      // The reference keeps the last edge off Nyquist.
      if index == count + 1 { return MelScale.hertz(highest) - 0.001 }
      return MelScale.hertz(Double(index) * step + lowest)
    }
    positions = frequencies.map { Double(points + 1) * $0 / frequency }
  }

  /// The bins in which the edges lie.
  public var bins: [Int] { positions.map { Int($0.rounded(.down)) } }

  /// The filters over bins, as many as edges but two.
  public var filters: [MelTriangle] { Self.filters(bins: bins) }

  /// The filters between edges that are given as bins.
  public static func filters(bins: [Int]) -> [MelTriangle] {
    (0..<max(0, bins.count - 2)).map { MelTriangle(left: bins[$0], center: bins[$0 + 1], right: bins[$0 + 2]) }
  }
}
