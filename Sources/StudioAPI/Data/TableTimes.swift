import Foundation

/// Timestamps of a table's rows, in milliseconds, as text.
///
/// They are worked out in decimals: 0.1 ms times three is `0.3`, and 1.001 s are `1001` ms.
enum TableTimes {
  /// 0, r, 2r and so on.
  static func regular(count: Int, intervalMs: Double) throws(StudioError) -> [String] {
    guard intervalMs > 0, intervalMs.isFinite, let interval = Decimal(string: NumberText.shortest(intervalMs)) else {
      throw StudioError(.invalidRequest, "expected a positive interval, found \(intervalMs) ms")
    }
    return (0..<count).map { "\(Decimal($0) * interval)" }
  }

  /// Milliseconds from numbers in other units; `factor` is milliseconds per unit.
  ///
  /// - Throws: `StudioError` of kind `invalidRequest` for a cell that is no number.
  static func scaled(_ cells: [String], factor: Int) throws(StudioError) -> [Decimal] {
    var times: [Decimal] = []
    for (row, cell) in cells.enumerated() {
      // A Decimal reads the beginning of a text; the Double makes sure that all of it is a number.
      let text = cell.trimmingCharacters(in: .whitespaces)
      guard let value = Double(text), value.isFinite, let time = Decimal(string: text) else {
        throw StudioError(.invalidRequest, "row \(row): expected a time, found another text")
      }
      times.append(time * Decimal(factor))
    }
    return times
  }

  /// Throws unless the times rise from row to row.
  static func checkRising(_ times: [Decimal]) throws(StudioError) {
    for (row, pair) in zip(times, times.dropFirst()).enumerated() where pair.0 >= pair.1 {
      throw StudioError(
        .invalidRequest, "row \(row + 1): expected a time after \(pair.0) ms, found \(pair.1) ms")
    }
  }
}
