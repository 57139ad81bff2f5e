import EngineThreads
import Synchronization

/// Features as the numbers of bins, at most 256 a column: a forest asks for their order only.
///
/// A column of up to 256 different values has a bin for each, so that splits are exact. Others are cut where equal
/// shares of the rows end. NaN counts as lower than every number; -0 and 0 are the same.
final class BinnedFeatures: @unchecked Sendable {
  static let mostBins = 256

  let rows: Int
  let columns: Int
  /// `rows * columns` bin numbers, column after column.
  let codes: UnsafeMutablePointer<UInt8>
  /// Columns in which not all rows are equal, ascending.
  private(set) var varied: [Int32] = []

  /// Sorts every column on `threads` threads.
  ///
  /// - Parameters:
  ///   - values: `rows` values a column, column after column; needed until this returns.
  /// - Complexity: O(columns rows log rows).
  init(_ values: UnsafeMutableBufferPointer<Float>, rows: Int, threads: Int) {
    precondition(rows > 0 && values.count % rows == 0, "whole columns")
    self.rows = rows
    columns = values.count / rows
    codes = .allocate(capacity: max(1, rows * columns))
    codes.initialize(repeating: 0, count: rows * columns)
    let next = Atomic(0)
    let found = Mutex<[Int32]>([])
    let values = Values(base: values)
    OwnThreads.run(threads) { [self] in
      var keys = [UInt32](repeating: 0, count: rows)
      var sorted = keys
      var own: [Int32] = []
      while true {
        let column = next.add(1, ordering: .relaxed).oldValue
        if column >= columns { break }
        let range = column * rows..<(column + 1) * rows
        if Self.bin(values.base[range], keys: &keys, sorted: &sorted, into: codes + column * rows) {
          own.append(Int32(column))
        }
      }
      found.withLock { $0 += own }
    }
    varied = found.withLock { $0.sorted() }
  }

  deinit { codes.deallocate() }

  /// Threads only read it.
  private struct Values: @unchecked Sendable { let base: UnsafeMutableBufferPointer<Float> }

  /// A number whose order is that of the values.
  private static func key(_ value: Float) -> UInt32 {
    if value.isNaN { return 0 }
    let bits = (value + 0).bitPattern
    return bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
  }

  /// Returns whether there is more than one bin.
  private static func bin(
    _ values: Slice<UnsafeMutableBufferPointer<Float>>, keys: inout [UInt32], sorted: inout [UInt32],
    into codes: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    for (index, value) in values.enumerated() { keys[index] = key(value) }
    sorted = keys
    sorted.sort()
    // The lowest key of each bin but the first.
    var bounds: [UInt32] = []
    for index in 1..<max(1, sorted.count) where sorted[index] != sorted[index - 1] {
      bounds.append(sorted[index])
      if bounds.count == mostBins { break }
    }
    if bounds.isEmpty { return false }
    if bounds.count == mostBins {
      bounds = []
      for bin in 1..<mostBins {
        let bound = sorted[bin * sorted.count / mostBins]
        if bound > bounds.last ?? sorted[0] { bounds.append(bound) }
      }
    }
    for (index, key) in keys.enumerated() {
      // The number of bounds that are at most the key.
      var low = 0
      var high = bounds.count
      while low < high {
        let middle = (low + high) / 2
        if bounds[middle] <= key { low = middle + 1 } else { high = middle }
      }
      codes[index] = UInt8(low)
    }
    return !bounds.isEmpty
  }
}
