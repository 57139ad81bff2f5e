// Seeded random configurations of every block: keys, types and numbers that no one would choose.
// 1. A plan is refused with at least one issue of severity error, or it runs on random data, NaN and infinity
//    included, without a trap and without a value behind its features.
// 2. A plan's scratch is bounded by its window and its transform.
// 3. Enough of the configurations are accepted and enough refused to make 1 mean something.

import ProcessingBlocks
import Testing

@Suite struct PlanFuzzTests {
  private static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, 3, 3.9, 6, 8, 9.99, 10, 16, 31.25, 64, 100, 1000, 1024, 65536, 1e6, 1e9, 1e18,
    9.3e18,
    1e39, 1e300, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e-308, 1e-9, 1e-3, .nan, .infinity,
    Double(Int.max), Double(Int.min),
  ]
  private static let texts = [
    "", " ", "low", "high", "none", "FFT", "Wavelet", "true", "FALSE", "1", "3", "6.0", " 3 ", "1e400",
    "-1e400", "0x10",
    "nan", "inf", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "ä", "\u{0}", "1,2,3",
    "１６",
    String(repeating: "9", count: 5000), String(repeating: "abc ", count: 3000),
  ]
  private static let frequencies: [Double] = [
    100, 62.5, 16000, 1, 0.001, 0, -1, .nan, .infinity, 1e308, 1e-308, .leastNonzeroMagnitude,
    .greatestFiniteMagnitude,
  ]

  private func value(_ random: inout SeededGenerator) -> ParameterValue {
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      return .integer(
        [0, 1, 2, 4, 8, 16, -2, 3, 512, 1 << 13, .max, .min].randomElement(using: &random) ?? 0)
    case 1:
      return .number(
        (Self.numbers.randomElement(using: &random) ?? 0) * (Bool.random(using: &random) ? 1 : -1))
    case 2: return .boolean(.random(using: &random))
    case 3: return .text(Self.texts.randomElement(using: &random) ?? "")
    case 4: return .text("\(Self.numbers.randomElement(using: &random) ?? 0)")
    default: return .null
    }
  }

  /// A value that the parameter may well accept.
  private func plausible(_ parameter: Parameter, _ random: inout SeededGenerator) -> ParameterValue {
    switch parameter.kind {
    case .integer: return .integer([0, 2, 4, 8, 16, 32, 128].randomElement(using: &random) ?? 0)
    case .number:
      let number = Self.numbers.filter { $0.isFinite }.randomElement(using: &random) ?? 1
      return .number(Bool.random(using: &random) ? number : -number)
    case .boolean: return .boolean(.random(using: &random))
    case .choice(let choices, _): return .text(choices.randomElement(using: &random)?.value ?? "")
    case .text: return .text(Self.texts.randomElement(using: &random) ?? "")
    }
  }

  private func parameters(_ block: BlockDescriptor, _ random: inout SeededGenerator) -> [String:
    ParameterValue]
  {
    var result: [String: ParameterValue] = [:]
    // Of two sets one keeps most defaults: what frames and filters ask of each other is seldom met by chance.
    let change = Bool.random(using: &random) ? 20 : 0
    for parameter in block.groups.flatMap(\.parameters) {
      // So many filters have a bin each in every version.
      if change == 0 && parameter.key == "num_filters" { result[parameter.key] = .integer(20) }
      switch Int.random(in: 0..<40, using: &random) {
      case 0: result[parameter.key] = value(&random)
      case 1: result[String(parameter.key.map { $0 == "-" ? "_" : $0 })] = value(&random)
      case 2..<2 + change: result[parameter.key] = plausible(parameter, &random)
      default: break
      }
    }
    if Int.random(in: 0..<20, using: &random) == 0 {
      result[Self.texts.randomElement(using: &random) ?? ""] = value(&random)
    }
    return result
  }

  /// A picture for blocks that take pictures, usually; an audio rate and one axis for blocks that cut frames.
  private func shape(
    _ block: BlockDescriptor, rows: Int, usual: Bool, _ random: inout SeededGenerator
  ) -> SignalShape {
    if block.type == "image" && usual {
      return SignalShape(image: ImageSize(width: 1, height: rows), pixels: rows * Int.random(in: 1...2, using: &random))
    }
    let cutsFrames = block.groups.contains { $0.parameters.contains { $0.key == "frame_length" } }
    if cutsFrames && usual {
      let rows = [320, 500, 1000, 1333].randomElement(using: &random) ?? 320
      return SignalShape(frequency: 16000, rows: rows, axes: ["audio"])
    }
    return SignalShape(
      frequency: Self.frequencies.prefix(usual ? 5 : 100).randomElement(using: &random) ?? 1, rows: rows,
      axes: (0..<Int.random(in: usual ? 1...3 : 0...3, using: &random)).map { "\($0)" })
  }

  @Test(arguments: 0..<16)
  func everyConfigurationIsRefusedOrRuns(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var accepted: [String: Int] = [:]
    var refused: [String: Int] = [:]
    for _ in 0..<400 {
      guard let block = BlockRegistry.blocks.randomElement(using: &random) else { continue }
      let usual = Int.random(in: 0..<4, using: &random) > 0
      let version =
        usual ? Int.random(in: block.versions, using: &random) : Int.random(in: -5...10, using: &random)
      let rows =
        usual
        ? [1, 2, 7, 33, 100, 411].randomElement(using: &random) ?? 1
        : [0, -1, .min, 1 << 20, 1 << 24, 1 << 24 + 1, 1 << 40, .max].randomElement(using: &random) ?? 1
      let shape = shape(block, rows: rows, usual: usual, &random)
      let parameters = parameters(block, &random)
      do {
        let plan = try block.makePlan(parameters, version: version, input: shape)
        accepted[block.type, default: 0] += 1
        if shape.rows < 2000 { run(plan, shape, &random) }
      } catch {
        refused[block.type, default: 0] += 1
        #expect(error.issues.contains { $0.severity == .error }, "\(parameters)")
        #expect(!error.description.isEmpty)
      }
    }
    for block in BlockRegistry.blocks.map(\.type) {
      #expect(accepted[block, default: 0] > 0 && refused[block, default: 0] > 0, "\(block): \(accepted), \(refused)")
    }
  }

  /// Frequencies at the ends of what Double holds, with every combination of filter, decimation and low frequencies.
  @Test(arguments: frequencies)
  func extremeFrequencies(_ frequency: Double) throws {
    let block = try #require(BlockRegistry.block(type: "spectral-analysis"))
    var random = SeededGenerator(seed: 77)
    let shape = SignalShape(frequency: frequency, rows: 311, axes: ["x"])
    for type in ["none", "low", "high"] {
      for (ratio, order) in [(1, 0), (1, 8), (3, 2), (1000, 0), (1000, -2)] {
        for cutoff in [frequency / 4, frequency / 2, frequency, -frequency, 0, 1e308, -1e308, 5]
        where cutoff.isFinite {
          let plan = try? block.makePlan(
            [
              "filter-type": .text(type), "filter-cutoff": .number(cutoff), "filter-order": .integer(order),
              "input-decimation-ratio": .integer(ratio), "extra-low-freq": .boolean(ratio < 3),
            ], version: 4, input: shape)
          if let plan { run(plan, shape, &random) }
        }
      }
    }
  }

  private func run(_ plan: any BlockPlan, _ shape: SignalShape, _ random: inout SeededGenerator) {
    let hop = Int.random(in: 1...2 * shape.rows, using: &random)
    let windows = Int.random(in: 1...40, using: &random)
    // 32 lanes of at most Double: samples, frames, power and features of two passes.
    let bound = 1 << 20 + 1024 * (4 * shape.rows + 2 * (plan.fftUsed.first ?? 0))
    let bytes = plan.scratchByteCount(hop: hop, windows: windows)
    #expect(bytes >= 0 && bytes <= bound, "\(bytes) bytes instead of at most \(bound)")
    #expect(plan.featureCount >= 0)
    // Long transforms are only planned: one run takes a second.
    guard bytes < 1 << 24 else { return }
    let rows = (windows - 1) * hop + shape.rows
    var recording = Recording(rows: rows, stride: shape.axes.count + 1, seed: random.next())
    for _ in 0..<3 {
      let place = Int.random(in: 0..<recording.samples.count, using: &random)
      recording.samples[place] = Self.numbers.randomElement(using: &random) ?? 0
    }
    let columns = shape.axes.indices.map { $0 + 1 }
    let features = recording.features(plan, hop: hop, windows: windows, columns: columns)
    #expect(features.count == windows * plan.featureCount)
  }
}
