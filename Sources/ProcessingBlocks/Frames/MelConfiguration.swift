import DSPKernels

extension ParameterReader {
  /// Reads and checks the filter bank; nil after adding issues.
  mutating func melFilterBank(version: Int, frequency: Double, fftLength: Int) -> MelFilterBank? {
    let before = issues.count
    let count = integer("num_filters")
    let low = number("low_frequency")
    let given = number("high_frequency")
    let nyquist = frequency / 2
    let high = given == 0 ? nyquist : given
    if issues.count > before { return nil }
    if high < 0 {
      reject("high_frequency", rule: "must not be below 0 Hz", suggestion: "use 0 for half of the sampling rate")
    } else if high > nyquist {
      reject("high_frequency", rule: "must not be above half of the sampling rate, \(nyquist) Hz")
    }
    if low < 0 { reject("low_frequency", rule: "must not be below 0 Hz") }
    guard low >= 0, (0...nyquist).contains(high) else { return nil }
    if low > high {
      reject("low_frequency", rule: "must not be above the high frequency, \(high) Hz")
      return nil
    }
    let bank = MelFilterBank(
      count: count, length: fftLength, frequency: frequency, low: low, high: high,
      rule: version >= 4 ? .fullSpectrum : .lowerHalf)
    if let empty = bank.emptyFilter {
      let works = { (count: Int) in
        MelFilterBank(
          count: count, length: fftLength, frequency: frequency, low: low, high: high,
          rule: version >= 4 ? .fullSpectrum : .lowerHalf
        ).emptyFilter == nil
      }
      // Halving the distance finds the edge near enough: fewer filters are wider.
      var possible = 1
      var tooMany = count
      while tooMany - possible > 1 {
        let middle = (possible + tooMany) / 2
        if works(middle) { possible = middle } else { tooMany = middle }
      }
      reject(
        "num_filters", rule: "leaves filter \(empty + 1) without a single bin between \(low) and \(high) Hz",
        suggestion: possible > 1
          ? "use \(possible) filters, or a longer FFT" : "use a longer FFT or a wider range of frequencies")
      return nil
    }
    return bank
  }
}

extension Parameter {
  static func filterCount(_ count: Int) -> Parameter {
    Parameter(
      "num_filters", "Filter number", .integer(2...4096), default: .integer(count),
      help: "Triangular filters, evenly spaced on the mel scale.")
  }
  static let lowFrequency = Parameter(
    "low_frequency", "Low frequency", .number, default: .integer(0),
    help: "Lower edge of the filters in Hz.")
  static let highFrequency = Parameter(
    "high_frequency", "High frequency", .number, default: .integer(0),
    help: "Upper edge of the filters in Hz; 0 means half of the sampling rate.")
}
