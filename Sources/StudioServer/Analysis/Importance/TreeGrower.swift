/// Grows the trees of a forest, one after the other, and keeps of each only what its splits were worth.
///
/// Belongs to one thread. The counts of a split are whole numbers and its worth is a quotient of them, so that a tree
/// comes out the same wherever it is grown.
final class TreeGrower {
  /// What the splits of one tree have taken from the Gini impurity.
  ///
  /// The impurity of a node is the sum over labels of c (1 - c / n), in rows, where c of n rows have the label. So what
  /// a split takes away has a part for each label, none of them negative.
  struct Worth {
    /// Columns that the tree splits at, in the order of their first split.
    var columns: [Int32] = []
    /// For each of them a value a label.
    var values: [Double] = []
  }

  private let features: BinnedFeatures
  private let classes: [Int32]
  private let labelCount: Int
  private let depth: Int
  /// Columns that a split looks at.
  private let tries: Int

  // Rows that the tree has drawn, node after node.
  private var rows: [Int32]
  private var weights: [Int]
  private var drawn: [Int32]
  // Of the node at hand, in the order of a column.
  private var sorted: [Int32]
  private var spare: [Int32]
  private var best: (column: Int32, cut: UInt8, score: Double)?
  private var order: [Int32]
  private var totals: [Int]
  private var left: [Int]
  private var starts = [Int](repeating: 0, count: BinnedFeatures.mostBins + 1)
  /// Place of a column in the worth of this tree; -1 for none.
  private var places: [Int32]

  private struct Node {
    var rows: Range<Int>
    var depth: Int
  }

  /// - Parameters:
  ///   - depth: most splits from the root to a leaf.
  ///   - tries: columns that each split looks at, not counting those that are constant in the node.
  init(_ features: BinnedFeatures, classes: [Int32], labelCount: Int, depth: Int, tries: Int) {
    self.features = features
    self.classes = classes
    self.labelCount = labelCount
    self.depth = depth
    self.tries = tries
    rows = []
    weights = [Int](repeating: 0, count: features.rows)
    drawn = []
    sorted = [Int32](repeating: 0, count: features.rows)
    spare = sorted
    order = features.varied
    totals = [Int](repeating: 0, count: labelCount)
    left = totals
    places = [Int32](repeating: -1, count: features.columns)
  }

  /// Grows a tree from rows drawn with replacement, as many as there are.
  ///
  /// - Complexity: O(rows tries depth), and more where many columns are constant in a node.
  func grow(_ random: inout SplitMix64) -> Worth {
    // 1. The rows of this tree, each with how often it was drawn.
    for index in weights.indices { weights[index] = 0 }
    for _ in 0..<features.rows { weights[random.below(features.rows)] += 1 }
    rows = (0..<Int32(features.rows)).filter { weights[Int($0)] > 0 }
    order = features.varied
    // 2. Splits, until nothing is left to tell apart.
    var worth = Worth()
    var open = [Node(rows: 0..<rows.count, depth: 0)]
    while let node = open.popLast() {
      let weight = count(node)
      if node.depth == depth || totals.contains(weight) { continue }
      search(node, weight: weight, random: &random)
      guard let split = best else { continue }
      let middle = partition(node, split.column, split.cut)
      add(split.column, node: node, middle: middle, weight: weight, to: &worth)
      open.append(Node(rows: middle..<node.rows.upperBound, depth: node.depth + 1))
      open.append(Node(rows: node.rows.lowerBound..<middle, depth: node.depth + 1))
    }
    for column in worth.columns { places[Int(column)] = -1 }
    return worth
  }

  /// Counts the labels of a node into `totals`; returns their sum.
  private func count(_ node: Node) -> Int {
    for label in totals.indices { totals[label] = 0 }
    var weight = 0
    for index in node.rows {
      let row = Int(rows[index])
      totals[Int(classes[row])] += weights[row]
      weight += weights[row]
    }
    return weight
  }

  /// Looks for the best split among columns drawn without replacement.
  private func search(_ node: Node, weight: Int, random: inout SplitMix64) {
    best = nil
    let squares = totals.reduce(0) { $0 + $1 * $1 }
    var tried = 0
    var next = 0
    while tried < tries && next < order.count {
      order.swapAt(next, next + random.below(order.count - next))
      let column = order[next]
      next += 1
      if sort(node, by: column) {
        tried += 1
        sweep(node.rows.count, column, weight: weight, squares: squares)
      }
    }
  }

