extension LaneWavelet {
  /// The deepest approximation of the first lane's window, for pictures; allocates.
  ///
  /// - Parameter x: `rows` rows of `laneCount` values.
  public func approximation(of x: UnsafePointer<Float>) -> [Double] {
    approximation(x, Float.self) { split($0, $1, approximation: $2, detail: $3) }.map { Double($0) }
  }

  /// The same of a decimated window.
  public func approximation(of x: UnsafePointer<Double>) -> [Double] {
    approximation(x, Double.self) { split($0, $1, approximation: $2, detail: $3) }
  }

  private func approximation<T: BitwiseCopyable>(
    _ x: UnsafePointer<T>, _: T.Type,
    split: (Int, UnsafePointer<T>, UnsafeMutablePointer<T>, UnsafeMutablePointer<T>) -> Void
  ) -> [T] {
    var buffers: [LaneBuffer<T>] = []
    var signal = x
    for level in 0..<levels {
      let approximation = LaneBuffer<T>(count: outputRows(level) * laneCount)
      let detail = LaneBuffer<T>(count: outputRows(level) * laneCount)
      buffers += [approximation, detail]
      split(level, signal, approximation.base, detail.base)
      signal = UnsafePointer(approximation.base)
    }
    return withExtendedLifetime(buffers) { (0..<bandRows[0]).map { signal[$0 * laneCount] } }
  }
}
