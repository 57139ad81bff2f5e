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
    let trace = AxisTrace(self)
    for (index, axis) in input.axes.enumerated() {
      trace.run(window, axis: index)
      afterFilter.add(axis, trace.centered)
      if let spectrum = trace.spectrum { spectra.add(axis, spectrum) }
      if let approximation = trace.approximation { approximations.add(axis, approximation.sorted()) }
    }

    let step = Double(rows) * (1 / frequency) * 1000 / Double(rows)
    let resolution = 1 / (Double(configuration.fftLength) * (1 / frequency))
    let isLog = configuration.takesLog
    let filtered = LineGraph(
      lines: afterFilter.lines, abscissa: (0..<rows).map { Double($0) * step },
      suggestedVertical: .init(minimum: -1, maximum: 1), titles: .init(horizontal: "Sample #", vertical: "Value"),
      drawnTitles: .init(horizontal: "Time (ms)", vertical: "Value"))
    let power = LineGraph(
      lines: spectra.lines, abscissa: (0...configuration.fftLength / 2).map { Double($0) * resolution },
      suggestedHorizontal: .init(minimum: 0, maximum: frequency / 2), suggestedVertical: .init(minimum: 0),
      smoothing: false, titles: .init(horizontal: "Frequency (Hz)", vertical: "Energy"),
      drawnTitles: .init(horizontal: "Frequency (Hz)", vertical: isLog ? "log10 of power" : "Power"))
    let response = filter == nil ? [] : [BlockGraph("Filter response", filterResponse(frequency: frequency))]
    let spectrum = spectra.lines.isEmpty ? [] : [BlockGraph("Spectral power (\(isLog ? "log" : "linear"))", power)]
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
      titles: titles, drawnTitles: .init(horizontal: "Time (ms)", vertical: "Value"))
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

/// One window's axis through the stages of the block, in the first lane of a batch.
private struct AxisTrace {
  private let plan: SpectralAnalysisPlan
  private let split: WindowSplit
  private let samples: LaneBuffer<Float>
  private let single: LaneBuffer<Float>
  private let double: LaneBuffer<Double>
  private let scratch: any AxisScratch

  init(_ plan: SpectralAnalysisPlan) {
    self.plan = plan
    split = WindowSplit(rows: plan.input.rows, hop: plan.input.rows, windows: 1)
    samples = LaneBuffer(count: split.count)
    let count = max(split.rows, plan.main.paddedRows) * laneCount
    single = LaneBuffer(count: plan.decimator == nil ? count : 0)
    double = LaneBuffer(count: plan.decimator == nil ? 0 : count)
    scratch = plan.main.makeScratch()
  }

  func run(_ window: [Double], axis: Int) {
    window.withUnsafeBufferPointer { window in
      guard let source = window.baseAddress else { return }
      split.fill(samples.base, from: source + axis, stride: plan.input.axes.count, windows: 1, scale: plan.scale)
    }
    guard let decimator = plan.decimator else {
      if let filter = plan.filter {
        filter.load(samples.base, split: split, first: 0, into: single.base)
      } else {
        split.load(samples.base, first: 0, into: single.base)
      }
      return scratch.run(single.base)
    }
    split.load(samples.base, first: 0, into: double.base)
    decimator.run(double.base, rows: split.rows)
    // What decimation has left behind the last row would complete the last frames.
    let used = plan.rows * laneCount
    (double.base + used).update(repeating: 0, count: double.count - used)
    plan.filter?.run(double.base, rows: plan.rows)
    scratch.run(double.base)
  }

  /// The axis behind the filter, without its mean.
  var centered: [Double] {
    (0..<plan.rows).map { plan.decimator == nil ? Double(single.base[$0 * laneCount]) : double.base[$0 * laneCount] }
  }

  /// The deepest approximation; nil for analyses without wavelets.
  var approximation: [Double]? {
    guard let stage = plan.main as? WaveletStage else { return nil }
    let wavelet = stage.analysis.wavelet
    return plan.decimator == nil ? wavelet.approximation(of: single.base) : wavelet.approximation(of: double.base)
  }

  /// All bins, from DC to Nyquist, those that are no features too; nil for wavelets.
  var spectrum: [Double]? {
    // Studio gives version 1 no DC, though the abscissa begins there.
    if let scratch = scratch as? PeaksScratch { return scratch.firstLaneDensities() }
    guard let stage = plan.main as? SpectrumStage, let scratch = scratch as? SpectrumScratch else { return nil }
    return (0..<stage.spectrum.bins).map { bin in
      let power = scratch.power.base[bin * laneCount]
      return stage.takesLog ? log10(power == 0 ? 1e-10 : power) : power
    }
  }
}
