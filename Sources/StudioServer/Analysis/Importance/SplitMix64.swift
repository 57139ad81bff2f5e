/// A small generator of pseudo-random numbers with the same sequence on every machine.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014: a counter with an odd step,
/// each value mixed by two multiplications. It passes BigCrush; it is not for secrets.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// - Parameter seed: any number; near ones give unrelated sequences.
  init(seed: UInt64) { state = seed }

  /// The step: 2^64 divided by the golden ratio, made odd.
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The mixing function alone: a hash of 64 bits, one to one.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// A number from 0 up to, not including, `bound`.
  ///
  /// The high half of a product, as Lemire gives it, without his rejection: the bias is below `bound` / 2^64.
  ///
  /// - Parameter bound: at least 1.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
