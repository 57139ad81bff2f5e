import CLanes

/// Windows that are processed together, one in each lane, time as the outer index.
///
/// Two AVX-512 vectors of Float, so that the dependency chains of two vectors overlap; a multiple of every
/// vector width, so that results do not depend on the instruction set.
public let laneCount = 32

/// A vector of values that belong to neighbouring windows.
///
/// All operations are lane by lane and never fused: one window cannot influence another.
protocol LaneVector {
  /// Float or Double.
  associatedtype Scalar: BinaryFloatingPoint & SIMDScalar

  /// Lanes in a vector: 4, 8 or 16 of Float, half as many of Double, by the instruction set.
  static var width: Int { get }

  /// A vector with the same value in each lane.
  init(repeating value: Scalar)
  /// Reads `width` values; `pointer` needs the alignment of one value only.
  init(unaligned pointer: UnsafePointer<Scalar>)
  /// Reads `width` values; `pointer` is aligned to the vector's size.
  init(_ pointer: UnsafePointer<Scalar>)
  /// Writes `width` values; `pointer` is aligned to the vector's size.
  func store(_ pointer: UnsafeMutablePointer<Scalar>)
  /// Reads `DoubleLanes.width` values and widens them to Double, which is exact.
  static func loadDouble(_ pointer: UnsafePointer<Scalar>) -> DoubleLanes

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  /// Correctly rounded square root.
  func squareRoot() -> Self
  /// NumPy's minimum and maximum: NaN on either side gives NaN.
  static func minimum(_ a: Self, _ b: Self) -> Self
  static func maximum(_ a: Self, _ b: Self) -> Self
  /// `b` where it is less (greater) than `a`, elsewhere `a`: one instruction, which passes over a NaN in `b`.
  static func lesser(_ a: Self, _ b: Self) -> Self
  static func greater(_ a: Self, _ b: Self) -> Self
  /// The lane of `b` where `self <= limit`, elsewhere (and for NaN) that of `c`.
  func atMost(_ limit: Self, _ b: Self, else c: Self) -> Self
  /// The larger of `a`, which is not negative, and the magnitude of `b`; NaN wins over everything.
  static func holdMagnitude(_ a: Self, _ b: Self) -> Self
  /// `k * slope + offset` in Double, rounded to `Scalar`; `width` values at each pointer.
  static func line(_ k: Self, slope: UnsafePointer<Double>, offset: UnsafePointer<Double>) -> Self
}

extension LaneVector {
  @inline(__always) static func += (a: inout Self, b: Self) { a = a + b }
}

/// Float lanes: the arithmetic of Studio's undecimated path.
struct FloatLanes: LaneVector {
  var raw: lanes_f32
  @inline(__always) init(_ raw: lanes_f32) { self.raw = raw }

  @inline(__always) static var width: Int { lanes_f32.scalarCount }
  @inline(__always) init(repeating value: Float) { raw = lanes_splat_f32(value) }
  @inline(__always) init(unaligned pointer: UnsafePointer<Float>) {
    raw = UnsafeRawPointer(pointer).loadUnaligned(as: lanes_f32.self)
  }
  @inline(__always) init(_ pointer: UnsafePointer<Float>) {
    raw = UnsafeRawPointer(pointer).load(as: lanes_f32.self)
  }
  @inline(__always) func store(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: raw, as: lanes_f32.self)
  }
  @inline(__always) static func loadDouble(_ pointer: UnsafePointer<Float>) -> DoubleLanes {
    DoubleLanes(lanes_widen(UnsafeRawPointer(pointer).load(as: lanes_f32_half.self)))
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(lanes_add_f32(a.raw, b.raw)) }
  @inline(__always) static func - (a: Self, b: Self) -> Self { Self(lanes_subtract_f32(a.raw, b.raw)) }
  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(lanes_multiply_f32(a.raw, b.raw)) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(lanes_divide_f32(a.raw, b.raw)) }
  @inline(__always) func squareRoot() -> Self { Self(lanes_square_root_f32(raw)) }
  @inline(__always) static func minimum(_ a: Self, _ b: Self) -> Self {
    Self(lanes_minimum_f32(a.raw, b.raw))
  }
  @inline(__always) static func maximum(_ a: Self, _ b: Self) -> Self {
    Self(lanes_maximum_f32(a.raw, b.raw))
  }
  @inline(__always) static func lesser(_ a: Self, _ b: Self) -> Self { Self(lanes_lesser_f32(a.raw, b.raw)) }
  @inline(__always) static func greater(_ a: Self, _ b: Self) -> Self { Self(lanes_greater_f32(a.raw, b.raw)) }
  @inline(__always) func atMost(_ limit: Self, _ b: Self, else c: Self) -> Self {
    Self(lanes_pick_at_most_f32(raw, limit.raw, b.raw, c.raw))
  }
  @inline(__always) static func holdMagnitude(_ a: Self, _ b: Self) -> Self {
    Self(lanes_hold_magnitude_f32(a.raw, b.raw))
  }
  @inline(__always)
  static func line(_ k: Self, slope: UnsafePointer<Double>, offset: UnsafePointer<Double>) -> Self {
    Self(lanes_line_f32(k.raw, slope, offset))
  }
}

