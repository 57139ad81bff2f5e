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
  private let split: [Double]

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

  /// Doubles of scratch that `power` needs, in vectors of `DoubleLanes`.
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
    let half = length / 2
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
    splitReal(from, half, power)
  }

  @inline(__always)
  private func run(_ pass: Pass, from load: (Int) -> LaneComplex, to: UnsafeMutablePointer<Double>) {
    pass.twiddles.withUnsafeBufferPointer { table in
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
    _ table: UnsafeBufferPointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    for p in 0..<count {
      for q in 0..<group {
        let a = load(q + group * p)
        let b = load(q + group * (p + count))
        (a + b).store(to, q + group * 2 * p)
        (a - b).turned(table, 2 * p).store(to, q + group * (2 * p + 1))
      }
    }
  }

  @inline(__always)
  private func butterflies4(
    _ pass: Pass, _ load: (Int) -> LaneComplex, _ to: UnsafeMutablePointer<Double>,
    _ table: UnsafeBufferPointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    for p in 0..<count {
      let w = 6 * p
      for q in 0..<group {
        let i = q + group * p
        let step = group * count
        let y = LaneComplex.transform4(load(i), load(i + step), load(i + 2 * step), load(i + 3 * step))
        let o = q + group * 4 * p
        y.0.store(to, o)
        if p == 0 {
          y.1.store(to, o + group)
          y.2.store(to, o + 2 * group)
          y.3.store(to, o + 3 * group)
        } else {
          y.1.turned(table, w).store(to, o + group)
          y.2.turned(table, w + 2).store(to, o + 2 * group)
          y.3.turned(table, w + 4).store(to, o + 3 * group)
        }
      }
    }
  }

  @inline(__always)
  private func butterflies8(
    _ pass: Pass, _ load: (Int) -> LaneComplex, _ to: UnsafeMutablePointer<Double>,
    _ table: UnsafeBufferPointer<Double>
  ) {
    let (count, group) = (pass.count, pass.group)
    let h = DoubleLanes(repeating: 0.5.squareRoot())
    for p in 0..<count {
      let w = 14 * p
      for q in 0..<group {
        let i = q + group * p
        let step = group * count
        let e = LaneComplex.transform4(load(i), load(i + 2 * step), load(i + 4 * step), load(i + 6 * step))
        let o = LaneComplex.transform4(
          load(i + step), load(i + 3 * step), load(i + 5 * step), load(i + 7 * step))
        let o1 = LaneComplex(h * (o.1.real + o.1.imaginary), h * (o.1.imaginary - o.1.real))
        let o3 = LaneComplex(
          h * (o.3.imaginary - o.3.real), DoubleLanes(repeating: -1) * (h * (o.3.real + o.3.imaginary)))
        let out = q + group * 8 * p
        (e.0 + o.0).store(to, out)
        if p == 0 {
          (e.1 + o1).store(to, out + group)
          e.2.minusTurned(o.2).store(to, out + 2 * group)
          (e.3 + o3).store(to, out + 3 * group)
          (e.0 - o.0).store(to, out + 4 * group)
          (e.1 - o1).store(to, out + 5 * group)
          e.2.plusTurned(o.2).store(to, out + 6 * group)
          (e.3 - o3).store(to, out + 7 * group)
        } else {
          (e.1 + o1).turned(table, w).store(to, out + group)
          e.2.minusTurned(o.2).turned(table, w + 2).store(to, out + 2 * group)
          (e.3 + o3).turned(table, w + 4).store(to, out + 3 * group)
          (e.0 - o.0).turned(table, w + 6).store(to, out + 4 * group)
          (e.1 - o1).turned(table, w + 8).store(to, out + 5 * group)
          e.2.plusTurned(o.2).turned(table, w + 10).store(to, out + 6 * group)
          (e.3 - o3).turned(table, w + 12).store(to, out + 7 * group)
        }
      }
    }
  }

  /// Bins k and half − k of the real transform from bins k and half − k of the complex one.
  @inline(__always)
  private func splitReal(
    _ z: UnsafeMutablePointer<Double>, _ half: Int, _ power: UnsafeMutablePointer<Double>
  ) {
    let four = DoubleLanes(repeating: 4)
    let first = LaneComplex(z, 0)
    let dc = first.real + first.imaginary
    let nyquist = first.real - first.imaginary
    hold(power, 0, four * (dc * dc))
    hold(power, half, four * (nyquist * nyquist))
    if half < 2 { return }
    hold(power, half / 2, four * LaneComplex(z, half / 2).squaredMagnitude)
    split.withUnsafeBufferPointer { table in
      var k = 1
      while k < half - k {
        let a = LaneComplex(z, k)
        let b = LaneComplex(z, half - k)
        let even = LaneComplex(a.real + b.real, a.imaginary - b.imaginary)
        let odd = LaneComplex(a.imaginary + b.imaginary, b.real - a.real).turned(table, 2 * k)
        hold(power, k, (even + odd).squaredMagnitude)
        hold(power, half - k, (even - odd).squaredMagnitude)
        k += 1
      }
    }
  }

  @inline(__always)
  private func hold(_ power: UnsafeMutablePointer<Double>, _ bin: Int, _ value: DoubleLanes) {
    let held = power + bin * laneCount
    DoubleLanes.holdPower(DoubleLanes(held), value).store(held)
  }
}
