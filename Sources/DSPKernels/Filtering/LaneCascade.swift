/// One second-order section in transposed direct form II, for the windows of a vector.
///
/// `y = b0 x + z1; z1 = (b1 x − a1 y) + z2; z2 = b2 x − a2 y`, where numerators are `gain * [1, ±2, 1]`: `b2` equals
/// `b0`. `b1 x` is a product of its own, because doubling `b0 x` loses a bit where that is subnormal.
struct LaneSection<V: LaneVector>: LaneStage {
  let b0: V
  let b1: V
  let a1: V
  let a2: V
  var z1: V
  var z2: V

  init(_ section: SectionedFilter.Section, gain: Double, kind: SectionedFilter.Kind) {
    b0 = V(repeating: V.Scalar(gain))
    b1 = V(repeating: V.Scalar(kind == .low ? 2 * gain : -2 * gain))
    a1 = V(repeating: V.Scalar(section.a1))
    a2 = V(repeating: V.Scalar(section.a2))
    z1 = V(repeating: 0)
    z2 = V(repeating: 0)
  }

  @inline(__always) mutating func step(_ x: V) -> V {
    let t = b0 * x
    let y = t + z1
    z1 = (b1 * x - a1 * y) + z2
    z2 = t - a2 * y
    return y
  }
}

/// Something that turns one row into the next, keeping state.
protocol LaneStage<V> {
  associatedtype V: LaneVector
  mutating func step(_ x: V) -> V
}

/// Two stages in a row. Nesting keeps the state of a whole cascade in registers, and the processor overlaps the
/// sections' dependency chains.
struct LaneChain<First: LaneStage, Second: LaneStage>: LaneStage where First.V == Second.V {
  var first: First
  var second: Second
  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }
  @inline(__always) mutating func step(_ x: First.V) -> First.V { second.step(first.step(x)) }
}

/// Runs a filter of one to four sections along the rows of a batch.
///
/// `input(row, lane)` gives a vector, `output(row, lane, y)` takes one; `prepare` sets the start state of a column's
/// sections from their index.
@inline(__always)
func runCascade<V: LaneVector>(
  _ filter: SectionedFilter, rows: Int, _: V.Type, prepare: (inout LaneSection<V>, Int, Int) -> Void,
  input: (Int, Int) -> V, output: (Int, Int, V) -> Void
) {
  func section(_ index: Int, _ lane: Int) -> LaneSection<V> {
    var section = LaneSection<V>(
      filter.sections[index], gain: index == 0 ? filter.gain : 1, kind: filter.kind)
    prepare(&section, index, lane)
    return section
  }
  // Two columns at a time: their chains are independent.
  @inline(__always) func run<Stage: LaneStage>(_ make: (Int) -> Stage) where Stage.V == V {
    for lane in stride(from: 0, to: laneCount, by: 2 * V.width) {
      var left = make(lane)
      var right = make(lane + V.width)
      for row in 0..<rows {
        output(row, lane, left.step(input(row, lane)))
        output(row, lane + V.width, right.step(input(row, lane + V.width)))
      }
    }
  }
  switch filter.sections.count {
  case 1: run { section(0, $0) }
  case 2: run { LaneChain(section(0, $0), section(1, $0)) }
  case 3: run { LaneChain(LaneChain(section(0, $0), section(1, $0)), section(2, $0)) }
  default:
    run { LaneChain(LaneChain(LaneChain(section(0, $0), section(1, $0)), section(2, $0)), section(3, $0)) }
  }
}
