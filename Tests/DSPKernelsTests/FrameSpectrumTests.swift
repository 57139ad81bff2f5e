// Power spectra of frames, which are transformed in batches of lanes up to 4096 values and by FFTW above.
// 1. Up to 512 values the bits are those of MaxHoldSpectrum, whose tests compare with the definition; above, FFTW is
//    the reference. Frames shorter and longer than the transform, every number of frames in a batch.
// 2. A frame's bits depend on nothing else: not on its lane, its neighbours, or what was in the scratch before.
// 3. A frame with NaN, or with infinities of both signs, has NaN power; one infinity gives infinite power.
// 4. Frames turn into lanes and back without a value lost.

import Testing

@testable import DSPKernels

@Suite struct FrameSpectrumTests {
  private func frames(_ count: Int, seed: UInt64) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<frameLanes).map { _ in (0..<count).map { _ in random.uniform() * 100 } }
  }

  /// Powers of each frame.
  private func powers(
    _ spectrum: FrameSpectrum, _ scratch: FrameSpectrum.Scratch, _ frames: ArraySlice<[Double]>
  ) -> [[Double]] {
    for (lane, frame) in frames.enumerated() {
      for row in 0..<spectrum.values { scratch.frame(lane)[row] = frame[row] }
    }
    scratch.power.fillWithNaN()
    spectrum.run(scratch, frames: frames.count)
    return frames.indices.map { frame in
      (0..<spectrum.bins).map { scratch.power.base[$0 * frameLanes + frame - frames.startIndex] }
    }
  }

  private func reference(_ frame: [Double], length: Int) -> [Double] {
    let transform = FrequencyTransform(length: length)
    let buffers = transform.makeBuffers()
    for row in 0..<length { buffers.input[row] = row < frame.count ? frame[row] : 0 }
    transform.run(buffers)
    return (0...length / 2).map { bin in
      let (real, imaginary) = buffers.output[bin]
      return (real * real + imaginary * imaginary) / Double(length)
    }
  }

  @Test(arguments: [2, 4, 8, 16, 32, 64, 128, 256, 512])
  func bitsOfMaxHold(_ length: Int) {
    for rows in [1, length - 1, length, length + 3] {
      let spectrum = FrameSpectrum(frameRows: rows, length: length)
      let frames = frames(rows, seed: UInt64(length + rows))
      let found = powers(spectrum, spectrum.makeScratch(), frames[...])
      let other = MaxHoldSpectrum(length: length, rows: spectrum.values, overlap: false)
      let batch = LaneBuffer<Double>(rows: other.rows, paddedRows: other.paddedRows) { row, lane in
        frames[lane % frameLanes][row]
      }
      let expected = LaneBuffer<Double>(count: other.bins * laneCount)
      other.run(batch.base, into: expected.base, scratch: other.makeScratch())
      for lane in 0..<frameLanes {
        #expect(
          firstDifference(found[lane], expected.column(lane, rows: other.bins)) == nil, "\(rows) rows, lane \(lane)")
      }
    }
  }

  @Test(arguments: [1024, 2048, 4096, 8192])
  func longFramesAgainstFFTW(_ length: Int) {
    for rows in [length / 3, length] {
      let spectrum = FrameSpectrum(frameRows: rows, length: length)
      let frames = frames(rows, seed: UInt64(rows))
      for (lane, found) in powers(spectrum, spectrum.makeScratch(), frames[...]).enumerated() {
        let expected = reference(frames[lane], length: length)
        let limit = 1e-15 * Double(length.trailingZeroBitCount) * (expected.max() ?? 0)
        let error = largestError(found, expected)
        #expect(error <= limit, "lane \(lane): error \(error)")
      }
    }
  }

  @Test(arguments: [2, 8, 64, 256, 1024, 8192])
  func framesAreIndependent(_ length: Int) {
    let spectrum = FrameSpectrum(frameRows: length, length: length)
    let frames = frames(length, seed: 3)
    let together = powers(spectrum, spectrum.makeScratch(), frames[...])
    let scratch = spectrum.makeScratch()
    let poison = [[Double]](repeating: [Double](repeating: .nan, count: length), count: frameLanes)
    for first in 0..<frameLanes {
      _ = powers(spectrum, scratch, poison[...])
      for count in 1...frameLanes - first {
        let found = powers(spectrum, scratch, frames[first..<first + count])
        for (index, power) in found.enumerated() {
          #expect(firstDifference(power, together[first + index]) == nil, "frame \(first + index) of \(count)")
        }
      }
    }
  }

  @Test(arguments: [2, 16, 256, 8192])
  func badFrames(_ length: Int) {
    let spectrum = FrameSpectrum(frameRows: length, length: length)
    let clean = frames(length, seed: 4)
    let expected = powers(spectrum, spectrum.makeScratch(), clean[...])
    var bad = clean
    bad[1][0] = .nan
    bad[3][length - 1] = -.infinity
    bad[6][0] = .infinity
    bad[6][1] = -.infinity
    let found = powers(spectrum, spectrum.makeScratch(), bad[...])
    for lane in [0, 2, 4, 5, 7] { #expect(firstDifference(found[lane], expected[lane]) == nil, "lane \(lane)") }
    #expect(found[1].allSatisfy { $0.isNaN } && found[6].allSatisfy { $0.isNaN })
    #expect(found[3].allSatisfy { $0 == .infinity })
  }

  @Test(arguments: [1, 3, 4, 8, 13, 65], 1...frameLanes)
  func rowsOfFrames(_ columns: Int, _ frames: Int) {
    let batch = LaneBuffer<Float>(count: columns * frameLanes)
    for index in 0..<batch.count { batch.base[index] = Float(index) }
    let width = columns + 2
    let rows = LaneBuffer<Float>(count: frameLanes * width)
    rows.fillWithNaN()
    writeFrameRows(batch.base, columns: columns, to: rows.base, width: width, frames: frames)
    let expected = (0..<frameLanes * width).map { index -> Float in
      let (frame, column) = (index / width, index % width)
      return frame < frames && column < columns ? Float(column * frameLanes + frame) : .nan
    }
    #expect(firstDifference(rows.values, expected) == nil)
  }
}
