/// How powers become numbers from 0 to 1 on a decibel scale that ends at 12 dB.
public struct DecibelScale: Sendable {
  /// What happens to the scaled values.
  public enum Limit: Sendable {
    /// Cut at 0 and 1.
    case zeroToOne
    /// Cut at 0 only.
    case zero
    /// Cut at 0 and 1, then rounded to 256 steps, of which the last becomes 0: Studio keeps the steps in a byte.
    case wrappingByte
  }

  private let floor: Double
  /// 12 dB less the floor.
  private let range: Double
  /// Its reciprocal where that is exact: then a product has the bits of the quotient.
  private let reciprocal: Double?
  private let limit: Limit

  /// - Parameter floor: in dB, what becomes 0. At 12 the scale has no length: see `apply`.
  public init(floor: Double, limit: Limit) {
    self.floor = floor
    range = -floor + 12
    reciprocal = range.isNormal && range.significand == 1 && (1 / range).isNormal ? 1 / range : nil
    self.limit = limit
  }

  /// Scales `count` powers, a multiple of `frameLanes`: `(10 log10(max(p, 1e-30)) - floor) / (12 - floor)`, in Double.
  ///
  /// With a floor of 12 dB the division by zero gives infinities (or NaN), which are then cut. As bytes, NaN gives 0.
  public func apply(_ power: UnsafePointer<Double>, count: Int, into result: UnsafeMutablePointer<Float>) {
    let smallest = DoubleLanes(repeating: 1e-30)
    let scale = Scale(self)
    forEachLogarithm(
      count, { DoubleLanes.maximum(DoubleLanes(power + $0), smallest) },
      normal: { scale.value($1.log10OfNormal()).storeFloat(result + $0) },
      any: { scale.value($1.log10()).storeFloat(result + $0) })
  }

  /// The scale with its constants in lanes.
  private struct Scale {
    let ten = DoubleLanes(repeating: 10)
    let zero = DoubleLanes(repeating: 0)
    let one = DoubleLanes(repeating: 1)
    let steps = DoubleLanes(repeating: 256)
    /// Exact, so a product has the bits of the quotient.
    let step = DoubleLanes(repeating: 1.0 / 256)
    let floor: DoubleLanes
    let range: DoubleLanes
    let factor: DoubleLanes
    let isProduct: Bool
    let limit: Limit

    init(_ scale: DecibelScale) {
      floor = DoubleLanes(repeating: scale.floor)
      range = DoubleLanes(repeating: scale.range)
      factor = DoubleLanes(repeating: scale.reciprocal ?? 1)
      isProduct = scale.reciprocal != nil
      limit = scale.limit
    }

    @inline(__always) func value(_ logarithm: DoubleLanes) -> DoubleLanes {
      let level = ten * logarithm - floor
      var value = DoubleLanes.maximum(isProduct ? level * factor : level / range, zero)
      if limit != .zero { value = DoubleLanes.minimum(value, one) }
      if limit == .wrappingByte {
        let whole = (value * steps).roundedToEven()
        value = whole.below(steps, whole, else: zero) * step
      }
      return value
    }
  }
}

/// Natural logarithms of `count` values in place, a multiple of `frameLanes`.
public func takeLogarithms(_ values: UnsafeMutablePointer<Double>, count: Int) {
  forEachLogarithm(
    count, { DoubleLanes(values + $0) }, normal: { $1.logOfNormal().store(values + $0) },
    any: { $1.log().store(values + $0) })
}

/// Goes through vectors of values that logarithms are taken of, four at a time: one question whether all of them are
/// positive and normal, and divisions that overlap.
///
/// - Parameters:
///   - count: values, a multiple of `frameLanes`.
///   - load: the vector at a place.
///   - normal: takes a place and its vector when the vector is positive and normal.
///   - any: takes all others.
@inline(__always)
private func forEachLogarithm(
  _ count: Int, _ load: (Int) -> DoubleLanes, normal: (Int, DoubleLanes) -> Void, any: (Int, DoubleLanes) -> Void
) {
  precondition(count % frameLanes == 0, "whole rows of lanes")
  let width = DoubleLanes.width
  var i = 0
  while i + 4 * width <= count {
    let (a, b, c, d) = (load(i), load(i + width), load(i + 2 * width), load(i + 3 * width))
    if DoubleLanes.arePositiveNormal(a, b, c, d) {
      normal(i, a)
      normal(i + width, b)
      normal(i + 2 * width, c)
      normal(i + 3 * width, d)
    } else {
      for j in stride(from: i, to: i + 4 * width, by: width) { any(j, load(j)) }
    }
    i += 4 * width
  }
  while i < count {
    any(i, load(i))
    i += width
  }
}

/// The natural logarithm of the sum of all bins of each frame of a batch; a sum of exactly zero counts as 1e-10.
///
/// - Parameters:
///   - power: `bins` rows of `frameLanes` values.
///   - result: receives `frameLanes` values.
public func writeLogEnergy(
  _ power: UnsafePointer<Double>, bins: Int, into result: UnsafeMutablePointer<Double>
) {
  for lane in stride(from: 0, to: frameLanes, by: DoubleLanes.width) {
    var sum = DoubleLanes(power + lane)
    for bin in 1..<max(1, bins) { sum += DoubleLanes(power + bin * frameLanes + lane) }
    sum.equalToZero(DoubleLanes(repeating: 1e-10), else: sum).log().store(result + lane)
  }
}
