import Glibc

/// The markers of a JPEG file, front to back.
struct JPEGMarkers {
  struct Marker {
    let code: UInt8
    /// What its segment holds, without its length; empty for markers that stand alone.
    let payload: Range<Int>
  }

  private let bytes: [UInt8]
  private let file: String
  /// Index behind what has been read.
  private(set) var position = 2
  private var isInScan = false

  /// The bytes begin with the start-of-image marker.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The next marker with its segment; nil at the end of the image.
  mutating func next() throws(DatasetError) -> Marker? {
    if isInScan { skipScan() }
    isInScan = false
    guard position < bytes.count else { throw ended("a marker") }
    guard bytes[position] == 0xFF else {
      throw DatasetError(
        file: file, position: .byte(position), expected: "a marker (0xFF)",
        found: "0x" + String(bytes[position], radix: 16))
    }
    // Any number of 0xFF may precede a code.
    while position < bytes.count && bytes[position] == 0xFF { position += 1 }
    guard position < bytes.count else { throw ended("a marker") }
    let code = bytes[position]
    position += 1
    switch code {
    case 0xD9: return nil
    case 0x01, 0xD0...0xD8: return Marker(code: code, payload: position..<position)
    default: break
    }
    guard bytes.count - position >= 2 else { throw ended("the length of a segment") }
    let length = number(position)
    guard length >= 2, bytes.count - position >= length else { throw ended("a segment of \(length) bytes") }
    let payload = position + 2..<position + length
    position += length
    isInScan = code == 0xDA
    return Marker(code: code, payload: payload)
  }

  /// Width and height that a frame header gives.
  func frameSize(_ marker: Marker) throws(DatasetError) -> PixelSize {
    let start = marker.payload.lowerBound
    guard marker.payload.count >= 6 else { throw ended("a frame header") }
    let size = PixelSize(width: number(start + 3), height: number(start + 1))
    try size.check(file: file, position: .byte(start + 1))
    return size
  }

  /// Compressed data ends at a marker that is neither an escaped 0xFF nor a restart.
  private mutating func skipScan() {
    position = bytes.withUnsafeBytes { buffer in
      var index = position
      while index < buffer.count, let base = buffer.baseAddress,
        let found = memchr(base + index, 0xFF, buffer.count - index)
      {
        index = UnsafeRawPointer(found) - base
        guard index + 1 < buffer.count else { return buffer.count }
        switch buffer[index + 1] {
        case 0x00, 0xD0...0xD7: index += 2
        case 0xFF: index += 1
        default: return index
        }
      }
      return buffer.count
    }
  }

  private func number(_ index: Int) -> Int { Int(bytes[index]) << 8 | Int(bytes[index + 1]) }

  private func ended(_ expected: String) -> DatasetError {
    DatasetError(
      file: file, position: .byte(min(position, bytes.count)), expected: expected,
      found: "the end of the file before the end of the picture")
  }
}

/// How a camera was held, as EXIF data tells.
enum EXIFOrientation {
  /// 1 to 8; nil where an APP1 segment does not tell.
  static func find(in segment: ArraySlice<UInt8>) -> Int? {
    guard segment.starts(with: "Exif\0\0".utf8) else { return nil }
    let tiff = segment.dropFirst(6)
    let isLittle = tiff.starts(with: "II".utf8)
    func number(_ offset: Int, _ count: Int) -> Int? {
      guard offset >= 0, offset <= tiff.count - count else { return nil }
      let bytes = tiff[tiff.startIndex + offset..<tiff.startIndex + offset + count]
      return isLittle
        ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : bytes.reduce(0) { $0 << 8 | Int($1) }
    }
    guard isLittle || tiff.starts(with: "MM".utf8), let directory = number(4, 4), let entries = number(directory, 2)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = number(start, 2) else { return nil }
      if tag == 0x0112, let value = number(start + 8, 2) { return (1...8).contains(value) ? value : nil }
    }
    return nil
  }
}
