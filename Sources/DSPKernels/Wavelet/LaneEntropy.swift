import Glibc

/// Entropy of each window's histogram, in nats.
///
/// The histogram has 100 bins from the window's minimum to its maximum. Edges are evenly spaced in Double and then
/// rounded to the data's type; a value belongs to the last edge that is not above it, the maximum to the last bin.
/// A bin's density is its count by its rounded width; densities are normalised to probabilities p, and the entropy is
/// `-Σ p ln p`. A constant window has entropy 0. Where rounding makes edges collide the entropy is NaN, as in NumPy.
///
/// Sources: `numpy.histogram` and `numpy.linspace` of NumPy 1.21.5, `scipy.stats.entropy` of SciPy 1.7.3.
struct LaneEntropy: Sendable {
  static let bins = 100
  /// Widths of bins may differ by this share for the series of `run` to hold; Float data is 10 times better.
  private static let tolerance = 1e-4
  /// Added to a number, it leaves the number's integer in the low bits.
  private static let integer = 0x1p52
  /// The same for numbers of either sign, to round to the nearest integer.
  private static let nearest = 0x1.8p52

  /// Rows of a window.
  let rows: Int
  /// What the count of a bin adds to `Σ c ln c` when it becomes c.
  private let growth: [Double]

  init(rows: Int) {
    self.rows = rows
    func term(_ c: Int) -> Double { c == 0 ? 0 : Double(c) * log(Double(c)) }
    growth = [0] + (1...rows).map { term($0) - term($0 - 1) }
  }

  /// Memory of one thread.
  final class Scratch {
    /// One vector's column of relative densities, and of counts.
    let density: LaneBuffer<Double>
    let counts: LaneBuffer<Double>
    /// Minimum, bin width, its inverse and maximum of each lane; then 1 where the lane needs the exact way.
    let ranges = LaneBuffer<Double>(count: 5 * laneCount)
    let result = LaneBuffer<Double>(count: laneCount)
    init(rows: Int) {
      density = LaneBuffer(count: rows * DoubleLanes.width)
      counts = LaneBuffer(count: rows * DoubleLanes.width)
    }
  }

  /// Bytes of the scratch.
  var scratchByteCount: Int { (2 * rows * DoubleLanes.width + 6 * laneCount) * MemoryLayout<Double>.stride }

