extension WindowSplit {
  /// Loads a batch of windows as they are: `x[row * laneCount + lane]`.
  ///
  /// - Parameters:
  ///   - source: what `fill` has filled.
  ///   - first: the batch's first window, a multiple of `laneCount` below `windows`.
  ///   - x: receives `rows` rows of `laneCount` values, aligned to a vector; lanes beyond the last window hold anything.
  public func load(_ source: UnsafePointer<Float>, first: Int, into x: UnsafeMutablePointer<Float>) {
    checkBatch(first: first)
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows {
        for lane in stride(from: 0, to: laneCount, by: FloatLanes.width) {
          FloatLanes(unaligned: source + offsets[row] + first + lane).store(x + row * laneCount + lane)
        }
      }
    }
  }

  /// Loads a batch of windows and widens them to Double.
  public func load(_ source: UnsafePointer<Float>, first: Int, into x: UnsafeMutablePointer<Double>) {
    checkBatch(first: first)
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows {
        let from = source + offsets[row] + first
        let to = x + row * laneCount
        for lane in 0..<laneCount { to[lane] = Double(from[lane]) }
      }
    }
  }
}
