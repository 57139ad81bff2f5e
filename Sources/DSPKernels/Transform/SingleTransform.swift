/// A real Fourier transform in Float, operation by operation as SciPy's.
///
/// Version 1 of spectral analysis transforms Float data in Float, so its last bits depend on the algorithm: FFTPACK's
/// passes of radix 4 and 2 with twiddles rounded to Float.
///
/// Source: P. N. Swarztrauber, Vectorizing the FFTs (1982), whose passes SciPy 1.7.3 uses (`radf4`, `radf2`).
public struct SingleTransform: Sendable {
  private struct Pass: Sendable {
    let radix: Int
    /// Sub-transforms before the pass, and values of each after it.
    let l1: Int
    let ido: Int
    /// For input j of 1..<radix and pair i: cosine and sine, at `(j - 1) * (ido - 1) + 2i`.
    let twiddles: [Float]
  }

  /// Transform length, a power of two, at least 2.
  public let length: Int
  private let passes: [Pass]

  /// - Parameter length: a power of two, at least 2.
  public init(length: Int) {
    precondition(length >= 2 && length & (length - 1) == 0, "a power of two, at least 2")
    self.length = length
    var factors: [Int] = []
    var rest = length
    while rest % 4 == 0 {
      factors.append(4)
      rest /= 4
    }
    if rest == 2 {
      factors.append(2)
      factors.swapAt(0, factors.count - 1)
    }
    var l1 = 1
    var passes: [Pass] = []
    for radix in factors {
      let ido = length / (l1 * radix)
      var twiddles: [Float] = []
      for j in 1..<radix {
        for i in stride(from: 1, through: (ido - 1) / 2, by: 1) {
          let root = rootOfUnity(j * l1 * i, of: length)
          twiddles += [Float(root.real), Float(-root.imaginary)]
        }
        // An even length leaves one place of each row unused.
        if ido > 1 && ido % 2 == 0 { twiddles.append(0) }
      }
      passes.append(Pass(radix: radix, l1: l1, ido: ido, twiddles: twiddles))
      l1 *= radix
    }
    self.passes = passes
  }

  /// Transforms `values` in place to `r0, r1, i1, r2, i2, …, r(length/2)`.
  ///
  /// - Parameter scratch: `length` values.
  public func run(_ values: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>) {
    var from = values
    var to = scratch
    for pass in passes.reversed() {
      if pass.radix == 4 { radix4(pass, from, to) } else { radix2(pass, from, to) }
      swap(&from, &to)
    }
    if from != values { values.update(from: from, count: length) }
  }

  private func radix2(_ pass: Pass, _ c: UnsafePointer<Float>, _ h: UnsafeMutablePointer<Float>) {
    let (ido, l1) = (pass.ido, pass.l1)
    func input(_ a: Int, _ k: Int, _ b: Int) -> Float { c[a + ido * (k + l1 * b)] }
    func put(_ a: Int, _ b: Int, _ k: Int, _ value: Float) { h[a + ido * (b + 2 * k)] = value }
    for k in 0..<l1 {
      put(0, 0, k, input(0, k, 0) + input(0, k, 1))
      put(ido - 1, 1, k, input(0, k, 0) - input(0, k, 1))
    }
    if ido % 2 == 0 {
      for k in 0..<l1 {
        put(0, 1, k, -input(ido - 1, k, 1))
        put(ido - 1, 0, k, input(ido - 1, k, 0))
      }
    }
    if ido <= 2 { return }
    for k in 0..<l1 {
      for i in stride(from: 2, to: ido, by: 2) {
        let (tr, ti) = turned(pass, 0, i, input(i - 1, k, 1), input(i, k, 1))
        put(i - 1, 0, k, input(i - 1, k, 0) + tr)
        put(ido - i - 1, 1, k, input(i - 1, k, 0) - tr)
        put(i, 0, k, ti + input(i, k, 0))
        put(ido - i, 1, k, ti - input(i, k, 0))
      }
    }
  }

  private func radix4(_ pass: Pass, _ c: UnsafePointer<Float>, _ h: UnsafeMutablePointer<Float>) {
    let (ido, l1) = (pass.ido, pass.l1)
    let half = Float(0.5.squareRoot())
    func input(_ a: Int, _ k: Int, _ b: Int) -> Float { c[a + ido * (k + l1 * b)] }
    func put(_ a: Int, _ b: Int, _ k: Int, _ value: Float) { h[a + ido * (b + 4 * k)] = value }
    for k in 0..<l1 {
      let odd = input(0, k, 3) + input(0, k, 1)
      let even = input(0, k, 0) + input(0, k, 2)
      put(0, 2, k, input(0, k, 3) - input(0, k, 1))
      put(ido - 1, 1, k, input(0, k, 0) - input(0, k, 2))
      put(0, 0, k, even + odd)
      put(ido - 1, 3, k, even - odd)
    }
    if ido % 2 == 0 {
      for k in 0..<l1 {
        let ti = -half * (input(ido - 1, k, 1) + input(ido - 1, k, 3))
        let tr = half * (input(ido - 1, k, 1) - input(ido - 1, k, 3))
        put(ido - 1, 0, k, input(ido - 1, k, 0) + tr)
        put(ido - 1, 2, k, input(ido - 1, k, 0) - tr)
        put(0, 3, k, ti + input(ido - 1, k, 2))
        put(0, 1, k, ti - input(ido - 1, k, 2))
      }
    }
    if ido <= 2 { return }
    for k in 0..<l1 {
      for i in stride(from: 2, to: ido, by: 2) {
        let j = ido - i
        let (cr2, ci2) = turned(pass, 0, i, input(i - 1, k, 1), input(i, k, 1))
        let (cr3, ci3) = turned(pass, 1, i, input(i - 1, k, 2), input(i, k, 2))
        let (cr4, ci4) = turned(pass, 2, i, input(i - 1, k, 3), input(i, k, 3))
        let (tr1, tr4) = (cr4 + cr2, cr4 - cr2)
        let (ti1, ti4) = (ci2 + ci4, ci2 - ci4)
        let (tr2, tr3) = (input(i - 1, k, 0) + cr3, input(i - 1, k, 0) - cr3)
        let (ti2, ti3) = (input(i, k, 0) + ci3, input(i, k, 0) - ci3)
        put(i - 1, 0, k, tr2 + tr1)
        put(j - 1, 3, k, tr2 - tr1)
        put(i, 0, k, ti1 + ti2)
        put(j, 3, k, ti1 - ti2)
        put(i - 1, 2, k, tr3 + ti4)
        put(j - 1, 1, k, tr3 - ti4)
        put(i, 2, k, tr4 + ti3)
        put(j, 1, k, tr4 - ti3)
      }
    }
  }

  /// `(real + i imaginary)` times the conjugate of the twiddle.
  @inline(__always)
  private func turned(_ pass: Pass, _ j: Int, _ i: Int, _ real: Float, _ imaginary: Float) -> (Float, Float) {
    let cosine = pass.twiddles[j * (pass.ido - 1) + i - 2]
    let sine = pass.twiddles[j * (pass.ido - 1) + i - 1]
    return (cosine * real + sine * imaginary, cosine * imaginary - sine * real)
  }
}
