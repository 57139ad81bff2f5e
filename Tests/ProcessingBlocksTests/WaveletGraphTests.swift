// The wavelet and its approximation against values that Studio's own block gave for the same window, and the length
// and end of the wavelet's function for wavelets of each family. A level of 0 has no function.
import Foundation
import ProcessingBlocks
import Testing

struct WaveletGraphTests {
  private func graphs(_ wavelet: String, level: Int) throws -> [BlockGraph] {
    let plan = try makePlan(
      "spectral-analysis",
      ["analysis-type": .text("Wavelet"), "wavelet": .text(wavelet), "wavelet-level": .integer(level)], version: 4,
      frequency: 50, rows: 128, axes: ["a"])
    return plan.graphs(ofWindow: (0..<128).map { Double($0 * 37 % 101) / 10 })
  }

  @Test func functionAndApproximationAreStudios() throws {
    let graphs = try graphs("bior2.2", level: 2)
    #expect(graphs.map(\.name) == ["After filter", "Wavelet function", "Wavelet Approximation"])
    let function = try #require(graphs[1].lines)
    #expect(function.abscissa.count == 20 && function.abscissa.last == 4.75)
    let values = try #require(function.lines.first?.values)
    #expect(firstDistance(Array(values[5..<9]), [0.125, -0.25, -1, 0.25]) == nil)
    let approximation = try #require(graphs[2].lines)
    #expect(approximation.abscissa.count == 35 && approximation.abscissa.last == 2486)
    let band = try #require(approximation.lines.first?.values)
    #expect(firstDistance(Array(band[5..<9]), [-3.60156155, -3.25781178, -3.20156193, -2.85781193]) == nil)
    #expect(firstDistance(Array(band.suffix(3)), [4.6484375, 4.67343760, 5.07343721]) == nil)
  }

  @Test(arguments: [("haar", 4, 1.5), ("db4", 15, 7), ("sym5", 19, 9), ("bior3.1", 6, 2.5), ("rbio1.3", 10, 4.5)])
  func functionsHaveStudiosLength(wavelet: String, count: Int, end: Double) throws {
    let function = try #require(try graphs(wavelet, level: 1)[1].lines)
    #expect(function.abscissa.count == count && function.abscissa.last == end)
  }

  @Test func levelZeroHasNoFunction() throws {
    #expect(try graphs("db4", level: 0).map(\.name) == ["After filter", "Wavelet Approximation"])
  }

  @Test func versionOneShowsItsDensities() throws {
    let plan = try makePlan(
      "spectral-analysis", ["fft-length": .integer(32)], version: 1, frequency: 50, rows: 128, axes: ["a"])
    let graphs = plan.graphs(ofWindow: (0..<128).map { Double($0 * 37 % 101) / 10 })
    #expect(graphs.map(\.name) == ["After filter", "Spectral power (log)"])
    let density = try #require(graphs[1].lines)
    #expect(density.abscissa.count == 17 && density.abscissa.last == 25)
    let values = try #require(density.lines.first?.values)
    #expect(values.count == 16)
    #expect(firstDistance(Array(values.prefix(3)), [0.02254955, 0.00304846, 0.54798669]) == nil)
    #expect(firstDistance(Array(values.suffix(2)), [0.13975424, 0.00122500]) == nil)
  }
}
