// Heat maps hold the features themselves: that is compared bit for bit, corners and sums with what Studio's blocks
// drew. The filter weights have no feature: their sum and a row come from the reference.
// Labels at the edges are compared as text where the reference has them too.
// PNG files are taken apart again, checksums included, and compared with the pixels that the reference wrote.
// Drawings of lines and maps must be XML whose points all lie on the sheet, for ordinary and for absurd values.
import Foundation
import ProcessingBlocks
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct GraphPictureTests {
  static let window = graphWindow(rows: 8000, columns: 1, factor: 100)

  private func maps(
    _ type: String, version: Int, factor: Double = 1, _ parameters: [String: ParameterValue]
  ) throws -> ([BlockGraph], [HeatMap], [Float]) {
    let plan = try makePlan(type, parameters, version: version, frequency: 16000, rows: 8000, axes: ["audio"])
    let window = Self.window.map { $0 * factor }
    let graphs = plan.graphs(ofWindow: window)
    #expect(graphs.allSatisfy { $0.type == "image" && $0.drawingType == .svg })
    return (graphs, graphs.compactMap { $0.picture?.heatMap }, plan.features(ofWindow: window))
  }

  /// Lower left, lower right, upper left, upper right.
  private func corners(_ map: HeatMap) -> [Double] {
    let last = map.values.count - 1
    return [0, map.columns - 1, last - map.columns + 1, last].map { Double(map.values[$0]) }
  }

  /// Frame-major features from the rows of a map.
  private func features(_ map: HeatMap) -> [Float] {
    (0..<map.columns).flatMap { column in (0..<map.rows).map { map.values[$0 * map.columns + column] } }
  }

  private func sum(_ map: HeatMap) -> Double { map.values.reduce(0) { $0 + Double($1) } }

  @Test func melEnergies() throws {
    let (graphs, maps, expected) = try maps(
      "mfe", version: 4, ["low_frequency": .integer(300), "num_filters": .integer(40), "fft_length": .integer(256)])
    #expect(graphs.map(\.name) == ["Mel Energies (DSP Output)", "FFT Bin Weighting"])
    let map = try #require(maps.first)
    #expect(map.columns == 49 && map.rows == 40)
    #expect(firstDifference(features(map), expected) == nil)
    #expect(corners(map) == [0.1796875, 0.1796875, 0.6875, 0.69921875])
    #expect(sum(map) == 1067.51953125)
    #expect(map.range == (0.04296875, 0.72265625))
    #expect(
      map.verticalTicks?.map(\.label) == [
        "355", "412", "673", "995", "1394", "1886", "2493", "3243", "4170", "5314", "6727", "7553",
      ])
    #expect(
      map.horizontalTicks?.map(\.label) == [
        "0.0", "0.06", "0.11", "0.17", "0.23", "0.28", "0.34", "0.4", "0.45", "0.51",
      ])
  }

  @Test func filterWeights() throws {
    let (_, maps, _) = try maps(
      "mfe", version: 1,
      [
        "frame_length": .number(0.025), "num_filters": .integer(12), "fft_length": .integer(512),
        "high_frequency": .integer(7000),
      ])
    let weights = try #require(maps.last)
    #expect(weights.columns == 257 && weights.rows == 12)
    let row: [Float] = [0, 0, 0, 1 / 3, 2 / 3, 1, 2 / 3, 1 / 3]
    #expect(firstDifference(Array(weights.values[257..<265]), row) == nil)
    #expect(abs(sum(weights) - 100.5) < 1e-5)
    #expect(maps.first?.verticalTicks?.map(\.label) == ["142", "313", "1418", "3728", "5704"])
    #expect(abs(try sum(#require(maps.first)) - 208.01974487304688) < 1e-3)
  }

  @Test func cepstralCoefficients() throws {
    let (graphs, maps, expected) = try maps("mfcc", version: 4, [:])
    #expect(graphs.map(\.name) == ["Cepstral Coefficients"])
    let map = try #require(maps.first)
    #expect(map.columns == 25 && map.rows == 13)
    #expect(firstDifference(features(map), expected) == nil)
    let reference = [0.5121979117393494, 0.23657532036304474, 1.9032570123672485, -0.8437901139259338]
    #expect(firstDistance(corners(map), reference, tolerance: 1e-4) == nil)
    #expect(map.verticalTicks?.map(\.label) == (1...13).map { "\($0)" })
  }

  @Test func spectrogram() throws {
    let (graphs, maps, expected) = try maps("spectrogram", version: 4, factor: 1.0 / 32768, [:])
    #expect(graphs.map(\.name) == ["Spectrogram"])
    let map = try #require(maps.first)
    #expect(map.columns == 49 && map.rows == 65)
    #expect(firstDifference(features(map), expected) == nil)
    let reference = [0.5357632493425497, 0.4075736829586483, 0.4017543685222713, 0.2744885900236721]
    #expect(firstDistance(corners(map), reference) == nil)
    #expect(
      map.verticalTicks?.map(\.label) == [
        "0", "572", "1143", "1715", "2286", "2858", "3429", "4000", "4572", "5143", "5715", "6286", "6858", "7429",
        "8000",
      ])
  }

  @Test func longTransformsAreReducedToTheirPeaks() throws {
    let (_, maps, expected) = try maps("spectrogram", version: 4, factor: 1.0 / 32768, ["fft_length": .integer(4096)])
    let map = try #require(maps.first)
    #expect(map.rows == 683 && map.columns == 49)
    // Three bins a row, and 2049 bins a frame.
    var peaks: [Float] = []
    for frame in 0..<49 {
      for row in 0..<683 {
        let first = frame * 2049 + row * 3
        peaks.append(max(expected[first], expected[first + 1], expected[first + 2]))
      }
    }
    #expect(firstDifference(features(map), peaks) == nil)
    #expect(map.verticalTicks?.last?.position == 683)
  }

  // MARK: Pixels

  private static let pixels: [Double] = [0xFFFFFF, 0x000000, 0xFF0000, 0x00FF00, 0x0000FF, 0x123456]

  private func pictures(_ channels: String, width: Int, height: Int, pixels: [Double]) throws -> [BlockGraph] {
    let shape = SignalShape(image: ImageSize(width: width, height: height), pixels: pixels.count)
    let block = try #require(BlockRegistry.block(type: "image"))
    return try block.makePlan(["channels": .text(channels)], version: 1, input: shape).graphs(ofWindow: pixels)
  }

  @Test func imagesArePixelsOfTheReference() throws {
    let color = try #require(try pictures("RGB", width: 3, height: 2, pixels: Self.pixels).first)
    #expect(color.name == "Image" && color.type == "image" && color.drawingType == .png)
    #expect(
      try DecodedPNG(color.drawing)
        == DecodedPNG(
          width: 3, height: 2, colorType: 2,
          rows: [[255, 255, 255, 0, 0, 0, 255, 0, 0], [0, 255, 0, 0, 0, 255, 18, 52, 86]]))
    let gray = try #require(try pictures("Grayscale", width: 3, height: 2, pixels: Self.pixels).first)
    #expect(
      try DecodedPNG(gray.drawing)
        == DecodedPNG(width: 3, height: 2, colorType: 0, rows: [[254, 0, 76], [149, 29, 45]]))
    let image = "\"image\":\"\(Data(gray.drawing).base64EncodedString())\",\"imageMimeType\":\"image/png\"}"
    #expect(gray.studioJSON == "{\"name\":\"Image\",\"type\":\"image\"," + image)
  }

  @Test func framesAreNumberedAndHalfOnesAreShort() throws {
    let frames = try pictures("RGB", width: 2, height: 2, pixels: Self.pixels)
    #expect(frames.map(\.name) == ["Frame 1", "Frame 2"])
    #expect(
      try DecodedPNG(frames[1].drawing)
        == DecodedPNG(width: 2, height: 1, colorType: 2, rows: [[0, 0, 255, 18, 52, 86]]))
    #expect(try pictures("RGB", width: 1, height: 1, pixels: Array(repeating: 0, count: 1000)).count == 256)
    let wide = try pictures("Grayscale", width: 65536, height: 65536, pixels: [0xFFFFFF])
    #expect(try DecodedPNG(wide[0].drawing).rows.map { $0.prefix(2) } == [[254, 0]])
  }

  @Test func pictureLongerThanAStoredBlock() throws {
    let pixels = (0..<300 * 200).map { Double($0 * 279 % 0xFFFFFF) }
    let picture = try #require(try pictures("RGB", width: 300, height: 200, pixels: pixels).first)
    let expected = pixels.flatMap { value -> [UInt8] in
      [UInt8(Int(value) >> 16), UInt8(Int(value) >> 8 & 255), UInt8(Int(value) & 255)]
    }
    #expect(try DecodedPNG(picture.drawing).rows.flatMap { $0 } == expected)
  }

  @Test(arguments: ["flatten", "raw"])
  func someBlocksDrawNothing(type: String) throws {
    let plan = try makePlan(type, version: 1, frequency: 10, rows: 2, axes: ["x"])
    #expect(plan.graphs(ofWindow: [1, 2]).isEmpty)
  }

  // MARK: Drawings

  static let factors: [Double] = [1, 0, 1e-30, 1e30, 1e300, .infinity, .nan]

  @Test(arguments: factors)
  func drawingsAreXMLOnTheSheet(factor: Double) throws {
    let motion = try makePlan(
      "spectral-analysis", ["filter-type": .text("high"), "filter-order": .integer(2)], version: 4, frequency: 62.5,
      rows: 3000, axes: ["<&\">", "\u{1}", "z"])
    let audio = try makePlan(
      "mfe", ["num_filters": .integer(12)], version: 1, frequency: 16000, rows: 8000, axes: ["audio"])
    let bins = try makePlan("spectrogram", version: 4, frequency: 16000, rows: 800, axes: ["audio"])
    let graphs =
      motion.graphs(ofWindow: graphWindow(rows: 3000, columns: 3).map { $0 * factor })
      + audio.graphs(ofWindow: Self.window.map { $0 * factor })
      + bins.graphs(ofWindow: Self.window.prefix(800).map { $0 * factor })
    #expect(graphs.count == 6)
    for graph in graphs {
      let check = SheetCheck()
      #expect(check.parse(graph.drawing), "\(graph.name): \(check.fault ?? "no XML")")
      #expect(check.texts.contains(graph.name))
      #expect(graph.drawing.count < 400_000)
    }
  }

  @Test func axesWithoutValuesSaySo() throws {
    let plan = try makePlan("spectral-analysis", rows: 50, axes: ["x", "y"])
    let window = graphWindow(rows: 50, columns: 2).enumerated().map { $0.offset % 2 == 1 ? .nan : $0.element }
    for graph in plan.graphs(ofWindow: window) {
      let check = SheetCheck()
      #expect(check.parse(graph.drawing))
      #expect(check.texts.contains("x") && check.texts.contains("y (no finite values)"), "\(check.texts)")
    }
  }

  @Test func filterResponseReadsInDecibels() throws {
    let plan = try makePlan(
      "spectral-analysis", SpectralGraphTests.filtered, version: 4, frequency: 62.5, rows: 50, axes: ["x"])
    let check = SheetCheck()
    let graph = try #require(plan.graphs(ofWindow: graphWindow(rows: 50, columns: 1)).first)
    #expect(check.parse(graph.drawing))
    #expect(
      check.texts == [
        "Filter response", "0", "5", "10", "15", "20", "25", "30", "-100", "-80", "-60", "-40", "-20", "0",
        "Frequency (Hz)", "Magnitude (dB)",
      ])
  }
}
