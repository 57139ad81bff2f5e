/// Frames of 16 rows that overlap by half, one window a lane, in Double.
///
/// A frame's transform is that of its first eight rows plus, turned by `(-1)^k`, that of its last eight; and the last
/// eight rows of a frame are the first of the next. So each run of eight rows is transformed once, as if zeros
/// followed, and each frame adds two of these: a third less arithmetic than a transform a frame.
///
/// Even bins of a run are the transform of its eight rows. Of the odd bins, `Σ a(n) w^(nk)` with `w = exp(-2πi / 16)`,
/// rows n and n + 4 join in `u(n) = (a(n) - i a(n + 4)) w^n`: the transform of these four values has the bins 1, 5,
/// 9 and 13, and the latter two are the conjugates of 7 and 3. All bins are kept as conjugates, or not, as it comes:
/// powers do not tell.
enum OverlappedHalves {
  /// Rows of a run, and from one frame to the next.
  static let rows = 8

  /// What a run contributes to the bins 0 to 8; the first and the last have no imaginary part.
  private struct Run {
    var first: DoubleLanes
    var last: DoubleLanes
    /// Bins 2, 4 and 6.
    var even: (LaneComplex, LaneComplex, LaneComplex)
    /// Bins 1, 3, 7 and 5.
    var odd: (LaneComplex, LaneComplex, LaneComplex, LaneComplex)

    @inline(__always)
    init<V: LaneVector>(_ x: UnsafePointer<V.Scalar>, _: V.Type) {
      @inline(__always) func c(_ value: Double) -> DoubleLanes { DoubleLanes(repeating: value) }
      @inline(__always) func a(_ row: Int) -> DoubleLanes { V.loadDouble(x + row * laneCount) }
      let (a0, a1, a2, a3, a4, a5, a6, a7) = (a(0), a(1), a(2), a(3), a(4), a(5), a(6), a(7))
      let h = c(0.5.squareRoot())

      // 1. Even bins: a real transform of length 8.
      let (s0, s1, s2, s3) = (a0 + a4, a1 + a5, a2 + a6, a3 + a7)
      let (d0, d1, d2, d3) = (a0 - a4, a1 - a5, a2 - a6, a3 - a7)
      let (s02, s13) = (s0 + s2, s1 + s3)
      let (p, q) = (h * (d1 - d3), h * (d1 + d3))
      first = s02 + s13
      last = s02 - s13
      even = (LaneComplex(d0 + p, d2 + q), LaneComplex(s0 - s2, s1 - s3), LaneComplex(d0 - p, d2 - q))

      // 2. Odd bins: the conjugates of u, transformed.
      let (cosine, sine) = (c(0.92387953251128675613), c(0.38268343236508977173))
      odd = LaneComplex.transform4(
        LaneComplex(a0, a4), LaneComplex(a1 * cosine - a5 * sine, a1 * sine + a5 * cosine),
        LaneComplex(h * (a2 - a6), h * (a2 + a6)), LaneComplex(a3 * sine - a7 * cosine, a3 * cosine + a7 * sine))
    }
  }

  /// Holds the larger of `power` and the squared magnitudes of each frame in bins 0 to 8.
  ///
  /// - Parameters:
  ///   - x: `(frames + 1) * 8` rows of `laneCount` values; one vector's column of them.
  ///   - power: nine rows of `laneCount` values, the same column.
  @inline(__always)
  static func holdPower<V: LaneVector>(
    _ x: UnsafePointer<V.Scalar>, _: V.Type, frames: Int, into power: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func hold(_ bin: Int, _ value: DoubleLanes) {
      let held = power + bin * laneCount
      DoubleLanes.holdPower(DoubleLanes(held), value).store(held)
    }
    var a = Run(x, V.self)
    for frame in 1...max(frames, 1) {
      let b = Run(x + frame * rows * laneCount, V.self)
      let (first, last) = (a.first + b.first, a.last + b.last)
      hold(0, first * first)
      hold(8, last * last)
      hold(2, (a.even.0 + b.even.0).squaredMagnitude)
      hold(4, (a.even.1 + b.even.1).squaredMagnitude)
      hold(6, (a.even.2 + b.even.2).squaredMagnitude)
      hold(1, (a.odd.0 - b.odd.0).squaredMagnitude)
      hold(3, (a.odd.1 - b.odd.1).squaredMagnitude)
      hold(7, (a.odd.2 - b.odd.2).squaredMagnitude)
      hold(5, (a.odd.3 - b.odd.3).squaredMagnitude)
      a = b
    }
  }
}
