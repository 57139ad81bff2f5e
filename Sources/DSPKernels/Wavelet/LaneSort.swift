/// Sorts each window of a batch by value, ascending.
///
/// The same comparisons run for every window, so that lanes sort side by side without a branch: merge exchange, about
/// `rows * log2(rows)² / 4` compare-exchanges. A NaN spreads to the first and the last row of its own lane.
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
      // All rows i with (i & p) == r: runs of p rows.
      for run in stride(from: r, to: rows - distance, by: 2 * p) {
        for row in run..<min(run + p, rows - distance) {
          let low = x + row * laneCount
          let high = low + distance * laneCount
          for lane in stride(from: 0, to: laneCount, by: V.width) {
            let a = V(low + lane)
            let b = V(high + lane)
            V.minimum(a, b).store(low + lane)
            V.maximum(a, b).store(high + lane)
          }
        }
      }
      if q == p { break }
      distance = q - p
      q /= 2
      r = p
    }
    p /= 2
  }
}
