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
  private func plan(_ type: String, rows: Int, axes: [String], frequency: Double = 16000) throws -> any BlockPlan {
    let block = try #require(BlockRegistry.block(type: type))
    return try block.makePlan(
      [:], version: block.versions.upperBound, input: SignalShape(frequency: frequency, rows: rows, axes: axes))
  }

  private func tone(_ amplitude: Double, hertz: Double) -> [Double] {
    (0..<16000).map { amplitude * sin(2 * .pi * hertz * Double($0) / 16000) }
  }

  @Test(arguments: ["spectral-analysis", "flatten", "raw"])
  func axesAreLookedAt(_ type: String) throws {
    let plan = try plan(type, rows: 125, axes: ["x", "y", "z", "w"], frequency: 62.5)
    var window = Recording(rows: 125, stride: 4, seed: 7).samples
    #expect(plan.warnings(forWindow: window) == [])
    for row in 0..<125 { window[4 * row + 1] = 9.5 }
    (window[2], window[6], window[499]) = (.nan, -.infinity, .infinity)
    let texts = plan.warnings(forWindow: window).map { "\($0.parameter) = \($0.value)" }
    #expect(
      texts == ["axis y = 9.5 in all 125 rows", "axis z = 2 of 125 values", "axis w = 1 of 125 values"])
    #expect(plan.warnings(forWindow: window).allSatisfy { $0.severity == .warning })
  }

  @Test func pixelsAreNoAxis() throws {
    let block = try #require(BlockRegistry.block(type: "image"))
    let plan = try block.makePlan(
      [:], version: 1, input: SignalShape(image: ImageSize(width: 2, height: 2), pixels: 4))
    #expect(plan.warnings(forWindow: [255, 255, 255, 255]) == [])
  }

  @Test func scaledAudio() throws {
    let plan = try plan("mfe", rows: 16000, axes: ["audio"])
    let scaled = tone(0.5, hertz: 500)
    let warnings = plan.warnings(forWindow: scaled)
    #expect(warnings.count == 1 && warnings[0].rule.contains("3960 of 3960 features are 0"), "\(warnings)")
    #expect(plan.warnings(forWindow: scaled.map { $0 * 32768 }) == [])
    #expect(plan.warnings(forWindow: scaled.map { $0 > 0 ? 1 : 0 }) == [], "whole numbers are quiet 16-bit audio")
    #expect(try self.plan("mfcc", rows: 16000, axes: ["audio"]).warnings(forWindow: scaled) == [])
  }

  @Test func saturatedBins() throws {
    let plan = try plan("mfe", rows: 16000, axes: ["audio"])
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
