/// Writes pictures as PNG files of eight bits a channel, without compression.
///
/// Source: Portable Network Graphics, third edition; RFC 1950 and RFC 1951 for the stored blocks.
struct PNGImage {
  /// What the bytes of a pixel mean.
  enum Pixels {
    case gray
    case rgb
    /// Index into a palette of red, green and blue, at most 256 colours.
    case indexed(palette: [UInt8])

    var channels: Int {
      if case .rgb = self { return 3 }
      return 1
    }

    fileprivate var colorType: UInt8 {
      switch self {
      case .gray: 0
      case .rgb: 2
      case .indexed: 3
      }
    }
  }

  private var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The file of a picture.
  ///
  /// - Parameters:
  ///   - width, height: in pixels, above 0; less than 2 GiB of data together.
  ///   - data: rows from top to bottom, `width` times the channels each.
  static func encode(width: Int, height: Int, pixels: Pixels, data: [UInt8]) -> [UInt8] {
    let row = width * pixels.channels
    precondition(width > 0 && height > 0 && data.count == row * height, "as many bytes as the picture has")
    var image = PNGImage()
    image.addChunk("IHDR", bigEndian(width) + bigEndian(height) + [8, pixels.colorType, 0, 0, 0])
    if case .indexed(let palette) = pixels { image.addChunk("PLTE", palette) }
    var lines: [UInt8] = []
    lines.reserveCapacity((row + 1) * height)
    for y in 0..<height {
      // Each row begins with its filter: none.
      lines.append(0)
      lines += data[y * row..<(y + 1) * row]
    }
    image.addChunk("IDAT", stored(lines))
    image.addChunk("IEND", [])
    return image.bytes
  }

  private mutating func addChunk(_ type: String, _ data: [UInt8]) {
    let body = Array(type.utf8) + data
    bytes += Self.bigEndian(data.count) + body + Self.bigEndian(Int(Self.cyclicRedundancyCheck(body)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Array($0) }
  }

  /// A zlib stream of stored blocks.
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    stream.reserveCapacity(data.count + data.count / 65535 * 5 + 16)
    var start = 0
    repeat {
      let end = min(start + 65535, data.count)
      let count = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      for value in [count, ~count] { stream += [UInt8(value & 255), UInt8(value >> 8)] }
      stream += data[start..<end]
      start = end
    } while start < data.count
    return stream + bigEndian(Int(adler(data)))
  }

  private static func adler(_ data: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in data {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
  }

  private static func cyclicRedundancyCheck(_ data: [UInt8]) -> UInt32 {
    ~data.reduce(UInt32.max) { value, byte in table[Int((value ^ UInt32(byte)) & 255)] ^ value >> 8 }
  }
}
