/// Real Fourier transforms of power-of-two length, one window a lane, in Double.
///
/// The even and odd rows of a frame are real and imaginary part of a complex sequence of half the length. That is
/// transformed by decimation in frequency with self-sorting passes of radix 8, 4 and 2, and split into the bins of
/// the real transform. The order of operations is fixed, so the bits are the same everywhere.
///
/// Sources: T. G. Stockham, High-speed convolution and correlation (1966), for the self-sorting passes;
/// H. V. Sorensen et al., Real-valued fast Fourier transform algorithms (1987), for the split.
struct LaneTransform: Sendable {
  /// One pass: `radix` inputs a butterfly, `count` butterflies a group, `group` neighbours that share twiddles.
  private struct Pass: Sendable {
    let radix: Int
    let count: Int
    let group: Int
    /// Twiddles of butterfly p, inputs 1..<radix: real and imaginary part, at `p * 2 * (radix - 1)`.
    let twiddles: [Double]
  }

  /// Transform length, a power of two, at least 2.
  let length: Int
  private let passes: [Pass]
  /// `exp(-2πi k / length)` for k in 0...length/4.
  let split: [Double]

  init(length: Int) {
    precondition(length >= 2 && length & (length - 1) == 0, "a power of two, at least 2")
    self.length = length
    let half = length / 2
    var passes: [Pass] = []
    var remaining = half
    var group = 1
    while remaining > 1 {
      // Radix 8 while it divides, but never leaving a lone 2 where two 4s fit.
      let radix = remaining == 16 || remaining == 4 ? 4 : min(remaining, 8)
      let count = remaining / radix
      var twiddles: [Double] = []
      for p in 0..<count {
        for j in 1..<radix {
          let root = rootOfUnity(j * p, of: remaining)
          twiddles += [root.real, root.imaginary]
        }
      }
      passes.append(Pass(radix: radix, count: count, group: group, twiddles: twiddles))
      remaining = count
      group *= radix
    }
    self.passes = passes
    split = (0...max(half / 2, 0)).flatMap { k in
      let root = rootOfUnity(k, of: length)
      return [root.real, root.imaginary]
    }
  }

  /// Doubles of scratch that `holdPower` needs.
  var scratchCount: Int { 2 * length * DoubleLanes.width }

  /// Holds the larger of `power` and the frame's squared magnitudes, times 4, in bins 0...length/2.
  ///
  /// - Parameters:
  ///   - frame: `length` rows of `laneCount` values; one vector's column of them.
  ///   - power: `length / 2 + 1` rows of `laneCount` values, the same column.
  ///   - scratch: `scratchCount` aligned values.
  @inline(__always)
  func holdPower<V: LaneVector>(
    _ frame: UnsafePointer<V.Scalar>, _: V.Type, into power: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutablePointer<Double>
  ) {
    var from = scratch
    var to = scratch + length * DoubleLanes.width
    if passes.isEmpty {
      LaneComplex(V.loadDouble(frame), V.loadDouble(frame + laneCount)).store(from, 0)
    } else {
      run(passes[0], from: { LaneComplex(rows: frame, $0, V.self) }, to: from)
      for pass in passes.dropFirst() {
        let source = from
        run(pass, from: { LaneComplex(source, $0) }, to: to)
        swap(&from, &to)
      }
    }
    splitReal(from) { bin, value in
      let held = power + bin &* laneCount
      DoubleLanes.holdPower(DoubleLanes(held), value).store(held)
    }
  }

  /// Writes the frame's squared magnitudes, times 4 and then times `scale`, to bins 0...length/2.
  ///
  /// - Parameters:
  ///   - frame: `length` vectors, one a row; lost.
  ///   - power: where the vector of bin 0 goes; that of each other bin follows `powerStride` values behind.
  ///   - scratch: `length` vectors.
  func writePower(
    _ frame: UnsafeMutablePointer<Double>, scale: Double, into power: UnsafeMutablePointer<Double>, powerStride: Int,
    scratch: UnsafeMutablePointer<Double>
  ) {
    var from = frame
    var to = scratch
    let scale = DoubleLanes(repeating: scale)
    for (index, pass) in passes.enumerated() {
      if index == passes.count - 1 && pass.radix == 4 && pass.group > 1 {
        splitLast4(from, pass.group) { bin, value in (value * scale).store(power + bin &* powerStride) }
        return
      }
      let source = from
      run(pass, from: { LaneComplex(source, $0) }, to: to)
      swap(&from, &to)
    }
    splitReal(from) { bin, value in (value * scale).store(power + bin &* powerStride) }
  }

