import DSPKernels
import Glibc

extension SpectralAnalysisPlan {
  /// Points of the filter response.
  private static let responsePoints = 512

  /// Filter response (with a filter only), each axis after the filter, and its spectrum, as the features see them.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    precondition(window.count == input.rows * input.axes.count, "a window of the shape that the plan is made for")
    let frequency = input.frequency / Double(configuration.decimation.rawValue)
    var afterFilter = AxisLines()
    var spectra = AxisLines()
    var approximations = AxisLines()
    let pipeline = AxisPipeline(self, hop: input.rows, windows: 1)
    for (index, axis) in input.axes.enumerated() {
      window.withUnsafeBufferPointer { window in
        guard let source = window.baseAddress else { return }
        pipeline.fill(from: source + index, stride: input.axes.count, windows: 1)
      }
      pipeline.run(first: 0, windows: 1)
      afterFilter.add(axis, pipeline.centered)
      if let spectrum = pipeline.analysis.spectrum() { spectra.add(axis, spectrum) }
      if let approximation = pipeline.approximation { approximations.add(axis, approximation.sorted()) }
    }

    let step = Double(rows) * (1 / frequency) * 1000 / Double(rows)
    let resolution = 1 / (Double(configuration.fftLength) * (1 / frequency))
    // Version 1 draws densities, whatever its title says, and leaves out DC, though the abscissa begins there.
    let isDensity = if case .peaks = configuration.analysis { true } else { false }
    let unit = isDensity ? "Power density" : configuration.takesLog ? "log10 of power" : "Power"
    let filtered = LineGraph(
      lines: afterFilter.lines, abscissa: (0..<rows).map { Double($0) * step },
      suggestedVertical: .init(minimum: -1, maximum: 1), titles: .init(horizontal: "Sample #", vertical: "Value"),
      drawnTitles: .init(horizontal: "Time (ms)", vertical: "Value"))
    let power = LineGraph(
      lines: spectra.lines, abscissa: (0...configuration.fftLength / 2).map { Double($0) * resolution },
      suggestedHorizontal: .init(minimum: 0, maximum: frequency / 2), suggestedVertical: .init(minimum: 0),
      smoothing: false, titles: .init(horizontal: "Frequency (Hz)", vertical: "Energy"),
      drawnTitles: .init(horizontal: "Frequency (Hz)", vertical: unit), drawnFirst: isDensity ? 1 : 0)
    let response = filter == nil ? [] : [BlockGraph("Filter response", filterResponse(frequency: frequency))]
    let spectrum =
      spectra.lines.isEmpty ? [] : [BlockGraph("Spectral power (\(configuration.takesLog ? "log" : "linear"))", power)]
    return response + [BlockGraph("After filter", filtered)] + spectrum + waveletGraphs(approximations.lines, frequency)
  }

  /// The wavelet itself, and each axis's deepest approximation; nothing for other analyses.
  ///
  /// The reference has sorted the approximation for its statistics before it draws it, so that Studio shows a rising
  /// line; so do these.
  private func waveletGraphs(_ approximations: [LineGraph.Line], _ frequency: Double) -> [BlockGraph] {
    guard case .wavelet(let filter, let level) = configuration.analysis, let count = approximations.first?.values.count
    else { return [] }
    let titles = LineGraph.Titles(horizontal: "Time", vertical: "Value")
    let seconds = Double(rows) / frequency
    let approximation = LineGraph(
      lines: approximations,
      abscissa: (0..<count).map { (Double($0) / Double(count) * seconds * 1000).rounded(.down) },
      titles: titles, drawnTitles: .init(horizontal: "Rank, over the window's length (ms)", vertical: "Sorted values"))
    // At level 0 there is no function to show: the window is its own approximation.
    if level == 0 { return [BlockGraph("Wavelet Approximation", approximation)] }
    let function = filter.function(levels: level)
    let wavelet = LineGraph(
      lines: [.init(name: "0", values: function.values)], abscissa: function.times, titles: titles,
      drawnTitles: .init(horizontal: "Time (samples)", vertical: "Value"))
    return [BlockGraph("Wavelet function", wavelet), BlockGraph("Wavelet Approximation", approximation)]
  }

  /// Magnitude of the filter with its rounded coefficients, from 0 to below Nyquist.
  ///
  /// Studio's numbers are the logarithms alone, though their title says dB; drawings show dB.
  private func filterResponse(frequency: Double) -> LineGraph {
    let design = SectionedFilter.butterworth(
      order: configuration.filterOrder, cutoff: 2 * configuration.filterCutoff / frequency,
      kind: configuration.filterType == .low ? .low : .high
    ).roundedToFloat
    let angles = (0..<Self.responsePoints).map { Double($0) * (Double.pi / Double(Self.responsePoints)) }
    let logarithms = angles.map { angle in
      let magnitude = design.magnitude(at: angle)
      return log10(magnitude == 0 ? 1e-10 : magnitude)
    }
    return LineGraph(
      lines: [.init(name: "0", values: logarithms)], abscissa: angles.map { $0 * frequency / (2 * Double.pi) },
      titles: .init(horizontal: "Frequency (Hz)", vertical: "dB"),
      drawnTitles: .init(horizontal: "Frequency (Hz)", vertical: "Magnitude (dB)"), drawnFactor: 20,
      drawnFloor: -100)
  }
}

extension SectionedFilter {
  /// `|H(e^iω)|`.
  ///
  /// - Parameter angle: ω in radians a sample.
  fileprivate func magnitude(at angle: Double) -> Double {
    let (re1, im1) = (cos(angle), -sin(angle))
    let (re2, im2) = (re1 * re1 - im1 * im1, 2 * re1 * im1)
    let middle: Double = kind == .low ? 2 : -2
    let zeros = hypot(1 + middle * re1 + re2, middle * im1 + im2)
    return sections.reduce(abs(gain)) { product, section in
      product * zeros / hypot(1 + section.a1 * re1 + section.a2 * re2, section.a1 * im1 + section.a2 * im2)
    }
  }
}

/// Lines by name: of axes that share a name the last one counts, as in the reference.
private struct AxisLines {
  private(set) var lines: [LineGraph.Line] = []
  private var places: [String: Int] = [:]

  mutating func add(_ name: String, _ values: [Double]) {
    if let place = places[name] {
      lines[place].values = values
    } else {
      places[name] = lines.count
      lines.append(.init(name: name, values: values))
    }
  }
}
