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
    let ten = DoubleLanes(repeating: 10)
    let floor = DoubleLanes(repeating: floor)
    let range = DoubleLanes(repeating: range)
    let factor = DoubleLanes(repeating: reciprocal ?? 1)
    let isProduct = reciprocal != nil
    let zero = DoubleLanes(repeating: 0)
    let one = DoubleLanes(repeating: 1)
    let steps = DoubleLanes(repeating: 256)
    for i in stride(from: 0, to: count, by: DoubleLanes.width) {
      let decibel = ten * DoubleLanes.maximum(DoubleLanes(power + i), smallest).log10()
      let level = decibel - floor
      var value = DoubleLanes.maximum(isProduct ? level * factor : level / range, zero)
      if limit != .zero { value = DoubleLanes.minimum(value, one) }
      if limit == .wrappingByte {
        let step = (value * steps).roundedToEven()
        value = step.below(steps, step, else: zero) / steps
      }
      value.storeFloat(result + i)
    }
  }
}

/// Natural logarithms of `count` values in place, a multiple of `frameLanes`.
public func takeLogarithms(_ values: UnsafeMutablePointer<Double>, count: Int) {
  for i in stride(from: 0, to: count, by: DoubleLanes.width) { DoubleLanes(values + i).log().store(values + i) }
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
