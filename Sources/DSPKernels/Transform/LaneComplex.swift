/// Complex values of the windows of a vector.
///
/// Indices are below twice a transform length: the arithmetic on them is not checked.
struct LaneComplex {
  var real: DoubleLanes
  var imaginary: DoubleLanes

  @inline(__always) init(_ real: DoubleLanes, _ imaginary: DoubleLanes) {
    self.real = real
    self.imaginary = imaginary
  }

  /// Element `index` of an array of vectors, real part first.
  @inline(__always) init(_ base: UnsafeMutablePointer<Double>, _ index: Int) {
    let place = base + 2 &* index &* DoubleLanes.width
    real = DoubleLanes(place)
    imaginary = DoubleLanes(place + DoubleLanes.width)
  }

  /// Rows `2 * index` and `2 * index + 1` of a batch.
  @inline(__always) init<V: LaneVector>(rows base: UnsafePointer<V.Scalar>, _ index: Int, _: V.Type) {
    let place = base + 2 &* index &* laneCount
    real = V.loadDouble(place)
    imaginary = V.loadDouble(place + laneCount)
  }

  @inline(__always) func store(_ base: UnsafeMutablePointer<Double>, _ index: Int) {
    let place = base + 2 &* index &* DoubleLanes.width
    real.store(place)
    imaginary.store(place + DoubleLanes.width)
  }

  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(a.real + b.real, a.imaginary + b.imaginary)
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self {
    Self(a.real - b.real, a.imaginary - b.imaginary)
  }
  /// `self - i * b`.
  @inline(__always) func minusTurned(_ b: Self) -> Self { Self(real + b.imaginary, imaginary - b.real) }
  /// `self + i * b`.
  @inline(__always) func plusTurned(_ b: Self) -> Self { Self(real - b.imaginary, imaginary + b.real) }
  /// Times the complex number at `table[index]`, `table[index + 1]`.
  @inline(__always) func turned(_ table: UnsafePointer<Double>, _ index: Int) -> Self {
    let place = table + index
    let c = DoubleLanes(repeating: place[0])
    let s = DoubleLanes(repeating: place[1])
    return Self(real * c - imaginary * s, real * s + imaginary * c)
  }
  /// The same for a table whose bounds are checked.
  @inline(__always) func turned(_ table: UnsafeBufferPointer<Double>, _ index: Int) -> Self {
    let c = DoubleLanes(repeating: table[index])
    let s = DoubleLanes(repeating: table[index + 1])
    return Self(real * c - imaginary * s, real * s + imaginary * c)
  }
  @inline(__always) var squaredMagnitude: DoubleLanes { real * real + imaginary * imaginary }

  /// Transform of length 4.
  @inline(__always)
  static func transform4(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> (Self, Self, Self, Self) {
    let s = a + c
    let t = a - c
    let u = b + d
    let v = b - d
    return (s + u, t.minusTurned(v), s - u, t.plusTurned(v))
  }
}