  /// Measures a batch.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `laneCount` values, each lane sorted.
  ///   - entropy: receives `laneCount` values.
  @inline(__always)
  func run<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, into entropy: UnsafeMutablePointer<Float>, _ scratch: Scratch
  ) {
    prepareRanges(x, scratch)
    for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
      column(x + lane, V.self, lane, scratch)
    }
    for lane in 0..<laneCount {
      let isExact = scratch.ranges.base[4 * laneCount + lane] != 0
      entropy[lane] = Float(isExact ? exactEntropy(x + lane) : scratch.result.base[lane])
    }
  }

  @inline(__always)
  private func prepareRanges<T: BinaryFloatingPoint>(_ x: UnsafePointer<T>, _ scratch: Scratch) {
    let ranges = scratch.ranges.base
    let smallest: Double = T.self == Float.self ? 0x1p-100 : 0x1p-900
    for lane in 0..<laneCount {
      let low = Double(x[lane])
      let high = Double(x[(rows - 1) * laneCount + lane])
      let width = (high - low) / Double(Self.bins)
      ranges[lane] = low
      ranges[laneCount + lane] = width
      ranges[2 * laneCount + lane] = 1 / width
      ranges[3 * laneCount + lane] = high
      // An edge is off by half an ulp of the largest value.
      let rounding = max(abs(low), abs(high)) * Double(T.ulpOfOne)
      let isRegular = width > smallest && width < 0x1p900 && rounding <= Self.tolerance * width
      ranges[4 * laneCount + lane] = isRegular ? 0 : 1
    }
  }

  /// One vector of lanes whose bins are almost equally wide.
  ///
  /// With r the common width by the bin's own and c its count, p is `c r / Σ c r`. Summed value by value, because the
  /// values of a bin are neighbours: `Σ c r ln (c r) = Σ r (growth(position in the bin) + ln r)`, and the entropy is
  /// `ln Q - (that sum) / Q` with `Q = Σ r`. r is so close to 1 that three terms of a series give its logarithm.
  @inline(__always)
  private func column<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, _ lane: Int, _ scratch: Scratch
  ) {
    @inline(__always) func c(_ value: Double) -> DoubleLanes { DoubleLanes(repeating: value) }
    let density = scratch.density.base
    let counts = scratch.counts.base
    let ranges = scratch.ranges.base + lane
    let low = DoubleLanes(ranges)
    let width = DoubleLanes(ranges + laneCount)
    let inverse = DoubleLanes(ranges + 2 * laneCount)
    let high = DoubleLanes(ranges + 3 * laneCount)
    @inline(__always) func edge(_ k: DoubleLanes) -> DoubleLanes {
      k.atMost(c(Double(Self.bins) - 0.5), (k * width + low).rounded(to: V.self), else: high)
    }

    // 1. The bin of each value, and its place in the bin.
    var previous = c(-1)
    var place = c(0)
    var total = c(0)
    var logarithms = c(0)
    for row in 0..<rows {
      let value = V.loadDouble(x + row * laneCount)
      // The nearest edge is the only one whose side is in doubt.
      let k = ((value - low) * inverse + c(Self.nearest)) - c(Self.nearest)
      let near = edge(k)
      let side = k.atMost(c(Double(Self.bins) - 0.5), near.atMost(value, c(1), else: c(-1)), else: c(-1))
      let far = edge(k + side)
      let middle = k + k + side
      place = middle.atMost(previous, place, else: c(Self.integer)) + c(1)
      previous = middle
      // 2. r = 1 / (1 + e) and its logarithm.
      let e = (((far - near) * side).rounded(to: V.self) - width) * inverse
      let r = c(1) - e * (c(1) - e * (c(1) - e))
      let logarithm = c(0) - e * (c(1) - e * (c(0.5) - e * c(1.0 / 3)))
      total += r
      logarithms += r * logarithm
      r.store(density + row * DoubleLanes.width)
      place.store(counts + row * DoubleLanes.width)
    }
    // 3. Counts to what they add, one by one; then all at once.
    growth.withUnsafeBufferPointer { growth in
      for i in 0..<rows * DoubleLanes.width {
        counts[i] = growth[Int(truncatingIfNeeded: counts[i].bitPattern & 0xffff_ffff)]
      }
    }
    for row in 0..<rows {
      logarithms += DoubleLanes(density + row * DoubleLanes.width) * DoubleLanes(counts + row * DoubleLanes.width)
    }
    let result = scratch.result.base + lane
    for i in 0..<DoubleLanes.width { result[i] = log(total.raw[i]) }
    (DoubleLanes(result) - logarithms / total).store(result)
  }

  /// One lane as NumPy and SciPy do it: constant, or so narrow for its distance from zero that rounding shapes the bins.
  private func exactEntropy<T: BinaryFloatingPoint>(_ x: UnsafePointer<T>) -> Double {
    var low = Double(x[0])
    var high = Double(x[(rows - 1) * laneCount])
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let range = high - low
    let step = range / Double(Self.bins)
    func edge(_ k: Int) -> T {
      if k == Self.bins { return T(high) }
      let offset = step == 0 ? Double(k) / Double(Self.bins) * range : Double(k) * step
      return T(offset + low)
    }
    // Two passes over the bins: densities are scaled to sum 1 before their logarithm is taken.
    func forEachDensity(_ body: (Double) -> Void) {
      var row = 0
      var left = edge(0)
      for bin in 0..<Self.bins {
        let right = edge(bin + 1)
        let first = row
        while row < rows && (bin == Self.bins - 1 || x[row * laneCount] < right) { row += 1 }
        body(Double(row - first) / Double(right - left) / Double(rows))
        left = right
      }
    }
    var total = 0.0
    forEachDensity { total += $0 }
    var entropy = 0.0
    forEachDensity { density in
      let p = density / total
      if p != 0 { entropy -= p * log(p) }
    }
    return entropy
  }
}

extension DoubleLanes {
  /// Rounds to the type that `V` holds.
  @inline(__always) func rounded<V: LaneVector>(to _: V.Type) -> DoubleLanes {
    V.self == FloatLanes.self ? roundedToFloat : self
  }
}
