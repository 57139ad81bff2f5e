/// Subtracts from each frame the mean over the frames around it, and divides by their deviation if wanted.
///
/// The surroundings are `window` frames, mirrored at both ends of the data. Differences are Float; means run in
/// Double, deviations in Float, all sums frame after frame. Columns are independent and fill the lanes.
///
/// Source: the reference's `cmvnw` (speechpy), with NumPy's order of summation along axis 0.
public struct SlidingNormalization: Sendable {
  /// Frames of the data.
  public let frames: Int
  /// Columns of the data, padded to whole vectors.
  public let paddedColumns: Int
  private let window: Int
  private let dividesByDeviation: Bool
  /// Where the rows of one period of the mirrored data begin: the frames forwards, then backwards.
  private let mirrored: [Int]

  /// - Parameters:
  ///   - window: frames, odd.
  public init(frames: Int, columns: Int, window: Int, dividesByDeviation: Bool) {
    precondition(frames > 0 && window > 0 && window % 2 == 1, "frames and an odd window")
    self.frames = frames
    self.window = window
    self.dividesByDeviation = dividesByDeviation
    paddedColumns = Self.padded(columns)
    let starts = (0..<frames).map { [paddedColumns] in $0 * paddedColumns }
    mirrored = starts + starts.reversed()
  }

  /// Columns rounded up to a multiple of the widest vector of any instruction set, which sizes and limits thus do
  /// not depend on. Half of `laneCount` is one.
  public static func padded(_ columns: Int) -> Int {
    let widest = laneCount / 2
    return (columns + widest - 1) / widest * widest
  }

  /// Normalises `frames` rows of `paddedColumns` values.
  ///
  /// - Parameters:
  ///   - values: input, aligned.
  ///   - differences: receives values minus means; also scratch when deviations are wanted.
  ///   - result: receives the normalised values; not used otherwise.
  public func run(
    _ values: UnsafePointer<Double>, differences: UnsafeMutablePointer<Float>, result: UnsafeMutablePointer<Float>
  ) {
    mirrored.withUnsafeBufferPointer { mirrored in
      subtractMeans(values, differences, mirrored)
      if dividesByDeviation { divide(differences, result, mirrored) }
    }
  }

  private func subtractMeans(
    _ values: UnsafePointer<Double>, _ differences: UnsafeMutablePointer<Float>, _ mirrored: UnsafeBufferPointer<Int>
  ) {
    let count = DoubleLanes(repeating: Double(window))
    for first in stride(from: 0, to: frames, by: 4) {
      for column in stride(from: 0, to: paddedColumns, by: DoubleLanes.width) {
        let sums = FourLanes<DoubleLanes>(first: first, in: self, values + column, mirrored) { value, _ in value }
        for i in 0..<min(4, frames - first) {
          let own = (first + i) * paddedColumns + column
          (DoubleLanes(values + own) - sums[i] / count).storeFloat(differences + own)
        }
      }
    }
  }

  private func divide(
    _ differences: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, _ mirrored: UnsafeBufferPointer<Int>
  ) {
    let count = FloatLanes(repeating: Float(window))
    let tiny = FloatLanes(repeating: 1e-10)
    for first in stride(from: 0, to: frames, by: 4) {
      for column in stride(from: 0, to: paddedColumns, by: FloatLanes.width) {
        let sums = FourLanes<FloatLanes>(first: first, in: self, differences + column, mirrored) { value, _ in value }
        let means = FourLanes(sums.a / count, sums.b / count, sums.c / count, sums.d / count)
        let squares = FourLanes<FloatLanes>(first: first, in: self, differences + column, mirrored) { value, i in
          let difference = value - means[i]
          return difference * difference
        }
        for i in 0..<min(4, frames - first) {
          let deviation = (squares[i] / count).squareRoot()
          let own = (first + i) * paddedColumns + column
          (FloatLanes(differences + own) / (deviation + tiny)).store(result + own)
        }
      }
    }
  }

  /// Sums of four neighbouring frames, whose surroundings overlap but for three frames: each row is read once for all
  /// four, and four chains of additions run side by side. Each sum keeps its order.
  private struct FourLanes<V: LaneVector> {
    var a, b, c, d: V

    @inline(__always) init(_ a: V, _ b: V, _ c: V, _ d: V) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

    @inline(__always) subscript(i: Int) -> V { i == 0 ? a : i == 1 ? b : i == 2 ? c : d }

    /// Adds up `term(row, i)` over the surroundings of the frames `first + i`.
    @inline(__always)
    init(
      first: Int, in plan: SlidingNormalization, _ rows: UnsafePointer<V.Scalar>,
      _ mirrored: UnsafeBufferPointer<Int>, _ term: (V, Int) -> V
    ) {
      let zero = V(repeating: 0)
      var (a, b, c, d) = (zero, zero, zero, zero)
      var place = plan.firstPlace(first)
      let window = plan.window
      let period = mirrored.count
      @inline(__always) func next() -> V {
        let row = V(rows + mirrored[place])
        place = place &+ 1 == period ? 0 : place &+ 1
        return row
      }
      /// One row for those frames whose surroundings have begun and not ended; a sum begins with its first term.
      @inline(__always) func edge(_ step: Int) {
        let row = next()
        if step < window { a = step == 0 ? term(row, 0) : a + term(row, 0) }
        if step >= 1 && step < window + 1 { b = step == 1 ? term(row, 1) : b + term(row, 1) }
        if step >= 2 && step < window + 2 { c = step == 2 ? term(row, 2) : c + term(row, 2) }
        if step >= 3 { d = step == 3 ? term(row, 3) : d + term(row, 3) }
      }
      let begun = min(4, window)
      for step in 0..<begun { edge(step) }
      for _ in begun..<window {
        let row = next()
        a += term(row, 0)
        b += term(row, 1)
        c += term(row, 2)
        d += term(row, 3)
      }
      for step in window..<window + 3 { edge(step) }
      self.init(a, b, c, d)
    }
  }

  /// Place in the period where the surroundings of a frame begin.
  @inline(__always) private func firstPlace(_ frame: Int) -> Int {
    let period = 2 * frames
    return ((frame - (window - 1) / 2) % period + period) % period
  }
}
