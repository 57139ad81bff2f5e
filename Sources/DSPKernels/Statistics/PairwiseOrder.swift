/// The order in which NumPy adds up a 1-D array, worked out once for a given length.
///
/// NumPy cuts the array in chunks of 8192 that are added to a running total. A chunk of more than 128 values is
/// halved (at a multiple of 8) and summed pairwise; a leaf of 8 to 128 values runs in eight accumulators; a shorter
/// one from left to right. Float sums only equal Studio's when every addition happens in that order.
///
/// Source: `pairwise_sum` in NumPy 1.21.5, `numpy/core/src/umath/loops.c.src`.
public struct PairwiseOrder: Sendable {
  /// A run of values that is summed on its own, then merged with `merges` earlier partial sums.
  struct Leaf: Sendable {
    var start: Int
    var count: Int
    var merges: Int
  }

  /// Values to sum.
  public let count: Int
  let leaves: [Leaf]
  /// Partial sums that wait at the same time.
  let stackDepth: Int

  /// - Parameter count: number of values, at least 1.
  public init(count: Int) {
    precondition(count > 0, "nothing to sum")
    var leaves: [Leaf] = []
    func split(_ start: Int, _ count: Int) {
      if count <= 128 {
        leaves.append(Leaf(start: start, count: count, merges: 0))
        return
      }
      let half = count / 2 - (count / 2) % 8
      split(start, half)
      split(start + half, count - half)
      leaves[leaves.count - 1].merges += 1
    }
    for chunk in stride(from: 0, to: count, by: 8192) {
      split(chunk, min(8192, count - chunk))
      if chunk > 0 { leaves[leaves.count - 1].merges += 1 }
    }
    var depth = 0
    var deepest = 0
    for leaf in leaves {
      depth += 1
      deepest = max(deepest, depth)
      depth -= leaf.merges
    }
    self.count = count
    self.leaves = leaves
    stackDepth = deepest
  }

  /// Bytes of memory, aligned to a vector, that `sum` needs for partial sums of any kind.
  public var stackByteCount: Int { stackDepth * MemoryLayout<LaneTriple<FloatLanes>>.stride }

  /// Sums `term(row)` over all rows in NumPy's order, each lane by itself.
  ///
  /// `term` is called exactly once for each row, so it may also write.
  @inline(__always)
  func sum<Sum: LaneSum>(_ stack: UnsafeMutableRawPointer, _ term: (Int) -> Sum) -> Sum {
    // NumPy's total starts at +0, which shows where all terms are −0.
    if leaves.count == 1 { return Sum.zero + leafSum(0, count, term) }
    let stack = stack.assumingMemoryBound(to: Sum.self)
    var depth = 0
    for leaf in leaves {
      var partial = leafSum(leaf.start, leaf.count, term)
      for _ in 0..<leaf.merges {
        depth -= 1
        partial = stack[depth] + partial
      }
      stack[depth] = partial
      depth += 1
    }
    return Sum.zero + stack[0]
  }

  @inline(__always)
  private func leafSum<Sum: LaneSum>(_ start: Int, _ count: Int, _ term: (Int) -> Sum) -> Sum {
    if count < 8 {
      var total = term(start)
      for row in start + 1..<start + count { total = total + term(row) }
      return total
    }
    let end = start + count
    let whole = start + count & ~7
    // One accumulator at a time: few registers, and the processor overlaps neighbouring accumulators.
    @inline(__always) func accumulator(_ j: Int) -> Sum {
      var total = term(start + j)
      var row = start + j + 8
      while row < whole {
        total = total + term(row)
        row += 8
      }
      return total
    }
    let a = accumulator(0) + accumulator(1)
    let b = accumulator(2) + accumulator(3)
    let c = accumulator(4) + accumulator(5)
    let d = accumulator(6) + accumulator(7)
    var total = (a + b) + (c + d)
    var row = whole
    while row < end {
      total = total + term(row)
      row += 1
    }
    return total
  }
}

/// What `PairwiseOrder` can add: a vector, or several that are summed in one pass.
protocol LaneSum: BitwiseCopyable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
}

extension LaneSum where Self: LaneVector {
  @inline(__always) static var zero: Self { Self(repeating: 0) }
}

extension FloatLanes: LaneSum {}
extension DoubleLanes: LaneSum {}

struct LanePair<V: LaneVector & LaneSum>: LaneSum {
  var first: V
  var second: V
  @inline(__always) static var zero: Self { Self(first: V.zero, second: V.zero) }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(first: a.first + b.first, second: a.second + b.second)
  }
}

struct LaneTriple<V: LaneVector & LaneSum>: LaneSum {
  var first: V
  var second: V
  var third: V
  @inline(__always) static var zero: Self { Self(first: V.zero, second: V.zero, third: V.zero) }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(first: a.first + b.first, second: a.second + b.second, third: a.third + b.third)
  }
}
