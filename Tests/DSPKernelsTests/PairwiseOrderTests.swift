// The order of sums. The reference is NumPy's rule written down literally, with recursion and eight accumulators.
// 1. The reference itself against sums that can be done by hand.
// 2. Every length from 1 to 300 and lengths around each border up to 40,000, in Float and Double, bit for bit.
// 3. Values span six decades, so that another order gives other bits; a last test proves that it does.
// 4. The stack of partial sums is dirty before each sum; each lane has values of its own; no sum writes behind it.

import Testing

@testable import DSPKernels

/// NumPy's sum of a 1-D array.
func numpySum<T: BinaryFloatingPoint>(_ x: [T]) -> T {
  func pairwise(_ x: ArraySlice<T>) -> T {
    let n = x.count
    let s = x.startIndex
    if n < 8 { return x.reduce(0, +) }
    if n <= 128 {
      var r = Array(x[s..<s + 8])
      var i = 8
      while i + 8 <= n {
        for j in 0..<8 { r[j] += x[s + i + j] }
        i += 8
      }
      var total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
      while i < n {
        total += x[s + i]
        i += 1
      }
      return total
    }
    var half = n / 2
    half -= half % 8
    return pairwise(x[s..<s + half]) + pairwise(x[(s + half)...])
  }
  var total: T = 0
  for start in stride(from: 0, to: x.count, by: 8192) {
    total += pairwise(x[start..<min(start + 8192, x.count)])
  }
  return total
}

/// Terms that a closure gives.
struct RowTerms<Sum: LaneSum>: LaneTerms {
  let value: (Int) -> Sum
  func term(_ row: Int) -> Sum { value(row) }
}

/// Terms that count how often each was asked for.
struct AskedTerms: LaneTerms {
  let asked: LaneBuffer<Int>
  init(count: Int) { asked = LaneBuffer(count: count) }
  func term(_ row: Int) -> FloatLanes {
    asked.base[row] += 1
    return FloatLanes(repeating: 1)
  }
}

/// The largest sum that there is memory for.
struct FourVectors: LaneSum {
  var a, b, c, d: DoubleLanes
  init(_ value: DoubleLanes) { (a, b, c, d) = (value, value, value, value) }
  static var zero: Self { Self(DoubleLanes(repeating: 0)) }
  static func + (x: Self, y: Self) -> Self {
    var sum = x
    (sum.a, sum.b, sum.c, sum.d) = (x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d)
    return sum
  }
}

@Suite struct PairwiseOrderTests {
  static let borders = [
    511, 512, 513, 1000, 1024, 1025, 2047, 4097, 8191, 8192, 8193, 8199, 8200, 8321, 16384, 16391, 24577,
    40000,
  ]

  /// Sums of `columns` lanes of `count` rows, by the kernel and by the reference.
  private func sums<V: LaneVector & LaneSum>(_ count: Int, _: V.Type) -> (
    found: [V.Scalar], expected: [V.Scalar]
  ) {
    var random = SeededGenerator(seed: UInt64(count))
    var columns: [[V.Scalar]] = []
    for _ in 0..<V.width {
      columns.append(
        (0..<count).map { row in
          let scale: V.Scalar = [1, 1000, 0.001][row % 3]
          return V.Scalar(random.uniform()) * scale
        })
    }
    let batch = LaneBuffer<V.Scalar>(count: count * V.width)
    for row in 0..<count {
      for lane in 0..<V.width { batch.base[row * V.width + lane] = columns[lane][row] }
    }
    let order = PairwiseOrder(count: count)
    let stack = LaneBuffer<UInt8>(count: order.stackByteCount)
    stack.base.update(repeating: 0xFF, count: stack.count)
    let result = LaneBuffer<V.Scalar>(count: V.width)
    order.sum(stack.base, RowTerms { V(batch.base + $0 * V.width) }).store(result.base)
    return (result.values, columns.map(numpySum))
  }

