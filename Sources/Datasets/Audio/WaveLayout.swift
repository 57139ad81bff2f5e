/// Where the samples of a WAV file lie: RIFF, RIFX (big endian), RF64 and BW64 (beyond 4 GiB), and Sony's W64.
///
/// The chunks are walked here and not in libsndfile, which shortens a data chunk in silence where the file ends early.
struct WaveLayout {
  let format: WaveFormat
  let isBigEndian: Bool
  /// Offset of the first sample in the file.
  let dataStart: Int
  /// Bytes of samples: a whole number of frames, at least one.
  let dataLength: Int
  /// What is odd behind the samples, where it does no harm.
  let remarks: [String]

  var frameCount: Int { dataLength / format.frameSize }

  /// Whether a file that begins so is a WAV file.
  static func recognizes(_ head: [UInt8]) -> Bool { WaveContainer(head) != nil }

  /// Walks the chunks from the first to the last.
  /// - Throws: `DatasetError` with the byte position: `malformed` for chunks and samples that the file is too short
  ///   for, `unsupported` for compressed samples.
  /// - Complexity: O(chunks), of which at most `chunkLimit` are read.
  init(_ source: ByteSource) throws(DatasetError) {
    let head = try source.bytes(at: 0, count: WaveContainer.headLimit)
    guard let container = WaveContainer(head) else {
      throw DatasetError(
        file: source.file, position: .byte(0), expected: "a WAV file",
        found: DatasetError.quoted(bytes: head.prefix(12)))
    }
    var walk = WaveWalk(container, source)
    try walk.run()
    guard let format = walk.format else { throw walk.missing("a fmt chunk") }
    guard let data = walk.data else { throw walk.missing("a data chunk") }
    self.format = format
    isBigEndian = container.isBigEndian
    dataStart = data.lowerBound
    dataLength = data.count
    remarks = walk.remarks
  }
}

/// The outermost structure of a WAV file.
struct WaveContainer {
  enum Kind { case riff, rf64, w64 }

  let kind: Kind
  let isBigEndian: Bool
  /// The size that the file claims to have; nil where it does not.
  let claimedSize: UInt64?

  static let headLimit = 40

  /// Nil when the bytes are not the beginning of a WAV file.
  init?(_ head: [UInt8]) {
    func has(_ text: String, at offset: Int) -> Bool { head.dropFirst(offset).starts(with: text.utf8) }
    isBigEndian = has("RIFX", at: 0)
    if has("riff", at: 0) {
      guard head.count >= 40, Array(head[4..<16]) == Self.riffTail, has("wave", at: 24),
        Array(head[28..<40]) == Self.chunkTail
      else { return nil }
      kind = .w64
      let size = ByteNumber.unsigned(head[16..<24], isBigEndian: false)
      claimedSize = size == 0 ? nil : size
      return
    }
    guard has("WAVE", at: 8) else { return nil }
    if has("RIFF", at: 0) || isBigEndian {
      kind = .riff
    } else if has("RF64", at: 0) || has("BW64", at: 0) {
      kind = .rf64
    } else {
      return nil
    }
    let size = ByteNumber.unsigned(head[4..<8], isBigEndian: isBigEndian)
    claimedSize = size == 0 || size == 0xFFFF_FFFF ? nil : size + 8
  }

  /// Offset of the first chunk.
  var firstChunk: Int { kind == .w64 ? 40 : 12 }
  /// Bytes of a chunk's name and size.
  var chunkHead: Int { kind == .w64 ? 24 : 8 }
  /// Chunks begin at multiples of it.
  var alignment: Int { kind == .w64 ? 8 : 2 }

  /// The end of a W64 chunk's GUID; its first four bytes are the name that the chunk has in RIFF files.
  static let chunkTail: [UInt8] = [0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A]
  private static let riffTail: [UInt8] = [0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0x00, 0x00]
}
