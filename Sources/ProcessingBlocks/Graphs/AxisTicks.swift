import Glibc

/// Round numbers along an axis.
struct AxisTicks {
  let ticks: [HeatMap.Tick]

  /// - Parameters:
  ///   - lowest, highest: the axis' ends, finite, the first below the second.
  ///   - count: most ticks, at least 2.
  init(_ lowest: Double, _ highest: Double, atMost count: Int) {
    let usesPowers = max(abs(lowest), abs(highest)) >= 1e7
    let step = Self.step((highest - lowest) / Double(count - 1))
    // The number of steps is small, but their place may be beyond Int.
    let first = (lowest / step - 1e-9).rounded(.up)
    var ticks: [HeatMap.Tick] = []
    for index in 0..<count {
      let value = (first + Double(index)) * step
      if value > highest + step * 1e-9 { break }
      ticks.append(
        HeatMap.Tick(position: value, label: Self.label(value, step: step, usesPowers: usesPowers || step < 1e-4)))
    }
    self.ticks = ticks
  }

  /// 1, 2 or 5 times a power of ten, not below `least`.
  private static func step(_ least: Double) -> Double {
    let power = pow(10, log10(least).rounded(.down))
    for factor in [1.0, 2, 5] where factor * power >= least * (1 - 1e-9) { return factor * power }
    return 10 * power
  }

  /// As many decimals as the step has, or a factor and a power of ten.
  static func label(_ value: Double, step: Double, usesPowers: Bool) -> String {
    if abs(value) < step / 2 { return "0" }
    if usesPowers {
      let exponent = log10(abs(value) * (1 + 1e-12)).rounded(.down)
      let mantissa = decimal(value / pow(10, exponent), places: 2)
      return "\(mantissa)e\(decimal(exponent, places: 0))"
    }
    return decimal(value, places: Int(max(0, (-log10(step) - 1e-9).rounded(.up))))
  }

  /// A number with at most so many places behind the point; without zeros at the end.
  ///
  /// - Parameter value: below 1e12 in magnitude; a larger one counts as that.
  static func decimal(_ value: Double, places: Int) -> String {
    let scale = pow(10, Double(min(places, 6)))
    let limited = min(max(value, -1e12), 1e12)
    guard let number = Int64(exactly: (limited * scale).rounded()) else { return "0" }
    let digits = String(number.magnitude)
    let places = min(places, 6)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var fraction = padded.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    return (number < 0 ? "-" : "") + padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
  }
}