  @Test func referenceOnKnownSums() {
    #expect(numpySum([Double]()) == 0)
    #expect(numpySum((1...10_000).map(Double.init)) == 50_005_000)
    // Left to right below eight values: the 1 is lost before the large numbers cancel.
    #expect(numpySum([1, 1e17, -1e17] as [Double]) == 0)
    // Eight accumulators: 1e17 and -1e17 meet in the first one, and the 1 survives.
    #expect(numpySum([1e17, 1, 0, 0, 0, 0, 0, 0, -1e17, 0, 0, 0, 0, 0, 0, 0] as [Double]) == 1)
  }

  @Test func everyShortLength() {
    for count in 1...300 {
      let single = sums(count, FloatLanes.self)
      let double = sums(count, DoubleLanes.self)
      let difference =
        firstDifference(single.found, single.expected) ?? firstDifference(double.found, double.expected)
      #expect(difference == nil, "length \(count)")
    }
  }

  @Test(arguments: borders)
  func longLengths(_ count: Int) {
    let single = sums(count, FloatLanes.self)
    #expect(firstDifference(single.found, single.expected) == nil)
    let double = sums(count, DoubleLanes.self)
    #expect(firstDifference(double.found, double.expected) == nil)
  }

  @Test func theOrderShowsInTheBits() {
    var random = SeededGenerator(seed: 1)
    let x = (0..<1000).map { Float(random.uniform()) * ($0 % 3 == 0 ? 1000 : 0.1) }
    #expect(numpySum(x) != x.reduce(0, +))
  }

  /// A total starts at +0 in NumPy, so that nothing but negative zeros adds up to +0.
  @Test(arguments: [1, 3, 8, 9, 200, 8200])
  func negativeZeros(_ count: Int) {
    let order = PairwiseOrder(count: count)
    let stack = LaneBuffer<UInt8>(count: order.stackByteCount)
    let result = LaneBuffer<Double>(count: DoubleLanes.width)
    order.sum(stack.base, RowTerms { _ in DoubleLanes(repeating: -0.0) }).store(result.base)
    let expected = numpySum([Double](repeating: -0.0, count: count))
    #expect(firstDifference(result.values, [Double](repeating: expected, count: DoubleLanes.width)) == nil)
  }

  /// Bytes behind the stack stay as they are. Of two partial sums at its end, only the last may never be stored: it
  /// is merged first.
  @Test(arguments: [1, 8, 128, 129, 8192, 8193, 40_000])
  func theLargestSumFillsTheStack(_ count: Int) {
    let order = PairwiseOrder(count: count)
    let guarded = LaneBuffer<UInt8>(count: order.stackByteCount + 1024)
    guarded.base.update(repeating: 0xA5, count: guarded.count)
    let sum = order.sum(guarded.base, RowTerms { _ in FourVectors(DoubleLanes(repeating: 1)) })
    let result = LaneBuffer<Double>(count: DoubleLanes.width)
    sum.d.store(result.base)
    #expect(firstDifference(result.values, [Double](repeating: Double(count), count: DoubleLanes.width)) == nil)
    let written = (0..<guarded.count).last { guarded.base[$0] != 0xA5 } ?? -1
    #expect(written < order.stackByteCount)
    if count > 128 { #expect(written >= order.stackByteCount - 2 * PairwiseOrder.sumByteCount) }
  }

  @Test func everyTermIsAskedForOnce() {
    for count in [1, 7, 8, 9, 128, 129, 300, 8193, 20_000] {
      let order = PairwiseOrder(count: count)
      let stack = LaneBuffer<UInt8>(count: order.stackByteCount)
      let counter = AskedTerms(count: count)
      _ = order.sum(stack.base, counter)
      let asked = (0..<count).map { counter.asked.base[$0] }
      #expect(asked.allSatisfy { $0 == 1 }, "length \(count)")
    }
  }
}
