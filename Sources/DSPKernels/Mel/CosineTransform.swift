import Glibc

/// The first coefficients of an orthonormal DCT-II over the filters of a batch of frames.
public struct CosineTransform: Sendable {
  let filters: Int
  /// Coefficients.
  public let count: Int
  /// Row k: the weights of coefficient k.
  private let weights: [Double]

  /// - Parameter count: coefficients wanted; no more than `filters` exist.
  public init(filters: Int, count: Int) {
    self.filters = filters
    self.count = min(filters, count)
    weights = (0..<self.count).flatMap { k in
      let scale = ((k == 0 ? 1 : 2) / Double(filters)).squareRoot()
      return (0..<filters).map { scale * cos(Double.pi * Double(k * (2 * $0 + 1)) / Double(2 * filters)) }
    }
  }

  /// `count` rows of `frameLanes` coefficients from `filters` rows of values.
  public func apply(_ values: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    weights.withUnsafeBufferPointer { weights in
      for k in 0..<count {
        for lane in stride(from: 0, to: frameLanes, by: DoubleLanes.width) {
          var sum = DoubleLanes(repeating: 0)
          for filter in 0..<filters {
            sum +=
              DoubleLanes(repeating: weights[k * filters + filter]) * DoubleLanes(values + filter * frameLanes + lane)
          }
          sum.store(result + k * frameLanes + lane)
        }
      }
    }
  }
}