  @inline(__always)
  private func run(_ pass: Pass, from load: (Int) -> LaneComplex, to: UnsafeMutablePointer<Double>) {
    pass.twiddles.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      switch pass.radix {
      case 8: butterflies8(pass, load, to, table)
      case 4: butterflies4(pass, load, to, table)
      default: butterflies2(pass, load, to, table)
      }
    }
  }

  @inline(__always)
  private func butterflies2(
    _ pass: Pass, _ load: (Int) -> LaneComplex, _ to: UnsafeMutablePointer<Double>,
    _ table: UnsafePointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    let step = group * count
    for p in 0..<count {
      for q in 0..<group {
        let i = q &+ group &* p
        let a = load(i)
        let b = load(i &+ step)
        let o = q &+ 2 &* group &* p
        (a + b).store(to, o)
        (a - b).turned(table, 2 &* p).store(to, o &+ group)
      }
    }
  }

  @inline(__always)
  private func butterflies4(
    _ pass: Pass, _ load: (Int) -> LaneComplex, _ to: UnsafeMutablePointer<Double>,
    _ table: UnsafePointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    let step = group * count
    for p in 0..<count {
      let w = 6 &* p
      for q in 0..<group {
        let i = q &+ group &* p
        let y = LaneComplex.transform4(load(i), load(i &+ step), load(i &+ 2 &* step), load(i &+ 3 &* step))
        let o = q &+ 4 &* group &* p
        y.0.store(to, o)
        if p == 0 {
          y.1.store(to, o &+ group)
          y.2.store(to, o &+ 2 &* group)
          y.3.store(to, o &+ 3 &* group)
        } else {
          y.1.turned(table, w).store(to, o &+ group)
          y.2.turned(table, w &+ 2).store(to, o &+ 2 &* group)
          y.3.turned(table, w &+ 4).store(to, o &+ 3 &* group)
        }
      }
    }
  }

  @inline(__always)
  private func butterflies8(
    _ pass: Pass, _ load: (Int) -> LaneComplex, _ to: UnsafeMutablePointer<Double>,
    _ table: UnsafePointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    let step = group * count
    let h = DoubleLanes(repeating: 0.5.squareRoot())
    for p in 0..<count {
      let w = 14 &* p
      for q in 0..<group {
        let i = q &+ group &* p
        let e = LaneComplex.transform4(load(i), load(i &+ 2 &* step), load(i &+ 4 &* step), load(i &+ 6 &* step))
        let o = LaneComplex.transform4(
          load(i &+ step), load(i &+ 3 &* step), load(i &+ 5 &* step), load(i &+ 7 &* step))
        let o1 = LaneComplex(h * (o.1.real + o.1.imaginary), h * (o.1.imaginary - o.1.real))
        let o3 = LaneComplex(
          h * (o.3.imaginary - o.3.real), DoubleLanes(repeating: -1) * (h * (o.3.real + o.3.imaginary)))
        let out = q &+ 8 &* group &* p
        (e.0 + o.0).store(to, out)
        if p == 0 {
          (e.1 + o1).store(to, out &+ group)
          e.2.minusTurned(o.2).store(to, out &+ 2 &* group)
          (e.3 + o3).store(to, out &+ 3 &* group)
          (e.0 - o.0).store(to, out &+ 4 &* group)
          (e.1 - o1).store(to, out &+ 5 &* group)
          e.2.plusTurned(o.2).store(to, out &+ 6 &* group)
          (e.3 - o3).store(to, out &+ 7 &* group)
        } else {
          (e.1 + o1).turned(table, w).store(to, out &+ group)
          e.2.minusTurned(o.2).turned(table, w &+ 2).store(to, out &+ 2 &* group)
          (e.3 + o3).turned(table, w &+ 4).store(to, out &+ 3 &* group)
          (e.0 - o.0).turned(table, w &+ 6).store(to, out &+ 4 &* group)
          (e.1 - o1).turned(table, w &+ 8).store(to, out &+ 5 &* group)
          e.2.plusTurned(o.2).turned(table, w &+ 10).store(to, out &+ 6 &* group)
          (e.3 - o3).turned(table, w &+ 12).store(to, out &+ 7 &* group)
        }
      }
    }
  }
}
