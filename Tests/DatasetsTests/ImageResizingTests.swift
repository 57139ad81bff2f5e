// Resizes of a random picture of 13 x 9 pixels against `Fixtures/images/resizing.json`: the filter's definition in
// double precision (one level of freedom for the fixed-point weights), and Pillow's own result, bit for bit. Nearest is
// exact. All modes, all anchors, growing, shrinking, one pixel. A large picture cut into strips must equal the same one
// in a single strip, seen through rows that are all alike.

import Foundation
import Testing

@testable import Datasets

@Suite struct ImageResizingTests {
  struct Document: Decodable {
    let width: Int
    let height: Int
    let pixels: String
    let resizes: [Resize]
  }

  struct Resize: Decodable, Sendable, CustomStringConvertible {
    let width: Int
    let height: Int
    let mode: String
    let method: String
    let anchor: String?
    let pixels: String
    let pillow: String?

    var description: String { "\(width)x\(height) \(mode) \(method) \(anchor ?? "")" }

    func resizing() throws -> ImageResizing {
      ImageResizing(
        width: width, height: height, mode: try #require(ImageResizing.Mode(rawValue: mode)),
        method: try #require(ImageResizing.Method(rawValue: method)),
        anchor: try #require(ImageResizing.Anchor(rawValue: anchor ?? "middle-center")))
    }
  }

  static let document: Document? = {
    guard let data = try? Data(contentsOf: PictureFixture.folder.appending(path: "resizing.json")) else { return nil }
    return try? JSONDecoder().decode(Document.self, from: data)
  }()

  static let resizes = document?.resizes ?? []

  static func levels(_ hex: String) -> [UInt8] {
    PictureFixture.packed(hex: hex).flatMap { pixel in
      [16, 8, 0].map { UInt8(truncatingIfNeeded: Int(pixel) >> $0) }
    }
  }

  @Test func fixturesAreThere() { #expect(Self.resizes.count == 56) }

  @Test(arguments: resizes)
  func equalsTheDefinition(resize: Resize) throws {
    let document = try #require(Self.document)
    let source = PixelImage(
      PixelSize(width: document.width, height: document.height), rgb: Self.levels(document.pixels))
    let result = source.resized(try resize.resizing())
    #expect(result.size == PixelSize(width: resize.width, height: resize.height))
    let expected = Self.levels(resize.pixels)
    let worst = zip(result.rgb, expected).map { abs(Int($0) - Int($1)) }.max() ?? 256
    #expect(result.rgb.count == expected.count && worst <= (resize.method == "nearest" ? 0 : 1))
    if let pillow = resize.pillow { #expect(result.rgb == Self.levels(pillow)) }
  }

  @Test func oddPixelsAreCutInFrontAndOddLinesStandBehind() {
    let cut = ImagePlacement(PixelSize(width: 8, height: 5), ImageResizing(width: 5, height: 5, mode: .fitShort))
    #expect(cut.x == AxisPlacement(source: 8, scaled: 8, offset: 2, count: 5, start: 0))
    let boxed = ImagePlacement(PixelSize(width: 5, height: 8), ImageResizing(width: 8, height: 8, mode: .fitLong))
    #expect(boxed.x == AxisPlacement(source: 5, scaled: 5, offset: 0, count: 5, start: 1))
    #expect(boxed.y.isIdentity)
  }

  @Test func stripsDoNotShow() {
    // 8192 rows of 1000 target columns need two strips. All rows are alike, so that the passes part.
    var random = SeededGenerator(seed: 5)
    let line = (0..<1200).map { _ in UInt8.random(in: 0...255, using: &random) }
    var rows = line
    for _ in 0..<13 { rows += rows }
    let high = PixelImage(PixelSize(width: 400, height: 8192), rgb: rows)
    let flat = PixelImage(PixelSize(width: 400, height: 1), rgb: line)
    let result = high.resized(ImageResizing(width: 1000, height: 2)).rgb
    let expected = flat.resized(ImageResizing(width: 1000, height: 1)).rgb
    #expect(result == expected + expected)
  }

  @Test(arguments: ImageResizing.Mode.allCases)
  func hostileProportionsEndInTime(mode: ImageResizing.Mode) {
    let longest = ImageResizing.longestSide / 16
    for size in [PixelSize(width: 65_535, height: 1), PixelSize(width: 1, height: 65_535)] {
      let picture = PixelImage(size, rgb: [UInt8](repeating: 77, count: 3 * 65_535))
      for target in [(longest, 1), (1, longest), (3, 2)] {
        let result = picture.resized(ImageResizing(width: target.0, height: target.1, mode: mode))
        #expect(result.rgb.max() == 77 && (mode == .fitLong || result.rgb.min() == 77))
      }
    }
  }
}
