import ProcessingBlocks
import Testing

/// SplitMix64: the same numbers on every machine. Source: G. L. Steele et al., Fast splittable pseudorandom number
/// generators (2014).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A recording in memory.
struct Recording {
  /// Values a row.
  let stride: Int
  var samples: [Double]

  /// Noise over slow waves, another one in each column, `rows` rows.
  init(rows: Int, stride: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    self.stride = stride
    samples = (0..<rows * stride).map { index in
      let column = Double(index % stride)
      return Double.random(in: -1...1, using: &random) + column * Double(index / stride % 40) / 10
    }
  }

  /// Features of `windows` windows, `hop` rows apart, the first at row `start`.
  ///
  /// The memory behind the features is guarded: a value written there fails the test.
  func features(
    _ plan: any BlockPlan, hop: Int, windows: Int, columns: [Int], start: Int = 0,
    runner: (any BlockRunner)? = nil
  ) -> [Float] {
    let runner = runner ?? plan.makeRunner(hop: hop, windows: max(windows, 1))
    let count = windows * plan.featureCount
    let guardValue: Float = -12345.75
    var features = [Float](repeating: guardValue, count: count + 64)
    samples.withUnsafeBufferPointer { samples in
      features.withUnsafeMutableBufferPointer { features in
        guard let source = samples.baseAddress, let target = features.baseAddress else { return }
        runner.run(
          WindowSlab(samples: source + start * stride, stride: stride, columns: columns, count: windows),
          into: target)
      }
    }
    #expect(features[count...].allSatisfy { $0 == guardValue }, "values behind the last feature")
    return Array(features[..<count])
  }
}

/// Nil when two arrays are equal bit for bit, where any NaN equals any other; otherwise the first difference.
func firstDifference(_ found: [Float], _ expected: [Float]) -> String? {
  guard found.count == expected.count else { return "\(found.count) values instead of \(expected.count)" }
  for k in found.indices where found[k].bitPattern != expected[k].bitPattern {
    if !(found[k].isNaN && expected[k].isNaN) { return "value \(k) is \(found[k]) instead of \(expected[k])" }
  }
  return nil
}

/// A block with parameters, for windows of some length.
struct Setup: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let type: String
  let version: Int
  let rows: Int
  let parameters: [String: ParameterValue]
  /// Features of an axis that belong to the low-frequency pass, which come after all axes' others.
  let lowFeatures: Int

  init(
    _ name: String, type: String = "spectral-analysis", version: Int = 4, rows: Int,
    lowFeatures: Int = 0, _ parameters: [String: ParameterValue] = [:]
  ) {
    testDescription = name
    self.type = type
    self.version = version
    self.rows = rows
    self.parameters = parameters
    self.lowFeatures = lowFeatures
  }

  func plan(axes: Int, frequency: Double = 100) throws -> any BlockPlan {
    let block = try #require(BlockRegistry.block(type: type))
    return try block.makePlan(
      parameters, version: version,
      input: SignalShape(frequency: frequency, rows: rows, axes: (0..<axes).map { "axis \($0)" }))
  }

  static let spectral = [
    Setup("version 2", version: 2, rows: 37),
    Setup(
      "low-pass", version: 3, rows: 50,
      ["filter-type": .text("low"), "filter-cutoff": .number(20), "filter-order": .integer(8)]),
    Setup(
      "high-pass and low frequencies", rows: 125, lowFeatures: 6,
      [
        "filter-type": .text("high"), "filter-cutoff": .number(5), "filter-order": .integer(2),
        "extra-low-freq": .boolean(true), "scale-axes": .number(0.25),
      ]),
    Setup(
      "decimated by 3", rows: 100,
      [
        "input-decimation-ratio": .text("3"), "filter-type": .text("low"), "filter-cutoff": .number(10),
        "filter-order": .integer(4), "do-log": .boolean(false),
      ]),
    Setup(
      "decimated by 10, low frequencies", rows: 350, lowFeatures: 9,
      [
        "input-decimation-ratio": .integer(10), "extra-low-freq": .boolean(true), "fft-length": .integer(8),
        "do-fft-overlap": .boolean(false),
      ]),
    Setup("long transform", rows: 700, ["fft-length": .integer(1024)]),
    Setup("a row", rows: 1, ["fft-length": .integer(2)]),
  ]
  static let flatten = Setup("flatten", type: "flatten", version: 1, rows: 41, ["scale-axes": .number(0.1)])
  static let someOfFlatten = Setup(
    "some of flatten", type: "flatten", version: 1, rows: 9,
    ["average": .boolean(false), "rms": .boolean(false), "kurtosis": .boolean(false)])
  static let raw = Setup("raw", type: "raw", version: 1, rows: 12, ["scale-axes": .number(3)])
  static let all = spectral + [flatten, someOfFlatten, raw]
}
