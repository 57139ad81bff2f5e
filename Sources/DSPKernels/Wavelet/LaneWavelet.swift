/// Multilevel discrete wavelet transform of the windows in a batch.
///
/// Signals continue past their ends as mirror images that repeat the first and the last row
/// (`x1 x0 | x0 x1 … xn-1 | xn-1 xn-2`). A level turns N rows into `(N + F - 1) / 2` rows of approximation and as many
/// of detail, F being the filter's length; the next level splits the approximation.
///
/// Every coefficient is summed in PyWavelets' order in the data's own type, so that Float results have its bits.
///
/// Source: `downsampling_convolution` in PyWavelets 1.3.0, `pywt/_extensions/c/convolution.template.c`.
public struct LaneWavelet: Sendable {
  /// One coefficient near an end: its row, and the input rows of its taps in the order of summation.
  private struct Edge: Sendable {
    let output: Int
    let terms: [(tap: Int, row: Int)]
  }

  private struct Level: Sendable {
    let inputRows: Int
    let outputRows: Int
    /// Coefficients all of whose rows exist; the others are edges.
    let inner: Range<Int>
    let edges: [Edge]
  }

  /// Rows of the signal.
  public let rows: Int
  /// How often the signal is split; 0 leaves it whole.
  public let levels: Int
  /// The wavelet.
  public let filter: WaveletFilter
  /// Rows of each band: the deepest approximation, the deepest detail, and on to the finest detail.
  public let bandRows: [Int]

  private let plan: [Level]

  /// - Parameters:
  ///   - rows: rows of the signal, at least 1.
  ///   - levels: 0 or more.
  public init(rows: Int, levels: Int, filter: WaveletFilter) {
    precondition(rows > 0 && levels >= 0, "a transform needs rows and cannot have \(levels) levels")
    self.rows = rows
    self.levels = levels
    self.filter = filter
    var plan: [Level] = []
    var remaining = rows
    for _ in 0..<levels {
      let level = Self.level(rows: remaining, length: filter.lowpass.count)
      plan.append(level)
      remaining = level.outputRows
    }
    self.plan = plan
    bandRows = [remaining] + plan.reversed().map(\.outputRows)
  }

  private static func level(rows: Int, length: Int) -> Level {
    let outputRows = (rows + length - 1) / 2
    // Coefficient k reaches from row 2k + 2 - length to row 2k + 1.
    let first = min((length - 1) / 2, outputRows)
    let inner = first..<max(first, min(rows / 2, outputRows))
    let edges = (0..<outputRows).filter { !inner.contains($0) }.map { k in
      // Rows past the end come first, from the end outwards; all others follow with rising taps.
      let newest = 2 * k + 1
      let past = max(0, min(length, newest - rows + 1))
      let order = (0..<past).reversed() + Array(past..<length)
      return Edge(output: k, terms: order.map { (tap: $0, row: mirrored(newest - $0, rows)) })
    }
    return Level(inputRows: rows, outputRows: outputRows, inner: inner, edges: edges)
  }

  /// The row that stands at any position of the mirrored signal.
  private static func mirrored(_ row: Int, _ rows: Int) -> Int {
    let period = 2 * rows
    let position = ((row % period) + period) % period
    return position < rows ? position : period - 1 - position
  }

  /// Rows that level `level` (0 is the finest) splits.
  func inputRows(_ level: Int) -> Int { plan[level].inputRows }
  /// Rows of approximation, and of detail, that level `level` gives.
  func outputRows(_ level: Int) -> Int { plan[level].outputRows }

  /// Splits a Float signal once.
  ///
  /// - Parameters:
  ///   - level: 0 for the signal itself, 1 for its approximation, and so on.
  ///   - x: `inputRows(level)` rows of `laneCount` values.
  ///   - approximation, detail: receive `outputRows(level)` rows each; neither may overlap `x`.
  func split(
    _ level: Int, _ x: UnsafePointer<Float>, approximation: UnsafeMutablePointer<Float>,
    detail: UnsafeMutablePointer<Float>
  ) {
    filter.floatTaps.lowpass.withUnsafeBufferPointer { low in
      filter.floatTaps.highpass.withUnsafeBufferPointer { high in
        split(plan[level], x, FloatLanes.self, low, high, approximation, detail)
      }
    }
  }

  /// The same for data that decimation has made Double.
  func split(
    _ level: Int, _ x: UnsafePointer<Double>, approximation: UnsafeMutablePointer<Double>,
    detail: UnsafeMutablePointer<Double>
  ) {
    filter.lowpass.withUnsafeBufferPointer { low in
      filter.highpass.withUnsafeBufferPointer { high in
        split(plan[level], x, DoubleLanes.self, low, high, approximation, detail)
      }
    }
  }

  @inline(__always)
  private func split<V: LaneVector>(
    _ level: Level, _ x: UnsafePointer<V.Scalar>, _: V.Type, _ low: UnsafeBufferPointer<V.Scalar>,
    _ high: UnsafeBufferPointer<V.Scalar>, _ approximation: UnsafeMutablePointer<V.Scalar>,
    _ detail: UnsafeMutablePointer<V.Scalar>
  ) {
    let length = low.count
    // Two columns at a time: four independent sums hide the latency of an addition.
    for lane in stride(from: 0, to: laneCount, by: 2 * V.width) {
      @inline(__always) func coefficient(_ k: Int, _ count: Int, _ term: (Int) -> (tap: Int, row: Int)) {
        var sums = (V(repeating: 0), V(repeating: 0), V(repeating: 0), V(repeating: 0))
        for j in 0..<count {
          let (tap, row) = term(j)
          let (l, h) = (V(repeating: low[tap]), V(repeating: high[tap]))
          let left = V(x + row * laneCount + lane)
          let right = V(x + row * laneCount + lane + V.width)
          sums.0 += l * left
          sums.1 += l * right
          sums.2 += h * left
          sums.3 += h * right
        }
        let output = k * laneCount + lane
        sums.0.store(approximation + output)
        sums.1.store(approximation + output + V.width)
        sums.2.store(detail + output)
        sums.3.store(detail + output + V.width)
      }
      for k in level.inner { coefficient(k, length) { (tap: $0, row: 2 * k + 1 - $0) } }
      for edge in level.edges {
        edge.terms.withUnsafeBufferPointer { terms in
          coefficient(edge.output, length) { terms[$0] }
        }
      }
    }
  }
}
