import DSPKernels

/// Where the mel filters of a block lie, checked against the sampling rate.
struct MelConfiguration: Sendable {
  /// Filters.
  var count: Int
  /// Transform length.
  var fftLength: Int
  /// Sampling rate in Hz.
  var frequency: Double
  /// Lower edge of all filters in Hz.
  var low: Double
  /// Upper edge of all filters in Hz.
  var high: Double
  /// How frequencies map to bins.
  var rule: MelFilterBank.BinRule

  /// The edges of the filters.
  var edges: MelEdges {
    MelEdges(count: count, length: fftLength, frequency: frequency, low: low, high: high, rule: rule)
  }

  /// The filters over the bins of a transform.
  var bank: MelFilterBank {
    MelFilterBank(count: count, length: fftLength, frequency: frequency, low: low, high: high, rule: rule)
  }

  /// The same with another number of filters, length or lower edge.
  func with(count: Int? = nil, fftLength: Int? = nil, low: Double? = nil) -> Self {
    var other = self
    other.count = count ?? other.count
    other.fftLength = fftLength ?? other.fftLength
    other.low = low ?? other.low
    return other
  }

  /// Centres of the filters in Hz, evenly spaced on the mel scale.
  var centers: [Double] {
    let lowest = MelScale.mel(low)
    let highest = MelScale.mel(high)
    return (1...max(1, count)).map { MelScale.hertz(lowest + (highest - lowest) * Double($0) / Double(count + 1)) }
  }
}

extension ParameterReader {
  /// Reads and checks where the filters lie; nil after adding issues.
  mutating func melConfiguration(version: Int, frequency: Double, fftLength: Int) -> MelConfiguration? {
    let given = number("high_frequency")
    let nyquist = frequency / 2
    let configuration = MelConfiguration(
      count: integer("num_filters"), fftLength: fftLength, frequency: frequency, low: number("low_frequency"),
      high: given == 0 ? nyquist : given, rule: version >= 4 ? .fullSpectrum : .lowerHalf)
    let (low, high) = (configuration.low, configuration.high)
    if high < 0 {
      reject("high_frequency", rule: "must not be below 0 Hz", suggestion: "use 0 for half of the sampling rate")
    } else if high > nyquist {
      reject(
        "high_frequency", rule: "must not be above half of the sampling rate, \(shown(nyquist)) Hz",
        suggestion: "use 0 for half of the sampling rate")
    }
    if low < 0 { reject("low_frequency", rule: "must not be below 0 Hz", suggestion: "use 0") }
    guard low >= 0, (0...nyquist).contains(high) else { return nil }
    if low > high {
      reject("low_frequency", rule: "must not be above the high frequency, \(shown(high)) Hz", suggestion: "use 0")
      return nil
    }
    guard let empty = configuration.bank.emptyFilter else { return configuration }
    // Halving the distance finds the edge near enough: fewer filters are wider.
    var possible = 1
    var tooMany = configuration.count
    while tooMany - possible > 1 {
      let middle = (possible + tooMany) / 2
      if configuration.with(count: middle).bank.emptyFilter == nil { possible = middle } else { tooMany = middle }
    }
    reject(
      "num_filters",
      rule: "leaves filter \(empty + 1) without a single bin between \(shown(low)) and \(shown(high)) Hz",
      suggestion: possible > 1
        ? "use \(possible) filters, or a longer FFT" : "use a longer FFT or a wider range of frequencies")
    return nil
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
    help: "Lower edge of the filters in Hz.", traits: .wholeNumber)
  static let highFrequency = Parameter(
    "high_frequency", "High frequency", .number, default: .integer(0),
    help: "Upper edge of the filters in Hz; 0 means half of the sampling rate.", traits: [.wholeNumber, .optional])
}
