/// Causes that move values without changing them.
extension Evidence {
  /// For each local column, the one of Studio's that holds its values; nil where that is not another order.
  func permutation(_ local: [[Float]], _ studio: [[Float]]) -> [Int]? {
    let width = local[0].count
    guard width <= 4096, studio[0].count == width, local.count >= 2 else { return nil }
    func isSame(_ a: Int, _ b: Int) -> Bool {
      zip(local, studio).allSatisfy { FloatDistance.isWithin($0[a], of: $1[b], tolerance: comparison.tolerance) }
    }
    var free = Set(0..<width)
    var order = [Int](repeating: -1, count: width)
    // A column that has its own values keeps its place, so that equal columns do not look exchanged.
    for column in 0..<width where isSame(column, column) {
      order[column] = column
      free.remove(column)
    }
    var isMoved = false
    for column in 0..<width where order[column] < 0 {
      guard let other = (0..<width).first(where: { free.contains($0) && isSame(column, $0) }) else { return nil }
      order[column] = other
      free.remove(other)
      isMoved = true
    }
    return isMoved ? order : nil
  }

  /// Names an order of columns: whole axes exchanged, or something else.
  func columnOrder(_ order: [Int]) -> Cause {
    let width = order.count
    for count in [axes.count, 2, 3, 4, 6, 9] where count > 1 && width % count == 0 {
      let size = width / count
      // Feature by feature within an axis, or row by row with the axes in turn.
      let blocks = (0..<count).map { order[$0 * size] / size }
      let isBlocks = (0..<width).allSatisfy { order[$0] == blocks[$0 / size] * size + $0 % size }
      let turns = (0..<count).map { order[$0] % count }
      let isTurns = (0..<width).allSatisfy { order[$0] == $0 / count * count + turns[$0 % count] }
      guard isBlocks || isTurns else { continue }
      let axisOrder = isBlocks ? blocks : turns
      guard Set(axisOrder).count == count else { continue }
      let names = axes.count == count ? axes : (0..<count).map { "axis \($0 + 1)" }
      var theirs = names
      for (mine, other) in axisOrder.enumerated() { theirs[other] = names[mine] }
      return Cause(
        id: "axis-order", title: "Another order of the axes",
        explanation: "Studio's block has the axes in the order \(theirs.joined(separator: ", ")), the local one "
          + names.joined(separator: ", "), explains: 1, recomputed: false)
    }
    let moved = order.enumerated().filter { $0.offset != $0.element }
    return Cause(
      id: "column-order", title: "Another order of the features",
      explanation: "\(moved.count) of \(width) columns hold the values of another one, the first: local column "
        + "\(moved.first?.offset ?? 0) is Studio's \(moved.first?.element ?? 0)", explains: 1, recomputed: false)
  }

  // MARK: Rows

  /// Rows that were paired by order and are off by some.
  func shiftCause(_ local: [[Float]], _ studio: [[Float]], _ report: ComparisonReport) -> Cause? {
    guard alignment.rule == .order else { return nil }
    let pairs = self.pairs.outside.elements
    for shift in [1, -1, 2, -2, 3, -3, 4, -4] {
      let usable = pairs.filter { $0.local + shift >= 0 && $0.local + shift < comparison.local.rows }.prefix(64)
      guard usable.count >= 4 else { continue }
      let isShifted = usable.allSatisfy { pair in
        guard let mine = try? comparison.local.row(pair.local + shift),
          let theirs = try? comparison.studio.row(pair.studio)
        else { return false }
        return zip(mine, theirs).allSatisfy { FloatDistance.isWithin($0, of: $1, tolerance: comparison.tolerance) }
      }
      if isShifted {
        return Cause(
          id: "row-shift", title: "Rows are shifted",
          explanation: "Studio's row n is the local row n \(shift > 0 ? "+" : "-") \(abs(shift)); pair rows by y, or "
            + "look for windows that one set has not", explains: 1, recomputed: false)
      }
    }
    return rowOrderCause()
  }

  /// Rows of two sets without y that hold the same windows in another order.
  private func rowOrderCause() -> Cause? {
    guard comparison.local.rows == comparison.studio.rows, comparison.local.rows <= 1 << 16,
      comparison.local.rows * comparison.local.columns <= 1 << 24
    else { return nil }
    var counts: [[UInt32]: Int] = [:]
    for row in 0..<comparison.local.rows {
      guard let mine = try? comparison.local.row(row), let theirs = try? comparison.studio.row(row) else { return nil }
      counts[mine.map(\.bitPattern), default: 0] += 1
      counts[theirs.map(\.bitPattern), default: 0] -= 1
    }
    guard counts.values.allSatisfy({ $0 == 0 }) else { return nil }
    return Cause(
      id: "row-order", title: "The same windows in another order",
      explanation: "every row of one set is in the other: recordings come in another order; give y of both sets, or a "
        + "samples.json to generate", explains: 1, recomputed: false)
  }
}
