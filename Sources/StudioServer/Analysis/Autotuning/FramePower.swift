import DSPKernels
import Glibc

/// Power spectra of the frames of a signal of any length.
struct FramePower {
  private let spectrum: FrameSpectrum
  private let scratch: FrameSpectrum.Scratch
  private let frameRows: Int

  /// Bins of a spectrum.
  var bins: Int { spectrum.bins }

  /// - Parameters:
  ///   - frameRows: values of a frame; those beyond `length` are cut.
  ///   - length: a power of two, at least 2.
  init(frameRows: Int, length: Int) {
    self.frameRows = frameRows
    spectrum = FrameSpectrum(frameRows: frameRows, length: length)
    scratch = spectrum.makeScratch()
  }

  /// Hands the powers of `count` frames to `body`, up to eight at a time: bin `b` of frame `lane` is at
  /// `b * frameLanes + lane`. Frame `i` begins at value `i * step`; zeros complete it where the signal ends.
  func forEach(
    of signal: [Double], step: Int, count: Int, _ body: (_ frames: Range<Int>, _ power: UnsafePointer<Double>) -> Void
  ) {
    for first in stride(from: 0, to: count, by: frameLanes) {
      let lanes = min(frameLanes, count - first)
      for lane in 0..<lanes {
        let start = (first + lane) * step
        let target = scratch.frame(lane)
        for index in 0..<spectrum.values {
          target[index] = start + index < signal.count ? signal[start + index] : 0
        }
      }
      spectrum.run(scratch, frames: lanes)
      body(first..<first + lanes, UnsafePointer(scratch.power.base))
    }
  }

  /// For each bin but the first and the last the logarithm of the largest power over frames that overlap by half; 0 is
  /// taken as 1e-10.
  func logOfMaximum(of signal: [Double]) -> [Double] {
    let step = max(1, frameRows / 2)
    var maximum = [Double](repeating: 0, count: bins)
    forEach(of: signal, step: step, count: (signal.count + step - 1) / step) { frames, power in
      for bin in maximum.indices {
        for lane in 0..<frames.count { maximum[bin] = max(maximum[bin], power[bin * frameLanes + lane]) }
      }
    }
    return maximum.dropFirst().dropLast().map { log($0 == 0 ? 1e-10 : $0) }
  }
}

/// Numbers that several rules need.
enum Scalar {
  /// The smallest power of two that is at least `value`; 1 for less than 1.
  static func powerOfTwo(atLeast value: Int) -> Int {
    value <= 1 ? 1 : 1 << (Int.bitWidth - (value - 1).leadingZeroBitCount)
  }

  /// To four decimals, half to even.
  static func rounded(_ value: Double) -> Double { (value * 1e4).rounded(.toNearestOrEven) / 1e4 }

  /// The value below which a share of the values lies, between neighbours in proportion. Reorders `values`.
  ///
  /// - Complexity: O(values) on average.
  static func quantile(_ values: inout [Double], _ share: Double) -> Double {
    if values.isEmpty { return .nan }
    let place = share * Double(values.count - 1)
    let index = Int(place)
    let lower = select(&values, index)
    if index + 1 == values.count { return lower }
    let upper = values[(index + 1)...].min() ?? lower
    return lower + (place - Double(index)) * (upper - lower)
  }

  /// Hoare's selection, the middle one of three as pivot: afterwards `values[index]` is in its sorted place.
  private static func select(_ values: inout [Double], _ index: Int) -> Double {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let (a, b, c) = (values[low], values[(low + high) / 2], values[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if index <= right {
        high = right
      } else if index >= left {
        low = left
      } else {
        break
      }
    }
    return values[index]
  }
}
