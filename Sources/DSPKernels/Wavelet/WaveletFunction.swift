import Glibc

extension WaveletFilter {
  /// The wavelet as a function of time, by the cascade algorithm: the high-pass, then the low-pass again and again, each
  /// time twice as fine.
  ///
  /// Length, padding, abscissa and sign are those of PyWavelets' `wavefun`, whose function Studio shows.
  ///
  /// - Parameter levels: steps of refinement, 1 to 24.
  /// - Returns: times, in samples of the filter, and values.
  public func function(levels: Int) -> (times: [Double], values: [Double]) {
    let step = 1 << levels
    let length = lowpass.count
    let isOrthogonal = !name.hasPrefix("bior") && !name.hasPrefix("rbio")
    let flips = !isOrthogonal && ![".3", ".5"].contains { name.hasSuffix("1" + $0) } && !name.hasSuffix("5.5")
    let scale = pow(2.0.squareRoot(), Double(levels)) * (flips ? -1 : 1)
    var values = highpass.reversed().map { scale * $0 }
    for _ in 1..<max(1, levels) {
      var finer = [Double](repeating: 0, count: 2 * values.count - 1 + length - 1)
      for (place, value) in values.enumerated() {
        for (tap, weight) in lowpass.reversed().enumerated() { finer[2 * place + tap] += weight * value }
      }
      values = finer
    }
    let count = max((length - 1) * step + (isOrthogonal ? 1 : 0), values.count + 2)
    values.insert(0, at: 0)
    values += [Double](repeating: 0, count: count - values.count)
    return ((0..<count).map { Double($0) / Double(step) }, values)
  }
}
