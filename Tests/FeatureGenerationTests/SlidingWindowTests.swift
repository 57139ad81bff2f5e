// The reference is a literal reading of Studio's rule in whole numbers: rates are multiples of 1/64 Hz, so that
// floor(ms * Hz / 1000) is one integer division, and windows are counted by moving one along the recording.
// Rates, sizes and lengths are random, seeded. Rows that deployed models state are listed one by one.
// Rates rebuilt from intervals are checked where the product is whole: there a lost row would show.
// What only a very strange impulse asks for must not overflow.
import Testing

@testable import FeatureGeneration

struct SlidingWindowTests {
  @Test(
    arguments: [
      (62.5, 1000, 62), (64.89662843, 1000, 64), (1000 / 15.409121, 1000, 64), (208, 191, 39), (93.318, 1000, 93),
      (1000 / 10.716, 1000, 93), (62.5, 2000, 125), (94, 2000, 188), (100, 1300, 130), (104, 500, 52),
      (16.5, 2000, 33), (32000, 160, 5120), (16000, 1024, 16384), (16000, 968, 15488),
      (1000 / 1.314060446780552, 1000, 761),
    ] as [(Double, Int, Int)])
  func rowsAreThoseOfDeployedModels(frequency: Double, sizeMs: Int, rows: Int) {
    let window = SlidingWindow(sizeMs: sizeMs, increaseMs: sizeMs, frequency: frequency, padsZeros: false)
    #expect(window.rows == rows)
    #expect(window.hop == rows)
  }

  @Test func rowsAndHopAreTheFloorOfTheExactProduct() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let sixtyFourths = Int.random(in: 1...3_200_000, using: &random)
      let sizeMs = Int.random(in: 1...20_000, using: &random)
      let increaseMs = Int.random(in: 1...20_000, using: &random)
      let window = SlidingWindow(
        sizeMs: sizeMs, increaseMs: increaseMs, frequency: Double(sixtyFourths) / 64, padsZeros: false)
      let rows = sizeMs * sixtyFourths / 64_000
      let hop = max(1, increaseMs * sixtyFourths / 64_000)
      if window.rows != rows || window.hop != hop {
        Issue.record("\(window) at \(sixtyFourths)/64 Hz: \(rows) and \(hop) rows expected")
        return
      }
    }
  }

  @Test func windowsAreThoseThatFit() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<3_000 {
      let window = SlidingWindow(
        sizeMs: Int.random(in: 1...60, using: &random), increaseMs: Int.random(in: 1...90, using: &random),
        frequency: 1000, padsZeros: Bool.random(using: &random))
      let rows = Int.random(in: 0...200, using: &random)
      var expected = 0
      var start = 0
      while start + window.rows <= rows {
        expected += 1
        start += window.hop
      }
      if expected == 0 && rows > 0 && window.padsZeros { expected = 1 }
      if window.windowCount(rows: rows) != expected {
        Issue.record("\(window) in \(rows) rows: \(window.windowCount(rows: rows)) windows instead of \(expected)")
        return
      }
    }
  }

  @Test(arguments: [(0, 0, 0), (1, 0, 1), (124, 0, 1), (125, 1, 1), (126, 1, 1), (129, 1, 1), (130, 2, 2)])
  func lastWindowFits(rows: Int, plain: Int, padded: Int) {
    func count(_ pads: Bool) -> Int {
      SlidingWindow(sizeMs: 2000, increaseMs: 80, frequency: 62.5, padsZeros: pads).windowCount(rows: rows)
    }
    #expect([count(false), count(true)] == [plain, padded])
  }

  /// `1000 / interval` differs from the rate in the last bits; three second windows of 9.09 ms rows do not.
  @Test func rebuiltRatesLoseNoRow() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<20_000 {
      let sizeMs = Int.random(in: 1...20_000, using: &random)
      let rows = Int.random(in: 1...16 * sizeMs, using: &random)
      // The rate, up to 16 kHz, at which the window holds exactly `rows` rows; its interval has twelve decimals.
      let interval = Double(sizeMs) / Double(rows)
      let rounded = (interval * 1e12).rounded() / 1e12
      for frequency in [1000 / interval, 1000 / rounded, 1000 * Double(rows) / Double(sizeMs)] {
        let window = SlidingWindow(sizeMs: sizeMs, increaseMs: 1, frequency: frequency, padsZeros: false)
        if window.rows != rows {
          Issue.record("\(sizeMs) ms at \(frequency) Hz: \(window.rows) rows instead of \(rows)")
          return
        }
      }
    }
  }

  @Test func increaseBelowARowBecomesOneRow() {
    let window = SlidingWindow(sizeMs: 1000, increaseMs: 1, frequency: 62.5, padsZeros: false)
    #expect(window.hop == 1)
    #expect(window.windowCount(rows: 100) == 39)
  }

  @Test func timesAreMultiplesOfTheIncrease() {
    let window = SlidingWindow(sizeMs: 191, increaseMs: 37, frequency: 208, padsZeros: false)
    for index in [0, 1, 2, 1_000, 1_000_000] {
      let time = window.milliseconds(ofWindow: index)
      #expect([time.start, time.end] == [index * 37, index * 37 + 191])
    }
  }

  @Test(arguments: [1e10, 1e300, .infinity])
  func absurdRatesStayCountable(frequency: Double) {
    let window = SlidingWindow(
      sizeMs: Int(Int32.max), increaseMs: Int(Int32.max), frequency: frequency, padsZeros: true)
    #expect(window.windowCount(rows: 1_000_000) == 1)
    // A row of all axes that a recording may have.
    #expect(!window.hop.multipliedReportingOverflow(by: 65_536 * 8).overflow)
  }
}
