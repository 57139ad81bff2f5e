// The layout of overlapping windows, and the way of features back into rows.
// 1. For random windows and hops (windows that overlap, touch, leave gaps), element (window, row) of every batch is
//    the recording's value at row `window * hop + row`, in Float, widened to Double, and in Double.
// 2. The recording ends with the last window, and NaN stands in every other column: a read beside the axis shows.
// 3. A split that is filled again with fewer windows serves these as well.
// 4. Feature rows: every number of features and windows, with a guard around the target.

import Testing

@testable import DSPKernels

@Suite struct WindowSplitTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    let rows: Int
    let hop: Int
    let windows: Int
    var testDescription: String { "\(windows) windows of \(rows) rows, hop \(hop)" }

    static let all: [Layout] = {
      var random = SeededGenerator(seed: 11)
      var layouts: [Layout] = []
      for (rows, hop) in [(1, 1), (1, 5), (5, 1), (16, 16), (17, 16), (16, 17), (33, 32), (40, 100)] {
        for windows in [1, 31, 32, 33, 70] { layouts.append(Layout(rows: rows, hop: hop, windows: windows)) }
      }
      for _ in 0..<60 {
        layouts.append(
          Layout(
            rows: .random(in: 1...70, using: &random), hop: .random(in: 1...90, using: &random),
            windows: .random(in: 1...80, using: &random)))
      }
      return layouts
    }()
  }

  /// A recording of two columns; the second one is the axis, the first is NaN.
  private func recording(_ layout: Layout) -> [Double] {
    let rows = (layout.windows - 1) * layout.hop + layout.rows
    return (0..<2 * rows).map { $0 % 2 == 0 ? .nan : Double($0) / 7 }
  }

  /// Every element of all batches, in the order batch, row, lane, as the split has it and as it should be.
  private func elements<T: BinaryFloatingPoint>(
    _ layout: Layout, windows: Int, value: (Int) -> T, load: (Int, LaneBuffer<T>) -> Void
  ) -> (found: [T], expected: [T]) {
    var found: [T] = []
    var expected: [T] = []
    let batch = LaneBuffer<T>(count: layout.rows * laneCount)
    for first in stride(from: 0, to: windows, by: laneCount) {
      batch.fillWithNaN()
      load(first, batch)
      for row in 0..<layout.rows {
        for lane in 0..<min(laneCount, windows - first) {
          found.append(batch.base[row * laneCount + lane])
          expected.append(value((first + lane) * layout.hop + row))
        }
      }
    }
    return (found, expected)
  }

  @Test(arguments: Layout.all)
  func elementsAreTheRecordings(_ layout: Layout) {
    let recording = recording(layout)
    let split = WindowSplit(rows: layout.rows, hop: layout.hop, windows: layout.windows)
    let single = LaneBuffer<Float>(count: split.count)
    single.fillWithNaN()
    for windows in [layout.windows, max(1, layout.windows / 2)] {
      recording.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        split.fill(single.base, from: base + 1, stride: 2, windows: windows, scale: 0.3)
      }
      let value = { (row: Int) in Float(recording[2 * row + 1]) * 0.3 }
      let plain = elements(layout, windows: windows, value: value) { first, batch in
        split.load(single.base, first: first, into: batch.base)
      }
      #expect(firstDifference(plain.found, plain.expected) == nil)
      let widened = elements(layout, windows: windows, value: { Double(value($0)) }) { first, batch in
        split.load(single.base, first: first, into: batch.base)
      }
      #expect(firstDifference(widened.found, widened.expected) == nil)
    }
  }

  @Test(arguments: Layout.all)
  func elementsInDouble(_ layout: Layout) {
    let recording = recording(layout)
    let split = WindowSplit(rows: layout.rows, hop: layout.hop, windows: layout.windows)
    let samples = LaneBuffer<Double>(count: split.count)
    samples.fillWithNaN()
    recording.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      split.fill(samples.base, from: base + 1, stride: 2, windows: layout.windows, scale: 0.3)
    }
    let result = elements(layout, windows: layout.windows, value: { recording[2 * $0 + 1] * 0.3 }) {
      first, batch in
      for row in 0..<layout.rows {
        (batch.base + row * laneCount).update(
          from: samples.base + split.offsets[row] + first, count: laneCount)
      }
    }
    #expect(firstDifference(result.found, result.expected) == nil)
  }

  /// Reads of the last batch's last lane stay inside the allocation, whatever the number of windows.
  @Test(arguments: Layout.all)
  func loadsStayInside(_ layout: Layout) {
    let split = WindowSplit(rows: layout.rows, hop: layout.hop, windows: layout.windows)
    let lastBatch = (layout.windows - 1) / laneCount * laneCount
    let end = (split.offsets.max() ?? 0) + lastBatch + laneCount
    #expect(end <= split.count)
    #expect(Set(split.offsets).count == layout.rows)
  }

  @Test func nothingIsReadForNoWindows() {
    let split = WindowSplit(rows: 8, hop: 2, windows: 4)
    let samples = LaneBuffer<Float>(count: split.count)
    let source = LaneBuffer<Double>(rows: 1) { _, _ in 1 }
    split.fill(samples.base, from: source.base, stride: 1, windows: 0, scale: 1)
    #expect(samples.values.allSatisfy { $0 == 0 })
  }

  @Test func moreWindowsThanPlannedAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let split = WindowSplit(rows: 8, hop: 2, windows: 4)
      let samples = LaneBuffer<Float>(count: 4 * split.count)
      let source = LaneBuffer<Double>(count: 100)
      split.fill(samples.base, from: source.base, stride: 1, windows: 5, scale: 1)
    }
  }

  @Test(arguments: 1...40)
  func featureRows(_ features: Int) {
    let lanes = LaneBuffer<Float>(rows: features) { row, lane in Float(row * laneCount + lane) }
    for windows in 1...laneCount {
      let width = features + 3
      var rows = [Float](repeating: -1, count: windows * width)
      rows.withUnsafeMutableBufferPointer { rows in
        guard let base = rows.baseAddress else { return }
        writeFeatureRows(lanes.base, features: features, to: base + 2, width: width, windows: windows)
      }
      let expected = (0..<windows * width).map { k -> Float in
        let feature = k % width - 2
        return (0..<features).contains(feature) ? Float(feature * laneCount + k / width) : -1
      }
      #expect(firstDifference(rows, expected) == nil, "\(windows) windows")
    }
  }
}
