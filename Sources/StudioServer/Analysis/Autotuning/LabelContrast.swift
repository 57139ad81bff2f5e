/// How far the labels lie apart under some description of their recordings, a vector each.
///
/// The measure is one less the cosine between the sums of two labels' vectors, averaged over all pairs of labels: how
/// many recordings a label has, or how loud they are, does not count.
struct LabelContrast {
  private var sums: [[Double]]
  private var counts: [Int]

  init(labels: Int) {
    sums = [[Double]](repeating: [], count: labels)
    counts = [Int](repeating: 0, count: labels)
  }

  /// Adds a recording; all recordings are described by as many numbers. What is not finite counts as 0.
  mutating func add(_ vector: [Double], label: Int) {
    counts[label] += 1
    if sums[label].isEmpty { sums[label] = [Double](repeating: 0, count: vector.count) }
    for (index, value) in vector.enumerated() where index < sums[label].count && value.isFinite {
      sums[label][index] += value
    }
  }

  /// Labels that have recordings.
  var labelCount: Int { counts.count { $0 > 0 } }

  /// From 0 to 2. Pairs with a label that has no recording count as equal.
  var distance: Double {
    var sum = 0.0
    var pairs = 0
    for (index, a) in sums.enumerated() {
      for b in sums[..<index] {
        pairs += 1
        if !a.isEmpty && !b.isEmpty { sum += 1 - Self.cosine(a, b) }
      }
    }
    return pairs == 0 ? 0 : sum / Double(pairs)
  }

  /// Where the mean vectors of the labels differ: the sum over pairs of the absolute differences.
  var differences: [Double] {
    let means = zip(sums, counts).filter { $1 > 0 }.map { sum, count in sum.map { $0 / Double(count) } }
    var result = [Double](repeating: 0, count: means.first?.count ?? 0)
    for (index, a) in means.enumerated() {
      for b in means[..<index] {
        for place in result.indices { result[place] += abs(a[place] - b[place]) }
      }
    }
    return result
  }

  private static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    var (product, squaresA, squaresB) = (0.0, 0.0, 0.0)
    for index in 0..<min(a.count, b.count) {
      product += a[index] * b[index]
      squaresA += a[index] * a[index]
      squaresB += b[index] * b[index]
    }
    return squaresA == 0 || squaresB == 0 ? 0 : product / (squaresA.squareRoot() * squaresB.squareRoot())
  }
}
