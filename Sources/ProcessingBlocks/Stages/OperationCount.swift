/// What a plain Float implementation of a stage does to one window, counted by kind.
///
/// The counts describe a device that computes one window after the other, not the kernels of this library: no lanes, no
/// frames shared between windows. Address arithmetic and loops are not counted; what they cost is part of the price
/// of a memory access.
public struct OperationCount: Sendable, Hashable, Codable {
  /// Additions, subtractions and multiplications.
  public var arithmetic = 0
  /// Loads and stores of one value.
  public var memory = 0
  /// Divisions.
  public var divisions = 0
  /// Square roots.
  public var squareRoots = 0
  /// Logarithms of either base.
  public var logarithms = 0
  /// Comparisons with the branch that follows.
  public var comparisons = 0

  /// Counts; 0 for what is not given.
  public init(
    arithmetic: Int = 0, memory: Int = 0, divisions: Int = 0, squareRoots: Int = 0, logarithms: Int = 0,
    comparisons: Int = 0
  ) {
    self.arithmetic = arithmetic
    self.memory = memory
    self.divisions = divisions
    self.squareRoots = squareRoots
    self.logarithms = logarithms
    self.comparisons = comparisons
  }

  /// Both, one after the other.
  public static func + (a: Self, b: Self) -> Self {
    Self(
      arithmetic: a.arithmetic + b.arithmetic, memory: a.memory + b.memory, divisions: a.divisions + b.divisions,
      squareRoots: a.squareRoots + b.squareRoots, logarithms: a.logarithms + b.logarithms,
      comparisons: a.comparisons + b.comparisons)
  }

  /// The same `times` times over.
  public static func * (a: Self, times: Int) -> Self {
    Self(
      arithmetic: a.arithmetic * times, memory: a.memory * times, divisions: a.divisions * times,
      squareRoots: a.squareRoots * times, logarithms: a.logarithms * times, comparisons: a.comparisons * times)
  }
}

// MARK: What the stages of several blocks have in common

extension OperationCount {
  /// A real transform as half as long a complex one with radix-2 butterflies, and the pass that takes it apart.
  ///
  /// A butterfly is 4 multiplications and 6 additions, and moves two complex values and a twiddle factor (6 loads, 4
  /// stores). There are `length / 4 * log2(length / 2)` of them; taking apart costs about a butterfly for two bins.
  static func realTransform(_ length: Int) -> Self {
    let half = length / 2
    let levels = half > 1 ? half.trailingZeroBitCount : 0
    let butterflies = half / 2 * levels + half / 2
    return Self(arithmetic: 10 * butterflies, memory: 10 * butterflies)
  }

  /// `|X|²` over the length, for each bin.
  static func power(bins: Int) -> Self { Self(arithmetic: 4 * bins, memory: 3 * bins) }

  /// Mean, root mean square, skewness and kurtosis: one pass for the mean, one for the powers of the difference.
  static func moments(_ rows: Int) -> Self {
    Self(arithmetic: 8 * rows, memory: 3 * rows, divisions: 6, squareRoots: 2)
  }

  /// Second-order sections in a row: 5 multiplications and 4 additions each; their states stay in registers.
  static func sections(_ count: Int, rows: Int) -> Self {
    Self(arithmetic: 9 * count * rows, memory: 2 * count * rows)
  }

  /// A sort that halves: `n log2 n` comparisons, each with a load and a store.
  static func sort(_ count: Int) -> Self {
    let levels = Int.bitWidth - max(1, count).leadingZeroBitCount
    return Self(memory: 2 * count * levels, comparisons: count * levels)
  }

  /// Values that are only moved or converted.
  static func copy(_ count: Int) -> Self { Self(memory: 2 * count) }
}
