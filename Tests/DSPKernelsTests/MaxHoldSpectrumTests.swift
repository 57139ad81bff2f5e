// Spectra. The reference is the definition of the Fourier transform, in Double.
// 1. The reference itself on an impulse, a constant and a cosine.
// 2. Every length from 2 to 2048 against it, with and without overlap, Float and Double, for windows of 1 to 3 frames
//    and partial frames; errors relative to the largest bin. Short lengths sweep every window and every lane.
// 3. All memory is NaN before a run, and a second run with other data over the same scratch gives the same bits as a
//    run over fresh scratch.
// 4. Maxima follow np.maximum: NaN wins; a lane with NaN or infinity leaves the others' bits alone.

import Testing

@testable import DSPKernels

@Suite struct MaxHoldSpectrumTests {
  struct Sweep: Sendable, CustomTestStringConvertible {
    let length: Int
    let overlap: Bool
    var testDescription: String { "length \(length)\(overlap ? ", overlapping" : "")" }

    /// Windows to try: all up to three frames where that is cheap.
    var windows: [Int] {
      if length <= 16 { return Array(1...3 * length) }
      if length <= 512 {
        let half = length / 2
        return [1, 7, half - 1, half, half + 1, length - 1, length, length + 1, 3 * half, 2 * length + 1]
      }
      return [length / 2 + 1, length + 3]
    }

    /// Lanes to compare with the reference.
    var lanes: [Int] { length <= 16 ? Array(0..<laneCount) : length <= 512 ? [0, 13, 31] : [30] }

