@testable import DSPKernels

/// SplitMix64: the same numbers on every machine. Source: G. L. Steele et al., Fast splittable pseudorandom number
/// generators (2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A value from -1 to 1.
  mutating func uniform() -> Double { Double(Int64(bitPattern: next()) >> 11) * 0x1p-52 }
}

extension LaneBuffer where Element: BinaryFloatingPoint {
  /// A batch `[row][lane]` with every value of its own, zero from row `rows` to row `paddedRows`.
  convenience init(rows: Int, paddedRows: Int? = nil, _ value: (_ row: Int, _ lane: Int) -> Element) {
    self.init(count: max(rows, paddedRows ?? rows) * laneCount)
    for row in 0..<rows {
      for lane in 0..<laneCount { base[row * laneCount + lane] = value(row, lane) }
    }
  }

  /// One window: the first `rows` values of a lane.
  func column(_ lane: Int, rows: Int) -> [Element] { (0..<rows).map { base[$0 * laneCount + lane] } }

  /// All values.
  var values: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Makes the memory dirty: a kernel that reads before it writes gives NaN.
  func fillWithNaN() { base.update(repeating: .nan, count: count) }
}

/// Nil when two arrays are equal bit for bit, the sign of zero included, where any NaN equals any other; otherwise
/// the first difference.
func firstDifference<T: BinaryFloatingPoint>(_ found: [T], _ expected: [T]) -> String? {
  guard found.count == expected.count else { return "\(found.count) values instead of \(expected.count)" }
  for k in found.indices {
    let (a, b) = (found[k], expected[k])
    if a == b ? a.sign != b.sign : !(a.isNaN && b.isNaN) { return "value \(k) is \(a) instead of \(b)" }
  }
  return nil
}

/// The largest difference of two arrays, infinite where only one is finite or the lengths differ.
func largestError(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  var worst = 0.0
  for k in found.indices {
    let error = abs(found[k] - expected[k])
    if !(error <= worst) { worst = error.isNaN ? .infinity : error }
  }
  return worst
}
