import Glibc

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
    let lowest = 1127 * log(1 + low / 700)
    let highest = 1127 * log(1 + high / 700)
    let step = (highest - lowest) / Double(count + 1)
    frequencies = (0..<count + 2).map { index in
      // The reference keeps the last edge off Nyquist.
      if index == count + 1 { return 700 * (exp(highest / 1127) - 1) - 0.001 }
      return 700 * (exp((Double(index) * step + lowest) / 1127) - 1)
    }
    positions = frequencies.map { Double(points + 1) * $0 / frequency }
  }

  /// The bins in which the edges lie.
  public var bins: [Int] { positions.map { Int($0.rounded(.down)) } }
}
