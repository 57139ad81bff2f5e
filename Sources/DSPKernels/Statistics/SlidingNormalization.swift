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
  /// One period of the mirrored data: the frames forwards, then backwards.
  private let mirrored: [Int]

  /// - Parameters:
  ///   - window: frames, odd.
  public init(frames: Int, columns: Int, window: Int, dividesByDeviation: Bool) {
    precondition(frames > 0 && window > 0 && window % 2 == 1, "frames and an odd window")
    self.frames = frames
    self.window = window
    self.dividesByDeviation = dividesByDeviation
    paddedColumns = Self.padded(columns)
    mirrored = Array(0..<frames) + (0..<frames).reversed()
  }

  /// Columns rounded up to a multiple of the widest vector.
  public static func padded(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }

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
    for frame in 0..<frames {
      for column in stride(from: 0, to: paddedColumns, by: DoubleLanes.width) {
        var place = firstPlace(frame)
        var sum = DoubleLanes(values + mirrored[place] * paddedColumns + column)
        for _ in 1..<window {
          place = nextPlace(place)
          sum += DoubleLanes(values + mirrored[place] * paddedColumns + column)
        }
        let own = frame * paddedColumns + column
        (DoubleLanes(values + own) - sum / count).storeFloat(differences + own)
      }
    }
  }

  private func divide(
    _ differences: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, _ mirrored: UnsafeBufferPointer<Int>
  ) {
    let count = FloatLanes(repeating: Float(window))
    let tiny = FloatLanes(repeating: 1e-10)
    for frame in 0..<frames {
      for column in stride(from: 0, to: paddedColumns, by: FloatLanes.width) {
        var place = firstPlace(frame)
        var sum = FloatLanes(differences + mirrored[place] * paddedColumns + column)
        for _ in 1..<window {
          place = nextPlace(place)
          sum += FloatLanes(differences + mirrored[place] * paddedColumns + column)
        }
        let mean = sum / count
        var squares = FloatLanes(repeating: 0)
        place = firstPlace(frame)
        for _ in 0..<window {
          let d = FloatLanes(differences + mirrored[place] * paddedColumns + column) - mean
          squares += d * d
          place = nextPlace(place)
        }
        let deviation = (squares / count).squareRoot()
        let own = frame * paddedColumns + column
        (FloatLanes(differences + own) / (deviation + tiny)).store(result + own)
      }
    }
  }

  /// Place in the period where the surroundings of a frame begin.
  @inline(__always) private func firstPlace(_ frame: Int) -> Int {
    let period = 2 * frames
    return ((frame - (window - 1) / 2) % period + period) % period
  }

  @inline(__always) private func nextPlace(_ place: Int) -> Int { place + 1 == 2 * frames ? 0 : place + 1 }
}
