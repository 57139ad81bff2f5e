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
  public var stackByteCount: Int { (Self.accumulators + stackDepth) * Self.sumByteCount }

  /// Bytes of the largest sum: vectors that are summed in one pass, at most four.
  static var sumByteCount: Int { 4 * MemoryLayout<FloatLanes>.stride }

  /// Running sums of a leaf.
  private static var accumulators: Int { 8 }

  /// Sums the terms of all rows in NumPy's order, each lane by itself.
  ///
  /// Each term is asked for exactly once, so that it may also write.
  @inline(__always)
  func sum<Terms: LaneTerms>(_ stack: UnsafeMutableRawPointer, _ terms: Terms) -> Terms.Sum {
    precondition(MemoryLayout<Terms.Sum>.stride <= Self.sumByteCount, "a sum holds at most four vectors")
    let accumulators = stack.bindMemory(to: Terms.Sum.self, capacity: Self.accumulators + stackDepth)
    // NumPy's total starts at +0, which shows where all terms are −0.
    if leaves.count == 1 {
      let leaf = Leaf(start: 0, count: count, merges: 0)
      return Terms.Sum.zero + leafSum(leaf, accumulators, terms)
    }
    return mergedSum(accumulators, terms)
  }

  @inline(never)
  private func mergedSum<Terms: LaneTerms>(
    _ accumulators: UnsafeMutablePointer<Terms.Sum>, _ terms: Terms
  ) -> Terms.Sum {
    let stack = accumulators + Self.accumulators
    var depth = 0
    for leaf in leaves {
      var partial = leafSum(leaf, accumulators, terms)
      for _ in 0..<leaf.merges {
        depth -= 1
        partial = stack[depth] + partial
      }
      stack[depth] = partial
      depth += 1
    }
    return Terms.Sum.zero + stack[0]
  }

  @inline(__always)
  private func leafSum<Terms: LaneTerms>(
    _ leaf: Leaf, _ accumulators: UnsafeMutablePointer<Terms.Sum>, _ terms: Terms
  ) -> Terms.Sum {
    let end = leaf.start + leaf.count
    var row: Int
    var total: Terms.Sum
    if leaf.count < 8 {
      total = terms.term(leaf.start)
      row = leaf.start + 1
    } else {
      let whole = leaf.start + leaf.count & ~7
      // Two accumulators at a time: few registers, and their chains of additions overlap.
      for j in stride(from: 0, to: Self.accumulators, by: 2) {
        var even = terms.term(leaf.start + j)
        var odd = terms.term(leaf.start + j + 1)
        row = leaf.start + j + 8
        while row < whole {
          even = even + terms.term(row)
          odd = odd + terms.term(row + 1)
          row += 8
        }
        accumulators[j] = even
        accumulators[j + 1] = odd
      }
      let a = accumulators[0] + accumulators[1]
      let b = accumulators[2] + accumulators[3]
      let c = accumulators[4] + accumulators[5]
      let d = accumulators[6] + accumulators[7]
      total = (a + b) + (c + d)
      row = whole
    }
    while row < end {
      total = total + terms.term(row)
      row += 1
    }
    return total
  }
}
