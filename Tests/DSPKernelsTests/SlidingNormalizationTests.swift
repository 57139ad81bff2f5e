// The sliding mean and deviation of frames against a loop over the mirrored rows, one frame and column at a time.
// Bit for bit: both add in the order of the rows. Data of 1 to 9 frames and 50, windows shorter and much longer than
// the data, columns that fill a vector and such as do not.

import Testing

@testable import DSPKernels

@Suite struct SlidingNormalizationTests {
  private func expected(
    _ values: [Double], _ frames: Int, _ columns: Int, window: Int, divides: Bool
  ) -> [Float] {
    func mirrored(_ row: Int) -> Int {
      let place = ((row % (2 * frames)) + 2 * frames) % (2 * frames)
      return place < frames ? place : 2 * frames - 1 - place
    }
    let reach = -(window - 1) / 2...(window - 1) / 2
    var differences = [Float](repeating: 0, count: values.count)
    for frame in 0..<frames {
      for column in 0..<columns {
        let rows = reach.map { values[mirrored(frame + $0) * columns + column] }
        let mean = rows.dropFirst().reduce(rows[0], +) / Double(window)
        differences[frame * columns + column] = Float(values[frame * columns + column] - mean)
      }
    }
    if !divides { return differences }
    var result = differences
    for frame in 0..<frames {
      for column in 0..<columns {
        let rows = reach.map { differences[mirrored(frame + $0) * columns + column] }
        let mean = rows.dropFirst().reduce(rows[0], +) / Float(window)
        let squares = rows.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Float(window)).squareRoot()
        result[frame * columns + column] = differences[frame * columns + column] / (deviation + 1e-10)
      }
    }
    return result
  }

  @Test(arguments: Array(1...9) + [50], [1, 3, 5, 7, 21, 101])
  func againstTheLoop(_ frames: Int, _ window: Int) {
    for (columns, divides) in [(1, true), (13, true), (16, false), (40, false), (40, true)] {
      let plan = SlidingNormalization(
        frames: frames, columns: columns, window: window, dividesByDeviation: divides)
      var random = SeededGenerator(seed: UInt64(frames * 1000 + window))
      let input = LaneBuffer<Double>(count: frames * plan.paddedColumns)
      for index in 0..<input.count { input.base[index] = random.uniform() * 20 }
      let differences = LaneBuffer<Float>(count: input.count)
      let result = LaneBuffer<Float>(count: input.count)
      plan.run(input.base, differences: differences.base, result: result.base)
      let found = divides ? result : differences
      #expect(
        firstDifference(
          found.values,
          expected(input.values, frames, plan.paddedColumns, window: window, divides: divides)) == nil,
        "\(columns) columns")
    }
  }
}
