/// Triangular filters, evenly spaced on the mel scale, as sparse rows over the bins of a power spectrum.
///
/// `mel = 1127 ln(1 + f / 700)`; edges are rounded down to bins. Source: the reference's `filterbanks`, after
/// S. Davis, P. Mermelstein (1980), with the scale of O'Shaughnessy.
public struct MelFilterBank: Sendable {
  /// How frequencies map to bins.
  public enum BinRule: Sendable {
    /// `floor((length + 1) f / rate)`.
    case fullSpectrum
    /// `floor((length / 2 + 2) f / rate)`: the bank covers only the lower half of the bins. Versions 1 to 3 do this.
    case lowerHalf
  }

  /// The bins of one filter: from `firstBin` on, as many as it has weights.
  private struct Filter: Sendable {
    var firstBin: Int
    /// Its places in the weights of all filters.
    var weights: Range<Int>
  }

  private let filters: [Filter]
  private let weights: [Double]
  /// First filter that covers no bin, if there is one.
  public let emptyFilter: Int?
  /// Edges of the filters as bins: filter `i` rises from `edges[i]` to `edges[i + 1]` and falls to `edges[i + 2]`.
  public let edges: [Int]

  /// - Parameters:
  ///   - count: filters, at least 1.
  ///   - length: transform length.
  ///   - frequency: sampling rate in Hz.
  ///   - low, high: edges of the whole bank in Hz, `0 <= low <= high <= frequency / 2`.
  public init(count: Int, length: Int, frequency: Double, low: Double, high: Double, rule: BinRule) {
    edges =
      MelEdges(
        count: count, length: length, frequency: frequency, low: low, high: high, rule: rule
      ).bins
    var filters: [Filter] = []
    var weights: [Double] = []
    var empty: Int?
    for index in 0..<count {
      let (left, center, right) = (edges[index], edges[index + 1], edges[index + 2])
      if left == center && center == right && empty == nil { empty = index }
      let start = weights.count
      weights += (left...max(left, right)).map(MelTriangle(left: left, center: center, right: right).weight)
      filters.append(Filter(firstBin: left, weights: start..<weights.count))
    }
    self.filters = filters
    self.weights = weights
    emptyFilter = empty
  }

  /// Filters.
  public var count: Int { filters.count }

  /// Energies of a batch of frames: `count` rows of `frameLanes` values from the rows of `power`. An exact zero becomes
  /// 1e-10.
  public func apply(_ power: UnsafePointer<Double>, into energies: UnsafeMutablePointer<Double>) {
    let floor = DoubleLanes(repeating: 1e-10)
    weights.withUnsafeBufferPointer { weights in
      for (row, filter) in filters.enumerated() {
        for lane in stride(from: 0, to: frameLanes, by: DoubleLanes.width) {
          var sum = DoubleLanes(repeating: 0)
          var source = power + filter.firstBin * frameLanes + lane
          for place in filter.weights {
            sum += DoubleLanes(repeating: weights[place]) * DoubleLanes(source)
            source += frameLanes
          }
          sum.equalToZero(floor, else: sum).store(energies + row * frameLanes + lane)
        }
      }
    }
  }
}
