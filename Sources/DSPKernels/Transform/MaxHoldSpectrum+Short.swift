/// Real Fourier transforms of 16, 32 and 64 rows, one window a lane, in Double.
///
/// The same operations in the same order as `LaneTransform`, hence the same bits, but with the passes written out: the
/// last one goes through the split into the bins of the real transform, and on into the maximum, without leaving the
/// registers. Of a transform of 16 rows that is all.
struct ShortTransform: Sendable {
  /// Transform length.
  let length: Int
  /// Twiddles of the first pass: butterfly p, output j, at `2 * (p * (radix - 1) + j - 1)`.
  private let twiddles: [Double]
  /// `exp(-2πi k / length)` for k in 0..<length/4.
  private let split: [Double]

  /// Nil for other lengths than 16, 32 and 64.
  init?(length: Int) {
    guard [16, 32, 64].contains(length) else { return nil }
    self.length = length
    let half = length / 2
    let radix = Self.firstRadix(length)
    twiddles = (0..<half / radix).flatMap { p in
      (1..<radix).flatMap { j in
        let root = rootOfUnity(j * p, of: half)
        return [root.real, root.imaginary]
      }
    }
    split = (0..<half / 2).flatMap { k in
      let root = rootOfUnity(k, of: length)
      return [root.real, root.imaginary]
    }
  }

  private static func firstRadix(_ length: Int) -> Int { length == 32 ? 4 : 8 }

  /// Doubles of scratch that `holdPower` needs.
  var scratchCount: Int { length * DoubleLanes.width }

