// Windows whose hop is a whole number of frame strides have frames in common, which are computed once.
// 1. Random configurations of MFE, MFCC and spectrogram, all versions, on recordings with silent, loud and bad
//    values: a run over many windows gives the bits of runs of one window each, which share nothing.
// 2. Hops cover one stride, several, more than a window, and such as are no whole number of strides; shifts of the
//    pre-emphasis reach over several frames.
// 3. Neighbouring windows differ, and enough of the configurations are valid and do share, or 1 would mean little.

import ProcessingBlocks
import Testing

@Suite struct FrameSharingTests {
  private struct Draw {
    var plan: any BlockPlan
    var hop: Int
    var windows: Int
    var shares: Bool
  }

  private static let frequency = 16000.0

  private func draw(_ type: String, _ version: Int, _ random: inout SeededGenerator) throws -> Draw {
    let stride = [40, 64, 100, 160].randomElement(using: &random) ?? 40
    let frameRows = [64, 100, 160, 320].randomElement(using: &random) ?? 64
    let rows = frameRows + Int.random(in: 0...12 * stride, using: &random) + stride
    var parameters: [String: ParameterValue] = [
      "frame_length": .number(Double(frameRows) / Self.frequency),
      "frame_stride": .number(Double(stride) / Self.frequency),
      "fft_length": .integer([64, 128, 256, 1024, 8192].randomElement(using: &random) ?? 64),
    ]
    if type != "spectrogram" { parameters["num_filters"] = .integer(Int.random(in: 4...9, using: &random)) }
    if type == "mfe" && version < 3 || type == "mfcc" {
      parameters["win_size"] = .integer([1, 3, 5, 101].randomElement(using: &random) ?? 1)
    }
    if type == "mfcc" {
      if Bool.random(using: &random) { parameters["win_size"] = .integer(0) }
      parameters["pre_shift"] = .integer([1, 1, 2, 65, 130, rows, 3 * rows + 1].randomElement(using: &random) ?? 1)
      parameters["num_cepstral"] = .integer(Int.random(in: 1...9, using: &random))
    }
    if type != "mfcc" && version > 2 {
      parameters["noise_floor_db"] = .integer([-52, -110].randomElement(using: &random) ?? -52)
    }
    let steps = Int.random(in: 1...14, using: &random)
    let hop = steps * stride + (Int.random(in: 0..<5, using: &random) == 0 ? 7 : 0)
    let block = try #require(BlockRegistry.block(type: type))
    let plan = try block.makePlan(
      parameters, version: version, input: SignalShape(frequency: Self.frequency, rows: rows, axes: ["audio"]))
    return Draw(
      plan: plan, hop: hop, windows: Int.random(in: 1...12, using: &random),
      shares: hop % stride == 0 && hop + frameRows <= rows)
  }

  /// Noise whose level changes: silence, values within ±1, 16-bit audio; sometimes with values that are no numbers.
  private func recording(_ draw: Draw, _ random: inout SeededGenerator) -> Recording {
    let rows = (draw.windows - 1) * draw.hop + draw.plan.input.rows
    var recording = Recording(rows: rows, stride: 2, seed: random.next(), level: 1)
    var start = 0
    while start < rows {
      let levels: [Double] = [0, 0.3, 900, 20000]
      let level = levels.randomElement(using: &random) ?? 0
      let end = min(rows, start + Int.random(in: 1...3 * draw.plan.input.rows, using: &random))
      for index in 2 * start..<2 * end { recording.samples[index] *= level }
      start = end
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      for bad in [Double.nan, .infinity, -.infinity, 1e200] {
        recording.samples[Int.random(in: 0..<2 * rows, using: &random)] = bad
      }
    }
    return recording
  }

  @Test(arguments: ["mfe", "mfcc", "spectrogram"], 1...4)
  func sharedFramesGiveTheSameBits(_ type: String, _ version: Int) throws {
    var random = SeededGenerator(seed: UInt64(10 * version + type.count))
    var valid = 0
    var sharing = 0
    var different = 0
    for index in 0..<60 {
      guard let draw = try? draw(type, version, &random) else { continue }
      let recording = recording(draw, &random)
      let together = recording.features(draw.plan, hop: draw.hop, windows: draw.windows, columns: [1])
      let apart = (0..<draw.windows).map { window in
        recording.features(draw.plan, hop: draw.hop, windows: 1, columns: [1], start: window * draw.hop)
      }
      #expect(firstDifference(together, apart.flatMap(\.self)) == nil, "draw \(index), hop \(draw.hop)")
      valid += 1
      sharing += draw.shares && draw.windows > 1 ? 1 : 0
      different += draw.windows > 1 && firstDifference(apart[0], apart[1]) != nil ? 1 : 0
    }
    #expect(valid > 30 && sharing > 8 && different > 8, "\(valid) valid, \(sharing) share, \(different) differ")
  }
}
