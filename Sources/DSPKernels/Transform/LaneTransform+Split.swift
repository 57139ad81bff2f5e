/// The split of a complex transform of the even and odd rows into the bins of the real transform, and their power.
extension LaneTransform {
  /// Four times the power of the real transform's bins, from the bins of the complex one.
  @inline(__always)
  func splitReal(_ z: UnsafeMutablePointer<Double>, _ use: (Int, DoubleLanes) -> Void) {
    let half = length / 2
    splitEnds(LaneComplex(z, 0), use)
    if half < 2 { return }
    splitMiddle(LaneComplex(z, half / 2), use)
    split.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      var k = 1
      while k < half &- k {
        splitPair(k, LaneComplex(z, k), LaneComplex(z, half &- k), table, use)
        k &+= 1
      }
    }
  }

  /// A last pass of radix 4, which has no twiddles, and the split in one: butterflies q and group − q give bins that
  /// are each other's mirror images. `group` is even.
  @inline(__always)
  func splitLast4(_ z: UnsafeMutablePointer<Double>, _ group: Int, _ use: (Int, DoubleLanes) -> Void) {
    @inline(__always) func butterfly(_ q: Int) -> (LaneComplex, LaneComplex, LaneComplex, LaneComplex) {
      LaneComplex.transform4(
        LaneComplex(z, q), LaneComplex(z, q &+ group), LaneComplex(z, q &+ 2 &* group), LaneComplex(z, q &+ 3 &* group))
    }
    split.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      let first = butterfly(0)
      splitEnds(first.0, use)
      splitMiddle(first.2, use)
      splitPair(group, first.1, first.3, table, use)
      let middle = butterfly(group / 2)
      splitPair(group / 2, middle.0, middle.3, table, use)
      splitPair(group / 2 + group, middle.1, middle.2, table, use)
      for q in 1..<max(1, group / 2) {
        let (a, b) = (butterfly(q), butterfly(group &- q))
        splitPair(q, a.0, b.3, table, use)
        splitPair(group &- q, b.0, a.3, table, use)
        splitPair(group &+ q, a.1, b.2, table, use)
        splitPair(2 &* group &- q, b.1, a.2, table, use)
      }
    }
  }

  /// Bins 0 and `half` from complex bin 0.
  @inline(__always) private func splitEnds(_ first: LaneComplex, _ use: (Int, DoubleLanes) -> Void) {
    let four = DoubleLanes(repeating: 4)
    let dc = first.real + first.imaginary
    let nyquist = first.real - first.imaginary
    use(0, four * (dc * dc))
    use(length / 2, four * (nyquist * nyquist))
  }

  /// Bin `half / 2` from its namesake.
  @inline(__always) private func splitMiddle(_ middle: LaneComplex, _ use: (Int, DoubleLanes) -> Void) {
    use(length / 4, DoubleLanes(repeating: 4) * middle.squaredMagnitude)
  }

  /// Bins k and half − k from complex bins k and half − k, for k below half / 2.
  @inline(__always)
  private func splitPair(
    _ k: Int, _ a: LaneComplex, _ b: LaneComplex, _ table: UnsafePointer<Double>, _ use: (Int, DoubleLanes) -> Void
  ) {
    let even = LaneComplex(a.real + b.real, a.imaginary - b.imaginary)
    let odd = LaneComplex(a.imaginary + b.imaginary, b.real - a.real).turned(table, 2 &* k)
    use(k, (even + odd).squaredMagnitude)
    use(length / 2 &- k, (even - odd).squaredMagnitude)
  }
}
