import CTurboJPEG

/// A JPEG file in memory whose markers have been checked.
struct JPEGPicture: EncodedPicture {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]
  /// Pixels times scans of a progressive picture: some seconds of work.
  private static let mostScanPixels = 1 << 31

  let size: PixelSize
  let remarks: [String]
  private let file: String
  private let bytes: [UInt8]
  /// Bytes up to the end of the picture; cameras append previews.
  private let count: Int

  /// Walks the markers to the end of the picture.
  /// - Complexity: O(bytes).
  init(_ contents: [UInt8], file: String) throws(DatasetError) {
    var markers = JPEGMarkers(contents, file: file)
    var size: PixelSize?
    var scans = 0
    var orientation = 1
    while let marker = try markers.next() {
      switch marker.code {
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker.code):
        // One frame only; the decoder refuses a second.
        if size == nil { size = try markers.frameSize(marker) }
      case 0xDA:
        scans += 1
      case 0xE1:
        orientation = EXIFOrientation.find(in: contents[marker.payload]) ?? orientation
      default: break
      }
    }
    guard let size else {
      throw DatasetError(file: file, expected: "a frame header", found: "a JPEG file without one")
    }
    // A block of 64 pixels takes a bit at least; there is room for subsampling and arithmetic coding.
    if size.width * size.height / 2048 > contents.count {
      throw DatasetError(
        file: file, expected: "data for \(size.width) x \(size.height) pixels",
        found: "\(contents.count) bytes, too few")
    }
    if scans > Self.mostScanPixels / (size.width * size.height) {
      throw DatasetError(
        file: file, expected: "at most \(Self.mostScanPixels / (size.width * size.height)) scans for that many pixels",
        found: "\(scans)", kind: .unsupported)
    }
    remarks =
      orientation == 1
      ? [] : ["EXIF orientation \(orientation) is not applied: pixels are taken as they are stored"]
    self.size = size
    self.file = file
    bytes = contents
    count = markers.position
  }

  func decoded() throws(DatasetError) -> PixelImage {
    guard let decoder = tjInitDecompress() else {
      throw DatasetError(
        file: file, expected: "memory for a JPEG decoder", found: "none", kind: .system)
    }
    defer { tjDestroy(decoder) }
    try checkHeader(decoder)
    var image = try decode(decoder, TJFLAG_STOPONWARNING)
    if image == nil {
      // Small cameras pad their data. Nothing of the picture comes after that place.
      guard message(decoder).hasSuffix("extraneous bytes before marker 0xd9") else { throw refusal(decoder) }
      image = try decode(decoder, 0)
    }
    guard let image else { throw refusal(decoder) }
    return image
  }

  private func checkHeader(_ decoder: tjhandle) throws(DatasetError) {
    var (width, height, subsampling, colors) = (CInt(0), CInt(0), CInt(0), CInt(0))
    let result = bytes.withUnsafeBufferPointer {
      tjDecompressHeader3(decoder, $0.baseAddress, CUnsignedLong(count), &width, &height, &subsampling, &colors)
    }
    if result != 0 { throw refusal(decoder) }
    if Int(width) != size.width || Int(height) != size.height {
      throw DatasetError(
        file: file, expected: "\(size.width) x \(size.height) pixels throughout", found: "\(width) x \(height)")
    }
    if colors == CInt(TJCS_CMYK.rawValue) || colors == CInt(TJCS_YCCK.rawValue) {
      throw DatasetError(
        file: file, expected: "a picture in RGB, YCbCr or grey", found: "one in CMYK, for print", kind: .unsupported)
    }
  }

  /// Nil when the decoder stops at a warning or fails.
  ///
  /// Without `TJFLAG_STOPONWARNING` a picture with warnings is returned.
  private func decode(_ decoder: tjhandle, _ flag: CInt) throws(DatasetError) -> PixelImage? {
    var rgb = [UInt8](repeating: 0, count: 3 * size.width * size.height)
    let result = bytes.withUnsafeBufferPointer { bytes in
      rgb.withUnsafeMutableBufferPointer { rgb in
        tjDecompress2(
          decoder, bytes.baseAddress, CUnsignedLong(count), rgb.baseAddress, CInt(size.width), CInt(3 * size.width),
          CInt(size.height), CInt(TJPF_RGB.rawValue), TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS | flag)
      }
    }
    let isWarning = tjGetErrorCode(decoder) == CInt(TJERR_WARNING.rawValue)
    return result == 0 || (flag == 0 && isWarning) ? PixelImage(size, rgb: rgb) : nil
  }

  private func message(_ decoder: tjhandle) -> String { String(cString: tjGetErrorStr2(decoder)) }

  private func refusal(_ decoder: tjhandle) -> DatasetError {
    DatasetError(
      file: file, expected: "a whole JPEG picture", found: DatasetError.quoted(message(decoder)))
  }
}
