extension WindowSplit {
  /// Loads windows as they are: `x[row * laneCount + lane]`.
  public func load(_ source: UnsafePointer<Float>, first: Int, into x: UnsafeMutablePointer<Float>) {
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows {
        for lane in stride(from: 0, to: laneCount, by: FloatLanes.width) {
          FloatLanes(unaligned: source + offsets[row] + first + lane).store(x + row * laneCount + lane)
        }
      }
    }
  }

  /// Loads windows and widens them to Double.
  public func load(_ source: UnsafePointer<Float>, first: Int, into x: UnsafeMutablePointer<Double>) {
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows {
        let from = source + offsets[row] + first
        let to = x + row * laneCount
        for lane in 0..<laneCount { to[lane] = Double(from[lane]) }
      }
    }
  }
}
