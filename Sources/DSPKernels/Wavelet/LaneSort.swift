/// Sorts each window of a batch by value, ascending.
///
/// The same comparisons run for every window, so that lanes sort side by side without a branch: merge exchange, about
/// `rows * log2(rows)² / 4` compare-exchanges. Where a lane holds NaN it is left with any of its values, in any order.
///
/// Source: D. E. Knuth, The Art of Computer Programming, vol. 3, 5.2.2, algorithm M; K. E. Batcher (1968).
///
/// - Parameters:
///   - x: `rows` rows of `laneCount` values, sorted in place.
@inline(__always)
func sortRows<V: LaneVector>(_ x: UnsafeMutablePointer<V.Scalar>, rows: Int, _: V.Type) {
  if rows < 2 { return }
  var top = 1
  while 2 * top < rows { top *= 2 }
  var p = top
  while p > 0 {
    var q = top
    var r = 0
    var distance = p
    while true {
      // All rows i with (i & p) == r: runs of p rows, which lie one after the other in memory.
      var run = r
      while run < rows - distance {
        let end = x + min(run + p, rows - distance) * laneCount
        exchange(x + run * laneCount, until: end, distance: distance * laneCount, V.self)
        run += 2 * p
      }
      if q == p { break }
      distance = q - p
      q /= 2
      r = p
    }
    p /= 2
  }
}

/// Puts the lesser of each value and the one `distance` behind it first, a row at a time.
@inline(__always)
private func exchange<V: LaneVector>(
  _ start: UnsafeMutablePointer<V.Scalar>, until end: UnsafeMutablePointer<V.Scalar>, distance: Int, _: V.Type
) {
  var low = start
  while low < end {
    for lane in stride(from: 0, to: laneCount, by: V.width) {
      let a = V(low + lane)
      let b = V(low + lane + distance)
      V.lesser(a, b).store(low + lane)
      V.greater(a, b).store(low + lane + distance)
    }
    low += laneCount
  }
}
