// The transform and the whole analysis, against scalar code in WaveletReference.swift.
// 1. One level: rows from 1 to 70 and around powers of two, each with filters of every length in turn, Float and
//    Double, bit for bit. Short signals are mirrored several times over.
// 2. The analysis: levels 0 to 5, each lane another kind of window, every feature of every lane.
// 3. Memory is NaN before each run, scratch is used for other windows first; input stays as it is.
// 4. NaN and infinity in one lane make that lane NaN, and no other.

import Testing

@testable import DSPKernels

extension LaneEntropy.Scratch {
  fileprivate var doubleCount: Int {
    density.count + places.count + growth.count + ranges.count + rounded.count + result.count
  }
}

@Suite struct WaveletTransformTests {
  static let rows = Array(1...70) + [127, 128, 129, 250, 255, 256, 257]

  private func filters(_ rows: Int) throws -> [WaveletFilter] {
    try (0..<5).map { try #require(WaveletFilter(name: WaveletFilter.names[(rows * 7 + $0 * 11) % 50])) }
  }

  private func checkSplit<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ rows: Int, _ filter: WaveletFilter, _ low: [T], _ high: [T],
    _ split: (LaneWavelet, UnsafePointer<T>, UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) -> Void
  ) {
    var random = SeededGenerator(seed: UInt64(rows))
    let x = LaneBuffer<T>(rows: rows) { _, lane in T(random.uniform() * Double(lane + 1)) }
    let wavelet = LaneWavelet(rows: rows, levels: 1, filter: filter)
    let outputRows = (rows + low.count - 1) / 2
    #expect(wavelet.bandRows == [outputRows, outputRows])
    let (approximation, detail) = (
      LaneBuffer<T>(count: outputRows * laneCount), LaneBuffer<T>(count: outputRows * laneCount)
    )
    approximation.fillWithNaN()
    detail.fillWithNaN()
    split(wavelet, x.base, approximation.base, detail.base)
    for lane in 0..<laneCount {
      let expected = naiveSplit(x.column(lane, rows: rows), low, high)
      let found = approximation.column(lane, rows: outputRows) + detail.column(lane, rows: outputRows)
      let difference = firstDifference(found, expected.approximation + expected.detail)
      #expect(difference == nil, "\(filter.name), lane \(lane)")
    }
  }

  @Test(arguments: rows)
  func oneLevel(_ rows: Int) throws {
    for filter in try filters(rows) {
      let (low, high) = filter.floatTaps
      checkSplit(rows, filter, low, high) { $0.split(0, $1, approximation: $2, detail: $3) }
      checkSplit(rows, filter, filter.lowpass, filter.highpass) { $0.split(0, $1, approximation: $2, detail: $3) }
    }
  }

  @Test(arguments: [
    (250, 2, "db4", [67, 67, 128]), (32, 0, "haar", [32]), (1024, 5, "sym10", [50, 50, 81, 144, 270, 521]),
  ])
  func bandRows(_ rows: Int, _ levels: Int, _ name: String, _ bands: [Int]) throws {
    let filter = try #require(WaveletFilter(name: name))
    let analysis = LaneWaveletAnalysis(rows: rows, levels: levels, filter: filter)
    #expect(analysis.wavelet.bandRows == bands)
    #expect(analysis.featureCount == 14 * bands.count)
    let scratch = analysis.makeScratch()
    let doubles = scratch.statistics.map { $0.powers.count + $0.entropy.doubleCount } + scratch.buffers.map(\.count)
    let stacks = scratch.statistics.reduce(0) { $0 + $1.stack.count }
    #expect(analysis.scratchByteCount == 8 * doubles.reduce(0, +) + stacks)
  }

  /// Features of a batch, after another batch went through the same scratch.
  private func features<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ analysis: LaneWaveletAnalysis, _ x: LaneBuffer<T>,
    _ run: (UnsafePointer<T>, UnsafeMutablePointer<Float>, LaneWaveletAnalysis.Scratch) -> Void
  ) -> LaneBuffer<Float> {
    let scratch = analysis.makeScratch()
    let before = x.values
    let other = LaneBuffer<T>(count: x.count)
    other.fillWithNaN()
    let results = LaneBuffer<Float>(count: analysis.featureCount * laneCount)
    withExtendedLifetime(other) { run(other.base, results.base, scratch) }
    results.fillWithNaN()
    run(x.base, results.base, scratch)
    #expect(firstDifference(x.values, before) == nil, "the input changed")
    return results
  }

  private func check<T: BinaryFloatingPoint>(
    _ results: LaneBuffer<Float>, _ x: LaneBuffer<T>, _ rows: Int, _ levels: Int, _ low: [T], _ high: [T]
  ) {
    for lane in 0..<laneCount {
      let bands = naiveBands(x.column(lane, rows: rows), levels: levels, low, high)
      let found = results.column(lane, rows: 14 * bands.count)
      for (k, band) in bands.enumerated() {
        let difference = statisticsDifference(Array(found[14 * k..<14 * k + 14]), of: band)
        #expect(difference == nil, "lane \(lane), band \(k)")
      }
    }
  }

  @Test(arguments: [
    (1, 0), (1, 3), (2, 1), (5, 2), (33, 0), (64, 1), (129, 2), (250, 2), (256, 3), (513, 4), (1030, 5),
  ])
  func analysis(_ rows: Int, _ levels: Int) throws {
    for filter in try filters(rows).prefix(3) {
      let analysis = LaneWaveletAnalysis(rows: rows, levels: levels, filter: filter)
      var random = SeededGenerator(seed: UInt64(rows))
      let x = LaneBuffer<Double>(rows: rows) { row, lane in bandSample(lane, row, &random) }
      let wide = features(analysis, x) { analysis.run($0, into: $1, scratch: $2) }
      check(wide, x, rows, levels, filter.lowpass, filter.highpass)
      let y = LaneBuffer<Float>(rows: rows) { row, lane in Float(x.base[row * laneCount + lane]) + 0 }
      let narrow = features(analysis, y) { analysis.run($0, into: $1, scratch: $2) }
      let (low, high) = filter.floatTaps
      check(narrow, y, rows, levels, low, high)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func badLane(_ bad: Float) throws {
    let (rows, levels) = (250, 2)
    let filter = try #require(WaveletFilter(name: "db4"))
    let analysis = LaneWaveletAnalysis(rows: rows, levels: levels, filter: filter)
    for (row, lane) in [(0, 0), (249, 31), (100, 7), (101, 16)] {
      var random = SeededGenerator(seed: 9)
      let x = LaneBuffer<Float>(rows: rows) { _, _ in Float(random.uniform()) }
      let clean = features(analysis, x) { analysis.run($0, into: $1, scratch: $2) }
      x.base[row * laneCount + lane] = bad
      let found = features(analysis, x) { analysis.run($0, into: $1, scratch: $2) }
      for k in 0..<analysis.featureCount { clean.base[k * laneCount + lane] = .nan }
      #expect(firstDifference(found.values, clean.values) == nil, "row \(row), lane \(lane)")
    }
  }
}
