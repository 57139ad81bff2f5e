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

/// A plan of a block: for 1 s of audio at 16 kHz where the block cuts frames, else for 2 s of motion at 62.5 Hz, with
/// the latest version, unless said otherwise.
func makePlan(
  _ type: String, _ parameters: [String: ParameterValue] = [:], version: Int? = nil, frequency: Double? = nil,
  rows: Int? = nil, axes: [String] = ["a"]
) throws -> any BlockPlan {
  let block = try #require(BlockRegistry.block(type: type))
  let isAudio = ["mfe", "mfcc", "spectrogram"].contains(block.type)
  let shape = SignalShape(
    frequency: frequency ?? (isAudio ? 16000 : 62.5), rows: rows ?? (isAudio ? 16000 : 125), axes: axes)
  return try block.makePlan(parameters, version: version ?? block.versions.upperBound, input: shape)
}

/// A recording in memory.
struct Recording {
  /// Values a row.
  let stride: Int
  var samples: [Double]

  /// Noise over slow waves, another one in each column, `rows` rows.
  /// - Parameter level: what all values are multiplied with.
  init(rows: Int, stride: Int, seed: UInt64, level: Double = 1) {
    var random = SeededGenerator(seed: seed)
    self.stride = stride
    samples = (0..<rows * stride).map { index in
      let column = Double(index % stride)
      return level * (Double.random(in: -1...1, using: &random) + column * Double(index / stride % 40) / 10)
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
  let frequency: Double
  /// Features of an axis that belong to the low-frequency pass, which come after all axes' others.
  let lowFeatures: Int
  /// How many features of an axis a value that is not a number spoils.
  let spoils: Spoils

  /// A level at which the block's features are not all 0.
  var level: Double { frequency > 1000 ? 1000 : 1 }

  /// What one bad value does to the features of its axis.
  enum Spoils {
    /// All are NaN.
    case everything
    /// NaN spoils all of them, infinity some.
    case everythingIfNaN
    /// Only its own row.
    case oneValue
    /// Some are other numbers; blocks that cut frames turn NaN into 0 at their end.
    case some
  }

  init(
    _ name: String, type: String = "spectral-analysis", version: Int = 4, rows: Int, frequency: Double = 100,
    lowFeatures: Int = 0, spoils: Spoils = .everything, _ parameters: [String: ParameterValue] = [:]
  ) {
    testDescription = name
    self.type = type
    self.version = version
    self.rows = rows
    self.parameters = parameters
    self.frequency = frequency
    self.lowFeatures = lowFeatures
    self.spoils = spoils
  }

  func plan(axes: Int) throws -> any BlockPlan {
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
  static let peaks = Setup("version 1", version: 1, rows: 90, spoils: .some, ["fft-length": .integer(32)])
  static let wavelets = [
    Setup(
      "wavelet", version: 4, rows: 130,
      ["analysis-type": .text("Wavelet"), "wavelet": .text("bior3.1"), "wavelet-level": .integer(2)]),
    Setup(
      "long wavelet, filtered", version: 3, rows: 70,
      [
        "analysis-type": .text("Wavelet"), "wavelet": .text("db10"), "wavelet-level": .integer(1),
        "filter-type": .text("high"), "filter-cutoff": .number(9), "filter-order": .integer(2),
      ]),
  ]
  static let flatten = Setup(
    "flatten", type: "flatten", version: 1, rows: 41, spoils: .everythingIfNaN, ["scale-axes": .number(0.1)])
  static let someOfFlatten = Setup(
    "some of flatten", type: "flatten", version: 1, rows: 9, spoils: .everythingIfNaN,
    ["average": .boolean(false), "rms": .boolean(false), "kurtosis": .boolean(false)])
  static let raw = Setup(
    "raw", type: "raw", version: 1, rows: 12, spoils: .oneValue, ["scale-axes": .number(3)])
  /// Blocks that take any number of axes.
  static let manyAxes = spectral + wavelets + [peaks, flatten, someOfFlatten, raw]

  /// Frames of 20 ms at 16 kHz, and some that do not fill the window.
  static let audio = (1...4).flatMap { version in
    [
      Setup(
        "mfe \(version)", type: "mfe", version: version, rows: 1500, frequency: 16000, spoils: .some,
        ["num_filters": .integer(20)]),
      Setup(
        "mfcc \(version)", type: "mfcc", version: version, rows: 1333, frequency: 16000, spoils: .some,
        ["frame_stride": .number(0.01), "win_size": .integer(5), "num_filters": .integer(20)]),
      Setup(
        "spectrogram \(version)", type: "spectrogram", version: version, rows: 1111, frequency: 16000, spoils: .some,
        ["fft_length": .integer(version < 3 ? 64 : 1024)]),
    ]
  }
  static let all = manyAxes + audio
}
