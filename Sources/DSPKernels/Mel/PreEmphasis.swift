import CLanes

/// `result[i] = values[i] - weight * values[i - shift]` in Double, for `count` values; also those before the first must
/// exist.
public func emphasize(
  _ values: UnsafePointer<Double>, shift: Int, weight: Double, count: Int, into result: UnsafeMutablePointer<Double>
) {
  lanes_emphasize(values, shift, weight, count, result)
}

/// 16-bit audio as numbers from -1 to 1: divided by 32768 and rounded to Float. May work in place.
public func scaleAudio(
  _ values: UnsafePointer<Double>, count: Int, into result: UnsafeMutablePointer<Double>
) {
  lanes_scale_rounded(values, 0x1p-15, count, result)
}

/// The same, less 0.98 times the value before, in Float; the value before the first must exist.
public func emphasizeAudio(
  _ values: UnsafePointer<Double>, count: Int, into result: UnsafeMutablePointer<Double>
) {
  lanes_emphasize_rounded(values, 0x1p-15, 0.98, count, result)
}

/// What `emphasizeAudio` makes of one value.
public func emphasizedAudio(_ value: Double, previous: Double) -> Double {
  Double(Float(value / 32768) - 0.98 * Float(previous / 32768))
}