    static let all = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048].flatMap { length in
      [false, true].map { Sweep(length: length, overlap: $0) }
    }
  }

  /// Powers of a batch, from dirty memory.
  private func power<Scalar: BinaryFloatingPoint>(
    _ spectrum: MaxHoldSpectrum, _ scratch: MaxHoldSpectrum.Scratch, _ batch: LaneBuffer<Scalar>
  ) -> LaneBuffer<Double> {
    let power = LaneBuffer<Double>(count: spectrum.bins * laneCount)
    power.fillWithNaN()
    if let batch = batch as? LaneBuffer<Float> {
      spectrum.run(batch.base, into: power.base, scratch: scratch)
    } else if let batch = batch as? LaneBuffer<Double> {
      spectrum.run(batch.base, into: power.base, scratch: scratch)
    }
    return power
  }

  private func batch<Scalar: BinaryFloatingPoint>(
    _ spectrum: MaxHoldSpectrum, seed: UInt64, _: Scalar.Type
  ) -> LaneBuffer<Scalar> {
    var random = SeededGenerator(seed: seed)
    return LaneBuffer(rows: spectrum.rows, paddedRows: spectrum.paddedRows) { _, _ in
      Scalar(Float(random.uniform() * 100))
    }
  }

  @Test func referenceOnKnownPairs() {
    let spectrum = NaiveSpectrum(length: 8, overlap: false)
    #expect(largestError(spectrum.power([3]), [Double](repeating: 9.0 / 8, count: 5)) < 1e-15)
    #expect(largestError(spectrum.power([Double](repeating: 2, count: 8)), [32, 0, 0, 0, 0]) < 1e-14)
    let h = 0.5.squareRoot()
    #expect(largestError(spectrum.power([1, h, 0, -h, -1, -h, 0, h]), [0, 2, 0, 0, 0]) < 1e-14)
    // A second, partial frame is held against the first; with overlap there is one more in between.
    #expect(largestError(spectrum.power([0, 0, 0, 0, 1, 0, 0, 0, 4]), [2, 2, 2, 2, 2]) < 1e-14)
    let overlapping = NaiveSpectrum(length: 2, overlap: true)
    #expect(largestError(overlapping.power([1, 2, -2]), [4.5, 8]) < 1e-14)
  }

  @Test(arguments: Sweep.all)
  func againstTheDefinition(_ sweep: Sweep) {
    let reference = NaiveSpectrum(length: sweep.length, overlap: sweep.overlap)
    let bound = 1e-14 * Double(sweep.length.trailingZeroBitCount)
    for rows in sweep.windows {
      let spectrum = MaxHoldSpectrum(length: sweep.length, rows: rows, overlap: sweep.overlap)
      let scratch = spectrum.makeScratch()
      _ = power(spectrum, scratch, batch(spectrum, seed: 5, Double.self))
      let single = batch(spectrum, seed: UInt64(rows), Float.self)
      let double = batch(spectrum, seed: UInt64(rows), Double.self)
      let found = power(spectrum, scratch, single)
      // The same numbers in Double give the same bits: transforms run in Double.
      #expect(
        firstDifference(power(spectrum, scratch, double).values, found.values) == nil,
        "\(rows) rows, Float against Double")
      for lane in sweep.lanes {
        let expected = reference.power(double.column(lane, rows: rows))
        let error = largestError(found.column(lane, rows: spectrum.bins), expected)
        let limit = bound * (expected.max() ?? 0)
        #expect(error <= limit, "\(rows) rows, lane \(lane): error \(error)")
      }
    }
  }

  @Test(arguments: [2, 4, 8, 16, 32, 64, 128, 256, 512])
  func laneTransformAgainstFFTW(_ length: Int) {
    let transform = LaneTransform(length: length)
    let other = FrequencyTransform(length: length)
    let buffers = other.makeBuffers()
    var random = SeededGenerator(seed: UInt64(length))
    let batch = LaneBuffer<Double>(rows: length) { _, _ in random.uniform() }
    let power = LaneBuffer<Double>(count: (length / 2 + 1) * laneCount)
    let scratch = LaneBuffer<Double>(count: transform.scratchCount)
    scratch.fillWithNaN()
    for lane in stride(from: 0, to: laneCount, by: DoubleLanes.width) {
      transform.holdPower(batch.base + lane, DoubleLanes.self, into: power.base + lane, scratch: scratch.base)
    }
    for lane in 0..<laneCount {
      for row in 0..<length { buffers.input[row] = batch.base[row * laneCount + lane] }
      other.run(buffers)
      let expected = (0...length / 2).map { bin in
        let (real, imaginary) = buffers.output[bin]
        return 4 * (real * real + imaginary * imaginary)
      }
      let error = largestError(power.column(lane, rows: length / 2 + 1), expected)
      let limit = 4e-15 * Double(length.trailingZeroBitCount) * (expected.max() ?? 0)
      #expect(error <= limit, "lane \(lane): error \(error)")
    }
  }

  @Test(arguments: [2, 4, 8, 16, 64, 128, 256, 512, 1024])
  func scratchCarriesNothingOver(_ length: Int) {
    let spectrum = MaxHoldSpectrum(length: length, rows: 2 * length + 1, overlap: true)
    let used = spectrum.makeScratch()
    _ = power(spectrum, used, batch(spectrum, seed: 1, Float.self))
    let poison = batch(spectrum, seed: 2, Float.self)
    poison.base.update(repeating: .nan, count: spectrum.rows * laneCount)
    _ = power(spectrum, used, poison)
    let second = batch(spectrum, seed: 3, Float.self)
    let found = power(spectrum, used, second)
    let fresh = power(spectrum, spectrum.makeScratch(), second)
    #expect(firstDifference(found.values, fresh.values) == nil)
  }

  @Test(arguments: [2, 4, 16, 64, 512, 1024], [Float.nan, .infinity, -.infinity])
  func badLanesStayAlone(_ length: Int, _ bad: Float) {
    // The bad value is in the first, a middle or the last, partial frame.
    let rows = 2 * length + length / 2
    let spectrum = MaxHoldSpectrum(length: length, rows: rows, overlap: false)
    let scratch = spectrum.makeScratch()
    let batch = batch(spectrum, seed: 9, Float.self)
    let clean = power(spectrum, scratch, batch)
    let places = [3: 0, 4: length, 17: rows - 1]
    for (lane, row) in places { batch.base[row * laneCount + lane] = bad }
    let found = power(spectrum, scratch, batch)
    for lane in 0..<laneCount {
      let column = found.column(lane, rows: spectrum.bins)
      if places[lane] == nil {
        #expect(firstDifference(column, clean.column(lane, rows: spectrum.bins)) == nil, "lane \(lane)")
      } else if bad.isNaN {
        #expect(column.allSatisfy { $0.isNaN }, "lane \(lane)")
      } else {
        #expect(column.allSatisfy { !$0.isFinite }, "lane \(lane)")
      }
    }
  }

  @Test func holdingFollowsNumPy() {
    let values = [0, .leastNonzeroMagnitude, 1, 1e300, .infinity, .nan, -.nan] as [Double]
    for a in values {
      for b in values {
        let result = LaneBuffer<Double>(count: DoubleLanes.width)
        DoubleLanes.holdPower(DoubleLanes(repeating: a), DoubleLanes(repeating: b)).store(result.base)
        let expected = a.isNaN || b.isNaN ? .nan : max(a, b)
        #expect(firstDifference(result.values, [Double](repeating: expected, count: result.count)) == nil)
      }
    }
  }

  @Test func paddingCompletesTheLastFrame() {
    for length in [2, 4, 8, 16] {
      for rows in 1...4 * length {
        for step in [length, length / 2] {
          let spectrum = MaxHoldSpectrum(length: length, rows: rows, overlap: step < length)
          var start = 0
          while start + step < rows { start += step }
          #expect(spectrum.paddedRows == start + length, "length \(length), \(rows) rows, step \(step)")
        }
      }
    }
  }
}
