import Foundation

/// What values alone say about a cause.
extension Evidence {
  /// The share of sampled values that are equal once Studio's are undone by `map`, of those that differ before.
  private func share(
    _ local: [[Float]], _ studio: [[Float]], tolerance: Double, _ map: (Float) -> Double
  ) -> Double {
    var (total, hits) = (0, 0)
    for (mine, theirs) in zip(local, studio) {
      for (a, b) in zip(mine, theirs) {
        total += 1
        let mapped = map(a)
        if a == b && mapped == Double(a) { hits += 1; continue }
        if abs(mapped - Double(b)) <= tolerance * (1 + abs(Double(b))) { hits += 1 }
      }
    }
    return total == 0 ? 0 : Double(hits) / Double(total)
  }

  private static let enough = 0.99

  func valueCauses(_ report: ComparisonReport) throws -> [Cause] {
    let (local, studio) = try matrices()
    guard let width = local.first?.count, width > 0 else { return [] }
    var causes: [Cause] = []
    if let order = permutation(local, studio) { causes.append(columnOrder(order)) }
    if let cause = shiftCause(local, studio, report) { causes.append(cause) }
    if let factor = Self.constant(local, studio, { $1 / $0 }), factor != 1 {
      causes.append(
        Cause(
          id: "scale", title: "A constant factor",
          explanation: "every value of Studio's set is \(Self.short(factor)) times the local one: another scale-axes, "
            + "or recordings in other units", explains: 1, recomputed: false))
    } else if let offset = Self.constant(local, studio, { $1 - $0 }), offset != 0 {
      causes.append(
        Cause(
          id: "offset", title: "A constant difference",
          explanation: "every value of Studio's set is the local one plus \(Self.short(offset)): a logarithm of "
            + "another level or base", explains: 1, recomputed: false))
    }
    causes += logarithmCauses(local, studio)
    causes += roundingCauses(local, studio)
    return causes
  }

  static func short(_ value: Double) -> String { "\(Float((value * 1e6).rounded() / 1e6))" }

  /// The one number that `measure` gives for all pairs of values that are large enough to tell.
  private static func constant(
    _ local: [[Float]], _ studio: [[Float]], _ measure: (Double, Double) -> Double
  ) -> Double? {
    var found: Double?
    var count = 0
    for (mine, theirs) in zip(local, studio) {
      for (a, b) in zip(mine, theirs) where a.isFinite && b.isFinite {
        if abs(a) < 1e-6 {
          if abs(b) > 1e-4 { return nil }
          continue
        }
        let value = measure(Double(a), Double(b))
        guard let known = found else {
          found = value
          continue
        }
        if abs(value - known) > 1e-5 * (abs(known) + 1e-3) { return nil }
        count += 1
      }
    }
    return count > 16 ? found : nil
  }

  // MARK: Columns

