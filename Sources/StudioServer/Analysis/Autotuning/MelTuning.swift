import DSPKernels
import Glibc
import ProcessingBlocks

/// Suggestions for MFE and MFCC.
///
/// Frames of 25 ms every 10 ms (MFCC: 20 ms), wider apart where a window would have more than 500; the FFT is the next
/// power of two, at least 8; 40 filters at 256 values, one more for each doubling (MFCC: 32), at most a quarter of the
/// FFT; from 80 Hz on. MFE's noise floor is -52 dB, or lower where half of the mel energies of some recording are
/// lower. MFCC's sliding window spans 3 s.
///
/// Below 320 Hz frames have 8 values, and follow each other as closely for their length. Windows that leave no room for
/// all this get shorter frames, fewer filters, and filters from 0 Hz on.
struct MelTuning {
  let input: SignalShape
  let isCepstral: Bool

  private static let frameLength = 0.025
  private static let low = 80.0
  private static let noiseFloor = -52.0
  private static let mostFrames = 500.0

  /// Suggestions, the best first.
  func candidates(_ view: TuningView) throws -> [[Autotuner.Suggestion]] {
    let seconds = Double(input.rows) / input.frequency
    let frame = max(Self.frameLength, 8 / input.frequency)
    let stride = FrameStride.capped(frame * (isCepstral ? 0.8 : 0.4), window: seconds)
    let length = max(8, Scalar.powerOfTwo(atLeast: Int(frame * input.frequency)))
    let wanted = isCepstral ? 32 : Int(40 + log2(Double(length) / 256))
    let filters = max(2, min(wanted, length / 4))
    let floor = isCepstral ? 0 : try noiseFloor(view, frame: frame, stride: stride, length: length, filters: filters)
    let shapes = [Self.low, 0.0].flatMap { low in (2...filters).reversed().map { (filters: $0, low: low) } }
    let frames = [(frame, stride), (min(frame, seconds / 2), min(stride, seconds / 4))]
    return frames.flatMap { frame, stride in
      shapes.map { filters, low in
        var list: [Autotuner.Suggestion] = [
          .init("frame_length", Scalar.rounded(frame)), .init("frame_stride", Scalar.rounded(stride)),
          .init("num_filters", filters),
          .init("fft_length", length), .init("low_frequency", low),
        ]
        if isCepstral {
          list.append(.init("win_size", Int(3 / stride) / 2 * 2 + 1))
          list.append(.init("num_cepstral", min(13, filters)))
        } else {
          list.append(.init("noise_floor_db", floor))
        }
        return list
      }
    }
  }

  /// The least over the recordings' medians, of all frames and filters in dB, in whole dB.
  private func noiseFloor(_ view: TuningView, frame: Double, stride: Double, length: Int, filters: Int) throws -> Double
  {
    let frameRows = max(1, Int((frame * input.frequency).rounded(.up)))
    let step = max(1, Int((stride * input.frequency).rounded(.up)))
    let half = input.frequency / 2
    let bank = MelFilterBank(
      count: filters, length: length, frequency: input.frequency, low: min(Self.low, half), high: half,
      rule: .fullSpectrum)
    let power = FramePower(frameRows: frameRows, length: length)
    let energies = LaneBuffer<Double>(count: filters * frameLanes)
    var floor = Self.noiseFloor
    try view.forEach { signal in
      let column = signal.column(0)
      guard column.count >= frameRows, let last = column.last else { return }
      // As the block: to -1…1 in Float, with pre-emphasis that begins at the end.
      var previous = last
      let emphasized = column.map { value in
        defer { previous = value }
        return emphasizedAudio(value, previous: previous)
      }
      var decibels: [Double] = []
      power.forEach(of: emphasized, step: step, count: (column.count - frameRows) / step + 1) { frames, power in
        bank.apply(power, into: energies.base)
        for filter in 0..<filters {
          for lane in 0..<frames.count {
            decibels.append(10 * log10(max(energies.base[filter * frameLanes + lane], 1e-30)))
          }
        }
      }
      floor = min(floor, Scalar.quantile(&decibels, 0.5))
    }
    return floor.rounded(.down)
  }
}

/// How far frames lie apart.
enum FrameStride {
  /// A stride in seconds to four decimals, widened so that a window has at most 500 frames.
  static func capped(_ stride: Double, window seconds: Double) -> Double {
    let rounded = Scalar.rounded(stride)
    if seconds / stride <= 500 && rounded > 0 { return rounded }
    // Rounding down would make one frame too many.
    return (max(stride, seconds / 500) * 1e4).rounded(.up) / 1e4
  }
}
