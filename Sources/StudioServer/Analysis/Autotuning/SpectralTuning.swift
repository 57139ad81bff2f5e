import DSPKernels
import Glibc
import ProcessingBlocks

/// Suggestions for spectral analysis.
///
/// 1. Scale: one by the largest magnitude.
/// 2. Filter: where the labels' mean log spectra (512 values, maximum over overlapping frames) differ. The outermost
///    peaks of the differences, each followed outwards while the difference stays above half of the peak's, span the
///    band that counts. A band that leaves out the top asks for a low-pass, one that leaves out only the bottom for a
///    high-pass.
/// 3. Decimation, with a low-pass: the largest ratio after which the cut-off is below 0.9 of the Nyquist frequency and
///    16 rows remain.
/// 4. FFT length: of the powers of two from 32 (or what the band needs) to 4096 (or the signals' length) the one whose
///    log spectra keep the labels farthest apart, each doubling costing 7 %; the largest where none reaches 0.2.
/// 5. Wavelets instead, where those keep the labels farther apart; see `WaveletTuning`.
///
/// The published program compares sums where 2. has means, so that labels with more recordings differ everywhere, and
/// lets the FFT be longer than a window, which adds bins without information; neither is followed.
struct SpectralTuning {
  let input: SignalShape

  private static let filterLength = 512
  private static let filterOrder = 6
  private static let lengths = (shortest: 32, longest: 4096)
  private static let fewestRows = 16
  private static let ratios = [1000, 100, 30, 10, 3]
  /// What a doubling of the length leaves of its worth.
  private static let doubling = 0.93
  private static let leastDistance = 0.2

  /// A filter, and the shortest transform that resolves what it lets through.
  struct Filter: Equatable {
    var type: String
    var cutoff: Double
    var shortest = SpectralTuning.lengths.shortest
  }

  /// What a first look at the recordings gives.
  private struct Survey {
    var largest = 0.0
    var rows: (least: Int, most: Int) = (.max, 0)
    var contrast: LabelContrast
  }

  /// Suggestions, the best first; each later one asks less of the window.
  func candidates(_ view: TuningView) throws -> [[Autotuner.Suggestion]] {
    try view.requireTwoLabels()
    let survey = try survey(view)
    guard survey.contrast.labelCount >= 2, survey.rows.most > Self.fewestRows else {
      throw AnalysisError(
        .unsuited,
        "autotuning needs recordings of one label each, of at least two labels, with more than \(Self.fewestRows) rows; found "
          + "\(survey.contrast.labelCount) labels and at most \(survey.rows.most) rows")
    }
    let filter = Self.filter(differences: survey.contrast.differences, frequency: input.frequency)
    var ratio = Self.ratio(filter, frequency: input.frequency)
    if min(survey.rows.least, input.rows) / ratio < Self.fewestRows { ratio = 1 }
    let lengths = lengths(filter, ratio: ratio, rows: survey.rows)
    let wavelets = WaveletTuning(rows: min(survey.rows.least, input.rows), labels: view.labels.count, axes: view.axes)
    let fft = try search(view, lengths: lengths, ratio: ratio, wavelets: wavelets)
    let wavelet = wavelets?.best
    let isWavelet = wavelet.map { $0.distance >= fft.distance } ?? false

    func suggestions(_ filter: Filter, ratio: Int, isWavelet: Bool) -> [Autotuner.Suggestion] {
      var list: [Autotuner.Suggestion] = [
        .init("scale-axes", survey.largest > 0 ? 1 / survey.largest : 1), .init("input-decimation-ratio", ratio),
        .init("fft-length", fft.length), .init("do-fft-overlap", "false"), .init("filter-type", filter.type),
        .init("filter-cutoff", filter.cutoff), .init("filter-order", Self.filterOrder),
        .init("analysis-type", isWavelet ? "Wavelet" : "FFT"),
      ]
      if let wavelet { list += [.init("wavelet", wavelet.name), .init("wavelet-level", wavelet.level)] }
      return list
    }
    let none = Filter(type: "none", cutoff: filter.type == "none" ? filter.cutoff : input.frequency / 4)
    return (isWavelet ? [suggestions(none, ratio: 1, isWavelet: true)] : []) + [
      suggestions(filter, ratio: ratio, isWavelet: false), suggestions(filter, ratio: 1, isWavelet: false),
      suggestions(none, ratio: 1, isWavelet: false),
    ]
  }

  private func survey(_ view: TuningView) throws -> Survey {
    var survey = Survey(contrast: LabelContrast(labels: view.labels.count))
    let power = FramePower(frameRows: Self.filterLength, length: Self.filterLength)
    try view.forEachLabelled { signal, label in
      survey.largest = signal.values.reduce(survey.largest) { max($0, abs($1)) }
      survey.rows = (min(survey.rows.least, signal.rows), max(survey.rows.most, signal.rows))
      for axis in 0..<signal.axes { survey.contrast.add(power.logOfMaximum(of: signal.column(axis)), label: label) }
    }
    return survey
  }

  // MARK: Filter