  /// Holds the larger of `power` and the squared magnitudes of each frame, times 4, in bins 0...length/2.
  ///
  /// - Parameters:
  ///   - x: rows of `laneCount` values; one vector's column of them.
  ///   - starts: first rows of the frames.
  ///   - power: `length / 2 + 1` rows of `laneCount` values, the same column.
  ///   - scratch: `scratchCount` aligned values.
  @inline(__always)
  func holdPower<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, starts: StrideTo<Int>, into power: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    twiddles.withUnsafeBufferPointer { twiddles in
      split.withUnsafeBufferPointer { split in
        let bins = HeldBins(power: power, half: length / 2, roots: split)
        for start in starts {
          let frame = x + start * laneCount
          switch length {
          case 16: Self.transform16(frame, V.self, bins)
          case 32:
            Self.pass4(frame, V.self, twiddles, to: scratch)
            Self.lastPass(scratch, group: 4, bins)
          default:
            Self.pass8(frame, V.self, twiddles, to: scratch)
            Self.lastPass(scratch, group: 8, bins)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func transform16<V: LaneVector>(_ frame: UnsafePointer<V.Scalar>, _: V.Type, _ bins: HeldBins) {
    let z = LaneComplex.transform8 { LaneComplex(rows: frame, $0, V.self) }
    bins.holdEnds(z.0, middle: z.4)
    bins.holdPair(1, z.1, z.7)
    bins.holdPair(2, z.2, z.6)
    bins.holdPair(3, z.3, z.5)
  }

  /// Four butterflies of radix 8. The first one's twiddles are 1: a product with 0 would make NaN of infinity.
  @inline(__always)
  private static func pass8<V: LaneVector>(
    _ frame: UnsafePointer<V.Scalar>, _: V.Type, _ twiddles: UnsafeBufferPointer<Double>,
    to scratch: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func butterfly(_ p: Int, _ turn: (LaneComplex, Int) -> LaneComplex) {
      let y = LaneComplex.transform8 { LaneComplex(rows: frame, p + 4 * $0, V.self) }
      y.0.store(scratch, 8 * p)
      turn(y.1, 14 * p).store(scratch, 8 * p + 1)
      turn(y.2, 14 * p + 2).store(scratch, 8 * p + 2)
      turn(y.3, 14 * p + 4).store(scratch, 8 * p + 3)
      turn(y.4, 14 * p + 6).store(scratch, 8 * p + 4)
      turn(y.5, 14 * p + 8).store(scratch, 8 * p + 5)
      turn(y.6, 14 * p + 10).store(scratch, 8 * p + 6)
      turn(y.7, 14 * p + 12).store(scratch, 8 * p + 7)
    }
    butterfly(0) { z, _ in z }
    for p in 1..<4 { butterfly(p) { $0.turned(twiddles, $1) } }
  }

  /// Four butterflies of radix 4, likewise.
  @inline(__always)
  private static func pass4<V: LaneVector>(
    _ frame: UnsafePointer<V.Scalar>, _: V.Type, _ twiddles: UnsafeBufferPointer<Double>,
    to scratch: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func butterfly(_ p: Int, _ turn: (LaneComplex, Int) -> LaneComplex) {
      let y = LaneComplex.transform4(
        LaneComplex(rows: frame, p, V.self), LaneComplex(rows: frame, p + 4, V.self),
        LaneComplex(rows: frame, p + 8, V.self), LaneComplex(rows: frame, p + 12, V.self))
      y.0.store(scratch, 4 * p)
      turn(y.1, 6 * p).store(scratch, 4 * p + 1)
      turn(y.2, 6 * p + 2).store(scratch, 4 * p + 2)
      turn(y.3, 6 * p + 4).store(scratch, 4 * p + 3)
    }
    butterfly(0) { z, _ in z }
    for p in 1..<4 { butterfly(p) { $0.turned(twiddles, $1) } }
  }

  /// Butterflies of radix 4 without twiddles, taken in pairs whose outputs are each other's mirror images.
  @inline(__always)
  private static func lastPass(_ scratch: UnsafeMutablePointer<Double>, group: Int, _ bins: HeldBins) {
    @inline(__always) func butterfly(_ q: Int) -> (LaneComplex, LaneComplex, LaneComplex, LaneComplex) {
      LaneComplex.transform4(
        LaneComplex(scratch, q), LaneComplex(scratch, q + group), LaneComplex(scratch, q + 2 * group),
        LaneComplex(scratch, q + 3 * group))
    }
    let first = butterfly(0)
    bins.holdEnds(first.0, middle: first.2)
    bins.holdPair(group, first.1, first.3)
    let middle = butterfly(group / 2)
    bins.holdPair(group / 2, middle.0, middle.3)
    bins.holdPair(group / 2 + group, middle.1, middle.2)
    for q in 1..<group / 2 {
      let (a, b) = (butterfly(q), butterfly(group - q))
      bins.holdPair(q, a.0, b.3)
      bins.holdPair(group - q, b.0, a.3)
      bins.holdPair(group + q, a.1, b.2)
      bins.holdPair(2 * group - q, b.1, a.2)
    }
  }
}

/// The bins of a real transform and the largest power of each so far, times 4.
private struct HeldBins {
  let power: UnsafeMutablePointer<Double>
  /// Length of the complex transform.
  let half: Int
  let roots: UnsafeBufferPointer<Double>

  @inline(__always) private func hold(_ bin: Int, _ value: DoubleLanes) {
    let held = power + bin * laneCount
    DoubleLanes.holdPower(DoubleLanes(held), value).store(held)
  }

  /// Bins 0 and `half` from the complex bin 0, bin `half / 2` from its namesake.
  @inline(__always) func holdEnds(_ first: LaneComplex, middle: LaneComplex) {
    let four = DoubleLanes(repeating: 4)
    let dc = first.real + first.imaginary
    let nyquist = first.real - first.imaginary
    hold(0, four * (dc * dc))
    hold(half, four * (nyquist * nyquist))
    hold(half / 2, four * middle.squaredMagnitude)
  }

  /// Bins k and half − k from the complex bins k and half − k, for k below half / 2.
  @inline(__always) func holdPair(_ k: Int, _ a: LaneComplex, _ b: LaneComplex) {
    let even = LaneComplex(a.real + b.real, a.imaginary - b.imaginary)
    let odd = LaneComplex(a.imaginary + b.imaginary, b.real - a.real).turned(roots, 2 * k)
    hold(k, (even + odd).squaredMagnitude)
    hold(half - k, (even - odd).squaredMagnitude)
  }
}

extension LaneComplex {
  /// Transform of length 8.
  @inline(__always)
  fileprivate static func transform8(
    _ z: (Int) -> Self
  ) -> (Self, Self, Self, Self, Self, Self, Self, Self) {
    let h = DoubleLanes(repeating: 0.5.squareRoot())
    let minusH = DoubleLanes(repeating: -(0.5.squareRoot()))
    let e = transform4(z(0), z(2), z(4), z(6))
    let o = transform4(z(1), z(3), z(5), z(7))
    let o1 = Self(h * (o.1.real + o.1.imaginary), h * (o.1.imaginary - o.1.real))
    let o3 = Self(h * (o.3.imaginary - o.3.real), minusH * (o.3.real + o.3.imaginary))
    return (
      e.0 + o.0, e.1 + o1, e.2.minusTurned(o.2), e.3 + o3, e.0 - o.0, e.1 - o1, e.2.plusTurned(o.2), e.3 - o3
    )
  }
}
