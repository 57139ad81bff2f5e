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
  /// Up to this magnitude a constant lane has entropy 0: its bins are 0.01 wide, 20 times what Float can tell apart
  /// there, so that no edges collide. Beyond, rounding decides, and the lane goes the exact way.
  private static let largestPlainConstant = 4096.0
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
    /// One vector's column of deviations of densities, of places in bins (at the end of sums), and of what these add.
    let density: LaneBuffer<Double>
    let places: LaneBuffer<Double>
    let growth: LaneBuffer<Double>
    /// Minimum and bin width of each lane; then 1 where the lane needs the exact way.
    let ranges = LaneBuffer<Double>(count: 3 * laneCount)
    /// The ranges in the data's type: see `Range`.
    let rounded = LaneBuffer<Double>(count: 5 * laneCount)
    let result = LaneBuffer<Double>(count: laneCount)
    init(rows: Int) {
      density = LaneBuffer(count: rows * DoubleLanes.width)
      places = LaneBuffer(count: rows * DoubleLanes.width)
      growth = LaneBuffer(count: rows * FloatLanes.width)
    }
  }

  /// Bytes of the scratch.
  var scratchByteCount: Int {
    (rows * (2 * DoubleLanes.width + FloatLanes.width) + 9 * laneCount) * MemoryLayout<Double>.stride
  }

  /// Measures a batch.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `laneCount` values, each lane sorted.
  ///   - windows: lanes that hold a window, from the first on.
  ///   - entropy: receives a value for each of them.
  @inline(__always)
  func run<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, windows: Int, into entropy: UnsafeMutablePointer<Float>,
    _ scratch: Scratch
  ) {
    let rounded = UnsafeMutableRawPointer(scratch.rounded.base).assumingMemoryBound(to: V.Scalar.self)
    prepareRanges(x, rounded, scratch)
    let isIrregular = scratch.ranges.base + 2 * laneCount
    for lane in stride(from: 0, to: windows, by: V.width) {
      // A sensor at rest leaves whole vectors of constant lanes.
      guard (lane..<lane + V.width).contains(where: { isIrregular[$0] == 0 }) else { continue }
      column(x + lane, V.self, rounded + lane, lane, scratch)
    }
    for lane in 0..<windows {
      entropy[lane] = Float(isIrregular[lane] != 0 ? irregularEntropy(x, lane, entropy) : scratch.result.base[lane])
    }
  }

  /// A lane that the series of `column` does not hold for.
  ///
  /// - Parameter entropy: the results of the lanes before.
  private func irregularEntropy<T: BinaryFloatingPoint>(
    _ x: UnsafePointer<T>, _ lane: Int, _ entropy: UnsafePointer<Float>
  ) -> Double {
    let (low, high) = (x[lane], x[(rows - 1) * laneCount + lane])
    guard low.isFinite && high.isFinite else { return .nan }
    if low == high {
      if Double(abs(low)) <= Self.largestPlainConstant { return 0 }
      // Neighbouring windows often rest at the same value.
      let last = x + (rows - 1) * laneCount
      if lane > 0 && x[lane - 1] == low && last[lane - 1] == low { return Double(entropy[lane - 1]) }
    }
    return exactEntropy(x + lane)
  }

  /// Rows of the ranges in the data's type: minimum, maximum, inverse of the bin width, and the width in two parts.
  private enum Range {
    static var low: Int { 0 }
    static var high: Int { laneCount }
    static var inverse: Int { 2 * laneCount }
    static var width: Int { 3 * laneCount }
    static var widthRest: Int { 4 * laneCount }
  }

  @inline(__always)
  private func prepareRanges<T: BinaryFloatingPoint>(
    _ x: UnsafePointer<T>, _ rounded: UnsafeMutablePointer<T>, _ scratch: Scratch
  ) {
    let ranges = scratch.ranges.base
    // Between these limits nothing below is subnormal or infinite.
    let smallest: Double = T.self == Float.self ? 0x1p-90 : 0x1p-900
    let largest: Double = T.self == Float.self ? 0x1p100 : 0x1p900
    for lane in 0..<laneCount {
      let low = Double(x[lane])
      let high = Double(x[(rows - 1) * laneCount + lane])
      let width = (high - low) / Double(Self.bins)
      ranges[lane] = low
      ranges[laneCount + lane] = width
      rounded[Range.low + lane] = x[lane]
      rounded[Range.high + lane] = x[(rows - 1) * laneCount + lane]
      rounded[Range.inverse + lane] = T(1 / width)
      rounded[Range.width + lane] = T(width)
      rounded[Range.widthRest + lane] = T(width - Double(T(width)))
      // An edge is off by half an ulp of the largest value.
      let rounding = max(abs(low), abs(high)) * Double(T.ulpOfOne)
      let isRegular = width > smallest && width < largest && rounding <= Self.tolerance * width
      ranges[2 * laneCount + lane] = isRegular ? 0 : 1
    }
  }

  /// One vector of lanes whose bins are almost equally wide.
  ///
  /// With r the common width by the bin's own and c its count, p is `c r / Σ c r`. Summed value by value, because the
  /// values of a bin are neighbours: `Σ c r ln (c r) = Σ r (growth(place in the bin) + ln r)`, and the entropy is
  /// `ln Q - (that sum) / Q` with `Q = Σ r`. A bin is wider by a share e of the common width, so that
  /// `r = 1 / (1 + e) = 1 + d`; e is so small that three terms of a series give d and `r ln r`, and so small that d
  /// needs no more digits than the data has.
  @inline(__always)
  private func column<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, _ range: UnsafePointer<V.Scalar>, _ lane: Int, _ scratch: Scratch
  ) {
    @inline(__always) func c(_ value: V.Scalar) -> V { V(repeating: value) }
    @inline(__always) func scalars(_ buffer: LaneBuffer<Double>) -> UnsafeMutablePointer<V.Scalar> {
      UnsafeMutableRawPointer(buffer.base).assumingMemoryBound(to: V.Scalar.self)
    }
    let density = scalars(scratch.density)
    let places = scalars(scratch.places)
    let lows = scratch.ranges.base + lane
    let low = V(range + Range.low)
    let high = V(range + Range.high)
    let inverse = V(range + Range.inverse)
    let width = V(range + Range.width)
    let widthRest = V(range + Range.widthRest)
    let last = c(V.Scalar(Self.bins) - 0.5)
    let nearest = c(V.nearestBias)
    @inline(__always) func edge(_ k: V) -> V {
      k.atMost(last, V.line(k, slope: lows + laneCount, offset: lows), else: high)
    }

    // 1. The bin of each value, and its place in the bin.
    var previous = c(-1)
    // Biased from the start: a lane of NaN may go on in the bin that there was not.
    var place = c(V.integerBias)
    var logarithms = c(0)
    for row in 0..<rows {
      let value = V(x + row * laneCount)
      // The nearest edge is the only one whose side is in doubt.
      let k = ((value - low) * inverse + nearest) - nearest
      let near = edge(k)
      let side = k.atMost(last, near.atMost(value, c(1), else: c(-1)), else: c(-1))
      let far = edge(k + side)
      let middle = k + k + side
      place = middle.atMost(previous, place, else: c(V.integerBias)) + c(1)
      previous = middle
      // 2. d, and r ln r - d. A bin's width is rounded to the data's type; its difference from the common one is exact.
      let e = (((far - near) * side - width) - widthRest) * inverse
      let square = e * e
      let d = square * (c(1) - e) - e
      logarithms += square * (c(0.5) - c(5.0 / 6) * e)
      d.store(density + row * V.width)
      place.store(places + row * V.width)
    }
    // 3. Places to what they add, one by one; then all at once.
    growth.withUnsafeBufferPointer { growth in
      let target = scratch.growth.base
      for i in 0..<rows * V.width { target[i] = growth[V.integer(places[i])] }
    }
    logarithms.store(places)
    for part in stride(from: 0, to: V.width, by: DoubleLanes.width) {
      let sums = densitySums(density + part, V.self, scratch.growth.base + part)
      let total = DoubleLanes(repeating: Double(rows)) + sums.deviations
      let all = sums.growth + (V.loadDouble(places + part) + sums.deviations)
      (total.log() - all / total).store(scratch.result.base + lane + part)
    }
  }

  /// `Σ d` and `Σ growth r` of a vector of lanes, in Double: many equal deviations add up to what Float rounds off.
  @inline(__always)
  private func densitySums<V: LaneVector>(
    _ density: UnsafePointer<V.Scalar>, _: V.Type, _ growth: UnsafePointer<Double>
  ) -> (deviations: DoubleLanes, growth: DoubleLanes) {
    var deviations = DoubleLanes(repeating: 0)
    var plain = deviations
    var weighted = deviations
    for row in 0..<rows {
      let g = DoubleLanes(growth + row * V.width)
      let d = V.loadDouble(density + row * V.width)
      deviations += d
      plain += g
      weighted += d * g
    }
    return (deviations, plain + weighted)
  }

  /// One lane as NumPy and SciPy do it: constant, or so narrow for its distance from zero that rounding shapes the
  /// bins.
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
