/// What stands before the frames of a FLAC file.
struct FLACHead {
  let channels: Int
  /// Frames a second, in Hz.
  let rate: Int
  /// Bits of a sample.
  let bits: Int
  /// Samples of each channel; nil where the encoder did not know.
  let frameCount: Int?
  /// MD5 of the samples, little endian and interleaved; nil where the encoder left it out.
  let digest: [UInt8]?
  /// Offset of the first frame in the file.
  let framesStart: Int
  /// A head for the decoder that holds nothing but the stream's own description. Pictures, tags and seek tables are
  /// never shown to it: their claims cost it memory, and nothing here needs them.
  let bytes: [UInt8]

  static let magic = Array("fLaC".utf8)
  /// More metadata blocks than any program writes; bounds the time that a hostile file costs.
  static let blockLimit = 10_000

  /// Walks the metadata blocks.
  /// - Throws: `DatasetError` with the byte position: `malformed` for blocks that the file is too short for,
  ///   `unsupported` for sample sizes other than 8, 16 and 24 bits.
  init(_ source: ByteSource) throws(DatasetError) {
    func error(
      _ place: Int, _ expected: String, _ found: String, _ kind: DatasetError.Kind = .malformed
    ) -> DatasetError {
      DatasetError(file: source.file, position: .byte(place), expected: expected, found: found, kind: kind)
    }
    let head = try source.bytes(at: 0, count: 42)
    guard head.count == 42, head[4] & 0x7F == 0, Array(head[5..<8]) == [0, 0, 34] else {
      throw error(
        min(head.count, 4), "a STREAMINFO block of 34 bytes", head.count < 42 ? "the end of the file" : "another block")
    }
    let packed = ByteNumber.unsigned(head[18..<26], isBigEndian: true)
    rate = Int(packed >> 44)
    channels = Int(packed >> 41 & 7) + 1
    bits = Int(packed >> 36 & 31) + 1
    let total = Int(packed & 0xF_FFFF_FFFF)
    frameCount = total == 0 ? nil : total
    digest = head[26..<42].contains { $0 != 0 } ? Array(head[26..<42]) : nil
    guard rate > 0 else { throw error(18, "a sampling rate from 1 Hz on", "0 Hz") }
    guard bits == 8 || bits == 16 || bits == 24 else {
      throw error(20, "samples of 8, 16 or 24 bits", "\(bits) bits", .unsupported)
    }

    var offset = 42
    var isLast = head[4] & 0x80 != 0
    var count = 1
    while !isLast {
      let block = try source.bytes(at: offset, count: 4)
      guard block.count == 4 else { throw error(source.size, "a metadata block", "the end of the file") }
      let length = Int(ByteNumber.unsigned(block[1...], isBigEndian: true))
      guard block[0] & 0x7F != 0x7F else { throw error(offset, "a metadata block", "an invalid one") }
      guard length <= source.size - offset - 4 else {
        throw error(
          source.size, "\(length) bytes in the metadata block at byte \(offset)",
          "the end of the file after \(source.size - offset - 4)")
      }
      count += 1
      guard count <= Self.blockLimit else { throw error(offset, "at most \(Self.blockLimit) metadata blocks", "more") }
      isLast = block[0] & 0x80 != 0
      offset += 4 + length
    }
    framesStart = offset
    guard offset < source.size else { throw error(offset, "frames", "the end of the file") }
    // A frame takes 10 bytes or more and has at most 65,535 samples a channel.
    guard total / 65_535 <= (source.size - offset) / 10 else {
      throw error(21, "a number of samples that the file has room for", "\(total)")
    }

    var bytes = head
    bytes[4] |= 0x80
    // Without a count libsndfile reads nothing; with the largest it reads to the end of the file.
    if total == 0 { bytes.replaceSubrange(21..<26, with: [bytes[21] | 0x0F, 0xFF, 0xFF, 0xFF, 0xFF]) }
    self.bytes = bytes
  }
}