  /// For each local column, the one of Studio's that holds its values; nil where that is not another order.
  private func permutation(_ local: [[Float]], _ studio: [[Float]]) -> [Int]? {
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
      guard let other = free.sorted().first(where: { isSame(column, $0) }) else { return nil }
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
  private func shiftCause(_ local: [[Float]], _ studio: [[Float]], _ report: ComparisonReport) -> Cause? {
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

  // MARK: Arithmetic

  private func logarithmCauses(_ local: [[Float]], _ studio: [[Float]]) -> [Cause] {
    let width = local[0].count
    var (isLog, isPower, isOther) = (0, 0, 0)
    for column in 0..<width {
      let values = zip(local, studio).map { (Double($0[column]), Double($1[column])) }
      if values.allSatisfy({ $0 == $1 || ($0.isNaN && $1.isNaN) }) { continue }
      func holds(_ relation: (Double, Double) -> Bool) -> Bool { values.allSatisfy(relation) }
      let close = { (a: Double, b: Double) in abs(a - b) <= 1e-3 * (1e-6 + abs(b)) }
      if holds({ $0 > 0 && abs(log10($0) - $1) <= 1e-3 }) {
        isLog += 1
      } else if holds({ $1 > 0 && close(pow(10, $0), $1) }) {
        isPower += 1
      } else if !values.allSatisfy({ FloatDistance.isWithin(Float($0), of: Float($1), tolerance: comparison.tolerance) }
      ) {
        isOther += 1
      }
    }
    guard isLog + isPower > 0, isLog == 0 || isPower == 0 else { return [] }
    return [
      Cause(
        id: "log-flag", title: "Logarithm on one side only",
        explanation:
          "\(isLog + isPower) columns of \(isLog > 0 ? "Studio's" : "the local") set are the base-10 logarithm "
          + "of the other's: do-log is \(isLog > 0 ? "on" : "off") in Studio and \(isLog > 0 ? "off" : "on") here",
        explains: isOther == 0 ? 1 : Double(isLog + isPower) / Double(isLog + isPower + isOther), recomputed: false)
    ]
  }

  private func roundingCauses(_ local: [[Float]], _ studio: [[Float]]) -> [Cause] {
    var causes: [Cause] = []
    let half = share(local, studio, tolerance: 0) { Double(Float(Float16($0))) }
    if half == 1 {
      causes.append(
        Cause(
          id: "half-precision", title: "Rounded to float16",
          explanation: "Studio's values are the local ones in half precision: the file went through float16",
          explains: 1, recomputed: false))
    }
    var steps = 0
    var differing = 0
    for (mine, theirs) in zip(local, studio) {
      for (a, b) in zip(mine, theirs) where a != b {
        differing += 1
        let step = abs(Double(a) - Double(b)) * 256
        if step > 0.5 && step < 300 && abs(step - step.rounded()) < 1e-3 { steps += 1 }
      }
    }
    if differing > 0, steps == differing, local.allSatisfy({ $0.allSatisfy { abs($0) <= 1 } }) {
      causes.append(
        Cause(
          id: "quantisation", title: "Steps of 1/256",
          explanation: "values differ by whole steps of the scale that mel blocks quantise to: rounding at the edge of "
            + "a step, or another level", explains: 0.8, recomputed: false))
    } else if differing > 0,
      share(local, studio, tolerance: 0, { (Double($0) * 256).rounded() / 256 }) >= Self.enough
        || share(studio, local, tolerance: 0, { (Double($0) * 256).rounded() / 256 }) >= Self.enough
    {
      causes.append(
        Cause(
          id: "quantisation", title: "Quantised on one side only",
          explanation: "one set has the other's values in steps of 1/256, as mel blocks quantise from version 3 on",
          explains: 1, recomputed: false))
    }
    return causes
  }

  // MARK: Shapes

  /// What different numbers of columns say.
  func shapeCauses() -> [Cause] {
    let (mine, theirs) = (comparison.local, comparison.studio)
    if mine.rows == theirs.columns && mine.columns == theirs.rows {
      return [
        Cause(
          id: "transposed", title: "Rows and columns are exchanged",
          explanation:
            "Studio's file is \(theirs.rows) × \(theirs.columns), the local one \(mine.rows) × \(mine.columns)",
          explains: 1, recomputed: false)
      ]
    }
    let description = mine.description
    if let frequency = description.frequency, let size = description.windowSizeMs, !axes.isEmpty {
      let raw = SlidingWindow(sizeMs: size, increaseMs: size, frequency: frequency, padsZeros: false).rows * axes.count
      if raw == theirs.columns || raw == mine.columns {
        let side = raw == theirs.columns ? "Studio's" : "the local"
        return [
          Cause(
            id: "raw-values", title: "Raw windows on one side, features on the other",
            explanation: "a window has \(raw) raw values, and so has a row of \(side) set; the other has "
              + "\(raw == theirs.columns ? mine.columns : theirs.columns) features",
            explains: 0.9, recomputed: false)
        ]
      }
    }
    return [
      Cause(
        id: "feature-count", title: "Another number of features",
        explanation:
          "the local set has \(mine.columns) features a window and Studio's \(theirs.columns): another block, "
          + "other axes, or settings that change the number of features",
        explains: 0.05, recomputed: false)
    ]
  }
}