/// Double lanes: the arithmetic of transforms, powers, logarithms and of everything after decimation.
struct DoubleLanes: LaneVector {
  var raw: lanes_f64
  @inline(__always) init(_ raw: lanes_f64) { self.raw = raw }

  @inline(__always) static var width: Int { lanes_f64.scalarCount }
  @inline(__always) init(repeating value: Double) { raw = lanes_splat_f64(value) }
  @inline(__always) init(unaligned pointer: UnsafePointer<Double>) {
    raw = UnsafeRawPointer(pointer).loadUnaligned(as: lanes_f64.self)
  }
  @inline(__always) init(_ pointer: UnsafePointer<Double>) {
    raw = UnsafeRawPointer(pointer).load(as: lanes_f64.self)
  }
  @inline(__always) func store(_ pointer: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: raw, as: lanes_f64.self)
  }
  @inline(__always) static func loadDouble(_ pointer: UnsafePointer<Double>) -> DoubleLanes {
    DoubleLanes(pointer)
  }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(lanes_add_f64(a.raw, b.raw)) }
  @inline(__always) static func - (a: Self, b: Self) -> Self { Self(lanes_subtract_f64(a.raw, b.raw)) }
  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(lanes_multiply_f64(a.raw, b.raw)) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(lanes_divide_f64(a.raw, b.raw)) }
  @inline(__always) func squareRoot() -> Self { Self(lanes_square_root_f64(raw)) }
  @inline(__always) static func minimum(_ a: Self, _ b: Self) -> Self {
    Self(lanes_minimum_f64(a.raw, b.raw))
  }
  @inline(__always) static func maximum(_ a: Self, _ b: Self) -> Self {
    Self(lanes_maximum_f64(a.raw, b.raw))
  }
  @inline(__always) static func lesser(_ a: Self, _ b: Self) -> Self { Self(lanes_lesser_f64(a.raw, b.raw)) }
  @inline(__always) static func greater(_ a: Self, _ b: Self) -> Self { Self(lanes_greater_f64(a.raw, b.raw)) }
  @inline(__always) func atMost(_ limit: Self, _ b: Self, else c: Self) -> Self {
    Self(lanes_pick_at_most_f64(raw, limit.raw, b.raw, c.raw))
  }
  @inline(__always) static func holdMagnitude(_ a: Self, _ b: Self) -> Self {
    Self(lanes_hold_magnitude_f64(a.raw, b.raw))
  }
  @inline(__always)
  static func line(_ k: Self, slope: UnsafePointer<Double>, offset: UnsafePointer<Double>) -> Self {
    Self(lanes_line_f64(k.raw, slope, offset))
  }

  /// Rounds to Float and writes `width` values; `pointer` is aligned to half the vector's size.
  @inline(__always) func storeFloat(_ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lanes_narrow(raw), as: lanes_f32_half.self)
  }
  /// The lane of `b` where this is zero, elsewhere (and for NaN) that of `c`.
  @inline(__always) func equalToZero(_ b: Self, else c: Self) -> Self { Self(lanes_pick_zero(raw, b.raw, c.raw)) }
  /// The lane of `b` where this is below `limit`, elsewhere (and for NaN) that of `c`.
  @inline(__always) func below(_ limit: Self, _ b: Self, else c: Self) -> Self {
    Self(lanes_pick_less(raw, limit.raw, b.raw, c.raw))
  }
  /// The lane of `b` where this is a number, that of `c` where it is NaN.
  @inline(__always) func ordered(_ b: Self, else c: Self) -> Self { Self(lanes_pick_ordered(raw, b.raw, c.raw)) }
  /// The nearest whole number, ties to even, for values from 0 to 2^51.
  @inline(__always) func roundedToEven() -> Self { Self(lanes_round_even(raw)) }
  /// The larger of two values that are never negative; NaN wins over everything.
  @inline(__always) static func holdPower(_ a: Self, _ b: Self) -> Self {
    Self(lanes_hold_power(a.raw, b.raw))
  }
}
