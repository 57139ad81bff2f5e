import Glibc

/// A number as messages show it: at most six significant digits, whole numbers without a point.
///
/// - Parameter rule: `.up` and `.down` for bounds that a user may copy, so that the shown number keeps to them.
func shown(_ value: Double, _ rule: FloatingPointRoundingRule = .toNearestOrEven) -> String {
  guard value.isFinite, value != 0 else { return ParameterValue.number(value).studioText }
  let digits = 5 - Int(log10(abs(value)).rounded(.down))
  // Powers of ten up to here are exact, and so the quotient is the number that prints short.
  guard abs(digits) <= 22 else { return ParameterValue.number(value).studioText }
  let power = pow(10, Double(abs(digits)))
  let scaled = digits >= 0 ? value * power : value / power
  // A number of six digits must not move to the next because a product is rounded.
  let near = scaled.rounded()
  let whole = abs(scaled - near) <= abs(near) * 0x1p-50 ? near : scaled.rounded(rule)
  return ParameterValue.number(digits >= 0 ? whole / power : whole * power).studioText
}

/// `68.0 %`: a share with one decimal.
func percent(_ part: Int, of whole: Int) -> String {
  "\((Double(part) / Double(max(1, whole)) * 1000).rounded() / 10) %"
}

/// NumPy's `around(x, 2)`, then the shortest text that reads back equal: 3.125 gives "3.12".
func twoDecimals(_ value: Double) -> String {
  "\((value * 100).rounded(.toNearestOrEven) / 100)"
}
