/// Repeated measurements of one thing, in microseconds.
public struct RoundTimes: Sendable, Codable, Equatable {
  /// One value a round, in the order in which they were taken.
  public var rounds: [Double]

  /// The value in the middle; 0 of nothing.
  public var median: Double { Self.quantile(rounds.sorted(), 0.5) }

  /// Standard error of the median, as a share of it: from the median distance to the median, which a few outliers do
  /// not move. (For normal noise the deviation is 1.4826 times that distance, and a median's error 1.2533 times a
  /// mean's.)
  public var relativeError: Double {
    let middle = median
    guard middle > 0, rounds.count > 1 else { return 0 }
    let distance = Self.quantile(rounds.map { abs($0 - middle) }.sorted(), 0.5)
    return 1.2533 * 1.4826 * distance / Double(rounds.count).squareRoot() / middle
  }

  /// The value below which a share of sorted values lies, between neighbours in proportion; 0 of nothing.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.last else { return 0 }
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return last }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}

/// How long single windows take: each of them timed by itself.
public struct LatencyDistribution: Sendable, Codable, Equatable {
  /// Latencies from one limit to the next; the last bucket has no upper one.
  public struct Bucket: Sendable, Codable, Equatable {
    /// Inclusive, in microseconds.
    public var from: Double
    /// Exclusive, in microseconds; nil for the last.
    public var to: Double?
    /// Windows.
    public var count: Int
  }

  /// Windows that were timed.
  public var windows: Int
  /// Microseconds.
  public var minimum: Double
  /// Half of the windows take less.
  public var median: Double
  /// 95 of 100 take less.
  public var p95: Double
  /// 99 of 100 take less.
  public var p99: Double
  /// The slowest window.
  public var maximum: Double
  /// Four to each doubling, up to `p99`; what is above shares the last.
  public var histogram: [Bucket]

  /// - Parameter latencies: in microseconds, any order.
  init(_ latencies: [Double]) {
    let sorted = latencies.sorted()
    windows = sorted.count
    minimum = sorted.first ?? 0
    maximum = sorted.last ?? 0
    median = RoundTimes.quantile(sorted, 0.5)
    p95 = RoundTimes.quantile(sorted, 0.95)
    p99 = RoundTimes.quantile(sorted, 0.99)
    histogram = []
    let step = 1.189207115002721  // 2^(1/4)
    // Times below a nanosecond are the clock's own noise, and would make buckets without end.
    var low = 0.001
    while low * step <= minimum { low *= step }
    var index = 0
    while index < sorted.count {
      let high = low * step
      var end = index
      while end < sorted.count && sorted[end] < high { end += 1 }
      if low >= p99 {
        histogram.append(Bucket(from: low, to: nil, count: sorted.count - index))
        break
      }
      histogram.append(Bucket(from: low, to: high, count: end - index))
      index = end
      low = high
    }
  }
}
