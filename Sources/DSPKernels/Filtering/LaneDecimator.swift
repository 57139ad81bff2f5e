/// Decimation by 3, 10 or products of these: a Chebyshev low-pass of order 8 before every stage.
///
/// Each stage has a gain of -0.05 dB at DC, starts in the steady state for the window's first value, runs forward once
/// and keeps rows 0, r, 2r, …; there is no compensation of the filter's delay. Always in Double.
///
/// Source: the reference's decimation, which wraps SciPy's `sosfilt` with `sosfilt_zi`.
public struct LaneDecimator: Sendable {
  private struct Stage: Sendable {
    let ratio: Int
    let filter: SectionedFilter
    /// States of each section for a constant input of 1.
    let steady: [(z1: Double, z2: Double)]
  }

  private let stages: [Stage]

  /// - Parameter ratios: 3 or 10, in the order in which the stages run.
  public init(ratios: [Int]) {
    stages = ratios.map { ratio in
      let filter = SectionedFilter.chebyshevLowpass(order: 8, ripple: 0.05, cutoff: 0.8 / Double(ratio))
      return Stage(ratio: ratio, filter: filter, steady: filter.steadyState)
    }
  }

  /// Rows that are left of `rows`.
  public func outputRows(_ rows: Int) -> Int {
    Self.outputRows(rows, ratios: stages.map(\.ratio))
  }

  /// Rows that decimation by these ratios leaves of `rows`.
  public static func outputRows(_ rows: Int, ratios: [Int]) -> Int {
    ratios.reduce(rows) { ($0 + $1 - 1) / $1 }
  }

  /// Decimates `rows` rows of `laneCount` lanes in place; the result occupies the first `outputRows(rows)`.
  public func run(_ x: UnsafeMutablePointer<Double>, rows: Int) {
    var rows = rows
    for stage in stages {
      let ratio = stage.ratio
      // Row `row / ratio` is written after row `row` was read, column by column: in place is safe.
      runCascade(
        stage.filter, rows: rows, DoubleLanes.self,
        prepare: { section, index, lane in
          let first = DoubleLanes(x + lane)
          section.z1 = DoubleLanes(repeating: stage.steady[index].z1) * first
          section.z2 = DoubleLanes(repeating: stage.steady[index].z2) * first
        },
        input: { row, lane in DoubleLanes(x + row * laneCount + lane) },
        output: { row, lane, y in
          if row % ratio == 0 { y.store(x + row / ratio * laneCount + lane) }
        })
      rows = Self.outputRows(rows, ratios: [ratio])
    }
  }
}

extension SectionedFilter {
  /// The state in which each section rests while the filter's input is constantly 1.
  var steadyState: [(z1: Double, z2: Double)] {
    let sign: Double = kind == .low ? 1 : -1
    var level = 1.0
    return sections.enumerated().map { index, section in
      let b0 = index == 0 ? gain : 1
      let b1 = 2 * sign * b0
      let dcGain = (b0 + b1 + b0) / (1 + section.a1 + section.a2)
      let z2 = b0 - section.a2 * dcGain
      let z1 = b1 - section.a1 * dcGain + z2
      defer { level *= dcGain }
      return (level * z1, level * z2)
    }
  }
}
