import CPNG

/// A PNG file in memory whose chunks have been checked.
///
/// Only what decides pixels is kept: header, palette, transparency and data. Gamma and colour profiles are left out, so
/// that levels are those of the file.
struct PNGPicture: EncodedPicture {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  let size: PixelSize
  var remarks: [String] { [] }
  private let file: String
  private var bytes: [UInt8]
  private var hasAlpha = false

  /// Walks the chunks to the end of the picture.
  /// - Complexity: O(bytes).
  init(_ contents: [UInt8], file: String) throws(DatasetError) {
    var bytes = contents
    var position = Self.signature.count
    var kept = position
    var dataBytes = 0
    var ends = false
    var header: (size: PixelSize, colorType: UInt8, bits: Int)?
    while !ends {
      guard bytes.count - position >= 12 else { throw Self.ended(file, bytes.count, "another chunk") }
      let length = Self.number(bytes, position)
      // A slice would share the bytes, and each change below would copy all of them.
      let type = Array(bytes[position + 4..<position + 8])
      guard bytes.count - position - 12 >= length else {
        throw Self.ended(
          file, bytes.count, "\(length) bytes in the chunk \(DatasetError.quoted(bytes: type)) at byte \(position)")
      }
      if header == nil {
        guard type.elementsEqual("IHDR".utf8), length == 13 else {
          throw DatasetError(
            file: file, position: .byte(position), expected: "the header chunk \"IHDR\" of 13 bytes",
            found: "the chunk \(DatasetError.quoted(bytes: type)) of \(length) bytes")
        }
        let size = PixelSize(width: Self.number(bytes, position + 8), height: Self.number(bytes, position + 12))
        try size.check(file: file, position: .byte(position + 8))
        let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[position + 17]] ?? 1
        header = (size, bytes[position + 17], channels * Int(bytes[position + 16]))
      }
      let isTransparency = type.elementsEqual("tRNS".utf8)
      if isTransparency { hasAlpha = true }
      if type.elementsEqual("IDAT".utf8) { dataBytes += length }
      ends = type.elementsEqual("IEND".utf8)
      // A capital first letter marks what a decoder must understand.
      if bytes[position + 4] & 0x20 == 0 || isTransparency {
        for offset in 0..<length + 12 { bytes[kept + offset] = bytes[position + offset] }
        kept += length + 12
      }
      position += length + 12
    }
    guard let header else { throw Self.ended(file, bytes.count, "a header") }
    // Deflate makes at most 1032 bytes of one: less data cannot fill the picture, and need not be tried.
    let rawBytes = (header.size.width * header.bits + 7) / 8 * header.size.height
    if rawBytes / 1032 > dataBytes {
      throw DatasetError(
        file: file, expected: "data for \(header.size.width) x \(header.size.height) pixels",
        found: "\(dataBytes) bytes of compressed data, too few")
    }
    if header.colorType & 4 != 0 { hasAlpha = true }
    size = header.size
    self.file = file
    bytes.removeLast(bytes.count - kept)
    self.bytes = bytes
  }

  func decoded() throws(DatasetError) -> PixelImage {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    let channels = hasAlpha ? 4 : 3
    var pixels: [UInt8] = []
    let succeeded = bytes.withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0,
        Int(image.width) == size.width, Int(image.height) == size.height
      else { return false }
      image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR) | (hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0)
      // Without this, 16-bit samples count as linear light.
      image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
      pixels = [UInt8](repeating: 0, count: channels * size.width * size.height)
      return pixels.withUnsafeMutableBytes {
        png_image_finish_read(&image, nil, $0.baseAddress, png_int_32(channels * size.width), nil) != 0
      }
    }
    guard succeeded else {
      let message = withUnsafeBytes(of: image.message) { $0.prefix { $0 != 0 } }
      throw DatasetError(
        file: file, expected: "a whole PNG picture", found: DatasetError.quoted(bytes: Array(message)))
    }
    if hasAlpha { Self.blendOverBlack(&pixels) }
    return PixelImage(size, rgb: pixels)
  }

  /// Turns red, green, blue and alpha into the colours that they show in front of black.
  private static func blendOverBlack(_ pixels: inout [UInt8]) {
    let count = pixels.count / 4
    pixels.withUnsafeMutableBufferPointer { pixels in
      for index in 0..<count {
        let alpha = Int(pixels[4 * index + 3])
        for channel in 0..<3 {
          pixels[3 * index + channel] = UInt8((Int(pixels[4 * index + channel]) * alpha + 127) / 255)
        }
      }
    }
    pixels.removeLast(count)
  }

  private static func number(_ bytes: [UInt8], _ position: Int) -> Int {
    bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func ended(_ file: String, _ count: Int, _ expected: String) -> DatasetError {
    DatasetError(file: file, position: .byte(count), expected: expected, found: "the end of the file")
  }
}
