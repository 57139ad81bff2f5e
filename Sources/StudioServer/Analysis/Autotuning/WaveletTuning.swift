import DSPKernels

/// Finds the wavelet whose features keep the labels farthest apart.
///
/// All wavelets of the block but those that equal haar are tried, at the depth that the shortest signal allows: the
/// binary logarithm of its rows less 6, at most 7; signals of fewer than 128 rows have none. The features are the
/// block's, of the beginning of each recording, neither scaled nor centred.
final class WaveletTuning {
  /// The best wavelet.
  struct Choice {
    var name: String
    var level: Int
    var distance: Double
  }

  private let rows: Int
  private let level: Int
  private let axes: Int
  private let analyses: [(filter: WaveletFilter, analysis: LaneWaveletAnalysis, scratch: LaneWaveletAnalysis.Scratch)]
  /// Of each wavelet.
  private var contrasts: [LabelContrast]
  // Signals that wait for the lanes to be full: an axis of a recording each.
  private let lanes: LaneBuffer<Double>
  private let features: LaneBuffer<Float>
  private var waiting = 0
  /// Labels of recordings whose axes are in the lanes, or were.
  private var open: [Int] = []
  /// For each wavelet the features of finished axes of recordings that are not finished.
  private var partial: [[Double]]

  /// Nil for signals that are too short.
  init?(rows: Int, labels: Int, axes: Int) {
    let depth = min(7, rows < 1 ? 0 : Int.bitWidth - 1 - rows.leadingZeroBitCount - 6)
    guard depth >= 1 else { return nil }
    self.rows = rows
    self.axes = axes
    level = depth
    analyses = WaveletFilter.names.filter { !["bior1.1", "rbio1.1"].contains($0) }.compactMap { name in
      WaveletFilter(name: name).map { filter in
        let analysis = LaneWaveletAnalysis(rows: rows, levels: depth, filter: filter)
        return (filter, analysis, analysis.makeScratch())
      }
    }
    contrasts = analyses.map { _ in LabelContrast(labels: labels) }
    partial = analyses.map { _ in [] }
    lanes = LaneBuffer(count: rows * laneCount)
    features = LaneBuffer(count: (analyses.map(\.analysis.featureCount).max() ?? 0) * laneCount)
  }

  /// Adds a recording; shorter ones than `rows` are passed over.
  func add(_ signal: TuningSignal, label: Int) {
    guard signal.rows >= rows else { return }
    open.append(label)
    for axis in 0..<axes {
      for row in 0..<rows { lanes.base[row * laneCount + waiting] = signal.values[row * axes + axis] }
      waiting += 1
      if waiting == laneCount { run() }
    }
  }

  /// Takes in what waits in the lanes.
  func finish() { if waiting > 0 { run() } }

  private func run() {
    for (index, (_, analysis, scratch)) in analyses.enumerated() {
      analysis.run(UnsafePointer(lanes.base), into: features.base, scratch: scratch)
      for lane in 0..<waiting {
        for feature in 0..<analysis.featureCount {
          partial[index].append(Double(features.base[feature * laneCount + lane]))
        }
      }
      // Recordings whose axes are all there.
      let width = axes * analysis.featureCount
      let done = partial[index].count / width
      for recording in 0..<done {
        contrasts[index].add(Array(partial[index][recording * width..<(recording + 1) * width]), label: open[recording])
      }
      partial[index].removeFirst(done * width)
      if index == analyses.count - 1 { open.removeFirst(done) }
    }
    waiting = 0
  }

  /// The first of the best.
  var best: Choice? {
    var best: Choice?
    for (analysis, contrast) in zip(analyses, contrasts) where contrast.labelCount >= 2 {
      let distance = contrast.distance
      if distance > best?.distance ?? -1 {
        best = Choice(name: analysis.filter.name, level: level, distance: distance)
      }
    }
    return best
  }
}
