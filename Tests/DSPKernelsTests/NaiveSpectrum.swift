import Foundation

/// The largest power of each bin over a window's frames by the definition of the Fourier transform, in Double.
///
/// Frames start at row 0 and every `length` (with overlap: `length / 2`) rows as long as they start inside.
struct NaiveSpectrum {
  let length: Int
  let overlap: Bool
  private let cosines: [Double]
  private let sines: [Double]

  init(length: Int, overlap: Bool) {
    self.length = length
    self.overlap = overlap
    cosines = (0..<length).map { cos(2 * Double.pi * Double($0) / Double(length)) }
    sines = (0..<length).map { sin(2 * Double.pi * Double($0) / Double(length)) }
  }

  /// Powers of bins 0...length/2 of a window.
  func power(_ window: [Double]) -> [Double] {
    var held = [Double](repeating: 0, count: length / 2 + 1)
    var start = 0
    while start < window.count {
      let frame = window[start..<min(start + length, window.count)]
      for (bin, value) in power(ofFrame: frame).enumerated() { held[bin] = max(held[bin], value) }
      start += overlap ? length / 2 : length
    }
    return held
  }

  private func power(ofFrame frame: ArraySlice<Double>) -> [Double] {
    let count = frame.count
    return frame.withUnsafeBufferPointer { x in
      cosines.withUnsafeBufferPointer { c in
        sines.withUnsafeBufferPointer { s in
          (0...length / 2).map { bin in
            var (real, imaginary) = (0.0, 0.0)
            var row = 0
            while row < count {
              let turn = (bin * row) & (length - 1)
              real += x[row] * c[turn]
              imaginary -= x[row] * s[turn]
              row += 1
            }
            return (real * real + imaginary * imaginary) / Double(length)
          }
        }
      }
    }
  }
}
