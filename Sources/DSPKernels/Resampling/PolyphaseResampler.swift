/// Resamples a recording to another number of rows, as a stream.
///
/// With `up` and `down` the two numbers of rows divided by their common factor and `rate` the larger of these,
///
///     y[m] = Σ x[n] h(m · down - n · up),   h(k) = up · g(k / rate) / Σ g,   |k| ≤ 10 · rate
///
/// where `g` is a sinc under a Kaiser window (β = 5) and `x` is 0 before its first and after its last row. This is what
/// `scipy.signal.resample_poly` computes by default.
///
/// ```swift
/// while !resampler.isComplete {
///   let rows = resampler.pull(into: output)
///   if rows > 0 { consume(output, rows) } else { resampler.push(nextRows(atMost: resampler.room)) }
/// }
/// ```
///
/// Memory: the rows that one result needs, `tapCount` of them, and as many again for new ones. A result is a function
/// of its row alone: how rows are pushed and pulled does not show in its bits. One thread at a time may use it.
public final class PolyphaseResampler {
  /// Rows of the recording.
  public let rows: Int
  /// Rows of the result.
  public let resampledRows: Int
  /// Values a row.
  public let axes: Int

  private let taps: PolyphaseTaps
  /// Rows that a result reaches back from the row at or before its own place.
  private let left: Int
  /// `[axis][row]`; rows before the first are zeros.
  private let history: LaneBuffer<Double>
  private let capacity: Int
  /// Row of the recording that comes first in the history; negative while zeros precede it.
  private var firstRow = 0
  /// Rows in the history, zeros included.
  private var held = 0
  /// Rows of the recording that were pushed.
  private var pushed = 0
  /// Rows of the result that were pulled.
  private var pulled = 0
  /// The place of the next result in the recording: a row, and `phase / up` of the way to the next.
  private var row = 0
  private var phase = 0

  /// Most rows on either side: products of rows and taps stay far from the largest `Int`.
  public static let mostRows = 1 << 40

  /// Rows of the recording that one result depends on: 20 of the slower rate, in whole vectors.
  public static func tapCount(rows: Int, resampledRows: Int) -> Int {
    PolyphaseTaps.count(rows: rows, resampledRows: resampledRows)
  }

  /// - Parameters:
  ///   - rows: rows of the recording, from 1 to `mostRows`.
  ///   - resampledRows: rows of the result, from 1 to `mostRows`.
  ///   - axes: values a row, at least 1. Each is resampled by itself.
  /// - Complexity: O(tapCount × axes) memory and time; up to a ratio of 128, O(ratio) time more.
  public init(rows: Int, resampledRows: Int, axes: Int) {
    precondition(axes > 0, "a row holds a value")
    self.rows = rows
    self.resampledRows = resampledRows
    self.axes = axes
    taps = PolyphaseTaps(rows: rows, resampledRows: resampledRows)
    left = taps.left
    // A power of two would put all axes into the same lines of the cache.
    capacity = taps.count + max(taps.count, 1024) + 8
    history = LaneBuffer(count: capacity * axes)
    reset()
  }

  /// Starts again with another recording of the same length.
  public func reset() {
    pushed = 0
    pulled = 0
    row = 0
    phase = 0
    firstRow = -left
    held = left
    for axis in 0..<axes { (history.base + axis * capacity).update(repeating: 0, count: left) }
  }

  /// Whether the whole result has been pulled.
  public var isComplete: Bool { pulled == resampledRows }

  /// Whether the whole recording has been pushed.
  public var hasAllRows: Bool { pushed == rows }

  /// Rows that `push` takes; above 0 when `pull` has just given none.
  public var room: Int { min(rows - pushed, capacity - (held - unused)) }

  /// Rows at the front of the history that no further result needs.
  private var unused: Int { row - left - firstRow }

  /// Takes rows of the recording, row by row.
  ///
  /// - Parameters:
  ///   - source: `count` × `axes` finite values.
  ///   - count: rows, at most `room`.
  public func push(_ source: UnsafePointer<Double>, count: Int) {
    precondition(count >= 0 && count <= rows - pushed, "the recording has no more rows")
    makeRoom(count)
    for axis in 0..<axes {
      let target = history.base + axis * capacity + held
      for index in 0..<count { target[index] = source[index * axes + axis] }
    }
    held += count
    pushed += count
  }

  /// Gives the next rows of the result, row by row, as far as the pushed rows reach and `buffer` has room.
  ///
  /// - Returns: rows; 0 when more must be pushed first, or when the result is complete.
  public func pull(into buffer: UnsafeMutableBufferPointer<Double>) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let wanted = min(buffer.count / axes, resampledRows - pulled)
    var count = 0
    while count < wanted {
      let start = unused
      if start + taps.count > held {
        guard hasAllRows else { break }
        appendZeros(start + taps.count - held)
        continue
      }
      write(base + count * axes, start: start)
      advance()
      count += 1
    }
    pulled += count
    return count
  }

  /// One row of the result, from the history's row `start`.
  @inline(__always)
  private func write(_ target: UnsafeMutablePointer<Double>, start: Int) {
    let weights = taps.weights(phase: phase)
    for axis in 0..<axes {
      target[axis] = dotProduct(weights, history.base + axis * capacity + start, count: taps.count)
    }
  }

  private func advance() {
    row += taps.wholeStep
    phase += taps.phaseStep
    if phase >= taps.up {
      phase -= taps.up
      row += 1
    }
  }

  /// After the last row the recording is zero.
  private func appendZeros(_ missing: Int) {
    makeRoom(missing)
    for axis in 0..<axes { (history.base + axis * capacity + held).update(repeating: 0, count: missing) }
    held += missing
  }

  /// Moves what is still needed to the front, if rows would not fit.
  private func makeRoom(_ count: Int) {
    if held + count <= capacity { return }
    let unused = unused
    for axis in 0..<axes {
      let base = history.base + axis * capacity
      base.update(from: base + unused, count: held - unused)
    }
    held -= unused
    firstRow += unused
    precondition(held + count <= capacity, "more rows than there is room for")
  }
}

/// The sum of products in a fixed order, whatever the instruction set: eight partial sums, one for each place in a
/// vector. `count` is a multiple of 8.
@inline(__always)
private func dotProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
  var sum = SIMD8<Double>()
  var index = 0
  while index < count {
    sum +=
      UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Double>.self)
      * UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Double>.self)
    index += 8
  }
  return sum.sum()
}
