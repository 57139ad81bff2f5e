// Warnings that follow from a window's values.
// 1. NaN, infinity and constant axes are named, with counts, in every block of time series; healthy axes are not.
// 2. MFE: audio scaled to -1...1 is recognised, 16-bit audio as quiet as ±1 is not.
// 3. MFE: saturated bins are counted as often as the features of the unquantised scale pass the last step.
// 4. Following a suggestion silences the warning.
// 5. Ordinary windows raise none.

import Glibc
import ProcessingBlocks
import Testing

@Suite struct WarningWindowTests {
  private func tone(_ amplitude: Double, hertz: Double) -> [Double] {
    (0..<16000).map { amplitude * sin(2 * .pi * hertz * Double($0) / 16000) }
  }

  @Test(arguments: ["spectral-analysis", "flatten", "raw"])
  func axesAreLookedAt(_ type: String) throws {
    let plan = try makePlan(type, axes: ["x", "y", "z", "w"])
    var window = Recording(rows: 125, stride: 4, seed: 7).samples
    #expect(plan.warnings(forWindow: window) == [])
    for row in 0..<125 { window[4 * row + 1] = 9.5 }
    (window[2], window[6], window[499]) = (.nan, -.infinity, .infinity)
    let texts = plan.warnings(forWindow: window).map { "\($0.parameter) = \($0.value)" }
    #expect(
      texts == ["axis z = 2 of 125 values", "axis w = 1 of 125 values", "axis y = 9.5 in all 125 rows"])
    #expect(plan.warnings(forWindow: window).allSatisfy { $0.severity == .warning })
  }

  @Test func pixelsAreNoAxis() throws {
    let block = try #require(BlockRegistry.block(type: "image"))
    let plan = try block.makePlan(
      [:], version: 1, input: SignalShape(image: ImageSize(width: 2, height: 2), pixels: 4))
    #expect(plan.warnings(forWindow: [255, 255, 255, 255]) == [])
  }

  @Test func scaledAudio() throws {
    let plan = try makePlan("mfe")
    let scaled = tone(0.5, hertz: 500)
    let warnings = plan.warnings(forWindow: scaled)
    #expect(warnings.map(\.value) == ["3960 of 3960 features (100.0 %)"])
    #expect(warnings.first?.suggestion == "multiply the recordings by 32768")
    #expect(plan.warnings(forWindow: scaled.map { $0 * 32768 }) == [])
    #expect(try makePlan("mfcc").warnings(forWindow: scaled) == [])
  }

  /// Quiet 16-bit audio: both cures give features, and less than what is suggested does not.
  @Test func silentFeatures() throws {
    let plan = try makePlan("mfe")
    let quiet = Recording(rows: 16000, stride: 1, seed: 4).samples.map { ($0 * 20).rounded() }
    let warning = try #require(plan.warnings(forWindow: quiet).first)
    let zeros = plan.features(ofWindow: quiet).count { $0 == 0 }
    #expect(zeros > 3762 && warning.value.hasPrefix("\(zeros) of 3960 features ("))
    #expect(warning.rule.hasPrefix("are 0: the loudest band has -"))
    let words = try #require(warning.suggestion).split { " ,".contains($0) }.map(String.init)
    #expect(words.prefix(4) == ["raise", "the", "level", "by"] && words[5...].first == "dB")
    let decibels = try #require(Double(words[4]))
    #expect(plan.warnings(forWindow: quiet.map { $0 * pow(10, decibels / 20) }) == [])
    let floor = try #require(words.last)
    #expect(try makePlan("mfe", ["noise_floor_db": .text(floor)]).warnings(forWindow: quiet) == [])
  }

  @Test func valuesThatAreNoNumbersAreCountedInFeatures() throws {
    var window = Recording(rows: 125, stride: 1, seed: 7).samples
    window[3] = .nan
    #expect(
      try makePlan("raw").warnings(forWindow: window).first?.rule.hasSuffix(": 1 of 125 features are no numbers")
        == true)
    let spectrum = try #require(makePlan("spectral-analysis").warnings(forWindow: window).first)
    #expect(spectrum.rule == "are NaN or infinite: 13 of 13 features are no numbers")
    var audio = Recording(rows: 16000, stride: 1, seed: 7).samples.map { $0 * 3000 }
    audio[8000] = .nan
    let hidden = try #require(makePlan("mfe").warnings(forWindow: audio).first)
    #expect(hidden.rule.hasSuffix("of 3960 features become 0"), "\(hidden)")
  }

  @Test func constantAxesAreOneLine() throws {
    let three = try makePlan("flatten", axes: ["x", "y", "z"])
    let window = (0..<375).map { $0 % 3 == 1 ? Double($0) : 2 }
    let warnings = three.warnings(forWindow: window)
    #expect(warnings.map { "\($0.parameter) = \($0.value)" } == ["axes = x, z"])
    #expect(warnings.first?.rule.hasPrefix("2 of 3 axes have one value in all 125 rows") == true)
    #expect(warnings.first?.suggestion == "check the sensor, or take them out of the block")
    let one = try makePlan("mfe").warnings(forWindow: [Double](repeating: 0, count: 16000))
    #expect(one.map(\.suggestion) == ["check the sensor, or leave out the recording"])
  }

  /// Pixels of 8 x 7 pictures: a warning for frames that are not full, another for pixels of more than 24 bits.
  @Test func picturesThatDoNotFit() throws {
    let block = try #require(BlockRegistry.block(type: "image"))
    func plan(_ pixels: Int) throws -> any BlockPlan {
      try block.makePlan([:], version: 1, input: SignalShape(image: ImageSize(width: 8, height: 7), pixels: pixels))
    }
    #expect(try plan(112).warnings == [])
    #expect(
      try plan(48).warnings.map(\.description) == [
        "image = 48 pixels: do not fill frames of 8 x 7: the only frame lacks 8 of 56 pixels, and there are no features "
          + "for them; use 56 pixels"
      ])
    #expect(try plan(60).warnings.first?.suggestion == "use 56 or 112 pixels")
    var window = [Double](repeating: 0xFFFFFF, count: 112)
    #expect(try plan(112).warnings(forWindow: window) == [])
    (window[5], window[7]) = (-1, 0x100_0000)
    #expect(try plan(112).warnings(forWindow: window).map(\.value) == ["2 of 112 pixels"])
  }

  @Test func saturatedBins() throws {
    let plan = try makePlan("mfe")
    let loud = tone(32767, hertz: 5000)
    let warnings = plan.warnings(forWindow: loud)
    #expect(warnings.count == 1)
    let words = try #require(warnings.first?.value.split(separator: " "))
    let count = try #require(Int(words[0]))
    #expect(count % 99 == 0 && count > 0, "a steady tone saturates the same bins in all 99 frames")
    // Where the features wrap, a slightly quieter tone has nearly 1.
    let suggestion = try #require(warnings.first?.suggestion?.split(separator: " ").dropLast().last)
    let decibels = try #require(Double(suggestion))
    let lowered = loud.map { $0 * pow(10, -decibels / 20) }
    #expect(plan.warnings(forWindow: lowered) == [])
    let wrapped = zip(plan.features(ofWindow: loud), plan.features(ofWindow: lowered)).count { $0 == 0 && $1 > 0.8 }
    #expect(wrapped == count)
    let barely = loud.map { $0 * pow(10, -(decibels - 1.2) / 20) }
    #expect(plan.warnings(forWindow: barely).count == 1, "the suggestion is not more than it takes")
  }
}
