/// The taps of one ratio, phase by phase.
///
/// A phase has about 20 taps of the slower rate. Where all phases together are few, each is kept once it has been
/// computed; of a ratio of large numbers each phase occurs once, and only one is in memory.
final class PolyphaseTaps {
  let up: Int
  let down: Int
  /// Taps of a phase, a multiple of 8; those beyond the filter are 0.
  let count: Int
  /// Rows before the one at or before a result's place.
  let left: Int
  /// How far one row of the result is from the next, in rows of the recording: a whole number, and a part `/ up`.
  let wholeStep: Int
  let phaseStep: Int

  private let rate: Int
  private let gain: Double
  private let kernel = InterpolationKernel()
  private let keepsPhases: Bool
  /// Room for all phases, or for one.
  private let table: LaneBuffer<Double>
  private var isKnown: [Bool]

  /// Taps that are kept at most, 512 KiB.
  private static let mostKept = 1 << 16

  /// The ratio of `resampledRows` to `rows`, both from 1 to `PolyphaseResampler.mostRows`.
  init(rows: Int, resampledRows: Int) {
    precondition(
      (1...PolyphaseResampler.mostRows).contains(rows) && (1...PolyphaseResampler.mostRows).contains(resampledRows),
      "\(rows) rows cannot become \(resampledRows)")
    let factor = Self.commonFactor(rows, resampledRows)
    up = resampledRows / factor
    down = rows / factor
    rate = max(up, down)
    left = InterpolationKernel.halfWidth * rate / up
    count = Self.count(left: left)
    wholeStep = down / up
    phaseStep = down % up
    gain = Double(up) / InterpolationKernel.sum(rate: rate)
    keepsPhases = up <= Self.mostKept / count
    table = LaneBuffer(count: keepsPhases ? up * count : count)
    isKnown = [Bool](repeating: false, count: keepsPhases ? up : 0)
  }

  /// Taps of a phase of the ratio of `resampledRows` to `rows`.
  static func count(rows: Int, resampledRows: Int) -> Int {
    count(left: InterpolationKernel.halfWidth * max(rows, resampledRows) / resampledRows)
  }

  /// The same number before a place, one for the row at it and one for the row behind, in whole vectors.
  private static func count(left: Int) -> Int { (2 * left + 2 + 7) / 8 * 8 }

  private static func commonFactor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Weights of the rows from `left` before a result's place on; valid until the next call.
  ///
  /// - Parameter phase: how far the place lies behind its row, in parts of `up`.
  @inline(__always)
  func weights(phase: Int) -> UnsafePointer<Double> {
    if !keepsPhases {
      compute(phase, into: table.base)
      return UnsafePointer(table.base)
    }
    let weights = table.base + phase * count
    if !isKnown[phase] {
      compute(phase, into: weights)
      isKnown[phase] = true
    }
    return UnsafePointer(weights)
  }

  private func compute(_ phase: Int, into weights: UnsafeMutablePointer<Double>) {
    if up == down {
      // As many rows as before are the same rows.
      weights.update(repeating: 0, count: count)
      weights[left] = 1
      return
    }
    // Whole numbers far below 2^53, so exact until they are divided.
    var steps = Double(phase + left * up) - SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) * Double(up)
    let unit = 1 / Double(rate)
    for index in stride(from: 0, to: count, by: 8) {
      UnsafeMutableRawPointer(weights + index).storeBytes(of: gain * kernel(steps * unit), as: SIMD8<Double>.self)
      steps -= 8 * Double(up)
    }
  }
}
