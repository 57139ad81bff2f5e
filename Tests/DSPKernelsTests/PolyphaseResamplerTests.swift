// The reference is the definition, worked out one result at a time by Fixtures/resampling/make_golden.py: ratios of
// small and of huge numbers, up and down, recordings of one row, results of one row. Rows are pushed and pulled in
// pieces of every kind; bits must not show it.
// The power series are compared with the function that they stand for, the scale of large ratios with the plain sum.
// Spectra: a tone keeps its height and its place, and nothing else comes up.
// Buffers start full of NaN, so that a result that was not written is seen.
import Foundation
import Testing

@testable import DSPKernels

struct PolyphaseResamplerTests {
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var rows: Int
    var resampledRows: Int
    var places: [Int]
    var values: [[Double]]
    var testDescription: String { "\(rows) to \(resampledRows)" }
  }

  static let golden: [Golden] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/resampling/golden.json")
    return (try? JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))) ?? []
  }()

  /// The script's recording: row `n` of two axes of case `seed`.
  private static func value(_ n: Int, _ axis: Int, _ seed: Int) -> Double {
    let row = n * n * 31 + n * 17
    let number = row + seed * 101 + axis * 57
    return Double(number % 2048 - 1024) / 1024
  }

  /// The first `wanted` rows of a result, with rows pushed and pulled in pieces of the given sizes.
  private func resample(
    rows: Int, to resampledRows: Int, axes: Int = 2, wanted: Int? = nil, push: Int = .max, pull: Int = 1000,
    _ value: (_ row: Int, _ axis: Int) -> Double
  ) -> [Double] {
    let resampler = PolyphaseResampler(rows: rows, resampledRows: resampledRows, axes: axes)
    let output = LaneBuffer<Double>(count: pull * axes)
    var result: [Double] = []
    var next = 0
    while !resampler.isComplete && result.count < (wanted ?? resampledRows) * axes {
      output.fillWithNaN()
      let count = resampler.pull(into: UnsafeMutableBufferPointer(start: output.base, count: output.count))
      result += UnsafeBufferPointer(start: output.base, count: count * axes)
      if count > 0 { continue }
      let taken = min(resampler.room, push)
      if taken <= 0 { return [] }
      let input = (next..<next + taken).flatMap { row in (0..<axes).map { value(row, $0) } }
      resampler.push(input, count: taken)
      next += taken
    }
    return result
  }

  @Test func goldenNumbersAreThere() { #expect(Self.golden.count == 44) }

  @Test(arguments: golden.indices)
  func equalsTheDefinition(index: Int) throws {
    let golden = Self.golden[index]
    let found = resample(rows: golden.rows, to: golden.resampledRows, wanted: (golden.places.last ?? 0) + 1) {
      Self.value($0, $1, index)
    }
    var worst = 0.0
    for (place, values) in zip(golden.places, golden.values) {
      for axis in 0..<2 {
        try #require(found.count > place * 2 + axis)
        worst = max(worst, abs(found[place * 2 + axis] - values[axis]))
      }
    }
    // Values are up to 1; the script's own error, where a ratio has 10^7 phases, is 1e-14.
    #expect(worst < (golden.rows > 1_000_000 ? 5e-14 : 3e-15), "\(golden.testDescription): \(worst)")
  }

  @Test(arguments: [(625, 1000), (1000, 962), (997, 991), (5000, 37), (37, 5000), (1, 9), (9, 1), (3000, 3001)])
  func piecesDoNotShow(rows: Int, resampledRows: Int) {
    let expected = resample(rows: rows, to: resampledRows) { Self.value($0, $1, 3) }.map(\.bitPattern)
    #expect(expected.count == resampledRows * 2)
    for (push, pull) in [(1, 1), (2, 7), (7, 2), (64, 1), (1, 64), (999, 13)] {
      let found = resample(rows: rows, to: resampledRows, push: push, pull: pull) { Self.value($0, $1, 3) }
      #expect(found.map(\.bitPattern) == expected, "\(push) pushed, \(pull) pulled")
    }
  }

  @Test func axesDoNotTouch() {
    let together = resample(rows: 700, to: 433, axes: 5) { Self.value($0, $1, 1) }
    for axis in 0..<5 {
      let alone = resample(rows: 700, to: 433, axes: 1) { row, _ in Self.value(row, axis, 1) }
      #expect(alone == (0..<433).map { together[$0 * 5 + axis] })
    }
  }

  @Test func startsAgainAsIfNew() {
    let resampler = PolyphaseResampler(rows: 50, resampledRows: 31, axes: 1)
    let output = LaneBuffer<Double>(count: 31)
    let buffer = UnsafeMutableBufferPointer(start: output.base, count: 31)
    func run(_ seed: Int) -> [Double] {
      resampler.reset()
      output.fillWithNaN()
      resampler.push((0..<50).map { Self.value($0, 0, seed) }, count: 50)
      #expect(resampler.pull(into: buffer) == 31 && resampler.isComplete && resampler.pull(into: buffer) == 0)
      return Array(buffer)
    }
    let first = run(1)
    #expect(run(2) != first)
    #expect(run(1) == first)
  }

  /// The same number of rows, which callers leave alone, comes out to the bit.
  @Test func sameLengthIsTheSame() {
    let found = resample(rows: 77, to: 77) { Self.value($0, $1, 2) }
    #expect(found == (0..<77).flatMap { row in (0..<2).map { Self.value(row, $0, 2) } })
  }

  /// `g(t)` as it is defined, with the library's sine.
  private func definition(_ t: Double) -> Double {
    if t == 0 { return 1 }
    let window = InterpolationKernel.besselI0(25 * (1 - t / 10) * (1 + t / 10)) / InterpolationKernel.besselI0(25)
    return abs(t) < 10 ? sin(.pi * (t - t.rounded())) * cos(.pi * t.rounded()) / (.pi * t) * window : 0
  }

  @Test func seriesFollowTheFunction() {
    let kernel = InterpolationKernel()
    var worst = 0.0
    for index in -12_000...12_000 {
      // Whole and half numbers are among the places, and some beyond the ends.
      let t = Double(index) / 1000
      let places = SIMD8<Double>(t, -t, t + 1e-9, t, 0, 0.5, 10, t / 12)
      let values = kernel(places)
      for lane in 0..<8 { worst = max(worst, abs(values[lane] - definition(places[lane]))) }
    }
    #expect(worst < 1e-15, "\(worst)")
  }

  /// Both sides of the ratio from which the sum is no longer added up.
  @Test(arguments: [1, 2, 3, 127, 128, 129, 130, 1500, 4001, 30_011])
  func sumsFollowTheDefinition(rate: Int) {
    var sum = 0.0
    for step in stride(from: InterpolationKernel.halfWidth * rate, through: 1, by: -1) {
      sum += definition(Double(step) / Double(rate))
    }
    #expect(abs(InterpolationKernel.sum(rate: rate) / (2 * sum + 1) - 1) < 5e-15)
  }

  @Test func besselEqualsKnownValues() {
    // Abramowitz and Stegun, table 9.8.
    #expect(abs(InterpolationKernel.besselI0(1) - 1.266_065_877_752_008_4) < 1e-15)
    #expect(abs(InterpolationKernel.besselI0(25) / 27.239_871_823_604_44 - 1) < 1e-15)
  }

  @Test(arguments: [(4000, 6400), (6400, 4000), (4000, 3848), (3848, 4001), (2000, 20_000), (20_000, 2000)])
  func aToneStaysATone(rows: Int, resampledRows: Int) {
    // A tenth of the slower rate, far from its edge.
    let perRow = 0.1 * Double(min(rows, resampledRows)) / Double(rows)
    let found = resample(rows: rows, to: resampledRows, axes: 1) { row, _ in cos(2 * .pi * perRow * Double(row)) }
    let step = Double(rows) / Double(resampledRows)
    // Away from the ends, where the filter sees zeros.
    let edge = resampledRows / 20 + 20 * max(1, resampledRows / rows)
    var error = 0.0
    for place in edge..<resampledRows - edge {
      error = max(error, abs(found[place] - cos(2 * .pi * perRow * Double(place) * step)))
    }
    #expect(error < 1e-3, "images and distortion above -60 dB: \(error)")
  }

  /// A tone that the slower rate cannot hold must vanish and not come back at another place.
  @Test(arguments: [(6400, 4000), (20_000, 2000), (4001, 3000)])
  func whatTheSlowerRateCannotHoldVanishes(rows: Int, resampledRows: Int) {
    let perRow = 0.5 * (1 + Double(resampledRows) / Double(rows)) / 2 + 0.05
    let found = resample(rows: rows, to: resampledRows, axes: 1) { row, _ in cos(2 * .pi * perRow * Double(row)) }
    let edge = resampledRows / 20 + 20
    #expect((found[edge..<resampledRows - edge].map(abs).max() ?? 1) < 1e-3)
  }

  /// As many rows as a day at 16 kHz has: memory is that of the filter.
  @Test func memoryIsThatOfTheFilter() {
    #expect(PolyphaseResampler.tapCount(rows: 1_382_400_001, resampledRows: 1_270_080_000) == 24)
    #expect(PolyphaseResampler.tapCount(rows: 1 << 40, resampledRows: (1 << 40) - 1) == 24)
    #expect(PolyphaseResampler.tapCount(rows: 1000, resampledRows: 1) == 20_008)
    let resampler = PolyphaseResampler(rows: 1 << 40, resampledRows: (1 << 40) - 3, axes: 3)
    #expect(resampler.room < 2000)
    let rows = [Double](repeating: 1, count: 6000)
    let output = LaneBuffer<Double>(count: 300)
    var delivered = 0
    for _ in 0..<1000 {
      resampler.push(rows, count: min(resampler.room, 1000))
      while case let count = resampler.pull(into: .init(start: output.base, count: 300)), count > 0 {
        delivered += count
      }
    }
    #expect(delivered > 900_000)
    // A constant stays one.
    #expect(abs(output.base[0] - 1) < 1e-3)
  }
}
