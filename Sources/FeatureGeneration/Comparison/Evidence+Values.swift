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
