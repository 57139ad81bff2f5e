/// How far two features are apart.
enum FloatDistance {
  /// Numbers of type Float between two values, plus one; 0 for equal ones, and for +0 and -0.
  ///
  /// - Parameters: no NaN.
  static func ulps(_ a: Float, _ b: Float) -> Int { abs(position(a) - position(b)) }

  /// Floats in a row: neighbours differ by one.
  private static func position(_ value: Float) -> Int {
    let bits = Int(value.bitPattern & 0x7FFF_FFFF)
    return value.sign == .minus ? -bits : bits
  }

  /// Whether a value passes for another: `|a - b| ≤ t · (1 + |b|)`, the same infinity, or both NaN.
  @inline(__always)
  static func isWithin(_ value: Float, of wanted: Float, tolerance: Double) -> Bool {
    if value == wanted || (value.isNaN && wanted.isNaN) { return true }
    return abs(Double(value) - Double(wanted)) <= tolerance * (1 + abs(Double(wanted))) && wanted.isFinite
  }
}

/// What is known about one feature over all windows.
struct FeatureTally {
  var within = 0
  var outside = 0
  /// One is NaN and the other is not.
  var nan = 0
  var maxAbsolute = 0.0
  /// Relative to Studio's value; windows where that is 0 do not count.
  var maxRelative = 0.0
  var maxULPs = 0

  /// Adds a pair that is not equal. The return value is its error in units of the tolerance, infinite for NaN.
  mutating func add(_ value: Float, _ wanted: Float, tolerance: Double) -> Double {
    if value.isNaN || wanted.isNaN {
      nan += 1
      outside += 1
      return .infinity
    }
    let difference = abs(Double(value) - Double(wanted))
    maxAbsolute = max(maxAbsolute, difference)
    if wanted != 0 && wanted.isFinite { maxRelative = max(maxRelative, difference / abs(Double(wanted))) }
    maxULPs = max(maxULPs, FloatDistance.ulps(value, wanted))
    if FloatDistance.isWithin(value, of: wanted, tolerance: tolerance) { within += 1 } else { outside += 1 }
    return difference / (1 + abs(Double(wanted)))
  }
}