  /// Puts the node's rows into `sorted`, in the order of a column; false where all are equal.
  private func sort(_ node: Node, by column: Int32) -> Bool {
    let codes = features.codes + Int(column) * features.rows
    let count = node.rows.count
    return rows.withUnsafeBufferPointer { rows in
      sorted.withUnsafeMutableBufferPointer { sorted in
        starts.withUnsafeMutableBufferPointer { starts in
          let first = codes[Int(rows[node.rows.lowerBound])]
          if count <= 40 {
            var isVaried = false
            for index in 0..<count {
              let row = rows[node.rows.lowerBound + index]
              let code = codes[Int(row)]
              isVaried = isVaried || code != first
              var place = index
              while place > 0 && codes[Int(sorted[place - 1])] > code {
                sorted[place] = sorted[place - 1]
                place -= 1
              }
              sorted[place] = row
            }
            return isVaried
          }
          for bin in starts.indices { starts[bin] = 0 }
          for index in node.rows { starts[Int(codes[Int(rows[index])]) + 1] += 1 }
          if starts[Int(first) + 1] == count { return false }
          for bin in 1..<starts.count { starts[bin] += starts[bin - 1] }
          for index in node.rows {
            let row = rows[index]
            let bin = Int(codes[Int(row)])
            sorted[starts[bin]] = row
            starts[bin] += 1
          }
          return true
        }
      }
    }
  }

  /// Tries every place between two bins. With l and r rows of each label on the two sides of a place, the best has the
  /// largest sum l²/n_l + sum r²/n_r.
  private func sweep(_ count: Int, _ column: Int32, weight: Int, squares: Int) {
    let codes = features.codes + Int(column) * features.rows
    var (leftSquares, rightSquares, leftWeight) = (0, squares, 0)
    var score = best?.score ?? -1
    var cut: UInt8?
    sorted.withUnsafeBufferPointer { sorted in
      left.withUnsafeMutableBufferPointer { left in
        totals.withUnsafeBufferPointer { totals in
          var previous = codes[Int(sorted[0])]
          for index in 0..<count {
            let row = Int(sorted[index])
            let code = codes[row]
            if code != previous {
              let found =
                Double(leftSquares) / Double(leftWeight) + Double(rightSquares) / Double(weight - leftWeight)
              if found > score {
                score = found
                cut = previous
              }
              previous = code
            }
            let (label, step) = (Int(classes[row]), weights[row])
            let before = left[label]
            leftSquares += step * (2 * before + step)
            rightSquares -= step * (2 * (totals[label] - before) - step)
            left[label] = before + step
            leftWeight += step
          }
          for index in 0..<count { left[Int(classes[Int(sorted[index])])] = 0 }
        }
      }
    }
    if let cut { best = (column, cut, score) }
  }

  /// Moves the rows of bins up to `cut` to the front, keeping their order; returns where the others begin.
  private func partition(_ node: Node, _ column: Int32, _ cut: UInt8) -> Int {
    let codes = features.codes + Int(column) * features.rows
    var (front, back) = (node.rows.lowerBound, 0)
    for index in node.rows {
      let row = rows[index]
      if codes[Int(row)] <= cut {
        rows[front] = row
        front += 1
      } else {
        spare[back] = row
        back += 1
      }
    }
    for index in 0..<back { rows[front + index] = spare[index] }
    return front
  }

  /// Books what a split takes from the impurity: for each label l²/n_l + r²/n_r - c²/n.
  private func add(_ column: Int32, node: Node, middle: Int, weight: Int, to worth: inout Worth) {
    var leftWeight = 0
    for index in node.rows.lowerBound..<middle {
      let row = Int(rows[index])
      left[Int(classes[row])] += weights[row]
      leftWeight += weights[row]
    }
    if places[Int(column)] < 0 {
      places[Int(column)] = Int32(worth.columns.count)
      worth.columns.append(column)
      worth.values.append(contentsOf: repeatElement(0, count: labelCount))
    }
    let first = Int(places[Int(column)]) * labelCount
    func square(_ count: Int, _ weight: Int) -> Double { Double(count) * Double(count) / Double(weight) }
    for label in 0..<labelCount {
      let (total, l) = (totals[label], left[label])
      let gain = square(l, leftWeight) + square(total - l, weight - leftWeight) - square(total, weight)
      // Rounding may leave a trace below 0 where a label is split evenly.
      worth.values[first + label] += max(0, gain)
      left[label] = 0
    }
  }
}
