/// What `PairwiseOrder` can add: a vector, or up to four that are summed in one pass.
protocol LaneSum: BitwiseCopyable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
}

/// The terms of a pairwise sum.
///
/// A type rather than a closure: the compiler always inlines its method, so that terms stay in registers.
protocol LaneTerms {
  associatedtype Sum: LaneSum
  /// The term of a row.
  func term(_ row: Int) -> Sum
}

extension LaneSum where Self: LaneVector {
  @inline(__always) static var zero: Self { Self(repeating: 0) }
}

extension FloatLanes: LaneSum {}
extension DoubleLanes: LaneSum {}

/// Two vectors that are summed in one pass.
struct LanePair<V: LaneVector & LaneSum>: LaneSum {
  var first: V
  var second: V
  @inline(__always) static var zero: Self { Self(first: V.zero, second: V.zero) }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(first: a.first + b.first, second: a.second + b.second)
  }
}

/// Three vectors that are summed in one pass.
struct LaneTriple<V: LaneVector & LaneSum>: LaneSum {
  var first: V
  var second: V
  var third: V
  @inline(__always) static var zero: Self { Self(first: V.zero, second: V.zero, third: V.zero) }
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    Self(first: a.first + b.first, second: a.second + b.second, third: a.third + b.third)
  }
}

/// A vector's column of a batch: one value a row.
struct LaneColumn<V: LaneVector & LaneSum>: LaneTerms {
  let base: UnsafePointer<V.Scalar>
  @inline(__always) init(_ base: UnsafePointer<V.Scalar>) { self.base = base }
  @inline(__always) func term(_ row: Int) -> V { V(base + row * laneCount) }
}

/// Values and their squares.
struct SquareTerms<Values: LaneTerms>: LaneTerms where Values.Sum: LaneVector {
  let values: Values
  @inline(__always) func term(_ row: Int) -> LanePair<Values.Sum> {
    let value = values.term(row)
    return LanePair(first: value, second: value * value)
  }
}