  /// Finds the band in which the labels differ.
  ///
  /// - Parameter differences: of bins 1, 2, … of a transform of 512 values.
  static func filter(differences: [Double], frequency: Double) -> Filter {
    // Two mean values on either side let the first and the last bin be peaks.
    let mean = differences.reduce(0, +) / Double(max(1, differences.count))
    let padded = [mean, mean] + differences + [mean, mean]
    let none = Filter(type: "none", cutoff: frequency / 4)
    let peaks = peaks(padded)
    guard let first = peaks.first, let last = peaks.last else { return none }
    let end = differences.count
    // The place of the band's edges, as offsets of the padding.
    var low = max(0, first - 2)
    while low > 2 && padded[low + 2] > padded[first] / 2 { low -= 1 }
    var high = min(end, last - 2)
    while high < end && padded[high + 2] > padded[last] / 2 { high += 1 }
    let reachesBottom = low < 4
    let reachesTop = high > end - 3
    func hertz(_ bin: Int) -> Double { frequency / Double(filterLength) * Double(bin) }
    if reachesBottom && reachesTop { return none }
    if reachesTop { return Filter(type: "high", cutoff: hertz(low - 2)) }
    // There is no band-pass: what lies below the band stays.
    let resolved = Scalar.powerOfTwo(atLeast: Int(Double(filterLength) / Double(high + 2) * 2))
    return Filter(type: "low", cutoff: hertz(high + 2), shortest: max(lengths.shortest, resolved))
  }

  /// Places of the peaks that rise above 0.8 of the range; of those within three places only the highest.
  static func peaks(_ values: [Double]) -> [Int] {
    guard let lowest = values.min(), let highest = values.max(), values.count > 2 else { return [] }
    let threshold = lowest + 0.8 * (highest - lowest)
    var found: [Int] = []
    var start = 1
    while start < values.count - 1 {
      var end = start
      while end + 1 < values.count && values[end + 1] == values[start] { end += 1 }
      if end < values.count - 1 && values[start - 1] < values[start] && values[end + 1] < values[end]
        && values[start] > threshold
      {
        found.append((start + end) / 2)
      }
      start = end + 1
    }
    var kept: [Int] = []
    for peak in found.sorted(by: { values[$0] != values[$1] ? values[$0] > values[$1] : $0 > $1 })
    where kept.allSatisfy({ abs($0 - peak) > 3 }) {
      kept.append(peak)
    }
    return kept.sorted()
  }

  private static func ratio(_ filter: Filter, frequency: Double) -> Int {
    if filter.type != "low" { return 1 }
    return ratios.first { frequency / 2 / Double($0) * 0.9 > filter.cutoff } ?? 1
  }

  // MARK: FFT length

  /// From the shortest to the longest that the recordings have values for, and no longer than a window needs.
  private func lengths(_ filter: Filter, ratio: Int, rows: (least: Int, most: Int)) -> ClosedRange<Int> {
    let shortest = min(filter.shortest, Scalar.powerOfTwo(atLeast: rows.least / ratio / 2))
    let longest = [Self.lengths.longest, rows.most / ratio, (input.rows + ratio - 1) / ratio].map {
      Scalar.powerOfTwo(atLeast: $0)
    }
    let bound = max(2, longest.min() ?? 2)
    return min(max(2, shortest), bound)...bound
  }

  private func search(
    _ view: TuningView, lengths: ClosedRange<Int>, ratio: Int, wavelets: WaveletTuning?
  ) throws -> (length: Int, distance: Double) {
    let tried = sequence(first: lengths.lowerBound) { $0 < lengths.upperBound ? $0 * 2 : nil }.map {
      FramePower(frameRows: $0, length: $0)
    }
    var contrasts = tried.map { _ in LabelContrast(labels: view.labels.count) }
    // Recordings that are shorter than a length would compare with zeros.
    var longest = lengths.upperBound
    try view.forEachLabelled { signal, label in
      wavelets?.add(signal, label: label)
      let columns = (0..<signal.axes).map { Self.decimated(signal.column($0), by: ratio) }
      let rows = columns[0].count
      if rows <= lengths.lowerBound && lengths.lowerBound < lengths.upperBound { return }
      longest = min(longest, Scalar.powerOfTwo(atLeast: rows))
      for (index, power) in tried.enumerated() where (2 * power.bins - 2) <= longest {
        contrasts[index].add(columns.flatMap(power.logOfMaximum), label: label)
      }
    }
    wavelets?.finish()
    let lengths = tried.map { 2 * $0.bins - 2 }.filter { $0 <= max(longest, lengths.lowerBound) }
    let distances = contrasts.prefix(lengths.count).map(\.distance)
    var best = 0
    func worth(_ index: Int) -> Double {
      distances[index] * pow(Self.doubling, Double(lengths[index].trailingZeroBitCount))
    }
    for index in distances.indices where worth(index) > worth(best) { best = index }
    let isClear = distances[best] > Self.leastDistance
    return (isClear ? lengths[best] : lengths[lengths.count - 1], distances[best])
  }

  /// Every `ratio`-th value behind a filter without delay, which takes the signal as 0 outside.
  private static func decimated(_ signal: [Double], by ratio: Int) -> [Double] {
    if ratio == 1 || signal.isEmpty { return signal }
    let rows = (signal.count + ratio - 1) / ratio
    // Whole steps keep the ratio of the rows that of the rates.
    let values = signal + [Double](repeating: 0, count: rows * ratio - signal.count)
    let resampler = PolyphaseResampler(rows: rows * ratio, resampledRows: rows, axes: 1)
    var pushed = 0
    return [Double](unsafeUninitializedCapacity: rows) { buffer, count in
      while !resampler.isComplete {
        let pulled = resampler.pull(into: UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        count += pulled
        if pulled == 0 {
          let room = resampler.room
          values.withUnsafeBufferPointer { values in
            if let base = values.baseAddress { resampler.push(base + pushed, count: room) }
          }
          pushed += room
        }
      }
    }
  }
}
