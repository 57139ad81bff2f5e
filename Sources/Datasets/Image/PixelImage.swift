/// A picture in memory: 8 bits each of red, green and blue, pixel after pixel, row after row.
struct PixelImage {
  let size: PixelSize
  private(set) var rgb: [UInt8]

  /// A black picture.
  init(_ size: PixelSize) { self.init(size, rgb: [UInt8](repeating: 0, count: 3 * size.width * size.height)) }

  init(_ size: PixelSize, rgb: [UInt8]) {
    precondition(rgb.count == 3 * size.width * size.height, "three bytes a pixel")
    self.size = size
    self.rgb = rgb
  }

  /// Pixels as 0xRRGGBB, from pixel `start` on.
  func pack(from start: Int, into pixels: UnsafeMutableBufferPointer<Double>) {
    rgb.withUnsafeBufferPointer { rgb in
      for index in 0..<pixels.count {
        let byte = 3 * (start + index)
        pixels[index] = Double(Int32(rgb[byte]) << 16 | Int32(rgb[byte + 1]) << 8 | Int32(rgb[byte + 2]))
      }
    }
  }

  /// The picture in the size that `resizing` asks for.
  ///
  /// - Complexity: O(pixels + result pixels) times the width of the filter.
  func resized(_ resizing: ImageResizing) -> PixelImage {
    let place = ImagePlacement(size, resizing)
    if place.x.isIdentity && place.y.isIdentity && resizing.width == size.width && resizing.height == size.height {
      return self
    }
    var result = PixelImage(PixelSize(width: resizing.width, height: resizing.height))
    switch resizing.method {
    case .nearest: result.drawNearest(self, place)
    case .lanczos3: result.drawLanczos(self, place)
    }
    return result
  }

  private mutating func drawNearest(_ source: PixelImage, _ place: ImagePlacement) {
    let columns = AxisWeights.nearest(place.x)
    let rows = AxisWeights.nearest(place.y)
    for (y, row) in rows.enumerated() {
      var target = 3 * ((place.y.start + y) * size.width + place.x.start)
      for column in columns {
        let byte = 3 * (row * source.size.width + column)
        rgb[target] = source.rgb[byte]
        rgb[target + 1] = source.rgb[byte + 1]
        rgb[target + 2] = source.rgb[byte + 2]
        target += 3
      }
    }
  }

  /// Bytes between the two passes. Strips of columns keep them bounded where a high picture becomes a wide one.
  private static let stripBytes = 1 << 24

  /// 1. Each source row that is needed is filtered along x into a strip of target columns, rounded to 8 bits.
  /// 2. Each target row is filtered along y from the strip.
  /// A direction whose size stays as it is has no filter.
  private mutating func drawLanczos(_ source: PixelImage, _ place: ImagePlacement) {
    let across = place.x.isIdentity ? nil : AxisWeights(lanczos: place.x)
    let down = place.y.isIdentity ? nil : AxisWeights(lanczos: place.y)
    let firstRow = down?.first.first ?? 0
    let endRow = down.map { ($0.first.last ?? 0) + ($0.count.last ?? 0) } ?? place.y.source
    let stripWidth = max(1, min(place.x.count, Self.stripBytes / (3 * (endRow - firstRow))))
    var strip = [UInt8](repeating: 0, count: 3 * stripWidth * (endRow - firstRow))
    for left in stride(from: 0, to: place.x.count, by: stripWidth) {
      let width = min(stripWidth, place.x.count - left)
      for row in firstRow..<endRow {
        Self.filterRow(source, row, across, left..<left + width, into: &strip, at: 3 * width * (row - firstRow))
      }
      let target = 3 * (place.y.start * size.width + place.x.start + left)
      for y in 0..<place.y.count {
        Self.filterColumns(
          strip, rowBytes: 3 * width, firstRow: firstRow, down, y, into: &rgb, at: target + 3 * size.width * y)
      }
    }
  }

  private static func filterRow(
    _ source: PixelImage, _ row: Int, _ weights: AxisWeights?, _ columns: Range<Int>, into strip: inout [UInt8],
    at start: Int
  ) {
    let rowStart = 3 * source.size.width * row
    source.rgb.withUnsafeBufferPointer { pixels in
      strip.withUnsafeMutableBufferPointer { strip in
        guard let weights else {
          for byte in 0..<3 * columns.count { strip[start + byte] = pixels[rowStart + 3 * columns.lowerBound + byte] }
          return
        }
        var out = start
        weights.weights.withUnsafeBufferPointer { factors in
          for column in columns {
            var red = half
            var green = half
            var blue = half
            var byte = rowStart + 3 * weights.first[column]
            let begin = column * weights.stride
            for tap in begin..<begin + weights.count[column] {
              let factor = Int(factors[tap])
              red &+= factor &* Int(pixels[byte])
              green &+= factor &* Int(pixels[byte + 1])
              blue &+= factor &* Int(pixels[byte + 2])
              byte += 3
            }
            strip[out] = level(red)
            strip[out + 1] = level(green)
            strip[out + 2] = level(blue)
            out += 3
          }
        }
      }
    }
  }

  private static func filterColumns(
    _ strip: [UInt8], rowBytes: Int, firstRow: Int, _ weights: AxisWeights?, _ y: Int, into rgb: inout [UInt8],
    at start: Int
  ) {
    strip.withUnsafeBufferPointer { strip in
      rgb.withUnsafeMutableBufferPointer { rgb in
        guard let weights else {
          for byte in 0..<rowBytes { rgb[start + byte] = strip[(y - firstRow) * rowBytes + byte] }
          return
        }
        let base = (weights.first[y] - firstRow) * rowBytes
        let factors = weights.weights[y * weights.stride..<y * weights.stride + weights.count[y]]
        factors.withUnsafeBufferPointer { factors in
          for byte in 0..<rowBytes {
            var sum = half
            var at = base + byte
            for factor in factors {
              sum &+= Int(factor) &* Int(strip[at])
              at += rowBytes
            }
            rgb[start + byte] = level(sum)
          }
        }
      }
    }
  }

  private static var half: Int { 1 << (AxisWeights.fractionBits - 1) }

  /// A weighted sum rounded to a colour; the window's negative lobes overshoot on both sides.
  @inline(__always)
  private static func level(_ sum: Int) -> UInt8 { UInt8(max(0, min(255, sum >> AxisWeights.fractionBits))) }
}
