/// The analysis filters of a wavelet: what splits a signal into approximation and detail.
///
/// Taps, their order, sign and zero padding are those of PyWavelets: coefficient `k` is the sum of
/// `taps[j] * x[2k + 1 - j]`. Both filters have the same even length, 2 to 20, and the low-pass sums to √2.
public struct WaveletFilter: Sendable {
  /// The name in lower case, as in `names`.
  public let name: String
  /// Taps that give the approximation.
  public let lowpass: [Double]
  /// Taps that give the detail.
  public let highpass: [Double]
  /// The same taps for Float signals.
  let floatTaps: (lowpass: [Float], highpass: [Float])

  /// Every wavelet that a spectral block can be set to, in Studio's order.
  public static let names =
    biorthogonal.map { "bior" + $0 } + ["coif1", "coif2", "coif3"] + (2...10).map { "db\($0)" } + ["haar"]
    + biorthogonal.map { "rbio" + $0 } + (2...10).map { "sym\($0)" }

  private static let biorthogonal = WaveletTaps.biorthogonal.map(\.name)

  /// Finds a wavelet by its name; upper and lower case are the same. Nil for a name that is not in `names`.
  public init?(name: String) {
    let name = name.lowercased()
    guard let taps = Self.lowpassTaps(name) else { return nil }
    // The detail mirrors the synthesis low-pass: every second tap changes its sign.
    let highpass = taps.synthesis.enumerated().map { $0 % 2 == 0 ? -$1 : $1 }
    // PyWavelets, too, keeps coiflets divided by √2 and multiplies them in the signal's type, which rounds twice.
    let scale = name.hasPrefix("coif") ? 2.0.squareRoot() : 1
    self.name = name
    lowpass = taps.analysis.map { $0 * scale }
    self.highpass = highpass.map { $0 * scale }
    floatTaps = (taps.analysis.map { Float($0) * Float(scale) }, highpass.map { Float($0) * Float(scale) })
  }

  /// Analysis and synthesis low-pass as they are kept, padded to the same even length.
  private static func lowpassTaps(_ name: String) -> (analysis: [Double], synthesis: [Double])? {
    switch name.prefix(4) {
    case "haar" where name == "haar":
      let taps = [Double](repeating: (1.0 / 2).squareRoot(), count: 2)
      return (taps, taps)
    case "bior": return biorthogonal(name.dropFirst(4))
    case "rbio":
      // The reverse wavelet exchanges analysis and synthesis, and runs both against time.
      guard let pair = biorthogonal(name.dropFirst(4)) else { return nil }
      return (pair.synthesis.reversed(), pair.analysis.reversed())
    default:
      guard let taps = orthonormal(name) else { return nil }
      return (taps, taps.reversed())
    }
  }

  /// Analysis low-pass of an orthonormal wavelet; synthesis is its mirror image.
  private static func orthonormal(_ name: String) -> [Double]? {
    func member(_ family: String, _ first: Int, _ taps: [[Double]]) -> [Double]? {
      taps.indices.first { name == "\(family)\(first + $0)" }.map { taps[$0] }
    }
    // With up to three vanishing moments the least asymmetric filter is the only one there is.
    return member("db", 2, WaveletTaps.daubechies) ?? member("sym", 2, Array(WaveletTaps.daubechies.prefix(2)))
      ?? member("sym", 4, WaveletTaps.symlets) ?? member("coif", 1, WaveletTaps.coiflets)
  }

  private static func biorthogonal(_ name: Substring) -> (analysis: [Double], synthesis: [Double])? {
    guard let pair = WaveletTaps.biorthogonal.first(where: { $0.name == name }) else { return nil }
    let length = (max(pair.analysis.count, pair.synthesis.count) + 1) / 2 * 2
    func padded(_ taps: [Double], center: Int) -> [Double] {
      let before = [Double](repeating: 0, count: center - taps.count / 2)
      let after = [Double](repeating: 0, count: length - before.count - taps.count)
      return before + taps + after
    }
    // Filters of odd length have a middle tap: it stands one row later in analysis than in synthesis.
    let shift = pair.synthesis.count % 2
    return (padded(pair.analysis, center: length / 2), padded(pair.synthesis, center: length / 2 - shift))
  }
}
